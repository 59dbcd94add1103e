"""Opening hours in the leaflets' languages; and problems that are shown at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import MakeProject, order_for

from leafpress.content.project import Project
from leafpress.press.edition import Edition
from leafpress.press.pipeline import check
from leafpress.translation import clinic_words
from leafpress.translation.language import LANGUAGES

HEAD = "name: A clinic\ntelephone: 020 7946 0000\n"
ENGLISH = "  en-GB: Call 111.\n"
CASES = [
    ("out_of_hours: Call 111.\n", [], []),
    (f"out_of_hours:\n{ENGLISH}  ur: Call.\n", [], []),
    (f"out_of_hours:\n{ENGLISH}  pl: Call.\n", [], ["L104"]),
    (f"out_of_hours:\n{ENGLISH}  ur: Call.\n  xx: Call.\n", ["L015"], []),
    (f"out_of_hours:\n{ENGLISH}  ur: Call.\n  en: Call.\n", ["L015"], []),
    (f"out_of_hours:\n{ENGLISH}  ur: Call.\n  el: Call.\n", [], []),
    ("out_of_hours:\n  ur: Call.\n", ["L011"], []),
    ("", [], []),
]


@pytest.mark.parametrize(("words", "wrong", "lacking"), CASES)
def test_opening_hours(words: str, wrong: list[str], lacking: list[str], tmp_path: Path) -> None:
    (tmp_path / "clinic.yaml").write_text(HEAD + words)
    clinic = Project.at(tmp_path).clinic
    assert [found.rule for found in clinic_words.languages(clinic)] == wrong
    assert [found.rule for found in clinic_words.lacking(clinic, LANGUAGES["ur"])] == lacking
    assert list(clinic_words.lacking(clinic, LANGUAGES["en-GB"])) == []


def test_an_unknown_language_is_an_error(make_project: MakeProject) -> None:
    root = make_project()
    (root / "clinic.yaml").write_text(f"{HEAD}out_of_hours:\n{ENGLISH}  xx: Call.\n")
    found = check(Edition("case", "en-GB", "a4"), order_for(root))
    assert [(each.rule, str(each.span)) for each in found] == [("L015", "clinic.yaml:5:3")]


def test_letters_that_no_font_has_are_told_beside_other_errors(make_project: MakeProject) -> None:
    """An author who has mended one thing should not then hear of the next."""
    root = make_project("kinds.yaml")
    leaflet = root / "leaflets" / "case.yaml"
    broken = leaflet.read_text().replace("title: Two", "titel: Two")
    leaflet.write_text(broken.replace("Keep moving.", "Keep \U0001f600 moving."))
    found = check(Edition("case", "en-GB", "a4"), order_for(root))
    assert [each.rule for each in found] == ["P003", "L011", "L010"]


def test_letters_of_a_broken_catalogue(make_project: MakeProject) -> None:
    root = make_project("leaflet-with-markup.yaml")
    folder = root / "locales/pl/LC_MESSAGES"
    folder.mkdir(parents=True)
    base = (Path(__file__).parents[1] / "cases/base/catalogue.po").read_text()
    broken = base.replace("charset=utf-8", "charset=CHARSET").replace("Jeden", "Je\U0001f600den")
    (folder / "case.po").write_text(broken)
    found = check(Edition("case", "pl", "a4"), order_for(root))
    assert {each.rule for each in found} == {"T006", "P003", "T001"}
