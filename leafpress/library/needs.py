"""What a patient needs, and which formats meet it: the columns of the library."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Need:
    """One column.

    Args:
        id: in addresses of the library (`#need=large`).
        title: over the column, and in the list to choose from.
        formats: their ids, in the order in which they stand in a cell.
    """

    id: str
    title: str
    formats: tuple[str, ...]


NEEDS = (
    Need("print", "Print", ("a4", "booklet", "booklet-pages", "a4-mono")),
    Need(
        "large",
        "Large print",
        ("large-print-16", "large-print-18", "large-print-20", "large-print-24", "large-print-28"),
    ),
    Need("colours", "Other colours", ("a4-high-contrast", "a4-yellow-on-black")),
    Need("easy", "Easy read", ("easy-read", "web-easy-read")),
    Need("english", "With English", ("bilingual", "bilingual-turns", "web-bilingual")),
    Need("screen", "Phone or computer", ("web",)),
    Need("text", "E-mail, to hear", ("text",)),
    Need("braille", "Braille", ("braille-1", "braille-2")),
)
"""Every format stands in one of them (docs/formats.md says for whom each is)."""

NEED_OF = {format_id: need.id for need in NEEDS for format_id in need.formats}
"""The column of each format."""

SHORT = {
    "a4-mono": "black only",
    "booklet": "folded A4 sheets",
    "booklet-pages": "A5 pages",
    "large-print-16": "16 point",
    "large-print-18": "18 point",
    "large-print-20": "20 point",
    "large-print-24": "24 point",
    "large-print-28": "28 point",
    "a4-high-contrast": "black on yellow",
    "a4-yellow-on-black": "yellow on black",
    "easy-read": "18 point",
    "web-easy-read": "web page",
    "bilingual": "English beside it",
    "bilingual-turns": "English below",
    "web-bilingual": "web page",
    "text": "Plain text",
    "braille-1": "grade 1",
    "braille-2": "grade 2",
}
"""What a link shows of a format's title, whose column says the rest; a listener hears all of it."""

OTHER = "print"
"""The column of a format that somebody has added, and that no need names yet."""
