"""Entries by region, the clinic's services, and what editors are told of a leaflet's shape."""

from __future__ import annotations

import json
import re

import pytest
from conftest import MakeProject

from leafpress.content.clinic import Clinic
from leafpress.content.easy_read_parts import _HELP
from leafpress.content.model import Leaflet
from leafpress.content.project import Project
from leafpress.content.region import Directory, missing
from leafpress.content.schema import as_json
from leafpress.content.texts import texts
from leafpress.pages.services import either, opening
from leafpress.translation.extract import templates
from leafpress.translation.language import LANGUAGES


def _clinic(**keys: object) -> Clinic:
    return Clinic.model_validate({"name": "A clinic", "telephone": "020 7946 0000", **keys})


def _directory(project: Project, **keys: object) -> Directory:
    assert project.contacts.model is not None
    return Directory(_clinic(**keys), project.contacts.model)


def test_translators_see_the_entries_of_all_regions(make_project: MakeProject) -> None:
    catalogue = templates(Project.at(make_project("kinds.yaml")))["case"]
    for text in (
        "In your face",
        "Your smile drops in Wales.",
        "You live in Wales.",
        "In England call {crisis}.",
        "C",
        "E",
        "two",
    ):
        assert catalogue.get(text), text
    limit = "At most 384 characters."
    assert catalogue["You live in Wales."].auto_comments == [
        f"List item in the section “One”. {limit}"
    ]


def test_an_entry_for_another_region_needs_no_number_here(make_project: MakeProject) -> None:
    root = make_project("kinds.yaml")
    file = root / "leaflets" / "case.yaml"
    file.write_text(file.read_text().replace("You live in Wales.", '"Call {lifeline}."'))
    project = Project.at(root)
    found = {
        region: [each.rule for each in missing(project.leaflet("case"), directory)]
        for region in ("england", "wales")
        for directory in [_directory(project, region=region)]
    }
    assert found == {"england": [], "wales": ["L062"]}


def test_every_role_of_a_row_is_known(make_project: MakeProject) -> None:
    leaflet = Project.at(make_project("kinds.yaml")).leaflet("case").model
    assert leaflet is not None
    roles = {str(text): text.role.name for _, text in texts(leaflet)}
    assert (roles["C"], roles["three"]) == ("table cell", "step")


def test_the_clinic_in_short(make_project: MakeProject) -> None:
    directory = _directory(Project.at(make_project()), short_name="Ours")
    assert (directory["clinic"].name, directory["clinic"].short) == ("Ours", "Ours")
    assert _clinic().as_contact().short == "A clinic"


def test_out_of_hours_in_northern_ireland(make_project: MakeProject) -> None:
    project = Project.at(make_project())
    directory = _directory(project, region="northern-ireland", gp_out_of_hours="028 9649 6000")
    assert directory["111"].telephone == "028 9649 6000"
    assert str(directory["111"].short) == "GP out of hours"
    assert _directory(project)["111"].telephone == "111"


def test_opening_hours_name_a_service_by_its_number_in_another_language(
    make_project: MakeProject,
) -> None:
    directory = _directory(Project.at(make_project()), out_of_hours="Closed? Call {111}.")
    english, polish = LANGUAGES["en-GB"], LANGUAGES["pl"]
    assert opening(directory.clinic, english, directory) == ("en-GB", "Closed? Call {111}.")
    assert opening(directory.clinic, polish, directory) == ("en-GB", "Closed? Call 111.")


@pytest.mark.parametrize(
    ("tag", "worded"),
    [
        ("en-GB", "A, B&amp;C or D"),
        ("cy", "A, B&amp;C neu D"),
        ("ur", "A، B&amp;C، یا D"),
        ("ps", "A، B&amp;C یا D"),
    ],
)
def test_several_services_in_a_sentence(tag: str, worded: str) -> None:
    assert either(["A", "B&C", "D"], LANGUAGES[tag]) == worded


@pytest.mark.parametrize("tag", [own.tag for own in LANGUAGES.values() if own.is_translated])
def test_no_language_says_or_in_english(tag: str) -> None:
    """Babel falls back to English where it has no word."""
    words = either(["1", "2"], LANGUAGES[tag])
    assert words != "1 or 2"
    assert either(["1"], LANGUAGES[tag]) == "1"


@pytest.mark.parametrize(
    ("sentence", "is_help"),
    [
        ("Numb means that you cannot feel something.", True),
        ("A&E is the part of a hospital that helps in an emergency.", True),
        ("Your GP is the doctor you go to first, near your home.", True),
        ("You have a fit, which means that your body shakes.", False),
        ("Your head hurts, and it is the worst pain you ever had.", False),
        ("Your pain is the same in any place or position.", False),
    ],
)
def test_what_explains_a_word(sentence: str, is_help: bool) -> None:
    assert bool(_HELP.search(sentence)) == is_help


def test_editors_are_told_what_is_wrong_with_one_kind() -> None:
    """They get “if this kind, then that shape”: no choice of nineteen that all fail."""
    schema = as_json(Leaflet)
    blocks = json.loads(schema)["$defs"]["Section"]["properties"]["blocks"]["items"]
    kinds = blocks["properties"]["kind"]["enum"]
    assert [case["if"]["properties"]["kind"]["const"] for case in blocks["allOf"]] == kinds
    assert "discriminator" not in schema
    assert {"key-points", "questions", "not-known", "people"} <= set(kinds)


def test_a_year_may_be_a_number_in_editors() -> None:
    date = json.loads(as_json(Leaflet))["$defs"]["Source"]["properties"]["date"]
    assert {each["type"] for each in date["anyOf"]} == {"string", "integer", "null"}
    pattern = next(each["pattern"] for each in date["anyOf"] if each["type"] == "string")
    assert re.match(pattern, "2026-01")
