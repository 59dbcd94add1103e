"""Files of strangers that are read or drawn, and not joined: within the bounds of a letter."""

from __future__ import annotations

import pikepdf

from leafpress.joining import page_weight
from leafpress.joining.gather import refusing
from leafpress.joining.input_checks import Mending, open_bounded, pages_of
from leafpress.joining.limits import ALL_CONTENT


def open_to_read(data: bytes, name: str, most: int = ALL_CONTENT) -> pikepdf.Pdf:
    """Open any file, mended where it is damaged; with what pages inherit written on them.

    Args:
        name: the file, as messages call it.
        most: bytes of operators that all its pages may have together.

    Raises:
        Problem: it cannot be read (E001, E006 to E008, E010), or goes past a bound (E009, E011).
    """
    with refusing(name, repair=True):
        pdf = open_bounded(data, name, Mending.REPAIRED)
        page_weight.check(pdf, pages_of(pdf, name), most)
        return pdf
