"""A red box says once whom to call: its title, or the line below it."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import MakeProject, order_for
from lxml import html

from leafpress.press.edition import Edition
from leafpress.press.pipeline import markup_of

BOTH = "Call {999} or go to {a-and-e} now"


@pytest.fixture
def root(make_project: MakeProject) -> Path:
    """Boxes whose titles say how soon."""
    root: Path = make_project("kinds.yaml")
    _change(root, "        how_soon: Now.\n", "")
    return root


def _change(root: Path, old: str, new: str) -> None:
    path = root / "leaflets" / "case.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def _bands(root: Path, format_: str = "a4") -> list[tuple[str, int]]:
    """(words of the head, places that say whom to call) of each box."""
    page = html.document_fromstring(
        markup_of(Edition("case", "en-GB", format_), order_for(root)).html
    )
    return [
        (" ".join(band.text_content().split()), len(band.find_class("says-whom")))
        for band in page.find_class("band")
    ]


def test_a_title_with_every_number_says_it_alone(root: Path) -> None:
    assert _bands(root) == [("Call 999 or go to A&E now", 1), ("Call 999 now", 1)]


def test_a_number_that_no_title_names_stands_below_it(root: Path) -> None:
    _change(root, BOTH, "Get help now")
    assert _bands(root)[0] == ("Get help now Who to call: Emergency services 999. Or go to A&E.", 1)


def test_a_place_that_no_title_names_stands_below_it(root: Path) -> None:
    _change(root, BOTH, "Call {999} now")
    assert _bands(root)[0] == ("Call 999 now Who to call: Emergency services 999. Or go to A&E.", 1)


def test_a_web_page_keeps_its_buttons(root: Path) -> None:
    assert _bands(root, "web") == [
        ("Call 999 or go to A&E now Call 999 Or go to A&E.", 1),
        ("Call 999 now Call 999", 1),
    ]
