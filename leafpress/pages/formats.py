"""The formats: what shape a leaflet takes. One row each, with style sheets of its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """One row.

    Args:
        styles: style sheets in `templates/styles/`, in order.
        body: type size of Latin text, in points.
        table: type size in tables, in points.
        smallest: no text is smaller, in points (UKAAF G003: clear print starts at 12).
        pages: least and most pages that a leaflet of usual length should have.
    """

    id: str
    title: str
    styles: tuple[str, ...]
    body: float
    table: float
    smallest: float
    pages: tuple[int, int]


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
"""What a build makes when nobody says otherwise."""
