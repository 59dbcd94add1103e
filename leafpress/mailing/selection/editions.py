"""The editions that may be given out: those of a build whose manifest says that they are right."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from leafpress.findings import Finding, Problem, Span, Verdict
from leafpress.press.edition import Entry, Withdrawal
from leafpress.press.freshness import first_lines
from leafpress.press.hand_out import SourceCheck
from leafpress.press.manifest import FILE, entries_of, withdrawn_of
from leafpress.press.signed import SignedCheck
from leafpress.rules import finding
from leafpress.system import digest

Key = tuple[str, str, str]
"""Leaflet, language, format."""

NOT_COMPARED = "whether the leaflet’s sources have changed since could not be known here"
"""What a receipt says where only the editions were copied."""


@dataclass(frozen=True, slots=True)
class ChosenEdition:
    """An edition that is given out: what receipts say of it, and where it lies.

    Args:
        state: where it stands between draft and approved, and who lets it out if it is a draft.
        note: what is not known of it, in words; empty when nothing is.
    """

    leaflet: str
    language: str
    format: str
    title: str
    version: str
    digest: str
    path: Path
    state: str = ""
    note: str = ""

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
        sources: what they are compared with; an edition built before one of them changed is
            out of date.
    """

    folder: Path
    entries: dict[Key, tuple[str, Entry]]
    today: datetime.date
    sources: SourceCheck
    withdrawn: dict[Key, Withdrawal] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path, today: datetime.date, sources: SourceCheck) -> AvailableEditions:
        """The editions that the manifest of `folder` names.

        Raises:
            Problem: there is no manifest, or none that can be read (E047).
        """
        try:
            document = json.loads((folder / FILE).read_bytes())
            named, gone = entries_of(document), withdrawn_of(document)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            raise Problem(finding("E047", Span(str(folder / FILE)))) from None
        entries = {_key(entry): (name, entry) for name, entry in named.items()}
        withdrawn = {_key(row): row for row in gone.values()}
        return cls(folder, entries, today, sources, withdrawn)

    @cached_property
    def leaflets(self) -> frozenset[str]:
        """The leaflets of which there is, or was, any edition."""
        return frozenset(leaflet for leaflet, _, _ in (*self.entries, *self.withdrawn))

    @cached_property
    def _signed(self) -> SignedCheck:
        return SignedCheck(self.sources.root, self.sources.clinic, self.today)

    @cached_property
    def _intact(self) -> dict[str, bool]:
        return {}

    @cached_property
    def _unknown(self) -> set[str]:
        """The sources that would have to be looked at, and are not here."""
        return set()

    def find(
        self, leaflet: str, language: str, format_id: str, span: Span
    ) -> ChosenEdition | Finding:
        """One edition, or why it must not be given out."""
        key = (leaflet, language, format_id)
        if key in self.withdrawn or key not in self.entries:
            return self._absent(key, span)
        name, entry = self.entries[key]
        faults = (*self._outdated(name, entry), *_unproven(entry))
        if faults:
            return self._finding(key, span, faults[0])
        return ChosenEdition(
            leaflet,
            language,
            format_id,
            entry.title,
            entry.version,
            entry.digest,
            self.folder / name,
            entry.given_as,
            self._note(name),
        )

    def outdated(self, name: str, span: Span) -> Finding | None:
        """Why the file by this name must not be given out, whether it is proven or not.

        Args:
            name: below the folder, as `ur/back-pain-a4.pdf`.
        """
        for key, (own, entry) in self.entries.items():
            if own == name:
                self._note(name)
                fault = next(self._outdated(name, entry), None)
                return self._finding(key, span, fault) if fault else None
        for key, row in self.withdrawn.items():
            if f"{row.language}/{row.leaflet}-{row.format}" == name.rpartition(".")[0]:
                return self._absent(key, span)
        return finding("E091", span)

    def named(self, sha256: str) -> str:
        """The name below the folder of the edition with these bytes; empty if there is none."""
        names = (name for name, entry in self.entries.values() if entry.digest == sha256)
        return next(names, "")

    def findings(self) -> Iterator[Finding]:
        """What could not be known of the editions that were asked for (E090)."""
        if self._unknown:
            names = ", ".join(sorted(self._unknown))
            yield finding("E090", Span(str(self.folder / FILE)), names=names)

    def _note(self, name: str) -> str:
        """What the receipt has to say of an edition whose sources are not all here."""
        unknown = self.sources.unknown(name)
        self._unknown.update(unknown)
        return NOT_COMPARED if unknown else ""

    def _absent(self, key: Key, span: Span) -> Finding:
        row = self.withdrawn.get(key)
        if row is None:
            return finding("E054", span, edition=_named(key))
        return finding("E089", span, edition=_named(key), since=row.since, problem=row.reason)

    def _finding(self, key: Key, span: Span, fault: tuple[str, str]) -> Finding:
        rule, problem = fault
        how = self.sources.how
        return finding(rule, span, edition=_named(key), problem=problem, how=how)

    def _outdated(self, name: str, entry: Entry) -> Iterator[tuple[str, str]]:
        """The rules that forbid to give out an edition as it is now, each with the reason."""
        if entry.review < self.today.isoformat():
            yield "E055", f"its review was due on {entry.review}"
        if entry.stale and not entry.untried:
            why = first_lines(entry.stale)
            yield "E057", f"its source has changed since, and a newer one could not be made: {why}"
        if not self._is_intact(name, entry):
            yield "E057", "its file is not the one that was built"
        for problem in self.sources.faults(name, entry.digest):
            yield "E088", problem
        yield from self._signed.faults(entry)

    def _is_intact(self, name: str, entry: Entry) -> bool:
        """Whether the file is the one that was proven; looked at once a run."""
        if name not in self._intact:
            path = self.folder / name
            inside = path.resolve().is_relative_to(self.folder.resolve())
            self._intact[name] = inside and _digest(path) == entry.digest
        return self._intact[name]


def _unproven(entry: Entry) -> Iterator[tuple[str, str]]:
    verdict = entry.verdicts.get("leafpress", str(Verdict.NOT_CHECKED))
    if verdict != Verdict.PASS:
        yield "E056", f"its proof says “{verdict}”"


def _key(row: Entry | Withdrawal) -> Key:
    return row.leaflet, row.language, row.format


def _named(key: Key) -> str:
    leaflet, language, format_id = key
    return f"{leaflet} ({language}, {format_id})"


def _digest(path: Path) -> str:
    """SHA-256 of a file; empty when it cannot be read."""
    try:
        return digest.of_file(path)
    except OSError:
        return ""
