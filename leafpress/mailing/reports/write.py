"""What a finished run leaves beside its files: receipts and summary."""

from __future__ import annotations

from collections.abc import Iterator

from leafpress.mailing.lists.appointments import List
from leafpress.mailing.lists.needs import DRAFT
from leafpress.mailing.order import Night, Order
from leafpress.mailing.output import folder
from leafpress.mailing.output.folder import Vault
from leafpress.mailing.reports import fhir_documents, receipt, summary
from leafpress.mailing.selection.plan import Plan


def withdraw(out: Vault) -> None:
    """Take away the reports of an earlier run: they speak of files that are about to change."""
    for name in folder.REPORTS:
        (out.folder / name).unlink(missing_ok=True)


def write(night: Night, order: Order, list_: List, plan: Plan, out: Vault) -> None:
    """Write them, each only if that changes it.

    Raises:
        Problem: one cannot be written (B004).
    """
    wanted = dict(_wanted(night, order, list_, plan, out))
    for name in folder.REPORTS:
        path = out.folder / name
        if name not in wanted:
            path.unlink(missing_ok=True)
        elif not path.is_file() or path.read_bytes() != wanted[name]:
            out.write(name, wanted[name])


def _wanted(
    night: Night, order: Order, list_: List, plan: Plan, out: Vault
) -> Iterator[tuple[str, bytes]]:
    counted = night.counts
    facts = {
        "list": {"name": list_.name, "sha256": list_.digest, "empty_rows": list_.empty},
        "codes": DRAFT,
        "counts": {
            "rows_in": counted.rows,
            "rows_out": counted.out,
            "done": counted.done,
            "refused": counted.refused,
            "repeated": counted.repeated,
        },
        "letters_without_row": list(plan.unnamed),
    }
    notes = [str(each.sentence) for each in list_.findings]
    whole = {"empty": list_.empty, "unnamed": len(plan.unnamed), "notes": notes}
    yield "receipts.csv", receipt.as_csv(night.receipts)
    yield "receipts.json", receipt.as_json(night.receipts, facts)
    yield "summary.html", summary.page(night.receipts, counted, whole).encode()
    if plan.unnamed:
        yield "letters-without-row.csv", receipt.unnamed_csv(plan.unnamed)
    if order.fhir:
        yield "documents.json", fhir_documents.bundle(night.receipts, out.folder)
