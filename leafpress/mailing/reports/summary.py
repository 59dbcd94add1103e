"""`summary.html`: counts, refusals and recorded needs on one page, without a single reference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leafpress.mailing.batch.sampling import Claimed
from leafpress.mailing.lists.needs import DRAFT, INTERPRETER
from leafpress.mailing.reports.receipt import Counts, Receipt, Verdict
from leafpress.rules import rules
from leafpress.templating import pages_for_staff
from leafpress.translation.language import AWAITED, LANGUAGES

_TEMPLATE = Path(__file__).with_name("summary.html")


@dataclass(frozen=True, slots=True)
class Met:
    """How often one need, or one language, was recorded, and how it went."""

    name: str
    recorded: int
    met: int
    fallback: int
    unmet: int


def page(receipts: list[Receipt], counts: Counts, facts: dict[str, Any]) -> str:
    """The page, as HTML.

    Args:
        facts: `empty` rows, `unnamed` letters, `removed` files and `notes` of the whole list.
    """
    template = pages_for_staff().from_string(_TEMPLATE.read_text(encoding="utf-8"))
    once = [each for each in receipts if each.verdict is not Verdict.REPEATED]
    return template.render(
        counts=counts,
        days=sorted({each.day for each in receipts if each.day}),
        reasons=_reasons(receipts),
        needs=needs_of(receipts),
        languages=_met(once, lambda each: (_language(each.asked_language),)),
        ways=_count(str(each.verdict) for each in receipts if each.is_out),
        deliveries=_count(each.delivery or "not said" for each in receipts if each.is_out),
        claims=_claims(receipts),
        draft=DRAFT,
        **facts,
    )


def needs_of(receipts: list[Receipt]) -> list[Met]:
    """How often each need is recorded, and how it went."""
    return _met([each for each in receipts if each.verdict is not Verdict.REPEATED], _needs)


def _reasons(receipts: list[Receipt]) -> list[tuple[str, str, int]]:
    """Rules, what they are about, and how many rows were refused for each."""
    found = Counter(
        rule
        for each in receipts
        if each.verdict is Verdict.REFUSED
        for rule in dict.fromkeys(each.rules)
    )
    return [(rule, rules()[rule].title, count) for rule, count in sorted(found.items())]


def _needs(receipt: Receipt) -> tuple[str, ...]:
    """What a row has recorded for the written word; an interpreter is for the spoken one."""
    written = tuple(each for each in receipt.needs if each != INTERPRETER)
    return (*written, *["not understood"] * ("E051" in receipt.rules))


def _met(receipts: list[Receipt], names: Callable[[Receipt], tuple[str, ...]]) -> list[Met]:
    recorded: dict[str, list[Receipt]] = {}
    for receipt in receipts:
        for name in dict.fromkeys(names(receipt)):
            recorded.setdefault(name, []).append(receipt)
    return [_of(name, rows) for name, rows in sorted(recorded.items())]


def _of(name: str, rows: list[Receipt]) -> Met:
    met = sum(each.is_out and not each.fallback for each in rows)
    fallback = sum(each.is_out and bool(each.fallback) for each in rows)
    return Met(name, len(rows), met, fallback, len(rows) - met - fallback)


def _language(tag: str) -> str:
    """A language as a reader knows it. What is no tag may be anything, and is not shown."""
    row = {**AWAITED, **LANGUAGES}.get(tag)
    return f"{row.english} ({tag})" if row else "not known"


def _count(names: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(names).items())


def _claims(receipts: list[Receipt]) -> list[tuple[str, int]]:
    found = Counter(each.claim for each in receipts if each.claim)
    return [(str(each), found[each]) for each in Claimed if found[each]]
