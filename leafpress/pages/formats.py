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
    kind: Kind = Kind.PDF
    needs: tuple[Need, ...] = ()


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
)

FORMATS = {format_.id: format_ for format_ in _ROWS}
"""Every format by its id, in the order in which they are listed."""

BUILT = ("a4",)
"""What a build makes when neither the command nor `formats:` in clinic.yaml says otherwise."""
