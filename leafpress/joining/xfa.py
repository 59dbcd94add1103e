"""Whether a form's pages are made by the program that shows it: dynamic XFA (E004).

Such a file has one page that says "Please wait", and all else in XML (ISO 32000-1, 12.7.8). The
flag in the catalogue that should say so (/NeedsRendering, table 28) is often missing.
"""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Stream

from leafpress.joining.unpacking import start_of
from leafpress.pdf_objects import dictionary_at, items_at, name_at, value_at

PACKETS = 20_000_000
"""Bytes of XML that are looked through: forms of many pages have three million."""

_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_DYNAMIC = re.compile(rb"<(?:[\w.-]+:)?dynamicRender\b[^>]*>\s*required", re.IGNORECASE)
"""What the packet `config` says of it. The template's word for form servers ("acrobat9.0dynamic")
stands in static forms too, and counts for nothing."""

_WAITING = re.compile(
    r"(?:please wait|bitte warten|veuillez patienter|espere por favor) ?(?:\.\.\.|…)"
    r"|adobe\.com/go/(?:reader_download|acrreader)",
    re.IGNORECASE,
)
"""What the only page says that stands in for the form; the address is in it in every language."""


def is_dynamic(pdf: pikepdf.Pdf) -> bool:
    """Whether a file says that it is a dynamic XFA form.

    Raises:
        Excess: its XML has no end.
    """
    form = dictionary_at(pdf.Root, "/AcroForm")
    if value_at(form, "/XFA") is None:
        return False
    if value_at(pdf.Root, "/NeedsRendering") is True:
        return True
    streams = [item for item in items_at(form, "/XFA") if isinstance(item, Stream)]
    return any(_says_so(stream) for stream in streams)


def only_waits(pdf: pikepdf.Pdf, data: bytes) -> bool:
    """Whether a file with XFA shows nothing but a page that tells to wait.

    Args:
        data: its bytes. They are drawn: ask only when its pages are weighed.
    """
    has_xfa = value_at(dictionary_at(pdf.Root, "/AcroForm"), "/XFA") is not None
    return has_xfa and not _has_widgets(pdf) and _tells_to_wait(data)


def _says_so(stream: Stream) -> bool:
    """Whether a packet says that its form is dynamic; UTF-16 is read as what it shows."""
    xml = start_of(stream, PACKETS).replace(b"\0", b"")
    return _DYNAMIC.search(_COMMENT.sub(b"", xml)) is not None


def _has_widgets(pdf: pikepdf.Pdf) -> bool:
    """Whether there is a field to be seen on any page: then the form is there without its XML."""
    return any(
        isinstance(thing, Dictionary) and name_at(thing, "/Subtype") == "/Widget"
        for thing in pdf.objects
    )


def _tells_to_wait(data: bytes) -> bool:
    """Whether the first of at most two pages tells to wait, or for another program."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(BytesIO(data))
        if not 1 <= len(document) <= 2:  # the page that waits, and a blank one
            return False
        words = document[0].get_textpage().get_text_bounded()
    except (pypdfium2.PdfiumError, ValueError):  # what it cannot open, qpdf judges
        return False
    return _WAITING.search(" ".join(words.split())) is not None
