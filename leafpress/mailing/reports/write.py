"""What a finished run leaves beside its files: receipts and summary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leafpress.mailing.lists.appointments import AppointmentList
from leafpress.mailing.output.folder import REPORTS, OutputFolder
from leafpress.mailing.reports import fhir_documents, receipts, summary
from leafpress.mailing.reports.given import WithdrawnRow
from leafpress.mailing.reports.receipts import Receipt
from leafpress.mailing.selection.plan import Plan


def withdraw_reports(output: OutputFolder) -> None:
    """Take away the reports of an earlier run: they speak of files that are about to change."""
    for name in REPORTS:
        (output.folder / name).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Reported:
    """What a run's reports are about.

    Args:
        rows: a receipt for each row.
        withdrawn: leaflets that must not be given any more.
    """

    rows: list[Receipt]
    list_: AppointmentList
    plan: Plan
    withdrawn: tuple[WithdrawnRow, ...] = ()


def write_reports(run: Reported, output: OutputFolder, *, fhir: bool) -> None:
    """Write them, each only if that changes it, and remove those that are not wanted any more.

    Args:
        fhir: whether to write `documents.json`.

    Raises:
        Problem: one cannot be written (B004).
    """
    reports = dict(_reports(run))
    if fhir:
        reports["documents.json"] = fhir_documents.bundle(run.rows, output.folder)
    for name in REPORTS:
        path = output.folder / name
        if name not in reports:
            path.unlink(missing_ok=True)
        elif not path.is_file() or path.read_bytes() != reports[name]:
            output.write(name, reports[name])


def _reports(run: Reported) -> Iterator[tuple[str, bytes]]:
    rows, list_, unnamed = run.rows, run.list_, run.plan.unnamed
    counts = receipts.count_rows(rows, len(list_.appointments))
    yield "receipts.csv", receipts.as_csv(rows)
    yield "receipts.json", receipts.as_json(rows, counts, list_, run.plan)
    page = summary.page(rows, counts, list_, len(unnamed), run.withdrawn)
    yield "summary.html", page.encode()
    if unnamed:
        yield "letters-without-row.csv", receipts.unnamed_csv(unnamed)
