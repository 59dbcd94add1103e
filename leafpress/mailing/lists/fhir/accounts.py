"""Accounting for all that a Bundle holds: what is read, what may be ignored, and what is neither.

What is neither and speaks of communication, language or needs stops that patient's row (E080);
anything else is told once (E079). A clinic says what it means to leave unread under `ignore:`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leafpress.mailing.lists.fhir.references import Record
from leafpress.mailing.lists.fhir.values import (
    Ledger,
    Resource,
    UnclearRecord,
    extension_name,
    extensions,
    last_segment,
    objects,
    one,
    text,
    value_keys,
)
from leafpress.mailing.lists.fhir.words import (
    as_concept,
    mentions,
    name_speaks,
    spellings,
    word_speaks,
)
from leafpress.mailing.lists.mapping import Mapping
from leafpress.mailing.lists.normalise import normalise
from leafpress.mailing.lists.strict_json import plain_name

IGNORED_TYPES = frozenset(
    {
        "AuditEvent", "Binary", "CapabilityStatement", "CodeSystem", "Device", "Endpoint",
        "HealthcareService", "ImplementationGuide", "Location", "MessageHeader", "NamingSystem",
        "Organization", "OrganizationAffiliation", "Practitioner", "PractitionerRole",
        "Provenance", "Questionnaire", "Schedule", "SearchParameter", "Slot",
        "StructureDefinition", "ValueSet",
    }
)  # fmt: skip
"""Types of resources that say nothing of a patient."""

READ_EXTENSIONS = frozenset(
    {
        "ContactPreference", "DeathNotificationStatus", "NHSCommunication",
        "RemovalFromRegistration", "flag-detail", "patient-interpreterRequired",
        "patient-proficiency",
    }
)  # fmt: skip
"""Extensions that rules read, each as a whole, by `extension_name`."""

TOLD_EXTENSIONS = frozenset({"CopyCorrespondenceIndicator"})
"""Extensions that ask for something that leafpress does not do: always told, never a reason."""

IGNORED_EXTENSIONS = frozenset(
    {
        "AddressKey", "BirthSex", "BookingOrganization", "ContactRank", "DeliveryChannel",
        "EthnicCategory", "MedicalApplianceSupplier", "NHSNumberUnavailableReason",
        "NHSNumberVerificationStatus", "NominatedPharmacy", "OtherContactSystem",
        "PatientFetalStatus", "PreferredDispenserOrganization", "ReligiousAffiliation",
        "ResidentialStatus", "extension-Patient.fetalStatus", "geolocation",
        "individual-genderIdentity", "individual-pronouns", "patient-birthPlace",
        "patient-birthTime", "patient-cadavericDonor", "patient-citizenship",
        "patient-genderIdentity", "patient-mothersMaidenName", "patient-nationality",
        "patient-religion", "us-core-birthsex", "us-core-ethnicity", "us-core-race",
    }
)  # fmt: skip
"""Extensions that say nothing of what a patient can read or hear, nor of whether to write."""

_METADATA = {"resourceType", "id", "meta", "implicitRules", "contained", "extension", "identifier"}

READ_KEYS = {
    "Patient": _METADATA
    | {
        "active", "telecom", "deceasedBoolean", "deceasedDateTime", "_deceasedBoolean",
        "_deceasedDateTime", "communication", "link", "language", "contact",
    },
    "Appointment": _METADATA
    | {
        "status", "cancelationReason", "cancellationReason", "serviceType", "specialty",
        "serviceCategory", "participant", "supportingInformation",
    },
    "Flag": _METADATA | {"status", "category", "code", "subject", "period"},
    "DocumentReference": _METADATA
    | {"status", "docStatus", "subject", "content", "relatesTo"},
}  # fmt: skip
"""Elements that rules read."""

IGNORED_KEYS = {
    "Patient": {
        "name", "gender", "birthDate", "address", "maritalStatus", "multipleBirthBoolean",
        "multipleBirthInteger", "photo", "generalPractitioner", "managingOrganization",
    },
    "Appointment": {
        "language", "start", "end", "minutesDuration", "slot", "created", "basedOn", "priority",
        "requestedPeriod", "reasonReference", "appointmentType",
    },
    "Flag": {"language", "encounter", "author"},
    "DocumentReference": {
        "language", "type", "category", "date", "author", "authenticator", "custodian",
        "description", "securityLabel", "context", "masterIdentifier",
    },
}  # fmt: skip
"""Elements that say nothing of what a patient can read, nor of whether to write."""

FREE_TEXTS = {
    "Appointment": {"comment", "description", "patientInstruction", "reasonCode", "note", "reason"},
    "Patient": set[str](),
    "Flag": set[str](),
    "DocumentReference": set[str](),
}
"""Elements in which people write anything: looked through for needs and languages."""

_VALUES = frozenset({"code", "display", "text", "title", "description", "comment", "note", "value"})
"""Names under which words stand, in any resource."""

_NO_WORDS = frozenset(
    {
        "resourceType", "id", "meta", "fullUrl", "reference", "name", "address", "telecom",
        "identifier", "contained", "language", "div", "status", "author", "performer",
    }
)  # fmt: skip
"""Names in other resources under which nothing about communication stands."""


class Accounts:
    """What of a Bundle is left unread on purpose, and the ledger of the rest."""

    def __init__(self, mapping: Mapping, ledger: Ledger) -> None:
        self.ledger = ledger
        self._ignored = frozenset(map(normalise, mapping.ignore))

    def is_ignored(self, name: str) -> bool:
        """Whether the clinic leaves this on purpose, by the name of a type or an extension."""
        return normalise(name) in self._ignored

    def unread(self, record: Record) -> Iterator[str]:
        """What of a record that rules read speaks of communication, and no rule reads.

        What does not speak of it goes into the ledger.

        Raises:
            UnclearRecord: it has something that changes what all the rest means.
        """
        _require_no_modifiers(record.resource)
        yield from self.unread_extensions(record.resource, record.kind)
        for key in record.resource:
            yield from self._unread_key(record, key.removeprefix("_"))

    def _unread_key(self, record: Record, key: str) -> Iterator[str]:
        kind, value = record.kind, record.resource.get(key)
        if key in READ_KEYS[kind] or key in IGNORED_KEYS[kind] or value is None:
            return
        place = f"{kind}, {plain_name(key)}"
        if key == "text" or key in FREE_TEXTS[kind]:
            if any(map(mentions, _sentences(value))):
                yield place
        elif self.is_ignored(key):
            return
        elif name_speaks(key) or speaks(value):
            yield place
        else:
            self.ledger.unread[place] += 1

    def unread_extensions(self, value: Any, kind: str) -> Iterator[str]:
        """The extensions at any depth that speak of communication, and that no rule reads."""
        for extension in extensions(value, READ_EXTENSIONS):
            name = extension_name(extension)
            if name in READ_EXTENSIONS or name in IGNORED_EXTENSIONS or self.is_ignored(name):
                continue
            place = f"{kind}, extension {plain_name(name)}"
            speaks_of_it = name_speaks(name) or any(map(word_speaks, extension_words(extension)))
            if speaks_of_it and name not in TOLD_EXTENSIONS:
                yield place
            elif text(extension, "url") != name:  # the parts of an extension are told with it
                self.ledger.unread[place] += 1

    def speaks_of_patient(self, record: Record) -> bool:
        """Whether a resource that no rule reads speaks of communication; else it is told."""
        if record.kind in IGNORED_TYPES or self.is_ignored(record.kind):
            return False
        if speaks(record.resource):
            return True
        self.ledger.unread[plain_name(record.kind)] += 1
        return False


def _require_no_modifiers(resource: Resource) -> None:
    if resource.get("modifierExtension") or resource.get("implicitRules"):
        raise UnclearRecord("it has a `modifierExtension`, which changes what the rest means")


def extension_words(extension: Resource) -> Iterator[str]:
    """Every word in an extension's own value, not in those inside it."""
    for key in value_keys(extension):
        value = extension[key]
        if isinstance(value, str) or (isinstance(value, dict) and "reference" not in value):
            yield from spellings(as_concept(extension, key))


def _sentences(value: Any) -> Iterator[str]:
    """Every text in a value, whatever it is called. Generated narratives repeat the record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for member in value:
            yield from _sentences(member)
    elif isinstance(value, dict) and value.get("status") not in ("generated", "extensions"):
        for member in value.values():
            yield from _sentences(member)


def speaks(value: Any) -> bool:
    """Whether anything in a value is about communication, language or needs."""
    if isinstance(value, list):
        return any(map(speaks, value))
    if not isinstance(value, dict):
        return False
    return any(_member_speaks(key, member) for key, member in value.items())


def _member_speaks(key: str, member: Any) -> bool:
    if key in _NO_WORDS:
        return False
    if key == "text" and isinstance(member, dict):
        return any(map(mentions, _sentences(member)))
    if key in ("system", "url", "linkId"):
        return isinstance(member, str) and name_speaks(last_segment(member))
    if isinstance(member, str) and (key in _VALUES or key.startswith("value")):
        return word_speaks(member) or "communicat" in normalise(member)
    return name_speaks(key) or speaks(member)


def subset_problem(resource: Resource) -> str:
    """Why a resource is not all of its record, as servers mark it; empty where it is.

    https://terminology.hl7.org/CodeSystem-v3-ObservationValue.html: SUBSETTED, REDACTED.
    """
    meta = one(resource, "meta")
    marks = {text(own, "code") for key in ("tag", "security") for own in objects(meta, key)}
    if marks & {"SUBSETTED", "REDACTED"}:
        return "the record is marked as only a part of what is known"
    return ""
