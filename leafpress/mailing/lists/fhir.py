"""Lists as a FHIR R4 Bundle: appointments, patients with what they read and need, and flags.

Rows are the appointments in the Bundle's order, from 1. Read are Appointment (status, patient,
service or specialty as the clinic's code, a DocumentReference in supportingInformation as the
letter), Patient (identifier, communication, UK Core's contact preference) and active Flags.
https://hl7.org/fhir/R4/ and UK Core's Extension-UKCore-ContactPreference.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeGuard

from leafpress.findings import Finding, Problem, Span
from leafpress.mailing.lists.mapping import Mapping
from leafpress.rules import finding

Resource = dict[str, Any]

_NOT_KEPT = frozenset({"cancelled", "noshow", "entered-in-error"})
"""States of an appointment that nobody is written to about."""

_SEVERAL = "the patient has several identifiers, and `reference_system` does not say which"

_PREFERENCE = "Extension-UKCore-ContactPreference"
_WRITTEN = "PreferredWrittenCommunicationFormat"


@dataclass(frozen=True, slots=True)
class _Records:
    """What a Bundle holds beside the appointments.

    Args:
        by_reference: every resource, by the ways in which others refer to it.
        flags: alerts about patients.
    """

    by_reference: dict[str, Resource]
    flags: list[Resource]


def read_bundle(
    data: bytes, name: str, mapping: Mapping
) -> tuple[list[Resource], tuple[Finding, ...]]:
    """The fields of each appointment, by the names of `Appointment`.

    Raises:
        Problem: it is no Bundle, or only a page of one (E031).
    """
    bundle = _parsed(data, name)
    resources = list(_resources(bundle))
    appointments = _of_kind("Appointment", resources)
    if not appointments:
        raise Problem(finding("E031", Span(name), problem="the Bundle has no Appointment"))
    records = _Records(dict(_by_reference(bundle)), _of_kind("Flag", resources))
    rows = [
        _row(appointment, records, Span(name, number), mapping)
        for number, appointment in enumerate(appointments, start=1)
    ]
    return rows, ()


def _parsed(data: bytes, name: str) -> Resource:
    try:
        bundle = json.loads(data)
        json.dumps(bundle, ensure_ascii=False).encode()  # no halves of characters
    except (ValueError, RecursionError):
        raise Problem(finding("E031", Span(name), problem="it is not JSON")) from None
    if not _is(bundle) or bundle["resourceType"] != "Bundle":
        raise Problem(finding("E031", Span(name), problem="it is not a FHIR Bundle"))
    if any(link.get("relation") == "next" for link in _dicts(bundle, "link")):
        problem = "it is one page of several: the others have to be fetched first"
        raise Problem(finding("E031", Span(name), problem=problem))
    return bundle


def _is(value: object) -> TypeGuard[Resource]:
    return isinstance(value, dict) and isinstance(value.get("resourceType"), str)


def _dicts(holder: Resource, key: str) -> list[Resource]:
    """The objects in the list under `key`; what is anything else is left out."""
    value = holder.get(key)
    if not isinstance(value, list):
        return []
    return [member for member in value if isinstance(member, dict)]


def _of_kind(kind: str, resources: list[Resource]) -> list[Resource]:
    return [resource for resource in resources if resource.get("resourceType") == kind]


def _resources(bundle: Resource) -> Iterator[Resource]:
    for entry in _dicts(bundle, "entry"):
        resource = entry.get("resource")
        if _is(resource):
            yield resource


def _by_reference(bundle: Resource) -> Iterator[tuple[str, Resource]]:
    """Each resource by the ways in which others refer to it."""
    for entry in _dicts(bundle, "entry"):
        resource = entry.get("resource")
        if _is(resource):
            yield f"{resource['resourceType']}/{resource.get('id')}", resource
            yield str(entry.get("fullUrl")), resource


def _resolved(reference: object, known: dict[str, Resource]) -> Resource:
    """The resource that a reference means: relative, absolute or `urn:uuid:`."""
    if not isinstance(reference, dict):
        return {}
    address = str(reference.get("reference", ""))
    tail = "/".join(address.split("/")[-2:])
    return known.get(address) or known.get(tail) or {}


def _row(appointment: Resource, records: _Records, span: Span, mapping: Mapping) -> Resource:
    """The fields of one appointment."""
    known = records.by_reference
    patients = _actors(appointment, known, "Patient")
    patient = patients[0] if len(patients) == 1 else {}
    languages = _languages(patient)
    references = _references(patient, mapping)
    problems = list(_faults(appointment, patients))
    if len(languages) > 1:
        problems.append("several languages are recorded, and none as preferred")
    if len(references) > 1:
        problems.append(_SEVERAL)
    return {
        "row": span.line,
        "letter": _letter(appointment, known),
        "reference": _first(references),
        "language": _first(languages),
        "need": "; ".join(_needs(patient, records)),
        "clinic": _clinic(appointment),
        "email": _email(patient),
        "findings": tuple(finding("E041", span, problem=problem) for problem in problems),
    }


def _first(texts: list[str]) -> str:
    return texts[0] if texts else ""


def _faults(appointment: Resource, patients: list[Resource]) -> Iterator[str]:
    """Why nobody is written to, in words."""
    status = str(appointment.get("status"))
    if status in _NOT_KEPT:
        yield f"the appointment is marked “{status}”"
    if len(patients) != 1:
        yield f"the Bundle has {len(patients)} patients for it"
    if patients and (patients[0].get("deceasedDateTime") or patients[0].get("deceasedBoolean")):
        yield "the patient is recorded as deceased"


def _actors(appointment: Resource, known: dict[str, Resource], kind: str) -> list[Resource]:
    participants = _dicts(appointment, "participant")
    actors = [_resolved(participant.get("actor"), known) for participant in participants]
    return _of_kind(kind, actors)


def _references(patient: Resource, mapping: Mapping) -> list[str]:
    system = mapping.reference_system
    identifiers = _dicts(patient, "identifier")
    if system:
        identifiers = [own for own in identifiers if own.get("system") == system]
    values = (str(identifier.get("value", "")).strip() for identifier in identifiers)
    return list(dict.fromkeys(filter(None, values)))


def _languages(patient: Resource) -> list[str]:
    """The languages that the letter may be written in: one, unless the record leaves it open."""
    recorded = _dicts(patient, "communication")
    preferred = [language for language in recorded if language.get("preferred") is True]
    codes = (_word(language.get("language")) for language in preferred or recorded)
    return list(dict.fromkeys(filter(None, codes)))


def _word(concept: object) -> str:
    """The code of a CodeableConcept; its text where it has none."""
    return next(iter(_codes(concept)), "")


def _codes(concept: object) -> list[str]:
    if not isinstance(concept, dict):
        return []
    codes = [str(coding.get("code", "")) for coding in _dicts(concept, "coding")]
    if any(codes):
        return list(filter(None, codes))
    text = concept.get("text")
    return [str(text)] if text else []


def _needs(patient: Resource, records: _Records) -> Iterator[str]:
    """Contact preferences, and active flags of this patient. Each code is a need of its own."""
    for extension in _dicts(patient, "extension"):
        if str(extension.get("url", "")).endswith(_PREFERENCE):
            for inner in _dicts(extension, "extension"):
                if inner.get("url") == _WRITTEN:
                    yield from _codes(inner.get("valueCodeableConcept"))
    for flag in records.flags:
        subject = _resolved(flag.get("subject"), records.by_reference)
        if flag.get("status") == "active" and subject is patient:
            yield from _codes(flag.get("code"))


def _clinic(appointment: Resource) -> str:
    for key in ("serviceType", "specialty", "serviceCategory"):
        codes = [code for concept in _dicts(appointment, key) for code in _codes(concept)]
        if codes:
            return "; ".join(dict.fromkeys(codes))
    return ""


def _letter(appointment: Resource, known: dict[str, Resource]) -> str:
    """The file of the one document that the appointment names."""
    addresses: list[object] = []
    for reference in _dicts(appointment, "supportingInformation"):
        document = _resolved(reference, known)
        if document.get("resourceType") == "DocumentReference":
            addresses += _addresses(document)
    return str(addresses[0] or "") if len(addresses) == 1 else ""


def _addresses(document: Resource) -> Iterator[object]:
    for content in _dicts(document, "content"):
        attachment = content.get("attachment")
        if isinstance(attachment, dict):
            yield attachment.get("url")


def _email(patient: Resource) -> str:
    for contact in _dicts(patient, "telecom"):
        if contact.get("system") == "email" and contact.get("use") != "old":
            return str(contact.get("value", ""))
    return ""
