"""Fonts: these files and no others."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import ROOT, MakeProject, order_for, run_build

from leafpress.findings import ExitCode, Problem
from leafpress.pages import fonts
from leafpress.press.edition import Edition
from leafpress.press.pipeline import build

FIRST = fonts.FACES[0]


def _own_fonts(root: Path) -> Path:
    (root / "node_modules").unlink()
    for face in fonts.FACES:
        target = root / fonts.FOLDER / face.file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / fonts.FOLDER / face.file, target)
    return root / fonts.FOLDER / FIRST.file


def test_ours_are_there() -> None:
    fonts.check(ROOT)


def test_a_missing_font(make_project: MakeProject) -> None:
    root = make_project()
    _own_fonts(root).unlink()
    outcome = build(Edition("case", "en-GB", "a4"), order_for(root), None)
    assert [each.rule for each in outcome.findings] == ["B002"]
    assert outcome.code == ExitCode.MISSING


def test_a_missing_font_is_no_fault_of_ours(make_project: MakeProject) -> None:
    """`check` and `review` ask which letters a font has before anything is built."""
    root = make_project()
    _own_fonts(root).unlink()
    result = run_build(root, "check")
    assert result.returncode == ExitCode.MISSING
    assert "B002" in result.stderr


def test_another_font(make_project: MakeProject) -> None:
    root = make_project()
    with _own_fonts(root).open("ab") as file:
        file.write(b"\0")
    with pytest.raises(Problem, match="B003"):
        fonts.check(root)


def test_one_file_a_family_and_weight() -> None:
    keys = [(face.family, face.weight) for face in fonts.FACES]
    assert len(keys) == len(set(keys))


def test_every_script_has_regular_and_bold() -> None:
    for script in fonts.TYPEFACES:
        for family in fonts.TYPEFACES[script].families:
            weights = {face.weight for face in fonts.faces(script) if face.family == family}
            assert weights == {400, 700}
