"""A run, from a list and a folder of letters to one file a patient, on one page.

A run may be killed at any moment. What was finished is in the journal; the next run does the rest
and ends with the same files. Receipts stand there only after a run that came to its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leafpress.findings import ExitCode, Finding, Problem, Span
from leafpress.mailing.batch import verify_claims
from leafpress.mailing.batch.done_rows import DoneRows
from leafpress.mailing.batch.mailing import Mailing, Show
from leafpress.mailing.batch.worker import WorkerSettings
from leafpress.mailing.lists.appointments import AppointmentList, read_appointments
from leafpress.mailing.options import MailingOptions, RowOutcome
from leafpress.mailing.output.email_text import EmailWords, read_email_words
from leafpress.mailing.output.folder import OutputFolder, flush_to_disk, open_output
from leafpress.mailing.reports.given import given_before, withdrawn_rows
from leafpress.mailing.reports.receipts import Counts, Receipt, count_rows, make_receipts
from leafpress.mailing.reports.write import Reported, withdraw_reports, write_reports
from leafpress.mailing.selection.choose import require_fallbacks
from leafpress.mailing.selection.criteria import Criteria
from leafpress.mailing.selection.plan import Plan, make_plan, strong_references
from leafpress.rules import finding


@dataclass(frozen=True)
class RunResult:
    """What came of a run.

    Args:
        worked: rows that were done now; the others were done by an earlier run.
        removed: files of earlier runs that stand there no more.
    """

    receipts: list[Receipt]
    counts: Counts
    findings: tuple[Finding, ...]
    worked: int
    removed: int


def enclose(options: MailingOptions, show: Show) -> RunResult:
    """Do a list.

    Raises:
        Problem: the list, the editions or the output folder cannot be used; the disk is full; or
            the counts differ (E069).
        Interrupted: after Ctrl-C; the next run goes on from there.
    """
    require_fallbacks(options.fallbacks)
    list_ = read_appointments(options.appointments, options.mapping, options.today)
    criteria = Criteria.of(options)
    plan = make_plan(list_, criteria)
    settings = _worker_settings(options, list_, plan)
    told: tuple[Finding, ...] = ()
    with open_output(options.out, (options.letters, options.editions)) as output:
        mailing = Mailing.on(output, options, settings, plan)
        rows = mailing.done_before()
        waiting, outdated = rows.waiting(), mailing.outdated_files(rows)
        if waiting or outdated or not verify_claims.is_complete(rows):
            withdraw_reports(output)
        removed = sum(map(output.remove, outdated))
        if waiting or not verify_claims.is_complete(rows):
            output.intend([task.name for task in plan.tasks])
            told = mailing.work(rows, show)
            flush_to_disk()
        receipts = make_receipts(plan, rows)
        counts = count_rows(receipts, len(list_.appointments))
        _require_equal_counts(receipts, counts, output)
        mailing.journal.replace(rows.results.values())
        before = given_before(options.receipts) if options.receipts else None
        withdrawn = withdrawn_rows(criteria.editions.withdrawn.values(), before)
        reported = Reported(receipts, list_, plan, withdrawn)
        write_reports(reported, output, fhir=options.fhir)
    findings = (*told, *_findings(list_, plan, rows))
    return RunResult(receipts, counts, findings, len(waiting), removed)


def _worker_settings(options: MailingOptions, list_: AppointmentList, plan: Plan) -> WorkerSettings:
    clinic = options.clinic
    return WorkerSettings(
        options.root,
        options.out,
        options.today,
        options.strict,
        options.repair,
        clinic.email or "",
        clinic.name,
        _email_words(options, plan),
        strong_references(list_),
    )


def _email_words(options: MailingOptions, plan: Plan) -> dict[str, EmailWords]:
    """What e-mails say, where there are any.

    Raises:
        Problem: their template cannot be filled (H001).
    """
    tasks = [task for task in plan.tasks if task.way is RowOutcome.EML]
    if not tasks:
        return {}
    tags = {edition.language for task in tasks for edition in task.choice.editions}
    telephone = str(options.clinic.telephone or "")
    return read_email_words(options.root, sorted(tags), telephone, options.signed.are_words_signed)


def _findings(list_: AppointmentList, plan: Plan, rows: DoneRows) -> Iterator[Finding]:
    """Everything that a person has to know."""
    yield from list_.findings
    yield from plan.findings
    for refusal in plan.refusals:
        yield from (*refusal.errors, *refusal.warnings)
    for task, result in rows:
        yield from task.warnings
        for own in (*result.errors, *result.warnings):
            # In the journal its row may have another number: that of an earlier list.
            yield Finding(own.rule, own.severity, task.span, own.sentence, own.hint)


def _require_equal_counts(receipts: list[Receipt], counts: Counts, output: OutputFolder) -> None:
    """Check that every row has one receipt, and every receipt its files.

    Raises:
        Problem: it has not (E069).
    """
    rows = {receipt.row for receipt in receipts}
    outputs = [name for receipt in receipts for name in receipt.outputs]
    absent = [name for name in outputs if not (output.folder / name).is_file()]
    unknown = output.finished_files() - set(outputs)
    equal = counts.rows == counts.out == len(rows) and len(set(outputs)) == len(outputs)
    if equal and not absent and not unknown:
        return
    differing = finding(
        "E069",
        Span("the list"),
        rows=counts.rows,
        out=counts.out,
        absent=len(absent),
        more=len(unknown),
    )
    raise Problem(differing, code=ExitCode.NOT_CONFORMING)
