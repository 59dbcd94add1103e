"""Receipts: what became of each row, one for one, as CSV and JSON.

Nothing in them depends on when or how often a run was interrupted.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Literal

from pydantic import TypeAdapter

from leafpress.findings import Finding
from leafpress.mailing.batch.done_rows import DoneRows
from leafpress.mailing.batch.sampling import ClaimStatus
from leafpress.mailing.batch.verify_claims import claim_statuses
from leafpress.mailing.lists.appointments import Appointment, AppointmentList
from leafpress.mailing.lists.needs import DRAFT
from leafpress.mailing.options import RowOutcome
from leafpress.mailing.selection.choose import Choice
from leafpress.mailing.selection.plan import Candidate, Plan, Repeated
from leafpress.mailing.selection.task import RowResult, Task
from leafpress.system.csv_cells import safe_cell

_SCHEMA_VERSION: Literal[1] = 1
"""Of `receipts.json`."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one row.

    Args:
        letter_digest, leaflet_digests, output_digests: SHA-256 in hex.
        leaflet_states: where each leaflet stood between draft and approved, and who let it out if
            it was a draft.
        language, format: what was given; `asked_language` and `needs` are what is recorded.
        reason: why it was refused, or what else there is to know.
        rules: of the findings, in order.
        claim: what is known of what the output claims to be.
        day: when it was done.
    """

    row: int
    reference: str
    verdict: RowOutcome
    reason: str = ""
    rules: tuple[str, ...] = ()
    letter: str = ""
    letter_digest: str = ""
    leaflets: tuple[str, ...] = ()
    leaflet_versions: tuple[str, ...] = ()
    leaflet_digests: tuple[str, ...] = ()
    leaflet_states: tuple[str, ...] = ()
    asked_language: str = ""
    needs: tuple[str, ...] = ()
    language: str = ""
    format: str = ""
    fallback: str = ""
    delivery: str = ""
    channel: str = ""
    outputs: tuple[str, ...] = ()
    output_digests: tuple[str, ...] = ()
    pages: int = 0
    claims: tuple[str, ...] = ()
    claim: str = ""
    day: str = ""


COLUMNS = tuple(field.name for field in fields(Receipt))


def make_receipts(plan: Plan, rows: DoneRows) -> list[Receipt]:
    """A receipt for each row, in the order of the list."""
    claims = claim_statuses(rows)
    receipts = [_of_result(task, result, claims[task.row]) for task, result in rows]
    receipts += map(_of_refusal, plan.refusals)
    receipts += map(_of_repetition, plan.repeated)
    return sorted(receipts, key=lambda receipt: receipt.row)


def _of_result(task: Task, result: RowResult, claim: ClaimStatus) -> Receipt:
    if result.errors:
        return _refused(
            task.appointment,
            task.choice,
            (*result.errors, *task.warnings),
            letter_digest=result.letter_digest,
            day=result.day,
            channel=task.channel,
        )
    choice, editions = task.choice, task.choice.editions
    warnings = (*task.warnings, *result.warnings)
    reasons = (choice.fallback, *choice.notes, *_sentences(warnings))
    return Receipt(
        task.row,
        task.reference,
        result.outcome,
        "; ".join(filter(None, reasons)),
        _rules(warnings),
        letter=task.appointment.letter or task.letter.name,
        letter_digest=result.letter_digest,
        leaflets=tuple(edition.leaflet for edition in editions),
        leaflet_versions=tuple(edition.version for edition in editions),
        leaflet_digests=tuple(edition.digest for edition in editions),
        leaflet_states=tuple(edition.state for edition in editions),
        asked_language=choice.asked_language,
        needs=choice.needs,
        language=choice.language,
        format=choice.format,
        fallback=choice.fallback,
        delivery=choice.delivery,
        channel=task.channel,
        outputs=tuple(file.name for file in result.outputs),
        output_digests=tuple(file.digest for file in result.outputs),
        pages=result.pages,
        claims=result.claims,
        claim=str(claim),
        day=result.day,
    )


def _of_refusal(refusal: Candidate) -> Receipt:
    findings = (*refusal.errors, *refusal.warnings)
    return _refused(refusal.appointment, refusal.choice, findings)


def _refused(
    appointment: Appointment, choice: Choice, findings: tuple[Finding, ...], **facts: Any
) -> Receipt:
    return Receipt(
        appointment.row,
        appointment.reference,
        RowOutcome.REFUSED,
        "; ".join(dict.fromkeys(_sentences(findings))),
        _rules(findings),
        letter=appointment.letter,
        asked_language=choice.asked_language,
        needs=choice.needs,
        delivery=choice.delivery,
        **facts,
    )


def _of_repetition(repeated: Repeated) -> Receipt:
    own = repeated.appointment
    reason = f"the same as row {repeated.earlier}, which has the receipt"
    outcome = RowOutcome.REPEATED
    return Receipt(own.row, own.reference, outcome, reason, ("E049",), letter=own.letter)


def _sentences(findings: Iterable[Finding]) -> list[str]:
    return [own.sentence for own in findings]


def _rules(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(own.rule for own in findings))


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows in and out."""

    rows: int
    done: int
    refused: int
    repeated: int

    @property
    def out(self) -> int:
        """Rows of which somebody can say what became of them."""
        return self.done + self.refused + self.repeated


def count_rows(receipts: list[Receipt], rows: int) -> Counts:
    """Rows in and out.

    Args:
        rows: how many the list has.
    """
    done = sum(receipt.verdict.is_finished for receipt in receipts)
    refused = sum(receipt.verdict is RowOutcome.REFUSED for receipt in receipts)
    repeated = sum(receipt.verdict is RowOutcome.REPEATED for receipt in receipts)
    return Counts(rows, done, refused, repeated)


def as_csv(receipts: list[Receipt]) -> bytes:
    """The receipts for a spreadsheet: UTF-8 with a mark, no cell that it would run."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for receipt in receipts:
        writer.writerow([safe_cell(getattr(receipt, column)) for column in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


@dataclass(frozen=True, slots=True)
class ListFacts:
    """The list that a run did."""

    name: str
    sha256: str
    empty_rows: int


@dataclass(frozen=True, slots=True)
class CountFacts:
    """Rows in and out, by their names in `receipts.json`."""

    rows_in: int
    rows_out: int
    done: int
    refused: int
    repeated: int


@dataclass(frozen=True, slots=True)
class ReceiptsFile:
    """`receipts.json`: the receipts for programs, with facts of the whole run before them.

    Args:
        codes: what is said wherever codes of needs are used.
    """

    form: Literal[1]
    list: ListFacts
    codes: str
    counts: CountFacts
    letters_without_row: tuple[str, ...]
    receipts: tuple[Receipt, ...]


@cache
def receipts_file() -> TypeAdapter[ReceiptsFile]:
    """Writes and reads `receipts.json`."""
    return TypeAdapter(ReceiptsFile)


def as_json(receipts: list[Receipt], counts: Counts, list_: AppointmentList, plan: Plan) -> bytes:
    """The receipts for programs."""
    document = ReceiptsFile(
        _SCHEMA_VERSION,
        ListFacts(list_.name, list_.digest, list_.empty),
        DRAFT,
        CountFacts(counts.rows, counts.out, counts.done, counts.refused, counts.repeated),
        plan.unnamed,
        tuple(receipts),
    )
    return receipts_file().dump_json(document, indent=1) + b"\n"


def unnamed_csv(names: tuple[str, ...]) -> bytes:
    """The letters that no row names."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["letter"])
    for name in names:
        writer.writerow([safe_cell(name)])
    return text.getvalue().encode("utf-8-sig")
