"""`out/library.csv`: every file with what is known of it, for whoever manages the leaflets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from leafpress.library.shelf import EditionRow, Group, ListedLeaflet
from leafpress.system.csv_cells import safe_cell

if TYPE_CHECKING:
    from leafpress.library.facts import Library

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
    "signed_last",
    "changed_since",
    "version_before",
)


def table(library: Library) -> bytes:
    """The table: UTF-8 with a mark, no cell that a spreadsheet would run. Days as 2026-11-22."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for leaflet in (*library.shelf.to_hand_out, *library.shelf.not_yet):
        for group in leaflet.groups:
            last = tuple(_of_group(library, leaflet.id, group.language.tag))
            for row in group.rows:
                writer.writerow(map(safe_cell, (*_cells(leaflet, group, row), *last)))
    return text.getvalue().encode("utf-8-sig")


def _cells(leaflet: ListedLeaflet, group: Group, row: EditionRow) -> Iterator[str]:
    yield from (leaflet.id, leaflet.title, group.language.english, group.language.tag)
    yield from (group.title, row.format, row.need, row.file, row.extent)
    yield from (row.version, row.date, row.review)
    yield from ("no" if row.mark else "yes", row.mark, row.state)
    yield from ("yes" if row.machine else "no", row.verdict)


def _of_group(library: Library, leaflet: str, tag: str) -> Iterator[str]:
    """What is the same for all files of a leaflet in a language."""
    note, before = library.changed(leaflet, tag), library.copy_before(leaflet, tag)
    yield library.address(leaflet, tag) or ""
    yield from (str(note.signed or ""), note.said, before.version if before else "")
