"""Right-to-left phrases in other lines, which readers turn: what counts as the same, what not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from conftest import MakeProject, order_for
from urdu import write_urdu

from leafpress.press.edition import Edition
from leafpress.press.pipeline import build, markup_of
from leafpress.proof.text.pdf_readers import READERS
from leafpress.proof.text.text_extraction import (
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


PHRASES = {
    "ur": ("سلام", "Vazirmatn"),
    "bn": ("কেমন আছেন", "Noto-Sans-Bengali"),
    "zh-Hans": ("你好", "Noto-Sans-SC"),
    "zh-Hant": ("謝謝", "Noto-Sans-TC"),
    "ar": ("مَرْحَبًا", "Amiri"),
    "pa": ("ਸਤ ਸ੍ਰੀ ਅਕਾਲ", "Noto-Sans-Gurmukhi"),
    "ti": ("የቐንየለይ", "Noto-Sans-Ethiopic"),
    "vi": ("Cảm ơn", "Noto-Sans"),
}
"""A greeting or thanks in some of our languages, and the font that draws it."""


@pytest.mark.parametrize("tag", ["en-GB", "ur"])
def test_a_phrase_brings_the_font_of_its_language(tag: str, make_project: MakeProject) -> None:
    """In a page of any other language; an Arabic phrase in Urdu is not drawn as Urdu."""
    root = make_project()
    phrases = [f"[{words}]{{lang={quoted}}}" for quoted, (words, _) in PHRASES.items()]
    english = f"Say {', '.join(phrases)}."
    write_urdu(root, {"Some words.": english}, {"Some words.": f"{'، '.join(phrases)} لیں۔"})
    edition, order = Edition("case", tag, "a4"), order_for(root)
    outcome = build(edition, order, None)
    assert [str(found) for found in outcome.findings] == []
    assert {font for _, font in PHRASES.values()} <= set(_fonts(root / "out" / edition.output))
    markup = markup_of(replace(edition, format="web"), order)
    styles = "".join(style.text for style in markup.styles)
    assert ':root span[lang="ar"] { font-family: "Amiri", ' in styles
    assert ':root span[lang="zh-Hant"] { font-family: "Noto Sans TC", ' in styles
    assert {"fonts/Amiri_400Regular.ttf", "fonts/NotoSansTC_400Regular.ttf"} <= set(
        markup.resources
    )


def _fonts(path: Path) -> Iterator[str]:
    """The families that a PDF draws with."""
    with pikepdf.open(path) as pdf:
        for font in (own for own in pdf.objects if isinstance(own, pikepdf.Dictionary)):
            if font.get("/Type") == "/FontDescriptor":
                name = str(font.FontName).rpartition("+")[2]
                yield name


def test_a_sign_may_be_cut_where_its_box_goes_on() -> None:
    """The head of the box is drawn again between its two pieces."""
    head = "Call 999 now for an ambulance"
    html = (
        f'<html><div><div class="band">{head}</div><ul><li>One arm is cold.</li></ul></div></html>'
    )
    pages = (f"{head} One arm is Page 1 of 2", f"{head} cold.")
    assert ExtractedText(pages, _between(html)).holds("One arm is cold.")
    assert not ExtractedText(pages, _between("<html></html>")).holds("One arm is cold.")


def test_an_address_may_be_cut_by_the_end_of_a_page() -> None:
    """In Tamil it was, and all of it was counted as read otherwise."""
    pages = ("For trips see www.gov.uk/ Page 30 of 37", "A title travel-now.")
    words = "For trips see www.gov.uk/travel-now."
    assert ExtractedText(pages, 40).holds(words)
    assert not ExtractedText(pages, 40).holds(words.replace("trips", "trip"))
    assert not ExtractedText(pages[:1], 40).holds(words)
