"""Lists of more than nine: room for each figure of their numbers, and one stop after a title."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import MakeProject, order_for

from leafpress.press.edition import Edition
from leafpress.press.pipeline import build

SOURCE = (
    "  - {id: a, title: A source, publisher: A publisher, "
    'address: https://a.example/page, date: "2026"}\n'
)


def _long(root: Path, number: int) -> None:
    """Give the leaflet so many steps, notes and sources."""
    path = root / "leaflets" / "case.yaml"
    numbers = range(1, number + 1)
    sources = "".join(
        SOURCE.replace("id: a", f"id: a{n}").replace("page", f"p{n}") for n in numbers
    )
    steps = "".join(f'          - "Step [{n}](#n{n})"\n' for n in numbers)
    notes = "".join(f"          - {{id: n{n}, text: A note.}}\n" for n in numbers)
    named = ", ".join(f"a{n}" for n in numbers)
    leaflet = path.read_text(encoding="utf-8").replace(SOURCE, sources)
    leaflet = leaflet.replace("sources: [a]", f"sources: [{named}]")
    blocks = (
        f"      - kind: steps\n        items:\n{steps}      - kind: notes\n        items:\n{notes}"
    )
    path.write_text(leaflet.replace("      - kind: sources", f"{blocks}      - kind: sources"))


@pytest.mark.parametrize(
    ("number", "format_", "language"),
    [
        (10, "a4", "en-GB"),
        (10, "booklet", "ar-XB"),
        (100, "a4", "ar-XB"),
        (100, "large-print-24", "en-GB"),
    ],
)
def test_numbers_stand_inside_the_page(
    number: int, format_: str, language: str, make_project: MakeProject
) -> None:
    root = make_project()
    _long(root, number)
    found = build(Edition("case", language, format_), order_for(root), None).findings
    assert {finding.rule for finding in found} <= {"P011", "L113"}  # many pages, and long lists


@pytest.mark.parametrize(
    ("title", "publisher", "printed"),
    [
        ("Why does it hurt?", "A clinic", "Why does it hurt? A clinic, 2026."),
        ("A source.", "A clinic", "A source. A clinic, 2026."),
        ("A source", "A clinic", "A source. A clinic, 2026."),
    ],
)
def test_one_stop_after_a_title(
    title: str, publisher: str, printed: str, make_project: MakeProject
) -> None:
    root = make_project()
    leaflet = root / "leaflets" / "case.yaml"
    words = leaflet.read_text().replace("title: A source", f"title: '{title}'")
    leaflet.write_text(words.replace("publisher: A publisher", f"publisher: '{publisher}'"))
    build(Edition("case", "en-GB", "text"), order_for(root), None)
    assert printed in (root / "out" / "en-GB" / "case-text.txt").read_text()
