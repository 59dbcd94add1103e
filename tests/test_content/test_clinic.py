"""The clinic's file."""

from __future__ import annotations

from conftest import ROOT

from leafpress.content.clinic import Clinic
from leafpress.content.project import Project


def _clinic(**keys: object) -> Clinic:
    return Clinic.model_validate({"name": "A clinic", "telephone": "020 7946 0000", **keys})


def test_words_for_a_language() -> None:
    clinic = _clinic(out_of_hours={"en-GB": "Call 111.", "pl": "Zadzwoń 111."})
    assert clinic.out_of_hours_in("pl") == ("pl", "Zadzwoń 111.")
    assert clinic.out_of_hours_in("ur") == ("en-GB", "Call 111.")
    assert _clinic(out_of_hours="Call 111.").out_of_hours_in("pl") == ("en-GB", "Call 111.")
    assert _clinic().out_of_hours_in("pl") is None


def test_the_address_of_a_leaflet() -> None:
    clinic = _clinic(leaflet_address="https://a.example/{language}/{leaflet}")
    assert clinic.address_of("back-pain", "pl") == "https://a.example/pl/back-pain"
    assert _clinic().address_of("back-pain", "pl") is None


def test_its_short_name_begins_a_line_with_a_capital() -> None:
    contact = _clinic(short_name="the pain service").as_contact()
    assert (contact.name, contact.short) == ("The pain service", "the pain service")


def test_as_shipped_it_is_plainly_a_sample() -> None:
    clinic = Project.at(ROOT).clinic.model
    assert clinic is not None
    assert clinic.name == "Your clinic’s name"
    assert "sample" in str(clinic.out_of_hours)
