"""Lists as a FHIR R4 Bundle: appointments, patients with what they read and need, and flags.

Rows are the appointments in the Bundle's order, from 1. A row is refused where its record leaves
open what the patient reads, or whether to write at all; what belongs to nobody stops the run, since
it may be anybody's. https://hl7.org/fhir/R4/ and https://simplifier.net/hl7fhirukcorer4.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from leafpress.findings import Finding, Problem, Span
from leafpress.mailing.lists.fhir import flags
from leafpress.mailing.lists.fhir.accounts import Accounts, subset_problem
from leafpress.mailing.lists.fhir.bundle import Bundle, read
from leafpress.mailing.lists.fhir.declared import READ_KEYS
from leafpress.mailing.lists.fhir.document import letter_file, present_documents, replaced_documents
from leafpress.mailing.lists.fhir.flags import FlagNeeds, read_flags
from leafpress.mailing.lists.fhir.owners import Nobody, Owners, find_owners, replaced_patients
from leafpress.mailing.lists.fhir.patient import PatientRecord, read_patient
from leafpress.mailing.lists.fhir.references import Record, identifier_keys
from leafpress.mailing.lists.fhir.related import says_the_same, speaks_for_patient
from leafpress.mailing.lists.fhir.values import (
    ENTERED_IN_ERROR,
    Ledger,
    Net,
    Resource,
    UnclearRecord,
    is_valid,
    objects,
    one,
    text,
)
from leafpress.mailing.lists.fhir.words import mentions_interpreting, spellings
from leafpress.mailing.lists.mapping import Mapping
from leafpress.mailing.lists.strict_json import plain_name
from leafpress.rules import finding

_WRITTEN_TO = frozenset(
    {"proposed", "pending", "booked", "arrived", "fulfilled", "checked-in", "waitlist"}
)
"""States of an appointment about which one writes; of cancelled, noshow and others nobody does."""


@dataclass(frozen=True)
class _Reading:
    """A Bundle while it is read.

    Args:
        flags, others: by patient: Flags that count, and records that speak of communication
            and that no rule reads.
        replaced: documents and patients in place of which others stand.
        letters, people: documents and patients that were read already.
    """

    bundle: Bundle
    owners: Owners
    mapping: Mapping
    today: datetime.date | None
    accounts: Accounts
    flags: dict[Record, list[Record]] = field(default_factory=lambda: defaultdict(list))
    others: dict[Record, list[Record]] = field(default_factory=lambda: defaultdict(list))
    replaced: frozenset[Record | None] = frozenset()
    letters: set[Record] = field(default_factory=set)
    people: dict[Record, PatientRecord] = field(default_factory=dict)

    def rivals(self, patient: Record) -> bool:
        """Whether another Patient has one of this one's identifiers, of the same system."""
        keys = identifier_keys(patient.resource)
        of_systems = [key for key in keys if not key.startswith("|")] or keys
        found = [own for key in of_systems for own in self.bundle.index.by_identifier[key]]
        return any(own.kind == "Patient" and own is not patient for own in found)

    def person(self, record: Record) -> PatientRecord:
        """What a Patient says, read once."""
        if record not in self.people:
            person = read_patient(record, self.mapping, self.today, self.accounts)
            self.people[record] = person
        return self.people[record]


def read_bundle(
    data: bytes, name: str, mapping: Mapping, today: datetime.date | None
) -> tuple[list[dict[str, Any]], tuple[Finding, ...]]:
    """The fields of each appointment, by the names of `Appointment`, and what was not used.

    Args:
        today: the day on which records have to be valid; None if nobody said, then a record with
            a period is unclear.

    Raises:
        Problem: it is no Bundle, or only a page of one (E031); a record stands there twice (E077)
            or belongs to nobody (E078).
    """
    ledger = Ledger()
    bundle = read(data, name, ledger)
    reading = _Reading(
        bundle,
        find_owners(bundle),
        mapping,
        today,
        Accounts(mapping, ledger),
        replaced=replaced_documents(bundle) | replaced_patients(bundle),
    )
    loose = sum(_is_loose(record, reading) for record in (*bundle.records, *bundle.contained))
    if loose:
        raise Problem(finding("E078", Span(name), count=loose))
    rows = [
        _row(appointment, reading, Span(name, number))
        for number, appointment in enumerate(bundle.of_kind("Appointment"), start=1)
    ]
    _tell_unused(reading)
    return rows, tuple(_told(ledger, Span(name)))


def _is_loose(record: Record, reading: _Reading) -> bool:
    """Put a record to its patient; whether it may be a need and belongs to nobody."""
    if record.kind in READ_KEYS and record.kind != "Flag":
        return False
    try:
        if record.kind == "Flag":
            counted = flags.counts(record, reading.today, reading.accounts)
        else:
            counted = speaks_for_patient(record, reading.today, reading.accounts)
    except UnclearRecord:
        counted = True
    if not counted:
        return False
    owner = reading.owners.owner(record)
    if owner is Nobody.NOT_A_PATIENT:
        reading.accounts.ledger.unread[f"{plain_name(record.kind)} about no patient"] += 1
    if isinstance(owner, Nobody):
        return owner is Nobody.UNKNOWN
    kept = reading.flags if record.kind == "Flag" else reading.others
    kept[owner].append(record)
    return False


def _row(appointment: Record, reading: _Reading, span: Span) -> dict[str, Any]:
    """The fields of one appointment."""
    resource, net = appointment.resource, Net()
    net.note(_states(resource))
    patients: list[Record] = net.read(lambda: reading.owners.patients_of(appointment), [])
    net.note(_patient_problems(appointment, patients, reading))
    documents = _documents(appointment, patients, reading, net)
    reading.letters.update(documents)
    letter = net.read(lambda: letter_file(documents), "")
    clinic = net.read(lambda: _clinic(resource), "")
    unread: list[str] = net.read(lambda: list(_interpreters(appointment, reading)), [])
    for record in (appointment, *documents):
        unread += net.read(partial(_unread, record, reading.accounts), [])
    fields: dict[str, Any] = {"row": span.line, "letter": letter, "clinic": clinic}
    if len(patients) == 1:
        person, of_flags = reading.person(patients[0]), _flags(patients[0], reading)
        net.problems.extend((*person.problems, *of_flags.problems))
        own_language = reading.accounts.own_language
        unread += own_language(appointment, person.language, reading.mapping)
        unread += [*person.unread, *of_flags.unread, *_others(patients[0], person, reading)]
        fields |= _fields(person, of_flags)
    findings = [finding("E041", span, problem=problem) for problem in dict.fromkeys(net.problems)]
    findings += [finding("E080", span, place=place) for place in dict.fromkeys(unread)]
    return {**fields, "findings": tuple(findings)}


def _documents(
    appointment: Record, patients: list[Record], reading: _Reading, net: Net
) -> list[Record]:
    return net.read(
        lambda: present_documents(appointment, patients, reading.replaced, reading.bundle), []
    )


def _unread(record: Record, accounts: Accounts) -> list[str]:
    return list(accounts.unread(record))


def _fields(person: PatientRecord, of_flags: FlagNeeds) -> dict[str, Any]:
    needs = dict.fromkeys((*person.needs, *of_flags.needs))
    return {
        "reference": person.reference,
        "language": person.language,
        "need": "; ".join(needs),
        "delivery": person.delivery,
        "email": person.email,
    }


def _states(appointment: Resource) -> Iterator[str]:
    """Why nobody is written to about an appointment, in words."""
    status = text(appointment, "status")
    if status not in _WRITTEN_TO:
        known = status in ("cancelled", "noshow", ENTERED_IN_ERROR)
        yield f"the appointment is marked “{status}”" if known else "its state is not known"
    elif appointment.get("cancelationReason") or appointment.get("cancellationReason"):
        yield "the appointment has a reason why it is cancelled"
    if subset_problem(appointment):
        yield subset_problem(appointment)


def _interpreters(appointment: Record, reading: _Reading) -> Iterator[str]:
    """Whether somebody takes part who interprets: the record of the patient may not say so."""
    if reading.accounts.is_ignored("participant"):
        return
    for participant in objects(appointment.resource, "participant"):
        roles = [word for own in objects(participant, "type") for word in spellings(own)]
        actor = reading.owners.actor(participant, appointment)
        if actor is None or actor.kind != "Patient":
            roles.append(text(one(participant, "actor"), "display"))
        if any(map(mentions_interpreting, roles)):
            yield "Appointment.participant, an interpreter"


def _patient_problems(
    appointment: Record, patients: list[Record], reading: _Reading
) -> Iterator[str]:
    """Why it is not clear whose appointment it is."""
    if reading.owners.absent_patients(appointment):
        yield "it names a patient who is not in the Bundle"
    elif len(patients) != 1:
        yield f"the Bundle has {len(patients)} patients for it"
    for participant in objects(appointment.resource, "participant"):
        actor = reading.owners.actor(participant, appointment)
        if actor is None or actor.kind != "Patient":
            continue
        if text(participant, "status") == "declined":
            yield "the patient has declined it"
        if not is_valid(participant, reading.today):
            yield "the patient takes part in it no longer, or not yet"
    for patient in patients:
        if patient in reading.replaced:
            yield "the patient’s record is replaced by another one"
        if reading.rivals(patient):
            yield "two records in the Bundle have the patient’s identifier"


def _flags(patient: Record, reading: _Reading) -> FlagNeeds:
    own = reading.flags.get(patient, [])
    index = reading.bundle.index
    return read_flags(own, index, reading.mapping, reading.today, reading.accounts)


def _others(patient: Record, person: PatientRecord, reading: _Reading) -> Iterator[str]:
    """Records about the patient that speak of communication, and that no rule reads."""
    for record in reading.others.get(patient, []):
        if not says_the_same(record, person.language, reading.mapping):
            yield plain_name(record.kind)


def _clinic(appointment: Resource) -> str:
    """The clinic's code: of the first of three elements that has one."""
    for key in ("serviceType", "specialty", "serviceCategory"):
        codes = [code for concept in objects(appointment, key) for code in _clinic_codes(concept)]
        if codes:
            return "; ".join(dict.fromkeys(codes))
    return ""


def _clinic_codes(concept: Resource) -> list[str]:
    """Every code of a concept; its words where it has none."""
    codes = [text(coding, "code") for coding in objects(concept, "coding")]
    return list(filter(None, codes)) or spellings(concept)[:1]


def _tell_unused(reading: _Reading) -> None:
    """Put patients and documents that no appointment uses into the ledger."""
    used = {"Patient": set(reading.people), "DocumentReference": reading.letters}
    for kind, records in used.items():
        unused = [record for record in reading.bundle.of_kind(kind) if record not in records]
        reading.accounts.ledger.unread[f"“{kind}” that no appointment uses"] = len(unused)


def _told(ledger: Ledger, span: Span) -> Iterator[Finding]:
    for rule, kinds in (("E079", ledger.unread), ("E081", ledger.aside)):
        for kind, count in sorted(kinds.items()):
            if count:
                yield finding(rule, span, kind=kind, count=count)
