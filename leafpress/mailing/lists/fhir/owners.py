"""To which patient a record belongs: flags, and whatever else a Bundle holds about people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from leafpress.mailing.lists.fhir.bundle import Bundle
from leafpress.mailing.lists.fhir.references import Record, may_be, named_type
from leafpress.mailing.lists.fhir.values import Resource, UnclearRecord, objects, one

_ABOUT = ("subject", "patient", "beneficiary", "for", "individual", "source")
"""Elements in which resources name whom they are about, the plainest first."""


class Nobody(Enum):
    """Why a record has no patient."""

    NOT_A_PATIENT = auto()
    """It is about a practitioner, a place, a thing."""
    UNKNOWN = auto()
    """It is about somebody who is not in the Bundle, or nothing says about whom."""
    ABSENT = auto()
    """It is about a patient whom an appointment names too, and who is not in the Bundle."""


@dataclass(frozen=True, slots=True)
class Owners:
    """Finds the patients of records.

    Args:
        absent: references to patients whom appointments name and who are not in the Bundle.
    """

    bundle: Bundle
    absent: set[str]

    def actor(self, participant: Resource, appointment: Record) -> Record | None:
        """The record of a participant; None where that is unknown."""
        return self.bundle.index.resolve(participant.get("actor"), appointment, "Patient")

    def patients_of(self, appointment: Record) -> list[Record]:
        """The patients who take part, each once.

        Raises:
            UnclearRecord: its participants are not written as FHIR writes them.
        """
        participants = objects(appointment.resource, "participant")
        actors = [self.actor(participant, appointment) for participant in participants]
        patients = [record for record in actors if record is not None and record.kind == "Patient"]
        return list(dict.fromkeys(patients))

    def absent_patients(self, appointment: Record) -> list[Resource]:
        """References to patients who are not in the Bundle, or where no patient is, to anybody.

        Raises:
            UnclearRecord: its participants are not written as FHIR writes them.
        """
        unknown = [
            one(participant, "actor")
            for participant in objects(appointment.resource, "participant")
            if self.actor(participant, appointment) is None
        ]
        if self.patients_of(appointment):
            return [actor for actor in unknown if named_type(actor) == "Patient"]
        return [actor for actor in unknown if actor and may_be(actor, "Patient")]

    def owner(self, record: Record) -> Record | Nobody:
        """The patient whom a record is about."""
        references = list(self._about(record))
        if not references:
            return self._of_container(record)
        for reference in references:
            patient = self.bundle.index.resolve(reference, record, "Patient")
            if patient is None and may_be(reference, "Patient"):
                return Nobody.ABSENT if self._is_awaited(reference) else Nobody.UNKNOWN
            if patient and patient.kind == "Patient":
                return patient
            if patient and patient.kind == "Appointment":
                return self._of_appointment(patient)
        return Nobody.NOT_A_PATIENT

    def _about(self, record: Record) -> Iterator[object]:
        for name in _ABOUT:
            reference = record.resource.get(name)
            if reference is not None:
                yield reference

    def _of_container(self, record: Record) -> Record | Nobody:
        container = record.container
        if container is None:
            return Nobody.UNKNOWN
        if container.kind == "Patient":
            return container
        if container.kind == "Appointment":
            return self._of_appointment(container)
        return self.owner(container)

    def _of_appointment(self, appointment: Record) -> Record | Nobody:
        try:
            patients = self.patients_of(appointment)
        except UnclearRecord:
            return Nobody.ABSENT  # the appointment's row is refused for that
        return patients[0] if len(patients) == 1 else Nobody.ABSENT

    def _is_awaited(self, reference: object) -> bool:
        """Whether an appointment names the same patient, and its row is refused for that."""
        return isinstance(reference, dict) and str(reference.get("reference")) in self.absent


def find_owners(bundle: Bundle) -> Owners:
    """The finder of patients for a Bundle."""
    absent: set[str] = set()
    owners = Owners(bundle, absent)
    for appointment in bundle.of_kind("Appointment"):
        try:
            actors = owners.absent_patients(appointment)
        except UnclearRecord:
            continue  # its row is refused for that
        absent |= {str(actor["reference"]) for actor in actors if actor.get("reference")}
    return owners


def replaced_patients(bundle: Bundle) -> frozenset[Record | None]:
    """The patients in place of whom others of the Bundle stand, by the others' links."""
    replaced = set()
    for record in bundle.of_kind("Patient"):
        for link in _links(record):
            if link.get("type") == "replaces":
                replaced.add(bundle.index.resolve(link.get("other"), record, "Patient"))
    return frozenset(replaced - {None})


def _links(patient: Record) -> list[Resource]:
    try:
        return objects(patient.resource, "link")
    except UnclearRecord:
        return []  # its own row is refused for that
