"""Tagged content that is not on a page itself: in forms, glyphs of Type 3 fonts, patterns, looks.

Our writer puts all tagged content onto pages. In a form that is drawn twice, or in a glyph, one tag
would have several pieces of content (ISO 32000-1, 14.7.4.3), and no validator counts them.
"""

from __future__ import annotations

from typing import Any

from pikepdf import Stream

from leafpress.pdf_objects import ObjectRef, items_at, name_at, object_ref

_NO_CONTENT = frozenset(
    [
        *("/Image", "/XML", "/Metadata", "/EmbeddedFile", "/ObjStm", "/XRef"),
        *("/CIDFontType0C", "/OpenType", "/Type1C"),
    ]
)
"""Types and subtypes of streams that hold no operators (ISO 32000-1, tables 45, 89, 126, 315)."""


def count(pdf: Any) -> int:
    """How many streams beside the pages' own have numbers of tagged content.

    Args:
        pdf: an open `pikepdf.Pdf`.

    Raises:
        pikepdf.PdfError: one cannot be unpacked.
    """
    pages: set[ObjectRef] = set()
    for page in pdf.pages:
        pages.update(object_ref(stream) for stream in items_at(page.obj, "/Contents"))
    streams = (thing for thing in pdf.objects if isinstance(thing, Stream))
    return sum(_has_numbers(stream) for stream in streams if stream.objgen not in pages)


def _has_numbers(stream: Stream) -> bool:
    kinds = {name_at(stream, "/Type"), name_at(stream, "/Subtype")}
    if kinds & _NO_CONTENT or "/Length1" in stream:
        return False
    return b"/MCID" in stream.read_bytes()
