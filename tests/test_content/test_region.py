"""What is printed where."""

from __future__ import annotations

import pytest
from conftest import ROOT

from leafpress.content.model import Leaflet
from leafpress.content.project import Project
from leafpress.content.region import Directory, in_region, missing
from leafpress.content.texts import texts

PROJECT = Project.at(ROOT)
REGIONS = ("england", "scotland", "wales", "northern-ireland")


def _directory(region: str) -> Directory:
    clinic, contacts = PROJECT.clinic.model, PROJECT.contacts.model
    assert clinic is not None
    assert contacts is not None
    return Directory(clinic.model_copy(update={"region": region}), contacts)


@pytest.mark.parametrize(
    ("id_", "region", "name"),
    [
        ("111", "england", "NHS 111"),
        ("111", "northern-ireland", "GP out of hours"),
        ("crisis", "england", "NHS 111, option 2"),
        ("crisis", "scotland", "NHS 111, Mental Health Hub"),
        ("crisis", "northern-ireland", "Lifeline"),
        ("a-and-e", "england", "A&E"),
        ("a-and-e", "northern-ireland", "Emergency Department"),
        ("crisis", "wales", "NHS 111 Wales, option 2"),
    ],
)
def test_who_stands_behind_a_contact(id_: str, region: str, name: str) -> None:
    assert _directory(region)[id_].name == name


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("leaflet", PROJECT.leaflet_ids())
def test_every_shipped_leaflet_serves_every_region(leaflet: str, region: str) -> None:
    assert list(missing(PROJECT.leaflet(leaflet), _directory(region))) == []


def test_the_law_on_driving_differs() -> None:
    leaflet = PROJECT.leaflet("cannabis-medicines").model
    assert leaflet is not None
    limit = "a tiny limit for THC"
    words = {region: _words(in_region(leaflet, region)) for region in REGIONS}
    there = {region: limit in found for region, found in words.items()}
    assert there == {region: region != "northern-ireland" for region in REGIONS}


def _words(leaflet: Leaflet) -> str:
    return " ".join(text for _, text in texts(leaflet))
