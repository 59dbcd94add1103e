"""What has changed since somebody signed, and what was built before: as far as records say."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import TODAY, MakeProject
from people import FIRST, approvals, sign
from people import TODAY as SIGNED
from test_library.entries import ENTRY

from leafpress.approval.entry import Step
from leafpress.library.changed import UNKNOWN, ChangeNote, copies_before, notes
from leafpress.press import issued
from leafpress.press.edition import Memory
from leafpress.press.manifest import Manifest

CASE = ("case", "en-GB")


@pytest.fixture
def signed(make_project: MakeProject) -> Path:
    """A project whose English a clinician has checked."""
    root = make_project()
    sign(root, Step.CHECKED, FIRST)
    return root


def _note(root: Path) -> ChangeNote:
    project = approvals(root).project
    return dict(notes(project, TODAY, ["case", "a leaflet that is gone"])).get(CASE, UNKNOWN)


def test_nobody_has_signed(make_project: MakeProject) -> None:
    note = _note(make_project())
    assert (note.signed, note.said) == (None, "not known: nobody has signed it")


def test_nothing_has_changed(signed: Path) -> None:
    note = _note(signed)
    assert (note.signed, note.said, note.changes) == (SIGNED, "nothing", ())


def _change(root: Path, old: str, new: str) -> None:
    path = root / "leaflets" / "case.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_text_has_changed(signed: Path) -> None:
    _change(signed, "Some words.", "Some other words.")
    note = _note(signed)
    assert (note.said, note.safety) == ("1 text", 0)
    (change,) = note.changes
    assert [(piece.kind, piece.text) for piece in change.pieces] == [
        ("kept", "Some"),
        ("in", "other"),
        ("kept", "words."),
    ]


def test_a_leaflet_with_errors_is_not_compared(signed: Path) -> None:
    _change(signed, "Some words.", "<b>Some words.")
    assert _note(signed).said == "not known: it has errors"


def test_records_that_were_changed_say_nothing(signed: Path) -> None:
    entry = next((signed / "sign-offs" / "case").glob("0*.json"))
    entry.write_text(entry.read_text().replace("Test Clinician", "Somebody Else"))
    assert _note(signed).said == "not known: the records of sign-offs have errors"


def test_what_was_built_before(tmp_path: Path) -> None:
    """The newest copy in other words, of what stands there now."""
    manifest = Manifest(tmp_path)
    days = [TODAY + datetime.timedelta(days=number) for number in range(3)]
    for number, day in enumerate(days):
        entry = replace(ENTRY, version=f"1.{number}", code=str(number + 2) * 10)
        manifest.put("en-GB/back-pain-a4.pdf", entry, Memory({}, {}))
        if number:
            before = copies_before(manifest)["back-pain", "en-GB"]
            assert (before.version, before.since) == (f"1.{number - 1}", str(days[number - 1]))
        else:
            assert copies_before(manifest) == {}
        issued.add(manifest, day)
    (tmp_path / issued.NAME).write_bytes(b"\xff")
    assert copies_before(manifest) == {}
