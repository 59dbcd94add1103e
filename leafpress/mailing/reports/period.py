"""What went with letters in a period, by the receipts that were kept.

Nothing of a patient comes out of this: leaflets, languages, formats, months and counts.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from leafpress.mailing.reports.given import receipts_below
from leafpress.mailing.reports.receipts import Receipt
from leafpress.mailing.reports.summary import NeedStatistics, needs_of


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both among them; None where it is open."""

    since: datetime.date | None = None
    until: datetime.date | None = None

    def has(self, day: str) -> bool:
        """Whether a day, as 2026-11-22, is in it. No day is in an open period only."""
        since, until = str(self.since or ""), str(self.until or "9999-12-31")
        return since <= day <= until

    @property
    def words(self) -> str:
        """As the page says it."""
        since = f"from {self.since}" if self.since else ""
        until = f"to {self.until}" if self.until else ""
        return f"{since} {until}".strip() or "all days"


@dataclass(frozen=True, slots=True, order=True)
class GivenKind:
    """What copies have in common that are counted together.

    Args:
        month: as 2026-11.
        delivery: empty where the list does not say.
    """

    month: str
    leaflet: str
    language: str
    format: str
    version: str
    delivery: str


@dataclass(frozen=True, slots=True)
class PeriodCounts:
    """What the receipts say of a period.

    Args:
        copies: of each kind, in order.
        letters: finished ones.
        needs: how often each need was recorded, and how it went.
        first, last: the days of the first and last finished letter, as 2026-11-22.
        undated: refused rows of lists of which nothing was done: nobody knows their day.
        files, repeated: of receipts: read, and left out since they are copies of others.
        unread: files of receipts that nobody can read, and that are not counted.
    """

    period: Period
    copies: dict[GivenKind, int]
    letters: int
    needs: tuple[NeedStatistics, ...]
    first: str = ""
    last: str = ""
    undated: int = 0
    files: int = 0
    repeated: int = 0
    unread: tuple[Path, ...] = ()

    @property
    def total(self) -> int:
        """All copies."""
        return sum(self.copies.values())

    def by(self, *fields: str) -> list[tuple[str, ...]]:
        """Rows of what kinds say under these names, and how many copies, most first."""
        count: Counter[tuple[str, ...]] = Counter()
        for kind, number in self.copies.items():
            count[tuple(getattr(kind, name) for name in fields)] += number
        rows = sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))
        return [(*names, str(number)) for names, number in rows]


@dataclass(slots=True)
class _Tally:
    """What is counted while one file after another is read."""

    copies: Counter[GivenKind] = field(default_factory=Counter)
    needs: dict[str, NeedStatistics] = field(default_factory=dict)
    days: set[str] = field(default_factory=set)
    letters: int = 0
    undated: int = 0

    def add(self, receipts: tuple[Receipt, ...], period: Period) -> None:
        """Count what one file says of the period."""
        dated = list(_dated(receipts))
        inside = [receipt for receipt, day in dated if period.has(day)]
        bounded = period != Period()
        self.undated += sum(bounded and not day for _, day in dated)
        for receipt in inside:
            if receipt.verdict.is_finished:
                self._add_letter(receipt)
        for need in needs_of(inside):
            known = self.needs.get(need.name)
            self.needs[need.name] = need.plus(known) if known else need

    def _add_letter(self, receipt: Receipt) -> None:
        self.letters += 1
        self.days.add(receipt.day)
        month = receipt.day[:7]
        for leaflet, version in zip(receipt.leaflets, receipt.leaflet_versions, strict=False):
            own = (leaflet, receipt.language, receipt.format, version, receipt.delivery)
            self.copies[GivenKind(month, *own)] += 1


def _dated(receipts: tuple[Receipt, ...]) -> Iterator[tuple[Receipt, str]]:
    """Each receipt with its day. A refused row has none of its own: the last of its list counts."""
    last = max((receipt.day for receipt in receipts), default="")
    for receipt in receipts:
        yield receipt, receipt.day or last


def count_period(folder: Path, period: Period) -> PeriodCounts:
    """What every `receipts.json` in a folder, or below it, says of a period."""
    tally, files, repeated, unread = _Tally(), 0, 0, []
    for found in receipts_below(folder):
        if found.receipts is None:
            unread.append(found.path)
        elif found.is_copy:
            repeated += 1
        else:
            files += 1
            tally.add(found.receipts, period)
    return PeriodCounts(
        period,
        dict(sorted(tally.copies.items())),
        tally.letters,
        tuple(tally.needs[name] for name in sorted(tally.needs)),
        first=min(tally.days, default=""),
        last=max(tally.days, default=""),
        undated=tally.undated,
        files=files,
        repeated=repeated,
        unread=tuple(unread),
    )
