"""The commands that write and show records, as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import MakeProject, run_build

WHO = ["--name", "Test Clinician", "--role", "GP", "--registered-with", "GMC"]
CHECK = ["sign", "case", "--step", "checked"]


@pytest.fixture
def root(make_project: MakeProject) -> Path:
    return make_project()


def test_who_signs_has_to_be_said(root: Path) -> None:
    done = run_build(root, *CHECK, "--name", "Test Clinician")
    assert done.returncode == 2
    assert "S016" in done.stderr
    assert "--role, --registered-with, --registration" in done.stderr
    assert not (root / "sign-offs" / "case").exists()


def test_signed_shown_and_withdrawn(root: Path, tmp_path: Path) -> None:
    done = run_build(root, *CHECK, *WHO, "--registration", "0000001")
    assert (done.returncode, done.stderr) == (0, "")
    assert "written" in done.stdout
    shown = run_build(root, "history", "case", "--html", str(tmp_path / "history.html"))
    assert "checked: words, English; Test Clinician, GP (GMC 0000001)" in shown.stdout
    assert "Test Clinician" in (tmp_path / "history.html").read_text()
    why = ["--remarks", "A number is wrong.", "--name", "Test Manager", "--role", "manager"]
    assert run_build(root, "withdraw", "case", *why).returncode == 0
    status = run_build(root, "status", "--json")
    rows = json.loads(status.stdout)["parts"]
    assert status.returncode == 1
    assert {row["state"] for row in rows if row["leaflet"] == "case" and not row["missing"]} <= {
        "withdrawn"
    }


def test_notes_are_answered_one_by_one(root: Path, tmp_path: Path) -> None:
    shared = ["sign", "shared", "--step", "checked", *WHO, "--registration", "0000001"]
    assert "S012" in run_build(root, *shared).stderr
    notes = run_build(root, *shared, "--notes").stdout
    answers = tmp_path / "answers.txt"
    answers.write_text(notes.replace("answer:", "answer: agreed"))
    done = run_build(root, *shared, "--answers", str(answers))
    assert (done.returncode, done.stderr) == (0, "")
