"""FHIR Bundles account for all that they were given: rows 1, 2, 4, 5, 12 and 24 of the faults."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bundles import (
    HL7,
    ON_SERVER,
    SNOMED,
    UK_CORE,
    Resource,
    appointment,
    bundle,
    coded,
    document,
    entry,
    flag,
    nhs,
    patient,
    prefers,
    read,
    rules,
    speaks,
)
from conftest import ROOT

from leafpress.findings import Problem
from leafpress.mailing.lists.appointments import Appointment, read_appointments
from leafpress.mailing.lists.mapping import Mapping, read_mapping
from leafpress.mailing.lists.needs import read_needs

INTERPRETER = {"url": "interpreterRequired", "valueBoolean": True}
BRAILLE_2 = coded("936661000000109", system=SNOMED)
NRAF = coded("NRAF", "National Reasonable Adjustments Flag")
RA_SYSTEM = "https://fhir.nhs.uk/England/CodeSystem/England-FlagCategoryPatient"
HEADER = coded("national-reasonable-adjustment-flag", system=RA_SYSTEM)


def _row(folder: Path, *resources: Resource, **more: object) -> Appointment:
    (row,) = read(folder, bundle(appointment(), *resources, **more)).appointments
    return row


def _refusal(folder: Path, own: Resource | str) -> str:
    with pytest.raises(Problem) as caught:
        read(folder, own)
    (only,) = caught.value.findings
    return only.rule


def _extended(*extensions: Resource, **more: object) -> Resource:
    return patient(extension=list(extensions), **more)


def _wrapped(extension: Resource) -> Resource:
    return {"url": "https://clinic.example/wrapper", "extension": [extension]}


LANGUAGES = {
    "where FHIR has it": (patient(**speaks("ur")), "ur", ""),
    "where the NHS has it": (_extended(nhs("ur", INTERPRETER)), "ur", ""),
    "as a Coding": (_extended(nhs("ur", value="valueCoding")), "ur", ""),
    "inside another extension": (_extended(_wrapped(nhs("ur"))), "ur", ""),
    "in an older name": (
        _extended(
            {**nhs("ur"), "url": "https://x.example/Extension-CareConnect-GPC-NHSCommunication-1"}
        ),
        "ur",
        "",
    ),
    "in two places that agree": (_extended(nhs("ur"), **speaks("ur-PK")), "ur-PK", ""),
    "in two places that differ": (_extended(nhs("ur"), **speaks("en")), "", "E041"),
    "two of the NHS's, one preferred": (
        _extended(nhs("en"), nhs("ur", {"url": "preferred", "valueBoolean": True})),
        "ur",
        "",
    ),
    "two of the NHS's": (_extended(nhs("en"), nhs("ur")), "", "E041"),
    "several as preferred": (patient(**speaks("ur", "pl", preferred=True)), "", "E041"),
    "not preferred": (patient(**speaks("en", preferred=False)), "", "E041"),
    "preferred as a text": (patient(**speaks("ur", preferred="true")), "", "E041"),
    "display only": (patient(communication=[{"language": coded(display="Urdu")}]), "Urdu", ""),
    "neither code nor word": (
        patient(communication=[{"language": {"coding": [{"system": "x"}]}}]),
        "",
        "E041",
    ),
    "code and display that differ": (
        patient(communication=[{"language": coded("en", "Urdu", "urn:ietf:bcp:47")}]),
        "",
        "E041",
    ),
    "a code of another system": (
        patient(communication=[{"language": coded("so", "Sorani", "https://clinic.example/pas")}]),
        "Sorani",
        "",
    ),
    "one object for a list": (patient(communication={"language": coded("ur")}), "ur", ""),
    "something else for a list": (patient(communication="ur"), "", "E041"),
    "interpreter, no language": (_extended(nhs("", INTERPRETER)), "", "E041"),
    "spoken only": (
        _extended(nhs("ur", {"url": "modeOfCommunication", "valueCodeableConcept": coded("ESP")})),
        "",
        "E041",
    ),
    "something new in the NHS's": (
        _extended(nhs("ur", {"url": "scriptPreferred", "valueString": "Nastaliq"})),
        "",
        "E041",
    ),
    "language of the record, mistaken": (patient(language="ur"), "", "E080"),
    "language of the record": (patient(language="en-GB"), "", ""),
}


@pytest.mark.parametrize("case", LANGUAGES.values(), ids=LANGUAGES)
def test_languages(case: tuple[Resource, str, str], tmp_path: Path) -> None:
    resource, language, rule = case
    row = _row(tmp_path, resource)
    assert (row.language, rules(row)) == (language, rule)


NEEDS = {
    "an interpreter": (_extended(nhs("ur", INTERPRETER)), "interpreter", ""),
    "an interpreter, HL7's": (
        _extended(
            {"url": f"{HL7}patient-interpreterRequired", "valueBoolean": True}, **speaks("ur")
        ),
        "interpreter",
        "",
    ),
    "a format": (_extended(prefers("12")), "12", ""),
    "a format by display": (_extended(prefers(display="Braille")), "Braille", ""),
    "a format in another system": (
        _extended(prefers(code="11", system="x")),
        "code 11",
        "",
    ),
    "a format without words": (_extended(prefers(system="x")), "", "E041"),
    "sign language": (_extended(prefers(method="7")), "sign language", ""),
    "something new in the preference": (
        _extended({"url": f"{UK_CORE}ContactPreference", "extension": [{"url": "PreferredFont"}]}),
        "",
        "E041",
    ),
    "an extension about disability": (
        _extended({"url": f"{HL7}patient-disability", "valueCodeableConcept": coded("1", "x")}),
        "",
        "E080",
    ),
    "a need in an extension": (
        _extended({"url": "https://clinic.example/note", "valueString": "Easy read"}),
        "",
        "E080",
    ),
    "a language in an extension": (
        _extended({"url": "https://clinic.example/x1", "valueCoding": {"display": "Urdu"}}),
        "",
        "E080",
    ),
    "a size in an extension": (
        _extended({"url": f"{ON_SERVER}/x", "valueQuantity": {"value": 24, "unit": "pt"}}),
        "",
        "E080",
    ),
    "an extension about a font": (
        _extended({"url": f"{ON_SERVER}/fontSize", "valueInteger": 24}),
        "",
        "E080",
    ),
    "inside an extension": (
        _extended(_wrapped({"url": "x", "valueString": "Large print 20 point"})),
        "",
        "E080",
    ),
    "in an element's own extension": (
        patient(_active={"extension": [{"url": "x", "valueString": "braille"}]}),
        "",
        "E080",
    ),
    "an element that FHIR does not have": (patient(accessibleInformation="yes"), "", "E080"),
    "in a narrative": (
        patient(text={"status": "additional", "div": "<div>Needs braille</div>"}),
        "",
        "E080",
    ),
    "in the narrative of the record": (
        patient(text={"status": "generated", "div": "<div>Braille: no</div>"}),
        "",
        "",
    ),
    "of the next of kin": (patient(contact=[{"extension": [nhs("ur")]}]), "", "E080"),
    "nothing to do with reading": (
        _extended(
            {"url": f"{UK_CORE}EthnicCategory", "valueCodeableConcept": coded("A", "Somali")}
        ),
        "",
        "",
    ),
    "a modifier": (patient(modifierExtension=[{"url": "x", "valueBoolean": True}]), "", "E041"),
}


@pytest.mark.parametrize("case", NEEDS.values(), ids=NEEDS)
def test_needs(case: tuple[Resource, str, str], tmp_path: Path) -> None:
    resource, need, rule = case
    row = _row(tmp_path, resource)
    assert (row.need, rules(row)) == (need, rule)


FLAGS = {
    "a version": ([flag(BRAILLE_2, "Patient/p1/_history/3")], "936661000000109", ""),
    "an identifier": (
        [flag(BRAILLE_2, {"identifier": patient()["identifier"][0]})],
        "936661000000109",
        "",
    ),
    "an address": ([flag(BRAILLE_2, f"{ON_SERVER}/Patient/p1")], "936661000000109", ""),
    "an ended flag": ([flag(BRAILLE_2, period={"end": "2025-01-01"})], "", ""),
    "a flag that ends today": (
        [flag(BRAILLE_2, period={"end": "2026-11-28"})],
        "936661000000109",
        "",
    ),
    "a flag of last year and this": (
        [flag(BRAILLE_2, period={"end": "2026"})],
        "936661000000109",
        "",
    ),
    "a flag that has not begun": ([flag(BRAILLE_2, period={"start": "2027-01"})], "", ""),
    "a period that is none": ([flag(BRAILLE_2, period={"end": "31/12/2025"})], "", "E041"),
    "inactive": ([flag(BRAILLE_2, status="inactive")], "", ""),
    "entered in error": ([flag(BRAILLE_2, status="entered-in-error")], "", ""),
    "without a state": ([flag(BRAILLE_2, status=None)], "936661000000109", ""),
    "only a display": ([flag(coded(display="Braille grade 2"))], "Braille grade 2", ""),
    "a display with commas": ([flag(coded(display="Braille, grade 2"))], "braille grade 2", ""),
    "a local code and a display": (
        [flag(coded("BRL2", "Braille grade 2", "https://clinic.example/flags"))],
        "Braille grade 2",
        "",
    ),
    "two codings of one thing": (
        [
            flag(
                {
                    "coding": [
                        {"system": "https://clinic.example/flags", "code": "X7"},
                        {"system": SNOMED, "code": "936661000000109"},
                    ]
                }
            )
        ],
        "936661000000109",
        "",
    ),
    "a code and a display that differ": (
        [flag(coded("936661000000109", "Large print"))],
        "936661000000109; Large print",
        "",
    ),
    "a number of another system": (
        [flag(coded("12", "Needs hoist", "https://clinic.example/flags"))],
        "code 12",
        "",
    ),
    "no words": ([flag({"coding": [{"system": SNOMED}]})], "", "E041"),
    "not understood": ([flag(coded("1108191000000103", system=SNOMED))], "1108191000000103", ""),
    "the NHS's, with its adjustment": (
        [
            flag(
                HEADER,
                id="f1",
                extension=[
                    {"url": f"{HL7}flag-detail", "valueReference": {"reference": "Flag/f2"}}
                ],
            ),
            flag(BRAILLE_2, id="f2", category=[HEADER, coded("specific-information-format")]),
        ],
        "936661000000109",
        "",
    ),
    "the NHS's, alone": (
        [flag(NRAF)],
        "reasonable adjustments of which the Bundle does not say more",
        "",
    ),
    "the NHS's, without its details": (
        [
            flag(
                HEADER,
                extension=[
                    {"url": f"{HL7}flag-detail", "valueReference": {"reference": "Flag/f9"}}
                ],
            ),
            flag(BRAILLE_2),
        ],
        "936661000000109",
        "E041",
    ),
    "the NHS's, with a note": (
        [
            flag(
                BRAILLE_2,
                extension=[
                    {
                        "url": "https://fhir.nhs.uk/England/StructureDefinition/Extension-FlagNotes",
                        "valueAnnotation": {"text": "Prefers 24 point in winter"},
                    }
                ],
            )
        ],
        "936661000000109",
        "E080",
    ),
    "another programme": ([flag(coded("FGM"))], "", ""),
    "of a practitioner": ([flag(BRAILLE_2, "Practitioner/x")], "", ""),
}


@pytest.mark.parametrize("case", FLAGS.values(), ids=FLAGS)
def test_flags(case: tuple[list[Resource], str, str], tmp_path: Path) -> None:
    flags, need, rule = case
    row = _row(tmp_path, patient(), *flags)
    if not rule:
        assert row.need == need
    assert rules(row) == rule


CONTAINED = {
    "in the patient": (appointment(), patient(contained=[flag(BRAILLE_2, None)])),
    "in the patient, by #": (appointment(), patient(contained=[flag(BRAILLE_2, "#")])),
    "in the appointment": (appointment(contained=[flag(BRAILLE_2, None)]), patient()),
    "with the patient in the appointment": (
        appointment(whose="#p1", contained=[patient(), flag(BRAILLE_2, "#p1")]),
    ),
}


@pytest.mark.parametrize("resources", CONTAINED.values(), ids=CONTAINED)
def test_contained_flags(resources: tuple[Resource, ...], tmp_path: Path) -> None:
    (row,) = read(tmp_path, bundle(*resources)).appointments
    assert (row.reference, row.need, rules(row)) == ("RX200001", "936661000000109", "")


def test_a_flag_of_a_contained_patient_is_not_dropped(tmp_path: Path) -> None:
    """Nothing outside an appointment can name a patient inside it."""
    inside = appointment(whose="#p1", contained=[patient()])
    outside = flag(BRAILLE_2, {"identifier": patient()["identifier"][0]})
    assert _refusal(tmp_path, bundle(inside, outside)) == "E078"


OTHERS = {
    "an answer": (
        {
            "resourceType": "QuestionnaireResponse",
            "subject": {"reference": "Patient/p1"},
            "item": [{"text": "Which language do you read?", "answer": [{"valueString": "x"}]}],
        },
        "E080",
    ),
    "a preferred language, observed": (
        {
            "resourceType": "Observation",
            "subject": {"reference": "Patient/p1"},
            "code": coded("54899-0", "Preferred language", "http://loinc.org"),
        },
        "E080",
    ),
    "a mother's language": (
        {
            "resourceType": "RelatedPerson",
            "patient": {"reference": "Patient/p1"},
            **speaks("ur"),
        },
        "E080",
    ),
    "a mother's language, the same": (
        {
            "resourceType": "RelatedPerson",
            "patient": {"reference": "Patient/p1"},
            **speaks("en"),
        },
        "",
    ),
    "a mother of the past": (
        {
            "resourceType": "RelatedPerson",
            "patient": {"reference": "Patient/p1"},
            "period": {"end": "2020"},
            **speaks("ur"),
        },
        "",
    ),
    "a consent to e-mail": (
        {
            "resourceType": "Consent",
            "patient": {"reference": "Patient/p1"},
            "category": [coded("x", "Communication by e-mail")],
        },
        "E080",
    ),
    "a condition": (
        {
            "resourceType": "Condition",
            "subject": {"reference": "Patient/p1"},
            "code": coded("22298006", "Back pain", SNOMED),
        },
        "",
    ),
    "an answer entered in error": (
        {
            "resourceType": "QuestionnaireResponse",
            "status": "entered-in-error",
            "subject": {"reference": "Patient/p1"},
            "item": [{"text": "Braille?"}],
        },
        "",
    ),
}


@pytest.mark.parametrize("case", OTHERS.values(), ids=OTHERS)
def test_other_records(case: tuple[Resource, str], tmp_path: Path) -> None:
    resource, rule = case
    assert rules(_row(tmp_path, patient(), resource)) == rule


def test_what_nothing_reads_is_told_once(tmp_path: Path) -> None:
    condition = {"resourceType": "Condition", "subject": {"reference": "Patient/p1"}}
    own = {"url": "https://clinic.example/loyalty", "valueString": "gold"}
    found = read(
        tmp_path,
        bundle(
            appointment(),
            patient(extension=[own]),
            {**condition, "id": "c1"},
            {**condition, "id": "c2"},
            flag(BRAILLE_2, status="inactive"),
        ),
    )
    told = [(each.rule, each.sentence) for each in found.findings]
    assert told == [
        ("E079", "seen and not used: Patient, extension “loyalty” (1)"),
        ("E079", "seen and not used: “Condition” (2)"),
        ("E081", "not used, as over, not begun, old, repeated or entered in error: flags (1)"),
    ]


def test_what_a_clinic_leaves_unread_on_purpose(tmp_path: Path) -> None:
    mapping = Mapping.model_validate({"columns": {}, "ignore": ["patient-disability", "Condition"]})
    disability = {"url": f"{HL7}patient-disability", "valueString": "x"}
    condition = {
        "resourceType": "Condition",
        "subject": {"reference": "Patient/p1"},
        "code": coded(display="Unable to read"),
    }
    own = bundle(appointment(), patient(extension=[disability]), condition)
    found = read(tmp_path, own, mapping)
    assert [rules(row) for row in found.appointments] == [""]
    assert found.findings == ()


def test_a_need_that_leaflets_cannot_meet(tmp_path: Path) -> None:
    """A clinic says that wheelchair access is none of a leaflet's needs."""
    mapping = Mapping.model_validate({"columns": {}, "needs": {"1108191000000103": "none"}})
    own = bundle(appointment(), patient(), flag(coded("1108191000000103", system=SNOMED)))
    (row,) = read(tmp_path, own, mapping).appointments
    assert (read_needs(row.need, mapping.needs).unknown, rules(row)) == ((), "")


def test_participants_who_are_no_patients(tmp_path: Path) -> None:
    """What is only a name beside the patient is a doctor or a room."""
    actors = [{"reference": "Patient/p1"}, {"display": "Dr X"}, {"reference": "Location/9"}]
    own = appointment(participant=[{"actor": actor} for actor in actors])
    (row,) = read(tmp_path, bundle(own, patient())).appointments
    assert (row.reference, rules(row)) == ("RX200001", "")


MISPLACED = {
    "a language of the appointment": appointment(extension=[nhs("ur")]),
    "an interpreter of the appointment": appointment(
        extension=[{"url": f"{HL7}patient-interpreterRequired", "valueBoolean": True}]
    ),
    "a need in a participant": appointment(
        participant=[{"actor": {"reference": "Patient/p1"}, "need": "braille"}]
    ),
    "the language of the appointment": appointment(language="ur"),
    "an interpreter who takes part": appointment(
        participant=[{"actor": {"reference": "Patient/p1"}}, {"actor": {"display": "Interpreter"}}]
    ),
    "a need in a document": appointment(
        supportingInformation=[{"reference": "DocumentReference/d1"}]
    ),
}


@pytest.mark.parametrize("own", MISPLACED.values(), ids=MISPLACED)
def test_what_stands_where_nothing_reads_it(own: Resource, tmp_path: Path) -> None:
    letter = document(extension=[{"url": "https://clinic.example/x", "valueString": "Braille"}])
    (row,) = read(tmp_path, bundle(own, patient(), letter)).appointments
    assert rules(row) == "E080"


def test_what_stands_beside_the_records(tmp_path: Path) -> None:
    own = bundle(appointment(), patient())
    assert _refusal(tmp_path, {**own, "needs": {"RX200001": "braille"}}) == "E031"
    assert [each.rule for each in read(tmp_path, {**own, "made": "x"}).findings] == ["E079"]
    own["entry"][0]["interpreter"] = "Urdu"
    assert _refusal(tmp_path, own) == "E031"


def test_the_mapping_of_the_documentation(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "enclosing.md").read_text()
    example = next(block for block in page.split("```yaml\n") if block.startswith("columns: {}"))
    path = tmp_path / "mapping.yaml"
    path.write_text(example.partition("```")[0])
    mapping = read_mapping(path)
    own = bundle(
        appointment(comment="Urdu spoken at home"),
        patient(identifier=[{"system": mapping.reference_system, "value": "9434765919"}]),
        flag(coded("1108191000000103", system=SNOMED)),
    )
    (row,) = read(tmp_path, own, mapping).appointments
    assert read_needs(row.need, mapping.needs).unknown == ()
    assert (row.reference, rules(row)) == ("9434765919", "")


def test_a_server_that_writes_welsh(tmp_path: Path) -> None:
    mapping = Mapping.model_validate({"columns": {}, "ignore": ["language"]})
    own = bundle(appointment(language="cy"), patient(language="cy", **speaks("pl")))
    assert rules(read(tmp_path, own).appointments[0]) == "E080"
    assert rules(read(tmp_path, own, mapping).appointments[0]) == ""


def test_periods_cannot_be_judged_without_a_day(tmp_path: Path) -> None:
    own = bundle(appointment(), patient(), flag(BRAILLE_2, period={"end": "2030"}))
    path = tmp_path / "list.json"
    path.write_text(json.dumps(own))
    (row,) = read_appointments(path, None).appointments
    assert rules(row) == "E041"


LOOSE = {
    "nobody": flag(BRAILLE_2, None),
    "somebody else": flag(BRAILLE_2, "Patient/p9"),
    "somebody by identifier": flag(BRAILLE_2, {"identifier": {"value": "RX209999"}}),
    "a name": flag(BRAILLE_2, {"display": "The patient"}),
    "a group": flag(BRAILLE_2, {"reference": "urn:uuid:5"}),
    "another server's": flag(BRAILLE_2, "https://other.example/Patient/p1"),
    "two who differ": flag(
        BRAILLE_2,
        {"reference": "Patient/p1", "identifier": {"value": "RX200002"}},
    ),
    "an answer of nobody": {"resourceType": "QuestionnaireResponse", "item": [{"text": "Braille"}]},
}


@pytest.mark.parametrize("resource", LOOSE.values(), ids=LOOSE)
def test_a_need_of_nobody_stops_the_run(resource: Resource, tmp_path: Path) -> None:
    assert _refusal(tmp_path, bundle(appointment(), patient(), patient("p2"), resource)) == "E078"


def test_a_flag_of_a_patient_whose_row_is_refused(tmp_path: Path) -> None:
    """Its patient is not in the Bundle, and an appointment says so too: only that row is lost."""
    own = bundle(
        appointment(), patient(), appointment("a9", "Patient/p9"), flag(BRAILLE_2, "Patient/p9")
    )
    assert [rules(row) for row in read(tmp_path, own).appointments] == ["", "E041"]


def _phone(value: str, **more: object) -> Resource:
    return {"system": "email", "value": value, **more}


OVER = {"period": {"start": "2020-01-01", "end": "2021-12-31"}}
EMAILS = {
    "one": ([_phone("a@x.example")], "a@x.example", ""),
    "one that is over": ([_phone("a@x.example", **OVER), _phone("b@x.example")], "b@x.example", ""),
    "only one that is over": ([_phone("a@x.example", **OVER)], "", ""),
    "an old one": ([_phone("a@x.example", use="old"), _phone("b@x.example")], "b@x.example", ""),
    "by rank": (
        [_phone("w@x.example", use="work", rank=2), _phone("h@x.example", use="home", rank=1)],
        "h@x.example",
        "",
    ),
    "rank before use": (
        [_phone("h@x.example", use="home"), _phone("w@x.example", use="work", rank=1)],
        "w@x.example",
        "",
    ),
    "by use": (
        [_phone("w@x.example", use="work"), _phone("h@x.example", use="home")],
        "h@x.example",
        "",
    ),
    "two at home": (
        [_phone("a@x.example", use="home"), _phone("b@x.example", use="home")],
        "",
        "E041",
    ),
    "the same twice": ([_phone("a@x.example"), _phone("A@x.example")], "A@x.example", ""),
    "temporary, who knows how long": ([_phone("a@x.example", use="temp")], "", "E041"),
    "temporary, still": (
        [_phone("a@x.example", use="temp", period={"end": "2026-12"})],
        "a@x.example",
        "",
    ),
    "a rank that is none": ([_phone("a@x.example", rank="first")], "", "E041"),
}


@pytest.mark.parametrize("case", EMAILS.values(), ids=EMAILS)
def test_emails(case: tuple[list[Resource], str, str], tmp_path: Path) -> None:
    telecom, email, rule = case
    row = _row(tmp_path, patient(telecom=telecom))
    assert (row.email, rules(row)) == (email, rule)


@pytest.mark.parametrize(
    ("method", "delivery", "told"),
    [("1", "print", 0), ("4", "email", 0), ("3", "", 1), ("9", "", 1)],
)
def test_preferred_contact_method(method: str, delivery: str, told: int, tmp_path: Path) -> None:
    found = read(tmp_path, bundle(appointment(), _extended(prefers(method=method))))
    assert (found.appointments[0].delivery, len(found.findings)) == (delivery, told)


def _death(code: str) -> Resource:
    status = {"url": "deathNotificationStatus", "valueCodeableConcept": coded(code)}
    return {"url": f"{UK_CORE}DeathNotificationStatus", "extension": [status]}


NUMBER = "https://clinic.example/number"
STATES = {
    "dead": patient(deceasedBoolean=True),
    "dead as a text": patient(deceasedBoolean="true"),
    "dead on a day": patient(deceasedDateTime="2026-01-01"),
    "dead, day unknown": patient(
        _deceasedDateTime={"extension": [{"url": "x", "valueCode": "unknown"}]}
    ),
    "dead, formally": _extended(_death("2")),
    "dead, informally": _extended(_death("1")),
    "dead, in an unknown way": _extended(_death("9")),
    "dead, status without a code": _extended(_death("")),
    "dead, in another extension": _extended({"url": f"{ON_SERVER}/deceased", "valueBoolean": True}),
    "dead, inside another": _extended(_wrapped(_death("2"))),
    "not active": patient(active=False),
    "not active as a text": patient(active="false"),
    "replaced": patient(link=[{"type": "replaced-by", "other": {"reference": "Patient/p2"}}]),
    "referred": patient(link=[{"type": "refer", "other": {"reference": "Patient/p2"}}]),
    "a part": patient(meta={"tag": [{"code": "SUBSETTED"}]}),
    "only old identifiers": patient(identifier=[{"value": "RX200001", "use": "old"}]),
    "only identifiers of the past": patient(identifier=[{"value": "RX200001", **OVER}]),
    "an identifier with a strange period": patient(
        identifier=[{"value": "RX200001", "period": {"start": "2027", "end": "2026"}}]
    ),
}


@pytest.mark.parametrize("resource", STATES.values(), ids=STATES)
def test_patients_to_whom_nobody_writes(resource: Resource, tmp_path: Path) -> None:
    assert rules(_row(tmp_path, resource)) == "E041"


def test_a_patient_in_whose_place_another_stands(tmp_path: Path) -> None:
    other = patient("p2", link=[{"type": "replaces", "other": {"reference": "Patient/p1"}}])
    assert rules(_row(tmp_path, patient(), other)) == "E041"


def test_states_that_do_not_matter(tmp_path: Path) -> None:
    own = _extended(
        _death("U"),
        active=True,
        deceasedBoolean=False,
        link=[{"type": "replaces", "other": {"reference": "Patient/p0"}}],
        identifier=[
            {"system": NUMBER, "value": "RX200009", "use": "old"},
            {"system": NUMBER, "value": "RX200001"},
        ],
    )
    row = _row(tmp_path, own)
    assert (row.reference, rules(row)) == ("RX200001", "")


APPOINTMENTS = {
    "cancelled": appointment(status="cancelled"),
    "no show": appointment(status="noshow"),
    "entered in error": appointment(status="entered-in-error"),
    "a state that FHIR does not have": appointment(status="Cancelled"),
    "no state": appointment(status=None),
    "a reason to cancel": appointment(cancelationReason=coded("pat")),
    "declined": appointment(
        participant=[{"actor": {"reference": "Patient/p1"}, "status": "declined"}]
    ),
    "of the past": appointment(participant=[{"actor": {"reference": "Patient/p1"}, **OVER}]),
    "nobody there": appointment(whose="Patient/p9"),
    "one there, one not": appointment(
        participant=[{"actor": {"reference": f"Patient/{each}"}} for each in ("p1", "p9")]
    ),
    "two": appointment(
        participant=[{"actor": {"reference": f"Patient/{each}"}} for each in ("p1", "p2")]
    ),
    "a letter that is not there": appointment(
        supportingInformation=[{"reference": "DocumentReference/d9"}]
    ),
    "a letter by identifier": appointment(supportingInformation=[{"identifier": {"value": "9"}}]),
    "a superseded letter": appointment(
        supportingInformation=[{"reference": "DocumentReference/d2"}]
    ),
    "a draft": appointment(supportingInformation=[{"reference": "DocumentReference/d3"}]),
    "somebody else's letter": appointment(
        supportingInformation=[{"reference": "DocumentReference/d4"}]
    ),
    "a letter without an address": appointment(
        supportingInformation=[{"reference": "DocumentReference/d5"}]
    ),
    "a replaced letter": appointment(supportingInformation=[{"reference": "DocumentReference/d6"}]),
    "two letters": appointment(
        supportingInformation=[{"reference": f"DocumentReference/{each}"} for each in ("d1", "d7")]
    ),
}
LETTERS = (
    document(),
    document("d2", status="superseded"),
    document("d3", docStatus="preliminary"),
    document("d4", subject={"reference": "Patient/p2"}),
    document("d5", url=""),
    document("d6"),
    document(
        "d7",
        "new.pdf",
        relatesTo=[{"code": "replaces", "target": {"reference": "DocumentReference/d6"}}],
    ),
)


@pytest.mark.parametrize("resource", APPOINTMENTS.values(), ids=APPOINTMENTS)
def test_appointments_that_are_refused(resource: Resource, tmp_path: Path) -> None:
    (row,) = read(tmp_path, bundle(resource, patient(), patient("p2"), *LETTERS)).appointments
    assert rules(row) == "E041"


def test_words_in_a_comment(tmp_path: Path) -> None:
    for comment, rule in (
        ("Urdu interpreter booked", "E080"),
        ("Bring your glasses", ""),
        ("Speech and language therapy", ""),
    ):
        own = bundle(appointment(comment=comment), patient())
        (row,) = read(tmp_path, own).appointments
        assert rules(row) == rule


GOOD_LETTERS = {
    "by a version": [{"reference": "DocumentReference/d1/_history/2"}],
    "by address": [{"reference": f"{ON_SERVER}/DocumentReference/d1"}],
    "beside a superseded one": [
        {"reference": f"DocumentReference/{each}"} for each in ("d2", "d1")
    ],
    "beside a condition": [{"reference": "Condition/c1"}, {"reference": "DocumentReference/d1"}],
}


@pytest.mark.parametrize("named", GOOD_LETTERS.values(), ids=GOOD_LETTERS)
def test_letters(named: list[Resource], tmp_path: Path) -> None:
    own = bundle(appointment(supportingInformation=named), patient(), patient("p2"), *LETTERS)
    (row,) = read(tmp_path, own).appointments
    assert (row.letter, rules(row)) == ("letter.pdf", "")


URN = "urn:uuid:0C3201BD-1CBF-4D64-B04D-CD9187A4C6E0"
OTHER = "https://other.example/fhir"


def test_two_servers(tmp_path: Path) -> None:
    """Each relative reference means a record of its own server."""
    ours, theirs = patient(**speaks("ur")), patient(**speaks("pl"))
    theirs["identifier"] = [{"value": "RX200007"}]
    own = bundle(appointment(), entry(theirs, OTHER), ours, entry(appointment("a2"), OTHER))
    rows = read(tmp_path, own).appointments
    assert [(row.language, rules(row)) for row in rows] == [("ur", ""), ("pl", "")]


def test_addresses_by_uuid_in_any_case(tmp_path: Path) -> None:
    own = bundle(
        appointment(whose=URN.lower()), {"fullUrl": URN, "resource": patient(**speaks("ur"))}
    )
    (row,) = read(tmp_path, own).appointments
    assert (row.language, rules(row)) == ("ur", "")


TWICE = {
    "an id": (patient(), patient(**speaks("ur"))),
    "an address": (
        {"fullUrl": URN, "resource": patient()},
        {"fullUrl": URN.lower(), "resource": patient("p2")},
    ),
    "a flag": (flag(BRAILLE_2, id="f1"), flag(coded("x"), id="f1")),
    "an id, address unknown": (patient(), {"resource": patient(**speaks("ur"))}),
}


@pytest.mark.parametrize("resources", TWICE.values(), ids=TWICE)
def test_records_that_stand_twice(resources: tuple[Resource, ...], tmp_path: Path) -> None:
    assert _refusal(tmp_path, bundle(appointment(), patient("p3"), *resources)) == "E077"


def test_records_that_stand_there_again(tmp_path: Path) -> None:
    practitioner = {"resourceType": "Practitioner", "id": "x"}
    own = bundle(
        appointment(), patient(), patient(), practitioner, {**practitioner, "active": True}
    )
    found = read(tmp_path, own)
    assert [rules(row) for row in found.appointments] == [""]
    assert [each.rule for each in found.findings] == ["E081"]


def test_one_person_in_two_records(tmp_path: Path) -> None:
    other = patient("p2", **speaks("ur"))
    other["identifier"] = patient()["identifier"]
    assert rules(_row(tmp_path, patient(), other)) == "E041"


WHOLE = {
    "a history": {"type": "history"},
    "a page": {"link": [{"relation": "next", "url": "x"}]},
    "the last page": {"link": [{"relation": "previous", "url": "x"}]},
    "one link": {"link": {"relation": "next", "url": "x"}},
    "a total": {"type": "searchset", "total": 250},
    "a total that is none": {"type": "searchset", "total": "many"},
    "entries that are none": {"entry": [entry(appointment()), "x"]},
    "an entry without a record": {"entry": [entry(appointment()), {"fullUrl": "x"}]},
    "an order to delete": {
        "entry": [entry(appointment()), {"request": {"method": "DELETE", "url": "Flag/f1"}}]
    },
    "a Bundle inside": {"entry": [entry(appointment()), {"resource": bundle(patient())}]},
    "a server that failed": {
        "entry": [
            entry(appointment()),
            {"resource": {"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]}},
        ]
    },
}


@pytest.mark.parametrize("keys", WHOLE.values(), ids=WHOLE)
def test_bundles_that_are_not_whole(keys: Resource, tmp_path: Path) -> None:
    assert _refusal(tmp_path, bundle(appointment(), patient()) | keys) == "E031"


def test_included_records_do_not_count_as_found(tmp_path: Path) -> None:
    included = entry(patient(), search={"mode": "include"})
    whole = bundle(entry(appointment(), search={"mode": "match"}), included, total=1)
    assert len(read(tmp_path, whole).appointments) == 1
    assert _refusal(tmp_path, {**whole, "total": 2}) == "E031"


SOUND = json.dumps(bundle(appointment(), patient(**speaks("ur"))))
UNSOUND = {
    "a name twice": SOUND.replace('"communication":', '"communication": [], "communication":'),
    "NaN": SOUND.replace('"status": "booked"', '"status": "booked", "priority": NaN'),
    "infinite": SOUND.replace('"status": "booked"', '"status": "booked", "priority": 1e999'),
    "deep": SOUND.replace(
        '"status": "booked"', '"status": "booked", "x": ' + "[" * 200 + "]" * 200
    ),
    "very deep": SOUND.replace('"status": "booked"', '"x": ' + "[" * 90_000 + "]" * 90_000),
    "a long number": SOUND.replace('"status": "booked"', '"priority": ' + "9" * 5000),
    "cut": SOUND[:-5],
}


@pytest.mark.parametrize("text", UNSOUND.values(), ids=UNSOUND)
def test_json_that_is_not_sound(text: str, tmp_path: Path) -> None:
    assert text != SOUND
    assert _refusal(tmp_path, text) == "E031"


def test_one_record_never_stops_the_others(tmp_path: Path) -> None:
    languages = [coded("ur"), coded(display="Urdu"), {"coding": [{"system": "x"}]}, coded("pl")]
    people = [
        patient(f"p{number}", communication=[{"language": own, "preferred": True}])
        for number, own in enumerate(languages)
    ]
    rows = [appointment(f"a{number}", f"Patient/p{number}") for number in range(4)]
    found = read(tmp_path, bundle(*rows, *people)).appointments
    assert [(row.language, rules(row)) for row in found] == [
        ("ur", ""),
        ("Urdu", ""),
        ("", "E041"),
        ("pl", ""),
    ]


def test_messages_hold_no_ids(tmp_path: Path) -> None:
    """Ids of the NHS's patients are their numbers."""
    with pytest.raises(Problem) as caught:
        read(tmp_path, bundle(appointment(), patient(), patient(**speaks("ur"))))
    (only,) = caught.value.findings
    assert "entries 2 and 3" in only.sentence
    assert "p1" not in only.sentence
