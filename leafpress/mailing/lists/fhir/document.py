"""The letter of an appointment: the one present document that it names."""

from __future__ import annotations

from leafpress.mailing.lists.fhir.accounts import subset_problem
from leafpress.mailing.lists.fhir.bundle import Bundle
from leafpress.mailing.lists.fhir.references import Record, may_be
from leafpress.mailing.lists.fhir.values import (
    ENTERED_IN_ERROR,
    Resource,
    UnclearRecord,
    objects,
    one,
    text,
)

_KIND = "DocumentReference"

_PRESENT = frozenset({"current", ""})
"""States of a reference to a document that still counts."""

_NO_LETTER = frozenset({"preliminary", ENTERED_IN_ERROR})
"""States of the document itself: a draft is no letter yet."""


def present_documents(
    appointment: Record,
    patients: list[Record],
    replaced: frozenset[Record | None],
    bundle: Bundle,
) -> list[Record]:
    """The documents that an appointment names, without those in place of which others stand.

    Args:
        replaced: what `replaced_documents` gives, which is asked once for a Bundle.

    Raises:
        UnclearRecord: it names one that is not in the Bundle or is somebody else's, or none that
            is valid.
    """
    named: list[Record] = []
    for reference in objects(appointment.resource, "supportingInformation"):
        record = bundle.index.resolve(reference, appointment, _KIND)
        if record is None and may_be(reference, _KIND):
            raise UnclearRecord("it names a document that is not in the Bundle")
        if record is not None and record.kind == _KIND:
            named.append(record)
    present = [own for own in named if own not in replaced and _is_present(own.resource)]
    if named and not present:
        raise UnclearRecord("the document that it names is superseded, a draft, or in error")
    for record in present:
        _require_same_patient(record, patients, bundle)
    return list(dict.fromkeys(present))


def letter_file(documents: list[Record]) -> str:
    """The file of the one document there is; empty where there is none.

    Raises:
        UnclearRecord: there are several, or it has no file.
    """
    names = dict.fromkeys(name for document in documents for name in _files(document.resource))
    if len(names) > 1:
        raise UnclearRecord("it names several documents")
    return next(iter(names), "")


def _is_present(document: Resource) -> bool:
    if subset_problem(document) or document.get("modifierExtension"):
        raise UnclearRecord("the document that it names is only a part of one")
    is_present = text(document, "status") in _PRESENT
    return is_present and text(document, "docStatus") not in _NO_LETTER


def replaced_documents(bundle: Bundle) -> frozenset[Record | None]:
    """The documents in place of which others of the Bundle stand."""
    replaced = set()
    for record in bundle.of_kind(_KIND):
        for target in _targets(record.resource):
            replaced.add(bundle.index.resolve(target, record, _KIND))
    return frozenset(replaced)


def _targets(document: Resource) -> list[object]:
    """What a document replaces; one that is unclear is told by the row that names it."""
    try:
        relations = objects(document, "relatesTo") if _is_present(document) else []
        return [own.get("target") for own in relations if text(own, "code") == "replaces"]
    except UnclearRecord:
        return []


def _require_same_patient(document: Record, patients: list[Record], bundle: Bundle) -> None:
    subject = document.resource.get("subject")
    if subject is None:
        return
    patient = bundle.index.resolve(subject, document, "Patient")
    if patient not in patients and (patient is not None or may_be(subject, "Patient")):
        raise UnclearRecord("the document that it names is about somebody else")


def _files(document: Resource) -> list[str]:
    """The addresses of a document's files: of several, the PDF.

    Raises:
        UnclearRecord: it has none.
    """
    attachments = [one(content, "attachment") for content in objects(document, "content")]
    pdfs = [own for own in attachments if text(own, "contentType").startswith("application/pdf")]
    files = [text(own, "url") for own in pdfs or attachments]
    if not files or not all(files):
        raise UnclearRecord("the document that it names has no address")
    return files
