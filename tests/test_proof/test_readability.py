"""The English is plain."""

from __future__ import annotations

import pytest
from conftest import ROOT, MakeProject

from leafpress.content.project import Project
from leafpress.content.text import sentences
from leafpress.proof.text.readability import GRADE, LONGEST, check, grade, grade_findings, grades

PROJECT = Project.at(ROOT)


@pytest.mark.parametrize("id_", PROJECT.leaflet_ids())
def test_ours(id_: str) -> None:
    loaded = PROJECT.leaflet(id_)
    assert loaded.model is not None
    assert check(loaded) == ()
    assert grade(loaded.model) <= GRADE
    assert LONGEST <= 25


def test_hard_words(make_project: MakeProject) -> None:
    root = make_project()
    leaflet = root / "leaflets" / "case.yaml"
    hard = "Multidisciplinary rehabilitation necessitates interprofessional communication. " * 6
    leaflet.write_text(leaflet.read_text().replace("Some words.", hard))
    (found,) = grade_findings(grades(Project.at(root).leaflet("case")))
    assert found.rule == "L071"


def test_sentences() -> None:
    assert sentences("**One.** Two! [Three](#x)?") == ["One.", "Two!", "Three?"]
