"""Lists as a FHIR R4 Bundle: appointments, patients with what they read and need, and flags.

Rows are the appointments in the Bundle's order, from 1. Read are Appointment (status, patient,
service or specialty as the clinic's code, a DocumentReference in supportingInformation as the
letter), Patient (identifier, communication, UK Core's contact preference) and active Flags.
https://hl7.org/fhir/R4/ and UK Core's Extension-UKCore-ContactPreference.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
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


def read(data: bytes, name: str, mapping: Mapping) -> tuple[list[Resource], tuple[Finding, ...]]:
    """The fields of each appointment, by the names of `Appointment`.

    Raises:
        Problem: it is no Bundle, or only a page of one (E031).
    """
    bundle = _parsed(data, name)
    resources = [each["resource"] for each in _dicts(bundle, "entry") if _is(each.get("resource"))]
    known = dict(_named(bundle))
    appointments = [each for each in resources if each["resourceType"] == "Appointment"]
    if not appointments:
        raise Problem(finding("E031", Span(name), problem="the Bundle has no Appointment"))
    flags = [each for each in resources if each["resourceType"] == "Flag"]
    rows = [
        _row(number, each, known, flags, (mapping, name))
        for number, each in enumerate(appointments, start=1)
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
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _named(bundle: Resource) -> Iterator[tuple[str, Resource]]:
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


def _row(
    number: int,
    appointment: Resource,
    known: dict[str, Resource],
    flags: list[Resource],
    reading: tuple[Mapping, str],
) -> Resource:
    mapping, name = reading
    place = Span(name, number)
    patients = _actors(appointment, known, "Patient")
    patient = patients[0] if len(patients) == 1 else {}
    language, unclear = _language(patient)
    references = _references(patient, mapping)
    problems = [*_faults(appointment, patients)]
    problems += ["several languages are recorded, and none as preferred"] * unclear
    problems += [_SEVERAL] * (len(references) > 1)
    return {
        "row": number,
        "letter": _letter(appointment, known),
        "reference": "".join(references[:1]),
        "language": language,
        "need": "; ".join(_needs(patient, flags, known)),
        "clinic": _clinic(appointment),
        "email": _email(patient),
        "findings": tuple(finding("E041", place, problem=each) for each in problems),
    }


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
    actors = [_resolved(each.get("actor"), known) for each in _dicts(appointment, "participant")]
    return [each for each in actors if each.get("resourceType") == kind]


def _references(patient: Resource, mapping: Mapping) -> list[str]:
    identifiers = _dicts(patient, "identifier")
    if mapping.reference_system:
        identifiers = [i for i in identifiers if i.get("system") == mapping.reference_system]
    values = (str(i.get("value", "")).strip() for i in identifiers)
    return list(dict.fromkeys(filter(None, values)))


def _language(patient: Resource) -> tuple[str, bool]:
    """The language to write in, and whether the record leaves that open."""
    every = _dicts(patient, "communication")
    preferred = [each for each in every if each.get("preferred") is True] or every
    found = list(dict.fromkeys(filter(None, (_word(each.get("language")) for each in preferred))))
    return "".join(found[:1]), len(found) > 1


def _word(concept: object) -> str:
    """The code of a CodeableConcept; its text where it has none."""
    return next(iter(_codes(concept)), "")


def _codes(concept: object) -> list[str]:
    if not isinstance(concept, dict):
        return []
    codes = [str(each.get("code", "")) for each in _dicts(concept, "coding")]
    return [each for each in codes if each] or [str(concept["text"])] * bool(concept.get("text"))


def _needs(patient: Resource, flags: list[Resource], known: dict[str, Resource]) -> Iterator[str]:
    """Contact preferences, and active flags of this patient. Each code is a need of its own."""
    for extension in _dicts(patient, "extension"):
        if str(extension.get("url", "")).endswith(_PREFERENCE):
            for inner in _dicts(extension, "extension"):
                if inner.get("url") == _WRITTEN:
                    yield from _codes(inner.get("valueCodeableConcept"))
    for flag in flags:
        if flag.get("status") == "active" and _resolved(flag.get("subject"), known) is patient:
            yield from _codes(flag.get("code"))


def _clinic(appointment: Resource) -> str:
    for key in ("serviceType", "specialty", "serviceCategory"):
        codes = [code for concept in _dicts(appointment, key) for code in _codes(concept)]
        if codes:
            return "; ".join(dict.fromkeys(codes))
    return ""


def _letter(appointment: Resource, known: dict[str, Resource]) -> str:
    """The file of the one document that the appointment names."""
    documents = [_resolved(each, known) for each in _dicts(appointment, "supportingInformation")]
    contents = [
        c
        for d in documents
        if d.get("resourceType") == "DocumentReference"
        for c in _dicts(d, "content")
    ]
    addresses = [a.get("url") for c in contents if isinstance(a := c.get("attachment"), dict)]
    return str(addresses[0]) if len(addresses) == 1 and addresses[0] else ""


def _email(patient: Resource) -> str:
    for each in _dicts(patient, "telecom"):
        if each.get("system") == "email" and each.get("use") != "old":
            return str(each.get("value", ""))
    return ""
