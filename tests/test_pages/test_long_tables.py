"""Tables of any length side by side with their translation: they break between rows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from conftest import MakeProject, order_for

from leafpress.pdf.layout import Rendering, lay_out
from leafpress.pdf.metadata import DEFAULT, PROFILES
from leafpress.pdf.tags.reading import descend
from leafpress.press.edition import Edition
from leafpress.press.pipeline import markup_of
from leafpress.proof.layout import layout_checks

ROWS = range(1, 21)
FILLERS = 4
"""Paragraphs before the heading of the table: from one to so many, so that pages end anywhere."""


def _with_rows(root: Path, rows: int) -> None:
    """Give the leaflet a heading and a table of so many rows."""
    file = root / "leaflets" / "case.yaml"
    leaflet = yaml.safe_load(file.read_text(encoding="utf-8"))
    text = "A paragraph of several lines, so that the page fills up before the table comes. " * 2
    fillers = [{"kind": "paragraph", "text": text.strip()}] * (1 + rows % FILLERS)
    row = ["Numb hands or clumsy legs", "Your GP or a pharmacist, who know your medicines", "Soon"]
    table = {"kind": "table", "caption": "Who to ask", "columns": ["Notice", "Ask", "How soon"]}
    heading = {"kind": "heading", "level": 3, "text": "Who to ask, and when"}
    blocks = [*fillers, heading, table | {"rows": [row] * rows}, *fillers[:1]]
    leaflet["sections"][0]["blocks"] = [*blocks, {"kind": "sources"}]
    file.write_text(json.dumps(leaflet, default=str), encoding="utf-8")


def _laid_out(root: Path, format_: str) -> Rendering:
    edition = Edition("case", "ar-XB", format_)
    return lay_out(markup_of(edition, order_for(root)), PROFILES[DEFAULT], edition.place)


def _heads_and_rows(rendering: Rendering) -> list[tuple[int, int]]:
    """How many heads of tables, and rows below them, stand on each page."""
    counts = []
    for page in rendering.document.pages:
        boxes = list(descend(page._page_box))
        groups = [each for each in boxes if type(each).__name__ == "TableRowGroupBox"]
        of_tables = [each for each in groups if each.element.tag in {"thead", "tbody"}]
        heads = sum(each.is_header for each in of_tables)
        rows = sum(len(each.children) for each in of_tables if not each.is_header)
        counts.append((heads, rows))
    return counts


@pytest.mark.parametrize("format_", ["bilingual", "bilingual-turns"])
@pytest.mark.parametrize("rows", ROWS)
def test_a_pair_of_tables_breaks_between_rows(
    rows: int, format_: str, make_project: MakeProject
) -> None:
    root = make_project()
    _with_rows(root, rows)
    rendering = _laid_out(root, format_)
    wrong = [each.rule for each in layout_checks.check(rendering) if each.rule != "P012"]
    assert wrong == []
    counts = _heads_and_rows(rendering)
    assert sum(drawn for _, drawn in counts) == 2 * rows
    assert all(heads for heads, drawn in counts if drawn)
    if format_ == "bilingual":
        assert {heads for heads, _ in counts} <= {0, 2}
