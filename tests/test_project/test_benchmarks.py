"""The one table of `python -m benchmarks`: ratios are of pairs, and what is not there is said."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from benchmarks import sides
from benchmarks.__main__ import GROUPS, Row, _notes, _table
from benchmarks.sides import Answer, Side

OURS, OLD, ABSENT = Side("ours"), Side("old"), Side("Typst", lacking="typst is not installed")
EVERY = (OURS, OLD, ABSENT)


def _times(*values: float) -> list[Answer]:
    return [{"ms": value} for value in values]


CELLS: dict[str, tuple[dict[str, list[Answer]], str]] = {
    "the first has no ratio": ({"ours": _times(3, 1, 2)}, "2.0"),
    "nothing of the kind": ({"ours": [{}]}, "–"),
    "nobody asked": ({}, "–"),
    "thousands": ({"ours": _times(1234.6)}, "1,235"),
    "size and pages": ({"ours": [{"ms": 7.0, "bytes": 64_900, "pages": 6}]}, "7.0, 65 kB, 6 p."),
}


@pytest.mark.parametrize(("answers", "cell"), CELLS.values(), ids=CELLS)
def test_cells(answers: dict[str, list[Answer]], cell: str) -> None:
    assert Row("row", answers=answers).cell("ours", "ours") == cell


def test_the_ratio_is_the_middle_of_pairs() -> None:
    """One slow minute, which both had, counts once: the ratio of the middles would be 1."""
    row = Row("row", answers={"ours": _times(10, 20, 90), "old": _times(20, 10, 100)})
    assert row.cell("old", "ours") == "20 (0.90)"


def test_all_take_turns_and_the_first_time_does_not_count() -> None:
    asked: list[str] = []

    def ask(side: Side) -> Answer:
        asked.append(side.name)
        return {"ms": float(len(asked))}

    row = Row("row").add(EVERY[:2], ask, 3)
    assert asked == ["ours", "old", "ours", "old", "old", "ours", "ours", "old"]
    assert row.figures("ours") == [3.0, 6.0, 7.0]


def test_what_is_not_there_is_said() -> None:
    assert ABSENT.ask("build") == {"none": "typst is not installed"}
    rows = [Row("row", answers={"ours": _times(1), "old": [{"none": "no words"}]}), Row("empty")]
    lines = list(_table(rows, EVERY))
    assert lines[2:] == ["| row | ms | 1.0 | – | – |"]
    notes = list(_notes(rows, EVERY, argparse.Namespace(leaflet="neck-pain", rounds=1)))
    assert notes[1:] == ["Typst: not measured: typst is not installed", "row, old: no words"]


def test_version_01_is_checked_out_and_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a repository of its own: the project's has a lock that others may hold."""
    root = tmp_path / "repository"
    (root / "node_modules").mkdir(parents=True)
    git = ["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@clinic.invalid"]
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "Version"], check=True)
    monkeypatch.setattr(sides, "ROOT", root)
    monkeypatch.setattr(sides, "COMMIT", "HEAD")
    with sides._worktree(tmp_path / "old") as place:
        assert place == tmp_path / "old"
        assert (place / "node_modules").is_dir()
    assert not (tmp_path / "old").exists()
    listed = subprocess.check_output([*git, "worktree", "list"], text=True)
    assert len(listed.splitlines()) == 1
    monkeypatch.setattr(sides, "COMMIT", "c0ffee")
    with sides._worktree(tmp_path / "old") as place:
        assert place is None


def test_rows_that_there_are_not() -> None:
    command = [sys.executable, "-m", "benchmarks", "--rows", "warm,nonsense"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "there are no rows called nonsense" in done.stderr
    assert set(GROUPS) == {"warm", "layout", "cold", "join", "set"}
