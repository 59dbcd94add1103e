"""QR codes on a drawn page: how many there are, and what they say."""

from __future__ import annotations

import zxingcpp
from PIL import Image

_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def read(grey: Image.Image) -> tuple[str, ...]:
    """What each QR code of a page says, `grey` being an image of mode L.

    A code that is too damaged to be read is none: no camera picks it.
    """
    return tuple(code.text for code in zxingcpp.read_barcodes(grey, formats=_QR))
