"""A bug of ours is never told to a clinic as damage of its letter: it comes out as what it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from test_joining.small import letter, saved

from leafpress.cli.main import main
from leafpress.findings import ExitCode, Problem
from leafpress.joining.join import join
from leafpress.pdf_objects import Excess, WrongShape

STAGES = (
    "input_checks.open_bounded",
    "gather.document_facts",
    "gather.survey",
    "annotations.PageContents.sort",
    "structure_tree.TreeWalk.follow",
    "marked_content.shown",
    "parent_tree.ParentTree.number",
    "navigation.Destinations.pairs",
    "navigation.Bookmarks.topmost",
    "navigation.page_labels",
    "actions.ActionCleaner.clean_annotations",
    "acroform.input_form",
    "output_intents.digest",
    "join.assemble",
)
"""The way of a letter, from its bytes to the joined file."""

BUGS = (AttributeError, TypeError, KeyError, IndexError, ValueError, ZeroDivisionError, OSError)


def _raise(monkeypatch: pytest.MonkeyPatch, stage: str, error: Exception) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(f"leafpress.joining.{stage}", broken)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.__name__)
def test_it_comes_out(stage: str, bug: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(letter())
    _raise(monkeypatch, stage, bug("a bug of ours"))
    with pytest.raises(bug, match="a bug of ours"):
        join(data, "letter.pdf", [])


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize(
    ("error", "rule"),
    [
        (WrongShape("it is odd"), "E006"),
        (pikepdf.PdfError("it is odd"), "E006"),
        (Excess("it is odd"), "E011"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_the_file_is_to_blame_for_is_said(
    stage: str, error: Exception, rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = saved(letter())
    _raise(monkeypatch, stage, error)
    with pytest.raises(Problem) as caught:
        join(data, "letter.pdf", [])
    assert [finding.rule for finding in caught.value.findings] == [rule]
    assert "it is odd" in caught.value.findings[0].sentence


def test_exit_code_of_a_bug(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("letter.pdf", "leaflet.pdf"):
        (tmp_path / name).write_bytes(saved(letter()))
    monkeypatch.chdir(tmp_path)
    _raise(monkeypatch, "navigation.page_labels", AttributeError("a bug of ours"))
    code = main(tmp_path, ["join", "letter.pdf", "leaflet.pdf", "-o", "joined.pdf"])
    assert code == ExitCode.OUR_BUG
    assert "B008" in capsys.readouterr().err
    assert not (tmp_path / "joined.pdf").exists()
