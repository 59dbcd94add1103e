"""`out/library.csv`: every file with what is known of it, for whoever manages the leaflets."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from leafpress.library.shelf import EditionRow, Group, ListedLeaflet, Shelves
from leafpress.system.csv_cells import safe_cell

COLUMNS = (
    "leaflet",
    "title",
    "language",
    "language_tag",
    "title_in_language",
    "format",
    "need",
    "file",
    "extent",
    "version",
    "date",
    "review_by",
    "hand_out",
    "why_not",
    "state",
    "machine_translation",
    "checked_by_programs",
    "address",
)

Address = Callable[[str, str], str | None]


def table(shelf: Shelves, address: Address) -> bytes:
    """The table: UTF-8 with a mark, no cell that a spreadsheet would run. Days as 2026-11-22."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for leaflet in (*shelf.to_hand_out, *shelf.not_yet):
        for group in leaflet.groups:
            where = address(leaflet.id, group.language.tag) or ""
            for row in group.rows:
                writer.writerow(map(safe_cell, _cells(leaflet, group, row, where)))
    return text.getvalue().encode("utf-8-sig")


def _cells(leaflet: ListedLeaflet, group: Group, row: EditionRow, where: str) -> Iterator[str]:
    yield from (leaflet.id, leaflet.title, group.language.english, group.language.tag)
    yield from (group.title, row.format, row.need, row.file, row.extent)
    yield from (row.version, row.date, row.review)
    yield from ("no" if row.mark else "yes", row.mark, row.state)
    yield from ("yes" if row.machine else "no", row.verdict, where)
