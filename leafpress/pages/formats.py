"""The formats: what shape a leaflet takes. One row each, with style sheets of its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What sort of file a format is. The value is how its name ends."""

    PDF = "pdf"
    WEB = "html"
    TEXT = "txt"
    BRAILLE = "brf"


class Need(StrEnum):
    """What a leaflet or language must have to be offered in a format."""

    TRANSLATION = "a language other than English"
    EASY_READ = "words in easy read (`easy_read:` in the leaflet)"


@dataclass(frozen=True, slots=True)
class Format:
    """One row.

    Args:
        styles: style sheets in `templates/styles/`, in order.
        body: type size of Latin text, in points.
        table: type size in tables, in points.
        smallest: no text is smaller, in points (UKAAF G003: clear print starts at 12).
        pages: least and most pages that a leaflet of usual length should have.
        width: of a line, between the page's margins, in millimetres; 174 is A4 less twice 18.
        leading: least distance of lines, against type size; scripts may need more.
        emergency: the first emergency box ends on this page at the latest.
        large: large print: letters of every script stand as high as Latin's of that size, and
            a web address is printed after a link, since nothing is underlined.
        brief: the foot of a page holds its number, the short title and “Draft”, and no more; the
            summary stands after the first part, so that an emergency box begins high on page 1.
        filled: a last page with less than this part of its height in use is nearly empty.
        kind: what sort of file it is; `press/makers.py` has a maker for each.
        needs: without these an edition is not offered.
    """

    id: str
    title: str
    styles: tuple[str, ...] = ()
    body: float = 14
    table: float = 13
    smallest: float = 12
    pages: tuple[int, int] = (1, 6)
    width: float = 174
    leading: float = 0
    emergency: int = 1
    large: bool = False
    brief: bool = False
    filled: float = 0.15
    kind: Kind = Kind.PDF
    needs: tuple[Need, ...] = ()




def _large_print(
    size: int, pages: tuple[int, int], *, emergency: int, width: float = 174
) -> Format:
    """Large print: everything at one size, reflowed on A4 (UKAAF G003); leading 1.5 (RNIB)."""
    return Format(
        f"large-print-{size}",
        f"Large print, {size} point",
        ("base.css", "blocks.css", "large-print.css"),
        body=size,
        table=size,
        smallest=size,
        pages=pages,
        width=width,
        leading=1.5,
        emergency=emergency,
        large=True,
        brief=True,
        filled=0.1,  # a page holds a third of the words
    )


_ROWS = (
    Format(
        "a4",
        "A4, 14 point",
        ("base.css", "blocks.css", "a4.css"),
        body=14,
        table=13,
        smallest=12,
        pages=(1, 6),
    ),
    # 22 mm at the sides: with 18 a line would hold more than 70 characters (RNIB). Pages and
    # emergency boxes as measured in seven languages; en-XA, 40 % longer, sets the upper ends.
    _large_print(16, (1, 14), width=166, emergency=2),
    _large_print(18, (1, 16), emergency=2),
    _large_print(20, (1, 20), emergency=2),
    _large_print(24, (1, 30), emergency=3),
    _large_print(28, (1, 44), emergency=4),
)

FORMATS = {format_.id: format_ for format_ in _ROWS}
"""Every format by its id, in the order in which they are listed."""

BUILT = ("a4",)
"""What a build makes when neither the command nor `formats:` in clinic.yaml says otherwise."""
