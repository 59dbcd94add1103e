"""Braille that is proofread: who may sign what, and what else the clinic's own file may not say."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from conftest import MakeProject, run_build
from people import MANAGER, READER, TODAY, approvals, decision, sign, sign_english

from leafpress.approval import overview, sign_off
from leafpress.approval.entry import BrailleCode, Step
from leafpress.approval.messages import SHARED, SignedPart
from leafpress.approval.proofreading import code_of
from leafpress.approval.records import read
from leafpress.approval.states import State
from leafpress.content.root import Root
from leafpress.findings import Problem
from leafpress.plain import liblouis

GRADE_2 = BrailleCode(grade=2, table="en-ueb-g2.ctb", liblouis="3.24.0")


@pytest.fixture
def root(make_project: MakeProject) -> Path:
    return make_project()


def _clinic(root: Path, line: str) -> None:
    with (root / "clinic.yaml").open("a", encoding="utf-8") as file:
        file.write(line + "\n")


CANNOT = {
    "words that are proofread": ("case", SignedPart.WORDS, Step.PROOFREAD, GRADE_2),
    "braille that is checked": ("case", SignedPart.BRAILLE, Step.CHECKED, GRADE_2),
    "no grade": ("case", SignedPart.BRAILLE, Step.PROOFREAD, None),
    "the words of all": (SHARED, SignedPart.BRAILLE, Step.PROOFREAD, GRADE_2),
}


@pytest.mark.parametrize("what", CANNOT)
def test_what_cannot_be_signed(what: str, root: Path) -> None:
    subject, part, step, code = CANNOT[what]
    with pytest.raises(Problem) as caught:
        sign_off.sheet(approvals(root), subject, part, "en-GB", step, braille=code)
    assert [found.rule for found in caught.value.findings] == ["S057"]


def test_languages_without_a_table() -> None:
    assert code_of("pl", 2, "3.24.0") is None
    assert code_of("en-GB", 2, "3.24.0") == GRADE_2


def test_what_a_reader_signs_is_what_braille_prints(root: Path) -> None:
    own = approvals(root)
    read_of = {each.english for each in own.messages("case", SignedPart.BRAILLE, "en-GB")}
    words = {each.english for each in own.messages("case", SignedPart.WORDS, "en-GB")}
    shared = {each.english for each in own.messages(SHARED, SignedPart.WORDS, "en-GB")}
    assert words < read_of < words | shared
    assert "Draft: not yet checked by a clinician." in read_of


def test_entries_of_before_there_was_braille_are_still_whole(root: Path) -> None:
    """Their digests were made without the field that says what makes braille."""
    (path, *_) = sign(root, Step.APPROVED, MANAGER)
    assert "braille" not in path.read_text(encoding="utf-8")
    (entry, *_) = read(Root(root), "case", TODAY).entries
    fields = entry.model_dump(mode="json", exclude={"digest", "braille"})
    again = type(entry).model_validate(fields)
    assert again.computed_digest() == entry.digest
    other = entry.model_copy(update={"braille": GRADE_2})
    assert other.computed_digest() != entry.digest


def _braille_rows(root: Path, grade: int = 2) -> list[overview.PartRow]:
    """Where braille stands, in a clinic that gives out a grade of it."""
    code = code_of("en-GB", grade, liblouis.version())
    assert code
    given = {"en-GB": (code,)}
    found = overview.of(approvals(root), given)
    return [row for row in found.parts if row.part.startswith("braille")]


def test_status_counts_the_braille_that_is_given_out(root: Path) -> None:
    sign_english(root)
    (row,) = _braille_rows(root)
    assert (row.part, row.state) == ("braille 2", State.DRAFT)
    assert "not proofread by a braille reader" in row.missing[0]
    sign(root, Step.PROOFREAD, READER, grade=2)
    (row,) = _braille_rows(root)
    assert (row.state, row.missing) == (State.PROOFREAD, ())
    assert row.signed_by == ("Test Reader, braille reader",)
    # What was read stays in sight where the clinic gives out the other grade.
    rows = {row.part: row.state for row in _braille_rows(root, grade=1)}
    assert rows == {"braille 1": State.DRAFT, "braille 2": State.PROOFREAD}


def test_by_the_command(root: Path) -> None:
    _clinic(root, "formats: [braille-2]")
    who = ["--name", "Test Reader", "--role", "braille reader"]
    asked = ["sign", "case", "--step", "proofread", *who]
    refused = run_build(root, *asked)
    assert (refused.returncode, "S057" in refused.stderr) == (1, True)
    done = run_build(root, *asked, "--grade", "2")
    assert (done.returncode, done.stderr) == (0, "")
    assert "braille (grade 2, en-ueb-g2.ctb of liblouis" in done.stdout
    status = run_build(root, "status").stdout
    assert "braille 2  proofread      Test Reader, braille reader" in status
    assert "proofread: braille (grade 2" in run_build(root, "history", "case").stdout


def test_a_signer_without_letters(root: Path) -> None:
    asked = ["sign", "case", "--step", "approved", "--name", ".", "--role", "manager"]
    done = run_build(root, *asked)
    assert (done.returncode, "S016" in done.stderr) == (2, True)


@pytest.mark.parametrize(("days", "allowed"), [(366, True), (367, False)])
def test_a_trial_of_more_than_a_year(days: int, allowed: bool, root: Path) -> None:
    until = TODAY + datetime.timedelta(days=days)
    _clinic(root, f"drafts_allowed_by: {{name: A Manager, role: lead, until: {until}}}")
    assert decision(root).is_allowed is allowed


def test_a_trial_of_nobody(root: Path) -> None:
    _clinic(root, 'drafts_allowed_by: {name: ".", role: lead, until: 2027-01-01}')
    found = approvals(root).project.clinic.findings
    assert [(each.rule, "two letters" in str(each)) for each in found] == [("L016", True)]


def test_what_the_clinic_says_out_of_hours_is_signed(root: Path) -> None:
    """Its own sentence is on every page: what it says is checked as the words of all are."""
    _clinic(root, 'out_of_hours: "Outside these hours, call {111}."')
    sign_english(root)
    assert decision(root).is_allowed
    file = root / "clinic.yaml"
    text = file.read_text(encoding="utf-8").replace("call {111}.", "wait until Monday.")
    file.write_text(text, encoding="utf-8")
    found = decision(root)
    assert not found.is_allowed
    assert "(about safety): “Outside these hours, wait until Monday.”" in found.reasons[0]
