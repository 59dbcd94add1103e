"""What a Patient says: whose letter it is, whether one may be written, what it has to be like."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from leafpress.mailing.lists.fhir import spoken
from leafpress.mailing.lists.fhir.accounts import Accounts, subset_problem
from leafpress.mailing.lists.fhir.contact import (
    ContactPreference,
    contact_preference,
    email_address,
)
from leafpress.mailing.lists.fhir.declared import PATIENT_EXTENSIONS, WHOLE_EXTENSIONS
from leafpress.mailing.lists.fhir.references import Record
from leafpress.mailing.lists.fhir.values import (
    Ledger,
    Net,
    Resource,
    UnclearRecord,
    extension_name,
    extensions,
    is_valid,
    objects,
    text,
    truth,
)
from leafpress.mailing.lists.fhir.words import concept, spellings
from leafpress.mailing.lists.mapping import Mapping

_SEVERAL = "the patient has several identifiers, and `reference_system` does not say which"

_SUCCEEDED = frozenset({"replaced-by", "refer"})
"""Links to another record that counts in place of this one (http://hl7.org/fhir/link-type)."""

_DEATH_REMOVED = frozenset({"U", "Removed"})
"""Of UK Core's death notification status: a notice that was taken back. 1 and 2 are notices."""

_OF_DEATH = re.compile("death|deceas", re.IGNORECASE)

_LEFT_BY_DEATH = "DEA"
"""Of the NHS's reasons for removal from a general practice."""


@dataclass(frozen=True, slots=True)
class PatientRecord:
    """What a Patient says, in a list's words.

    Args:
        problems: why nobody is written to, in words.
        unread: what speaks of communication, and no rule reads.
    """

    reference: str
    language: str
    needs: tuple[str, ...]
    delivery: str
    email: str
    problems: tuple[str, ...]
    unread: tuple[str, ...]


def read_patient(
    record: Record, mapping: Mapping, today: datetime.date | None, accounts: Accounts
) -> PatientRecord:
    """What a Patient says. Each part has a net of its own: one that is unclear is a problem."""
    patient, ledger, net = record.resource, accounts.ledger, Net()
    net.note(_states(patient))
    reference = net.read(lambda: _reference(patient, mapping, today, ledger), "")
    language = net.read(lambda: spoken.language(patient, mapping), "")
    preference = net.read(lambda: contact_preference(patient, mapping, ledger), ContactPreference())
    interpreter = net.read(lambda: spoken.needs_interpreter(patient), False)
    email = net.read(lambda: email_address(patient, today, ledger), "")
    unread: list[str] = net.read(
        lambda: [
            *accounts.unread(record),
            *accounts.own_language(record, language, mapping),
            *_of_contacts(patient, accounts),
        ],
        [],
    )
    return PatientRecord(
        reference,
        language,
        (*preference.needs, *(["interpreter"] if interpreter else [])),
        preference.delivery,
        email,
        tuple(dict.fromkeys(net.problems)),
        tuple(dict.fromkeys(unread)),
    )


def _states(patient: Resource) -> Iterator[str]:
    """Why nobody is written to, in words."""
    if _has_died(patient):
        yield "the patient is recorded as deceased"
    if truth(patient, "active") is False:
        yield "the patient’s record is marked as not active"
    links = {text(link, "type") for link in objects(patient, "link")}
    if links & _SUCCEEDED:
        yield "the patient’s record is replaced by another one"
    if subset_problem(patient):
        yield subset_problem(patient)


def _has_died(patient: Resource) -> bool:
    """Whether any place says so. A date that is not known has its place all the same."""
    if truth(patient, "deceasedBoolean") or text(patient, "deceasedDateTime"):
        return True
    if patient.get("_deceasedDateTime") or patient.get("_deceasedBoolean"):
        raise UnclearRecord("whether the patient is alive is recorded as not known")
    for extension in extensions(patient, WHOLE_EXTENSIONS - {"RemovalFromRegistration"}):
        name = extension_name(extension)
        if name == "DeathNotificationStatus" and _death_is_notified(extension):
            return True
        if name != "DeathNotificationStatus" and _OF_DEATH.search(name):
            raise UnclearRecord("an extension speaks of the patient’s death, and nothing reads it")
        if name.casefold().startswith("removalfromregistration") and _LEFT_BY_DEATH in _codes(
            extension
        ):
            return True
    return False


def _death_is_notified(extension: Resource) -> bool:
    parts = objects(extension, "extension")
    statuses = [part for part in parts if text(part, "url") == "deathNotificationStatus"]
    codes = [code for part in statuses or [extension] for code in _codes(part)]
    if not codes:
        raise UnclearRecord("its death notification status is not clear")
    return not _DEATH_REMOVED.issuperset(codes)


def _codes(extension: Resource) -> list[str]:
    """The first word of an extension's value: its code, where it has one."""
    return spellings(concept(extension))[:1] if "extension" not in extension else []


def _reference(
    patient: Resource, mapping: Mapping, today: datetime.date | None, ledger: Ledger
) -> str:
    """The identifier that letters show.

    Raises:
        UnclearRecord: there are several, or none is valid any more.
    """
    recorded = objects(patient, "identifier")
    if mapping.reference_system:
        recorded = [own for own in recorded if text(own, "system") == mapping.reference_system]
    valid = [own for own in recorded if text(own, "use") != "old" and is_valid(own, today)]
    values = list(dict.fromkeys(filter(None, (text(own, "value") for own in valid))))
    if len(values) > 1:
        raise UnclearRecord(_SEVERAL)
    if len(valid) < len(recorded):
        ledger.aside["identifiers of patients"] += len(recorded) - len(valid)
    if recorded and not values:
        raise UnclearRecord("none of the patient’s identifiers is valid")
    return values[0] if values else ""


def _of_contacts(patient: Resource, accounts: Accounts) -> Iterator[str]:
    """Languages and preferences of the patient’s contacts: somebody may have meant the patient."""
    if accounts.is_ignored("contact"):
        return
    for contact in objects(patient, "contact"):
        for extension in extensions(contact, WHOLE_EXTENSIONS):
            if extension_name(extension) in PATIENT_EXTENSIONS:
                yield "Patient.contact, its language or preference"
