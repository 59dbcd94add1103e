"""`summary.html`: counts, refusals and recorded needs on one page, without a single reference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from leafpress.installed import as_called
from leafpress.mailing.batch.sampling import ClaimStatus
from leafpress.mailing.lists.appointments import AppointmentList
from leafpress.mailing.lists.needs import DRAFT, INTERPRETER
from leafpress.mailing.options import RowOutcome
from leafpress.mailing.reports.given import WithdrawnRow
from leafpress.mailing.reports.receipts import Counts, Receipt
from leafpress.rules import rules
from leafpress.templating import pages_for_staff
from leafpress.translation.language import LANGUAGES

_TEMPLATE = Path(__file__).with_name("summary.html")


_NO_REASONS = frozenset({"E070"})
"""Rules that receipts of refused rows name, and for which no row is refused."""


@dataclass(frozen=True, slots=True)
class NeedStatistics:
    """How often one need, or one language, was recorded, and how it went."""

    name: str
    recorded: int
    met: int
    fallback: int
    unmet: int

    def plus(self, other: NeedStatistics) -> NeedStatistics:
        """Both together, as those of several nights."""
        return NeedStatistics(
            self.name,
            self.recorded + other.recorded,
            self.met + other.met,
            self.fallback + other.fallback,
            self.unmet + other.unmet,
        )


def page(
    receipts: list[Receipt],
    counts: Counts,
    list_: AppointmentList,
    unnamed: int,
    withdrawn: tuple[WithdrawnRow, ...] = (),
) -> str:
    """The page, as HTML.

    Args:
        unnamed: letters that no row names.
        withdrawn: leaflets that must not be given any more.
    """
    template = pages_for_staff().from_string(as_called(_TEMPLATE.read_text(encoding="utf-8")))
    finished = [receipt for receipt in receipts if receipt.verdict.is_finished]
    return template.render(
        counts=counts,
        days=sorted({receipt.day for receipt in receipts if receipt.day}),
        reasons=_reasons(receipts),
        needs=needs_of(receipts),
        languages=_statistics(_once(receipts), _asked_language),
        ways=_count(str(receipt.verdict) for receipt in finished),
        deliveries=_count(receipt.delivery or "not said" for receipt in finished),
        claims=_claims(receipts),
        states=_count(state for receipt in finished for state in receipt.leaflet_states),
        draft=DRAFT,
        empty=list_.empty,
        withdrawn=withdrawn,
        unnamed=unnamed,
        notes=[own.sentence for own in list_.findings],
    )


def needs_of(receipts: list[Receipt]) -> list[NeedStatistics]:
    """How often each need is recorded, and how it went."""
    return _statistics(_once(receipts), _written_needs)


def _once(receipts: list[Receipt]) -> list[Receipt]:
    """The receipts without those of rows that only repeat another."""
    return [receipt for receipt in receipts if receipt.verdict is not RowOutcome.REPEATED]


def _reasons(receipts: list[Receipt]) -> list[tuple[str, str, int]]:
    """Rules, what they are about, and how many rows were refused for each."""
    count: Counter[str] = Counter()
    for receipt in receipts:
        if receipt.verdict is RowOutcome.REFUSED:
            count.update(set(receipt.rules) - _NO_REASONS)
    return [(rule, rules()[rule].title, number) for rule, number in sorted(count.items())]


def _written_needs(receipt: Receipt) -> tuple[str, ...]:
    """What a row has recorded for the written word; an interpreter is for the spoken one."""
    needs = [need for need in receipt.needs if need != INTERPRETER]
    if "E051" in receipt.rules:
        needs.append("not understood")
    return tuple(needs)


def _asked_language(receipt: Receipt) -> tuple[str, ...]:
    """A language as a reader knows it. What is no tag may be anything, and is not shown."""
    tag = receipt.asked_language
    language = LANGUAGES.get(tag)
    return (f"{language.english} ({tag})" if language else "not known",)


def _statistics(
    receipts: list[Receipt], names: Callable[[Receipt], tuple[str, ...]]
) -> list[NeedStatistics]:
    recorded: dict[str, list[Receipt]] = {}
    for receipt in receipts:
        for name in dict.fromkeys(names(receipt)):
            recorded.setdefault(name, []).append(receipt)
    return [_of_name(name, rows) for name, rows in sorted(recorded.items())]


def _of_name(name: str, receipts: list[Receipt]) -> NeedStatistics:
    finished = [receipt for receipt in receipts if receipt.verdict.is_finished]
    fallback = sum(bool(receipt.fallback) for receipt in finished)
    unmet = len(receipts) - len(finished)
    return NeedStatistics(name, len(receipts), len(finished) - fallback, fallback, unmet)


def _count(names: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(names).items())


def _claims(receipts: list[Receipt]) -> list[tuple[str, int]]:
    count = Counter(receipt.claim for receipt in receipts if receipt.claim)
    return [(str(status), count[status]) for status in ClaimStatus if count[status]]
