"""What a finished run leaves beside its files: receipts and summary."""

from __future__ import annotations

from collections.abc import Iterator

from leafpress.mailing.lists.appointments import AppointmentList
from leafpress.mailing.output.folder import REPORTS, OutputFolder
from leafpress.mailing.reports import fhir_documents, receipts, summary
from leafpress.mailing.reports.receipts import Receipt
from leafpress.mailing.selection.plan import Plan


def withdraw_reports(output: OutputFolder) -> None:
    """Take away the reports of an earlier run: they speak of files that are about to change."""
    for name in REPORTS:
        (output.folder / name).unlink(missing_ok=True)


def write_reports(
    rows: list[Receipt], list_: AppointmentList, plan: Plan, output: OutputFolder, *, fhir: bool
) -> None:
    """Write them, each only if that changes it, and remove those that are not wanted any more.

    Args:
        rows: a receipt for each row.
        fhir: whether to write `documents.json`.

    Raises:
        Problem: one cannot be written (B004).
    """
    reports = dict(_reports(rows, list_, plan))
    if fhir:
        reports["documents.json"] = fhir_documents.bundle(rows, output.folder)
    for name in REPORTS:
        path = output.folder / name
        if name not in reports:
            path.unlink(missing_ok=True)
        elif not path.is_file() or path.read_bytes() != reports[name]:
            output.write(name, reports[name])


def _reports(
    rows: list[Receipt], list_: AppointmentList, plan: Plan
) -> Iterator[tuple[str, bytes]]:
    counts = receipts.count_rows(rows, len(list_.appointments))
    yield "receipts.csv", receipts.as_csv(rows)
    yield "receipts.json", receipts.as_json(rows, counts, list_, plan)
    yield "summary.html", summary.page(rows, counts, list_, len(plan.unnamed)).encode()
    if plan.unnamed:
        yield "letters-without-row.csv", receipts.unnamed_csv(plan.unnamed)
