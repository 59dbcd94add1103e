"""The sign-offs of a project: `sign-offs/<leaflet>/<entry>.json`, only ever added to.

Each entry holds the digest of those before it, and `seal.json` beside them says how many there are
and what they come to: an entry that was edited or removed shows, the last one too. That is a
safeguard against mistakes and tampering by hand, not cryptography: who can rewrite every file can
rewrite this one, and the history of the repository is what shows it then.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from leafpress.approval.entry import SignOff
from leafpress.content.root import Root
from leafpress.findings import Finding, Problem, Span, sort
from leafpress.rules import finding
from leafpress.system import digest

FOLDER = "sign-offs"
SEAL = "seal.json"
MOST_BYTES = 4_000_000
"""An entry of a long leaflet has 150,000: it holds every message in two languages."""


@dataclass(frozen=True)
class Records:
    """A leaflet's sign-offs, oldest first.

    Args:
        findings: what is wrong with them; with any, none of them counts.
    """

    leaflet: str
    entries: tuple[SignOff, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def last_day(self) -> datetime.date:
        """The day of the newest entry."""
        return max((entry.date for entry in self.entries), default=datetime.date.min)

    @property
    def next_number(self) -> int:
        """The number of the entry that comes next."""
        return max((entry.entry for entry in self.entries), default=0) + 1

    @property
    def head(self) -> str:
        """What the next entry holds of those before it."""
        return _over(self.entries, self.next_number - 1)


def _over(entries: tuple[SignOff, ...], number: int) -> str:
    """SHA-256 over the entries of one number; "" where there is none."""
    digests = sorted(entry.digest for entry in entries if entry.entry == number)
    return digest.of_text(" ".join(digests)) if digests else ""


def seal_of(entries: tuple[SignOff, ...]) -> dict[str, Any]:
    """What `seal.json` says of these entries."""
    digests = sorted(entry.digest for entry in entries)
    return {"entries": len(digests), "digest": digest.of_text(" ".join(digests))}


def folder_of(root: Root, leaflet: str) -> Path:
    """Where a leaflet's sign-offs are written."""
    return root.home / FOLDER / leaflet


def files(root: Root, leaflet: str) -> Iterator[Path]:
    """Everything whose change changes a leaflet's sign-offs; the seal even before there are any."""
    folder = f"{FOLDER}/{leaflet}"
    yield root.file(f"{folder}/{SEAL}")
    yield from (path for path in root.files(folder, "*.json") if path.name != SEAL)


def read(root: Root, leaflet: str, today: datetime.date) -> Records:
    """A leaflet's sign-offs, and what is wrong with them.

    Args:
        today: no entry can be of a later day.
    """
    seal, *names = files(root, leaflet)
    found: list[Finding] = []
    entries = []
    for path in names:
        try:
            entries.append(_entry(path, root.shown(path), leaflet))
        except Problem as problem:
            found += problem.findings
    ordered = tuple(sorted(entries, key=lambda entry: (entry.entry, entry.digest)))
    if not found:
        found += _chain_faults(ordered, root.shown(folder_of(root, leaflet)), today)
        found += _seal_faults(ordered, seal, root)
    return Records(leaflet, ordered, sort(found))


def _entry(path: Path, name: str, leaflet: str) -> SignOff:
    """One file.

    Raises:
        Problem: it is no sign-off (S001), not the one that was written (S002), or stands in the
            folder of another leaflet (S003).
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        entry = SignOff.model_validate(json.loads(data))
    except (OSError, ValueError, RecursionError, ValidationError) as error:
        raise Problem(finding("S001", Span(name), problem=_first_line(error))) from error
    if entry.digest != entry.computed_digest() or path.name != entry.file:
        raise Problem(finding("S002", Span(name)))
    if entry.leaflet != leaflet:
        raise Problem(finding("S003", Span(name), leaflet=entry.leaflet))
    return entry


def _first_line(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        return f"{place}: {first['msg'].lower()}"
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _chain_faults(
    entries: tuple[SignOff, ...], name: str, today: datetime.date
) -> Iterator[Finding]:
    """Entries that do not follow one another, and days that run backwards."""
    latest = datetime.date.min
    for entry in entries:
        span = Span(f"{name}/{entry.file}")
        if entry.before != _over(entries, entry.entry - 1) or (entry.entry > 1) != bool(
            entry.before
        ):
            yield finding("S004", span, number=entry.entry)
        if entry.date > today:
            yield finding("S005", span, day=entry.date, than=f"today, {today}")
        earlier = [other.date for other in entries if other.entry < entry.entry]
        latest = max(earlier, default=latest)
        if entry.date < latest:
            yield finding("S005", span, day=entry.date, than=f"an entry before it, {latest}")


def _seal_faults(entries: tuple[SignOff, ...], seal: Path, root: Root) -> Iterator[Finding]:
    """A seal that does not fit the entries: one was removed or added by hand, or merged."""
    if not entries and not seal.exists():
        return
    span = Span(root.shown(seal))
    try:
        sealed = json.loads(seal.read_bytes())
    except (OSError, ValueError) as error:
        yield finding("S006", span, problem=_first_line(error))
        return
    expected = seal_of(entries)
    if sealed != expected:
        known = sealed.get("entries", "?") if isinstance(sealed, dict) else "?"
        problem = f"it seals {known} entries, and {expected['entries']} are there"
        yield finding("S006", span, problem=problem)
