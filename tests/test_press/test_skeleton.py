"""`build.py new`."""

from __future__ import annotations

import pytest
from conftest import ROOT, TODAY, MakeProject, order_for

from leafpress.cli.new_leaflet import start
from leafpress.content.project import Project
from leafpress.findings import ExitCode, Problem
from leafpress.press.edition import Edition, Status
from leafpress.press.pipeline import build


def test_it_builds_as_it_is(make_project: MakeProject) -> None:
    root = make_project()
    assert start(Project.at(root), "knee-pain", TODAY) == "leaflets/knee-pain.yaml"
    outcome = build(Edition("knee-pain", "en-GB", "a4"), order_for(root), None)
    assert outcome.status is Status.BUILT
    assert outcome.findings == ()
    assert outcome.entry is not None
    assert outcome.entry.title == "Knee pain"


def test_a_file_that_exists(make_project: MakeProject) -> None:
    root = make_project()
    before = (root / "leaflets" / "case.yaml").read_text()
    with pytest.raises(Problem, match="B009") as caught:
        start(Project.at(root), "case", TODAY)
    assert caught.value.code == ExitCode.USAGE
    assert (root / "leaflets" / "case.yaml").read_text() == before


@pytest.mark.parametrize("id_", ["Knee Pain", "../knee", "", "contacts", "knee_pain", "-x"])
def test_ids_that_are_none(id_: str) -> None:
    with pytest.raises(Problem, match="L016"):
        start(Project.at(ROOT), id_, TODAY)
