"""What leafpress declares about a Bundle: what rules read, and what may be ignored.

Everything else is told, or stops the row that it belongs to (`accounts`). A name that is added here
as ignored has to say nothing of what a patient can read or hear, nor of whether to write.
"""

from __future__ import annotations

IGNORED_TYPES = frozenset(
    {
        "ActivityDefinition", "AuditEvent", "Binary", "CapabilityStatement", "CodeSystem",
        "ConceptMap", "Device", "DeviceDefinition", "Endpoint", "HealthcareService",
        "ImplementationGuide", "Library", "Location", "Medication", "MessageHeader",
        "NamingSystem", "OperationDefinition", "Organization", "OrganizationAffiliation",
        "PlanDefinition", "Practitioner", "PractitionerRole", "Provenance", "Questionnaire",
        "Schedule", "SearchParameter", "Slot", "StructureDefinition", "StructureMap",
        "Subscription", "Substance", "ValueSet",
    }
)  # fmt: skip
"""Types of resources that say nothing of a patient."""

PATIENT_EXTENSIONS = frozenset(
    {
        "ContactPreference", "DeathNotificationStatus", "NHSCommunication",
        "RemovalFromRegistration", "patient-interpreterRequired",
    }
)  # fmt: skip
"""Extensions that rules read in a Patient, at any depth and each as a whole, by their names."""

PROFICIENCY, DETAIL = "patient-proficiency", "flag-detail"
"""Extensions that rules read in `Patient.communication`, and in a Flag."""

WHOLE_EXTENSIONS = PATIENT_EXTENSIONS | {PROFICIENCY, DETAIL}

READ_EXTENSIONS = {"Patient": PATIENT_EXTENSIONS, "Flag": frozenset({DETAIL})}
"""By the type of the resource; in any other nothing reads an extension."""

TOLD_EXTENSIONS = frozenset({"CopyCorrespondenceIndicator"})
"""Extensions that ask for something that leafpress does not do: always told, never a reason."""

IGNORED_EXTENSIONS = frozenset(
    {
        "AddressKey", "BirthPlace", "BirthSex", "BookingOrganization", "CadavericDonor",
        "ContactRank", "DeliveryChannel", "EthnicCategory", "MedicalApplianceSupplier",
        "NHSNumberUnavailableReason", "NHSNumberVerificationStatus", "NominatedPharmacy",
        "OtherContactSystem", "PatientFetalStatus", "PreferredDispenserOrganization",
        "ReligiousAffiliation", "ResidentialStatus", "extension-Patient.fetalStatus",
        "geolocation", "individual-genderIdentity", "individual-pronouns", "patient-birthPlace",
        "patient-birthTime", "patient-cadavericDonor", "patient-citizenship",
        "patient-genderIdentity", "patient-mothersMaidenName", "patient-nationality",
        "patient-religion", "us-core-birthsex", "us-core-ethnicity", "us-core-race",
    }
)  # fmt: skip

BUNDLE_KEYS = frozenset(
    {
        "resourceType", "id", "meta", "identifier", "language", "type", "timestamp", "total",
        "link", "entry", "signature",
    }
)  # fmt: skip

ENTRY_KEYS = frozenset(
    {"id", "link", "fullUrl", "resource", "search", "request", "response", "extension"}
)

_METADATA = frozenset(
    {"resourceType", "id", "meta", "implicitRules", "contained", "extension", "identifier"}
)

READ_KEYS = {
    "Patient": _METADATA
    | {
        "active", "telecom", "deceasedBoolean", "deceasedDateTime", "communication", "link",
        "language", "contact",
    },
    "Appointment": _METADATA
    | {
        "status", "cancelationReason", "cancellationReason", "serviceType", "specialty",
        "serviceCategory", "participant", "supportingInformation", "language",
    },
    "Flag": _METADATA | {"status", "category", "code", "subject", "period"},
    "DocumentReference": _METADATA
    | {"status", "docStatus", "subject", "content", "relatesTo"},
}  # fmt: skip
"""Elements that rules read."""

ELEMENT_KEYS = {
    "communication": frozenset({"id", "extension", "language", "preferred"}),
    "contact": frozenset(
        {
            "id", "extension", "relationship", "name", "telecom", "address", "gender",
            "organization", "period",
        }
    ),
    "participant": frozenset({"id", "extension", "type", "actor", "required", "status", "period"}),
    "telecom": frozenset({"id", "extension", "system", "value", "use", "rank", "period"}),
}  # fmt: skip
"""What elements of these hold in FHIR R4; what else stands in them, nothing reads."""

IGNORED_KEYS = {
    "Patient": frozenset(
        {
            "name", "gender", "birthDate", "address", "maritalStatus", "multipleBirthBoolean",
            "multipleBirthInteger", "photo", "generalPractitioner", "managingOrganization",
        }
    ),
    "Appointment": frozenset(
        {
            "start", "end", "minutesDuration", "slot", "created", "basedOn", "priority",
            "requestedPeriod", "reasonReference",
        }
    ),
    "Flag": frozenset({"language", "encounter", "author"}),
    "DocumentReference": frozenset(
        {
            "language", "type", "category", "date", "author", "authenticator", "custodian",
            "securityLabel", "context", "masterIdentifier",
        }
    ),
}  # fmt: skip

FREE_TEXTS = frozenset(
    {
        "appointmentType", "comment", "description", "note", "patientInstruction", "reason",
        "reasonCode", "text",
    }
)  # fmt: skip
"""Elements in which people write anything: looked through for needs and languages."""
