"""Large letters, reading views, names for who listens, dark pages, paper: in a real browser."""

from __future__ import annotations

import base64
import io
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from browser import AAA, PAGES, Browser
from conftest import ROOT, order_for

from leafpress.pages import render
from leafpress.press.edition import Edition
from leafpress.press.pipeline import markup_of
from leafpress.translation.language import LANGUAGES, Language
from leafpress.web.page import write_page

ENGLISH, URDU = "en-GB/back-pain-web.html", "ur/back-pain-web.html"
NARROW = (320, 360, 375)
"""CSS pixels: small telephones."""

CUT = "td .call, .call { white-space: nowrap !important; max-inline-size: none !important }"
READABILITY = ROOT / "node_modules" / "@mozilla" / "readability"
VALIDATOR = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
RULES = ROOT / "tests" / "test_web" / "html-validate.json"
"""Off: roles that narrow tables need, though browsers that show them wide know them; numbers
with plain blanks, which go on in the next line; titles of 70 letters, which search engines cut."""


@pytest.fixture
def large_letters(browser: Browser) -> Iterator[None]:
    """Letters of 200 % in the browser's settings, which zoom does not touch (WCAG 2.2, 1.4.4)."""
    browser.ask("Page.setFontSizes", fontSizes={"standard": 32})
    yield
    browser.ask("Page.setFontSizes", fontSizes={"standard": 16})


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("large_letters")
def test_no_number_is_cut_in_large_letters(page: str, web: Path, browser: Browser) -> None:
    for width in NARROW:
        browser.open(web / page, width)
        assert browser.run("return getComputedStyle(document.documentElement).fontSize") >= "36px"
        assert browser.run("return measure.lost()") == [], width


@pytest.mark.usefixtures("large_letters")
def test_a_number_that_is_cut_is_noticed(web: Path, browser: Browser) -> None:
    browser.open(web / ENGLISH, 320)
    browser.run(
        "document.head.append(Object.assign(document.createElement('style'),"
        " {textContent: arguments[0]}))",
        CUT,
    )
    assert browser.run("return measure.lost()")


@pytest.mark.parametrize("page", PAGES)
def test_letters_as_large_as_the_telephone_says(page: str, web: Path, browser: Browser) -> None:
    size = "return parseFloat(getComputedStyle(document.documentElement).fontSize)"
    browser.open(web / page, 375)
    usual = browser.run(size)
    browser.ask("Emulation.setEmulatedOSTextScale", scale=2)
    browser.open(web / page, 375)
    scaled, lost = browser.run(size), browser.run("return measure.lost()")
    browser.ask("Emulation.setEmulatedOSTextScale")
    assert scaled == pytest.approx(2 * usual)
    assert lost == []


@pytest.mark.parametrize("page", PAGES)
def test_every_emergency_box_has_a_button(page: str, web: Path, browser: Browser) -> None:
    """48 px high and as wide as the box on a telephone."""
    browser.open(web / page, 375)
    boxes = browser.run("""
        return [...document.querySelectorAll(".emergency")].map(box =>
          [...box.querySelectorAll("a.button")].map(button => [button.getAttribute("href"),
            button.getBoundingClientRect().height, button.offsetWidth / box.clientWidth]));
    """)
    assert len(boxes) >= 2
    for buttons in boxes:
        assert buttons
        for address, height, share in buttons:
            assert address.startswith("tel:")
            assert height >= 48
            assert share > 0.8


@pytest.mark.parametrize("page", PAGES)
def test_reading_views_take_the_page_whole(page: str, web: Path, browser: Browser) -> None:
    """What Firefox asks before it offers its reading view, and what it shows then."""
    browser.open(web / page)
    browser.run(
        (READABILITY / "Readability-readerable.js").read_text()
        + (READABILITY / "Readability.js").read_text()
        + "; window.readerable = isProbablyReaderable; window.Reader = Readability;"
    )
    assert browser.run("return readerable(document)")
    assert browser.run("return measure.unread(Reader)") == []


@pytest.mark.parametrize("page", PAGES)
def test_tables_and_figures_have_names(page: str, web: Path, browser: Browser) -> None:
    browser.open(web / page, 320)
    nodes = browser.ask("Accessibility.getFullAXTree")["nodes"]
    named = [node for node in nodes if _of(node, "role") in ("table", "figure")]
    assert len(named) >= (0 if "easy-read" in page else 2)
    assert [node for node in named if not _of(node, "name")] == []


def _of(node: dict[str, Any], name: str) -> str:
    return str(node.get(name, {}).get("value", ""))


def _validated(*files: Path) -> list[str]:
    command = ["node", VALIDATOR, "-c", RULES, "-f", "text", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.splitlines()


def test_html_as_a_validator_wants_it(web: Path, tmp_path: Path) -> None:
    assert _validated(*(web / page for page in PAGES)) == []
    broken = tmp_path / "broken.html"
    page = (web / ENGLISH).read_text()
    broken.write_text(page.replace("<figcaption", "<div><figcaption").replace("<h2", "<h9", 1))
    assert _validated(broken)


@pytest.mark.parametrize("page", [ENGLISH, URDU, "ur/back-pain-web-easy-read.html"])
def test_drawings_follow_a_dark_page(page: str, web: Path, browser: Browser) -> None:
    shown = "return [...document.querySelectorAll('picture > img')].map(each => each.currentSrc)"
    browser.open(web / page)
    light = browser.run(shown)
    browser.open(web / page, prefers_color_scheme="dark")
    dark = browser.run(shown)
    assert light
    assert not set(light) & set(dark)


def test_digits_are_of_one_design(web: Path, browser: Browser) -> None:
    for page in (URDU, "bn/back-pain-web-bilingual.html"):
        browser.open(web / page)
        browser.run("document.body.innerHTML = '<p>0123456789</p><h1>999</h1>'")
        families = {font["familyName"] for font in browser.fonts()}
        assert {name.partition(" Next")[0] for name in families} == {"Atkinson Hyperlegible"}


@pytest.mark.parametrize("page", [ENGLISH, URDU, "bn/back-pain-web-bilingual.html"])
def test_nothing_is_cut_on_paper(page: str, web: Path, browser: Browser) -> None:
    """The numbers of a list of sources stand inside the margins; a box closes where a page ends."""
    browser.open(web / page)
    printed = base64.b64decode(browser.ask("Page.printToPDF", preferCSSPageSize=True)["data"])
    margin = 18 / 25.4 * 72 - 2  # points; letters may reach a little beyond their width
    with pypdfium2.PdfDocument(io.BytesIO(printed)) as pdf:
        boxes = [_edges(page) for page in pdf]
        width = pdf[0].get_width()
    assert min(left for left, _ in boxes) >= margin
    assert max(right for _, right in boxes) <= width - margin
    browser.ask("Emulation.setEmulatedMedia", media="print")
    style = "getComputedStyle(document.querySelector('.emergency'))"
    broken = browser.run(f"return {style}.webkitBoxDecorationBreak || {style}.boxDecorationBreak")
    assert broken == "clone"


def _edges(page: pypdfium2.PdfPage) -> tuple[float, float]:
    """How far to the left and to the right letters stand, in points."""
    text = page.get_textpage()
    letters = [place for place, letter in enumerate(text.get_text_range()) if not letter.isspace()]
    places = [text.get_charbox(index) for index in letters]
    return min(place[0] for place in places), max(place[2] for place in places)


def test_lines_to_write_on_are_for_paper(web: Path, browser: Browser) -> None:
    page = web / "en-XA/cannabis-medicines-web.html"
    shown = """return [...document.querySelectorAll(".lines, .diary, .to-print")].map(
        each => [each.className, each.checkVisibility()])"""
    browser.open(page)
    on_screen = browser.run(shown)
    assert on_screen
    assert all(visible == (name == "to-print") for name, visible in on_screen)
    browser.ask("Emulation.setEmulatedMedia", media="print")
    assert all(visible != (name == "to-print") for name, visible in browser.run(shown))


def _languages(*_asked: object) -> tuple[Language, ...]:
    """33 of them, in all scripts that we have fonts for."""
    return tuple(LANGUAGES.values())[:33]


def test_many_languages_in_a_row(
    web: Path, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What to do in an emergency stays on the first screen of a small telephone."""
    monkeypatch.setattr(render, "siblings", _languages)
    page = tmp_path / "many.html"
    page.write_bytes(write_page(markup_of(Edition("back-pain", "en-GB", "web"), order_for(ROOT))))
    browser.open(page, 320)
    assert browser.run("return document.querySelectorAll('.languages a').length") == 33
    assert (
        browser.run("return document.querySelector('.emergency').getBoundingClientRect().top") < 800
    )
    browser.run("document.querySelector('.languages details').open = true")
    assert browser.run("return measure.lost()") == []
    assert browser.axe(tags=AAA) == ({}, {})


@pytest.mark.parametrize("page", PAGES)
def test_words_stay_where_they_are(page: str, web: Path, browser: Browser) -> None:
    """Cumulative layout shift while a page loads: 0.1 is good (Web Vitals)."""
    browser.open(web / page, 375)
    assert browser.run("return measure.moved()") <= (0.05 if page == ENGLISH else 0.1)


def test_nastaliq_can_be_searched(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a browser's page; in a PDF that a browser shows it often cannot."""
    nastaliq = replace(LANGUAGES["ur"], script="nastaliq")
    monkeypatch.setattr("leafpress.press.pipeline.typeset", lambda *_asked: nastaliq)
    page = tmp_path / "nastaliq.html"
    page.write_bytes(write_page(markup_of(Edition("back-pain", "ur", "web"), order_for(ROOT))))
    browser.open(page, 320)
    families = {font["familyName"] for font in browser.fonts()}
    assert any("Nastaliq" in name for name in families)
    assert browser.run("return measure.lost()") == []
    assert browser.run("return measure.unfound(/[\\u0600-\\u06ff]+/g)") == []
