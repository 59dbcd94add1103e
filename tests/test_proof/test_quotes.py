"""Right-to-left phrases in other lines, which readers turn: what counts as the same, what not."""

from __future__ import annotations

import pytest
from conftest import MakeProject, order_for

from leafpress.press.edition import Edition
from leafpress.press.pipeline import build, markup_of
from leafpress.proof.text.text_extraction import (
    READERS,
    ExtractedText,
    _between,
    compare,
    holds_quote,
)

WORDS = "Say سلام، 5 mg لیں now."


@pytest.mark.parametrize(
    ("read", "same"),
    [
        ("… Say لیں 5 mg ،سلام now. More", True),
        ("… Say لیں5 mg سلام، now. More", True),
        ("… Say سلام، لیں now. More", False),  # the dose is lost
        ("… Say سلام، 6 mg لیں now. More", False),
        ("… Says سلام، 5 mg لیں now. More", False),
        ("", False),
    ],
)
def test_letters_count_and_order_does_not(read: str, *, same: bool) -> None:
    assert holds_quote(WORDS, read) is same


def test_lines_without_a_phrase_are_compared_as_they_are() -> None:
    assert not holds_quote("Say now.", "Say now.")
    assert not holds_quote("سلام", "مالس")


def test_a_page_with_phrases_of_two_languages(make_project: MakeProject) -> None:
    """They bring their fonts, and both readers find every letter."""
    root = make_project()
    leaflet = root / "leaflets" / "case.yaml"
    phrases = '"Say [سلام، 5 mg (دوا) لیں۔]{lang=ur} or **[কেমন আছেন]{lang=bn}** now."'
    leaflet.write_text(leaflet.read_text().replace("Some words.", phrases), encoding="utf-8")
    edition, order = Edition("case", "en-GB", "a4"), order_for(root)
    assert build(edition, order, None).findings == ()
    html = markup_of(edition, order).html
    wrong = [compare(reader, root / "out" / edition.output, html).wrong for reader in READERS]
    assert wrong == [0, 0]


def test_a_sign_may_be_cut_where_its_box_goes_on() -> None:
    """The head of the box is drawn again between its two pieces."""
    head = "Call 999 now for an ambulance"
    html = (
        f'<html><div><div class="band">{head}</div><ul><li>One arm is cold.</li></ul></div></html>'
    )
    pages = (f"{head} One arm is Page 1 of 2", f"{head} cold.")
    assert ExtractedText(pages, _between(html)).holds("One arm is cold.")
    assert not ExtractedText(pages, _between("<html></html>")).holds("One arm is cold.")
