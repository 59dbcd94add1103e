"""From what was done, refused and repeated to receipts: one for each row of the list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from leafpress.findings import Finding
from leafpress.mailing.batch import verify_claims
from leafpress.mailing.batch.journal import Done
from leafpress.mailing.batch.sampling import Claimed
from leafpress.mailing.batch.verify_claims import Rows
from leafpress.mailing.lists.appointments import Appointment, List
from leafpress.mailing.reports.receipt import Receipt, Verdict
from leafpress.mailing.selection.choose import Choice
from leafpress.mailing.selection.plan import Plan, Refusal
from leafpress.mailing.selection.task import Task


def receipts_of(list_: List, plan: Plan, rows: Rows) -> list[Receipt]:
    """A receipt for each row, in the order of the list."""
    words = {each.row: each for each in list_.appointments}
    known = verify_claims.known(rows)
    made = [
        *(_of_task(task, done, words[row], known[row]) for row, (task, done) in rows.items()),
        *map(_of_refusal, plan.refusals),
    ]
    by_row = {each.row: each for each in made}
    for again in plan.repeated:
        reason = f"the same as row {again.earlier}, which has the receipt"
        own = Receipt(again.row, again.appointment.reference, Verdict.REPEATED, reason, ("E049",))
        by_row[again.row] = replace(own, letter=again.appointment.letter)
    return [by_row[row] for row in sorted(by_row)]


def _of_task(task: Task, done: Done, own: Appointment, claim: Claimed) -> Receipt:
    result, choice = done.result, task.choice
    if result.errors:
        receipt = _refused(own, choice, result.errors)
        return replace(
            receipt, letter_digest=result.letter_digest, day=done.day, channel=task.channel
        )
    reasons = (choice.fallback, *choice.notes, *(each.sentence for each in result.warnings))
    return Receipt(
        task.row,
        task.reference,
        Verdict(result.way),
        "; ".join(filter(None, reasons)),
        tuple(dict.fromkeys(each.rule for each in result.warnings)),
        letter=own.letter or task.letter.name,
        letter_digest=result.letter_digest,
        outputs=tuple(each.name for each in result.outputs),
        output_digests=tuple(each.digest for each in result.outputs),
        pages=result.pages,
        claims=result.claims,
        claim=str(claim),
        day=done.day,
        channel=task.channel,
        **_choice(choice),
    )


def _choice(choice: Choice) -> dict[str, Any]:
    given = choice.given
    return {
        "leaflets": tuple(each.leaflet for each in given),
        "leaflet_versions": tuple(each.version for each in given),
        "leaflet_digests": tuple(each.digest for each in given),
        "asked_language": choice.asked_language,
        "needs": choice.needs,
        "language": choice.language,
        "format": choice.format,
        "fallback": choice.fallback,
        "delivery": choice.delivery,
    }


def _of_refusal(refusal: Refusal) -> Receipt:
    return _refused(refusal.appointment, refusal.choice, refusal.findings)


def _refused(own: Appointment, choice: Choice, findings: tuple[Finding, ...]) -> Receipt:
    return Receipt(
        own.row,
        own.reference,
        Verdict.REFUSED,
        "; ".join(_sentences(findings)),
        tuple(dict.fromkeys(each.rule for each in findings)),
        letter=own.letter,
        asked_language=choice.asked_language,
        needs=choice.needs,
        delivery=choice.delivery,
    )


def _sentences(findings: tuple[Finding, ...]) -> Iterator[str]:
    yield from dict.fromkeys(each.sentence for each in findings)
