"""The editions that may be given out: those of a build whose manifest says that they are right."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from leafpress.findings import Finding, Problem, Span, Verdict
from leafpress.press.edition import Entry
from leafpress.press.manifest import FILE
from leafpress.rules import finding
from leafpress.system import digest


@dataclass(frozen=True, slots=True)
class ChosenEdition:
    """An edition that is given out: what receipts say of it, and where it lies."""

    leaflet: str
    language: str
    format: str
    title: str
    version: str
    digest: str
    path: Path

    @property
    def is_pdf(self) -> bool:
        """Whether it can be joined to a letter."""
        return self.path.suffix == ".pdf"

    @property
    def file(self) -> str:
        """Its name as an attachment: no patient is in it."""
        return f"{self.leaflet}-{self.language}-{self.format}{self.path.suffix}"


@dataclass(frozen=True)
class AvailableEditions:
    """The editions of a folder, by leaflet, language and format.

    Args:
        today: an edition whose review is before this day is expired.
    """

    folder: Path
    entries: dict[tuple[str, str, str], tuple[str, Entry]]
    today: datetime.date

    @classmethod
    def read(cls, folder: Path, today: datetime.date) -> AvailableEditions:
        """The editions that the manifest of `folder` names.

        Raises:
            Problem: there is no manifest, or none that can be read (E047).
        """
        try:
            rows = json.loads((folder / FILE).read_bytes())["editions"]
            named = {name: _entry(row) for name, row in rows.items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            raise Problem(finding("E047", Span(str(folder / FILE)))) from None
        entries = {}
        for name, entry in named.items():
            entries[entry.leaflet, entry.language, entry.format] = (name, entry)
        return cls(folder, entries, today)

    @cached_property
    def leaflets(self) -> frozenset[str]:
        """The leaflets of which there is any edition."""
        return frozenset(leaflet for leaflet, _, _ in self.entries)

    @cached_property
    def _intact(self) -> dict[str, bool]:
        return {}

    def find(
        self, leaflet: str, language: str, format_id: str, span: Span
    ) -> ChosenEdition | Finding:
        """One edition, or why it must not be given out."""
        known = self.entries.get((leaflet, language, format_id))
        facts = {"edition": f"{leaflet} ({language}, {format_id})"}
        if known is None:
            return finding("E054", span, **facts)
        name, entry = known
        wrong = next(self._faults(name, entry), None)
        if wrong:
            return finding(wrong[0], span, **facts, problem=wrong[1])
        return ChosenEdition(
            leaflet,
            language,
            format_id,
            entry.title,
            entry.version,
            entry.digest,
            self.folder / name,
        )

    def _faults(self, name: str, entry: Entry) -> Iterator[tuple[str, str]]:
        verdict = entry.verdicts.get("leafpress", str(Verdict.NOT_CHECKED))
        if entry.review < self.today.isoformat():
            yield "E055", f"its review was due on {entry.review}"
        if verdict != Verdict.PASS:
            yield "E056", f"its proof says “{verdict}”"
        if entry.stale:
            yield "E057", "its source has changed since, and a newer one could not be made"
        if not self._is_intact(name, entry):
            yield "E057", "its file is not the one that was built"

    def _is_intact(self, name: str, entry: Entry) -> bool:
        """Whether the file is the one that was proven; looked at once a run."""
        if name not in self._intact:
            path = self.folder / name
            inside = path.resolve().is_relative_to(self.folder.resolve())
            self._intact[name] = inside and _digest(path) == entry.digest
        return self._intact[name]


def _digest(path: Path) -> str:
    """SHA-256 of a file; empty when it cannot be read."""
    try:
        return digest.of_file(path)
    except OSError:
        return ""


def _entry(row: dict[str, Any]) -> Entry:
    """An entry; what later versions add to it is left out."""
    known = {field.name for field in dataclasses.fields(Entry)}
    return Entry(**{name: value for name, value in row.items() if name in known})
