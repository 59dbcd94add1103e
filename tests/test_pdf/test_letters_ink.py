"""Where letters are painted: asked of each letter only where two lines are near."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT, TODAY

from leafpress.content.root import Root
from leafpress.pdf import boxes
from leafpress.pdf.layout import Rendering, lay_out
from leafpress.pdf.metadata import PROFILES
from leafpress.pdf.text.ink import Outlines
from leafpress.press.edition import BuildOptions, Edition
from leafpress.press.pipeline import markup_of
from leafpress.proof.layout import layout_checks


@pytest.fixture(params=["en-GB", "ur"])
def rendering(request: pytest.FixtureRequest, tmp_path: Path) -> Rendering:
    edition = Edition("neck-pain", request.param, "a4")
    root = Root.at(ROOT, None)
    options = BuildOptions(root, ROOT / "clinic.yaml", tmp_path, "ua1+a2a", TODAY)
    markup = markup_of(edition, options)
    return lay_out(markup, PROFILES[options.profile], edition.place)


def test_a_line_is_painted_where_its_letters_are(rendering: Rendering) -> None:
    runs = list(boxes.runs(boxes.seen(rendering)))
    assert len(runs) > 300
    for run in runs:
        letters, around = run.ink.letters, run.ink.around
        assert bool(letters) == bool(around), run.text
        if around:
            lefts, tops, rights, bottoms = zip(*letters, strict=True)
            edges = min(lefts), min(tops), max(rights), max(bottoms)
            assert around == pytest.approx(edges, abs=0.001), run.text


def test_letters_of_few_lines_are_asked_for(
    rendering: Rendering, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    letters = Outlines.letters

    def counted(outlines, box):  # type: ignore[no-untyped-def]
        asked.append(box.text)
        return letters(outlines, box)

    monkeypatch.setattr(Outlines, "letters", counted)
    layout_checks.check(rendering)
    lines = len(list(boxes.runs(boxes.seen(rendering))))
    most = {"en-GB": 0.1, "ur": 0.9}[rendering.markup.language.tag]  # Urdu's lines reach far
    assert len(asked) <= most * lines, (len(asked), lines)
