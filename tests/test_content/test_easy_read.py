"""Easy-read words: what is printed where, and how words are counted."""

from __future__ import annotations

import pytest
from conftest import CASES, ROOT, MakeProject

from leafpress.content.easy_read_checks import LONGEST
from leafpress.content.model import printed
from leafpress.content.project import Project
from leafpress.content.region import Directory, in_region, missing
from leafpress.content.text import words
from leafpress.content.texts import texts

PROJECT = Project.at(ROOT)
CASE = (CASES / "L080" / "misspelled.leaflet.yaml").read_text().replace("walkng", "walking")


@pytest.mark.parametrize("id_", PROJECT.leaflet_ids())
def test_ours_have_words_of_their_own(id_: str) -> None:
    loaded = PROJECT.leaflet(id_)
    assert loaded.findings == ()
    assert loaded.model is not None
    assert loaded.model.easy_read is not None
    sentences = [s.text for part in loaded.model.easy_read.sections for s in part.sentences]
    assert len(sentences) >= 30
    assert max(map(words, sentences)) <= LONGEST
    assert 10 <= sum(map(words, sentences)) / len(sentences) <= LONGEST


@pytest.mark.parametrize("id_", PROJECT.leaflet_ids())
def test_nobody_has_signed_off_what_reviewers_still_have_to_check(id_: str) -> None:
    """Each section with facts names the statements of the fact sheet that it rests on."""
    leaflet = PROJECT.leaflet(id_).model
    assert leaflet is not None
    assert leaflet.easy_read is not None
    for section in leaflet.easy_read.sections:
        assert section.evidence or section.kind == "words", section.title


def test_an_edition_has_its_own_words_only() -> None:
    leaflet = PROJECT.leaflet("back-pain").model
    assert leaflet is not None
    usual = {str(text) for _, text in texts(printed(leaflet, easy_read=False))}
    easy = {str(text) for _, text in texts(printed(leaflet, easy_read=True))}
    assert printed(leaflet, easy_read=True).title == "Back pain"
    assert "Ease the pain at home" in usual - easy
    assert "Words to know" in easy - usual


def test_a_leaflet_without_easy_words_is_printed_as_it_is(make_project: MakeProject) -> None:
    leaflet = Project.at(make_project()).leaflet("case").model
    assert leaflet is not None
    assert printed(leaflet, easy_read=True) == leaflet


def test_sentences_and_their_numbers_by_region(make_project: MakeProject) -> None:
    root = make_project()
    file = root / "leaflets" / "case.yaml"
    only = "          regions: [england]\n"
    file.write_text(CASE.replace("each day.\n", "each day with {crisis}.\n" + only))
    loaded = Project.at(root).leaflet("case")
    assert loaded.model is not None
    counts = {}
    for region in ("england", "wales"):
        here = in_region(loaded.model, region).easy_read
        assert here is not None
        counts[region] = sum(len(part.sentences) for part in here.sections)
    assert counts == {"england": 2, "wales": 1}


def test_a_number_that_serves_nobody_there(make_project: MakeProject) -> None:
    root = make_project()
    file = root / "leaflets" / "case.yaml"
    file.write_text(CASE.replace("each day.", "each day with {breathing-space}."))
    project = Project.at(root)
    clinic, contacts = project.clinic.model, project.contacts.model
    assert clinic is not None
    assert contacts is not None
    (found,) = missing(project.leaflet("case"), Directory(clinic, contacts))
    assert (found.rule, found.span.line) == ("L062", 37)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Call {999} now.", 3),
        ("Call {gp-out-of-hours} now.", 3),
        ("Go to A&E now.", 4),
        ("It is don't-know o'clock.", 4),
    ],
)
def test_how_words_are_counted(text: str, count: int) -> None:
    assert words(text) == count
