"""Small Bundles for tests: an appointment, its patient and letter, and what a case adds."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from leafpress.mailing.lists.appointments import Appointment, AppointmentList, read_appointments
from leafpress.mailing.lists.mapping import Mapping

Resource = dict[str, Any]

TODAY = date(2026, 11, 28)
ON_SERVER = "https://fhir.clinic.example"
UK_CORE = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-"
HL7 = "http://hl7.org/fhir/StructureDefinition/"
SNOMED = "http://snomed.info/sct"
FORMATS = "https://fhir.hl7.org.uk/CodeSystem/UKCore-PreferredWrittenCommunicationFormat"


def coded(code: str = "", display: str = "", system: str = "", text: str = "") -> Resource:
    """A CodeableConcept of one coding, without what is empty."""
    coding = {"system": system, "code": code, "display": display}
    coding = {key: value for key, value in coding.items() if value}
    concept: Resource = {"coding": [coding]} if coding else {}
    return {**concept, "text": text} if text else concept


def speaks(*codes: str, **more: object) -> Resource:
    """`Patient.communication` with languages."""
    return {"communication": [{"language": coded(code), **more} for code in codes]}


def nhs(code: str = "", *parts: Resource, value: str = "valueCodeableConcept") -> Resource:
    """UK Core's NHSCommunication."""
    concept = coded(code) if value == "valueCodeableConcept" else {"code": code}
    language = [{"url": "language", value: concept}] if code else []
    return {"url": f"{UK_CORE}NHSCommunication", "extension": [*language, *parts]}


def prefers(written: str = "", method: str = "", **more: str) -> Resource:
    """UK Core's contact preference."""
    parts = []
    if written or more:
        concept = coded(written, system=FORMATS) if written else coded(**more)
        parts.append(
            {"url": "PreferredWrittenCommunicationFormat", "valueCodeableConcept": concept}
        )
    if method:
        parts.append({"url": "PreferredContactMethod", "valueCodeableConcept": coded(method)})
    return {"url": f"{UK_CORE}ContactPreference", "extension": parts}


def patient(identity: str = "p1", **more: object) -> Resource:
    number = {"system": "https://clinic.example/number", "value": f"RX20000{identity[-1]}"}
    return {"resourceType": "Patient", "id": identity, "identifier": [number], **more}


def appointment(identity: str = "a1", whose: object = "Patient/p1", **more: object) -> Resource:
    actor = {"reference": whose} if isinstance(whose, str) else whose
    return {
        "resourceType": "Appointment",
        "id": identity,
        "status": "booked",
        "serviceType": [coded("MSK1")],
        "participant": [{"actor": actor, "status": "accepted"}],
        **more,
    }


def flag(code: Resource, subject: object = "Patient/p1", **more: object) -> Resource:
    whom = {"reference": subject} if isinstance(subject, str) else subject
    own = {"resourceType": "Flag", "status": "active", "code": code, "subject": whom}
    own = {key: value for key, value in own.items() if value is not None}
    return {**own, **more}


def document(identity: str = "d1", url: str = "letter.pdf", **more: object) -> Resource:
    attachment = {"contentType": "application/pdf", "url": url}
    return {
        "resourceType": "DocumentReference",
        "id": identity,
        "status": "current",
        "content": [{"attachment": attachment}],
        **more,
    }


def entry(resource: Resource, server: str = ON_SERVER, **more: object) -> Resource:
    """An entry with the address that a server gives it."""
    address = f"{server}/{resource['resourceType']}/{resource.get('id')}"
    own = (
        {"fullUrl": address, "resource": resource} if resource.get("id") else {"resource": resource}
    )
    return {**own, **more}


def bundle(*resources: Resource, **more: object) -> Resource:
    """A Bundle: resources become entries, entries stay what they are."""
    entries = [own if "resource" in own else entry(own) for own in resources]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries, **more}


def read(folder: Path, own: Resource | str, mapping: Mapping | None = None) -> AppointmentList:
    """What leafpress reads of a Bundle on `TODAY`."""
    path = folder / "list.json"
    path.write_text(own if isinstance(own, str) else json.dumps(own, ensure_ascii=False))
    return read_appointments(path, mapping, TODAY)


def rules(row: Appointment) -> str:
    """The rules of a row's findings, in their order, each once."""
    return " ".join(dict.fromkeys(own.rule for own in row.findings))
