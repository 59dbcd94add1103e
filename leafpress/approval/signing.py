"""Adding an entry to the records, one at a time."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

from leafpress.approval.entry import SignOff
from leafpress.approval.records import FOLDER, SEAL, folder_of, read, seal_of
from leafpress.content.root import Root
from leafpress.findings import Problem, Span
from leafpress.rules import finding
from leafpress.system.files import alone, write


def append(root: Root, entry: SignOff, today: datetime.date) -> Path:
    """Write `entry` behind those that are there; its file.

    Its number and what it holds of those before it are set here, while nobody else can write.

    Raises:
        Problem: the records are not whole (S-rules), the day is before that of the newest entry
            (S005), or it cannot be written (B004).
    """
    with alone(root.home / FOLDER, FOLDER):
        records = read(root, entry.leaflet, today)
        if records.findings:
            raise Problem(*records.findings)
        if entry.date < records.last_day:
            than = f"the newest entry, {records.last_day}"
            raise Problem(finding("S005", Span(FOLDER), day=entry.date, than=than))
        place = {"entry": records.next_number, "before": records.head}
        written = entry.model_copy(update=place).sealed()
        path = folder_of(root, entry.leaflet) / written.file
        write(path, written.as_json(), root.shown(path))
        _seal(root, entry.leaflet, (*records.entries, written))
    return path


def reseal(root: Root, leaflet: str, today: datetime.date) -> int:
    """Seal the entries that are there, after two copies of a project were merged; how many.

    Raises:
        Problem: something else is wrong with them.
    """
    with alone(root.home / FOLDER, FOLDER):
        records = read(root, leaflet, today)
        others = [found for found in records.findings if found.rule != "S006"]
        if others:
            raise Problem(*others)
        _seal(root, leaflet, records.entries)
    return len(records.entries)


def _seal(root: Root, leaflet: str, entries: tuple[SignOff, ...]) -> None:
    path = folder_of(root, leaflet) / SEAL
    write(path, (json.dumps(seal_of(entries), indent=1) + "\n").encode(), root.shown(path))
