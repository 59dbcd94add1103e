"""Web pages in a real browser: what readers see, hear, press and print."""

from __future__ import annotations

import base64
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from browser import AAA, CONTRAST, LANGUAGES, PAGES, Browser
from conftest import ROOT

from leafpress.content.project import Project
from leafpress.library.copy_status import CopyPage, CopyStatus
from leafpress.library.current import CopyWriter
from leafpress.pages import fonts
from leafpress.press.edition import Withdrawal
from leafpress.press.issued import IssuedCopy

MODES: dict[str, dict[str, str]] = {
    "dark": {"prefers_color_scheme": "dark"},
    "more contrast": {"prefers_contrast": "more"},
    "dark, more contrast": {"prefers_color_scheme": "dark", "prefers_contrast": "more"},
    "colours of the system": {"forced_colors": "active", "prefers_color_scheme": "dark"},
}
SPACED = """
const sheet = new CSSStyleSheet();
sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important } p { margin-block-end: 2em !important }`);
document.adoptedStyleSheets = [sheet];
"""
"""WCAG 2.2, 1.4.12. A bookmarklet would do the same."""

RIGHT_TO_LEFT = ("ur", "ar-XB")


def back_pain(tag: str) -> str:
    return f"{tag}/back-pain-web.html"


@pytest.mark.parametrize("page", PAGES)
def test_no_barrier_that_axe_knows(page: str, web: Path, browser: Browser) -> None:
    for width in (1280, 320):
        browser.open(web / page, width)
        assert browser.axe(tags=AAA) == ({}, {})


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_page_for_staff(mode: str, web: Path, browser: Browser) -> None:
    for width in (1280, 320):
        browser.open(web / "index.html", width, prefers_color_scheme=mode)
        assert browser.axe() == ({}, {})
        assert browser.run("return measure.lost()") == []
        assert browser.run("return measure.collisions()") == []
    links = browser.run("return [...document.querySelectorAll('main a')].map(a => a.href)")
    filters = (web / "index.html").as_uri() + "#"
    assert {link for link in links if not link.startswith(filters)} == {
        (web / page).as_uri() for page in PAGES
    }


@pytest.mark.parametrize("mode", MODES)
def test_contrast_in_every_mode(mode: str, web: Path, browser: Browser) -> None:
    for page in (back_pain("en-GB"), back_pain("ur"), PAGES[-1]):
        browser.open(web / page, **MODES[mode])
        assert browser.axe(CONTRAST) == ({}, {}), page


def test_axe_finds_what_is_wrong(web: Path, browser: Browser) -> None:
    browser.open(web / back_pain("en-GB"))
    browser.run("""
        document.querySelector("main img").removeAttribute("alt");
        document.querySelector(".part .inside p").style.color = "#7a7a7a";
        document.querySelector(".part a").textContent = "";
        document.documentElement.removeAttribute("lang");
    """)
    found, _ = browser.axe()
    assert {"image-alt", "color-contrast-enhanced", "link-name", "html-has-lang"} <= found.keys()


@pytest.mark.parametrize("page", PAGES)
def test_every_link_by_keyboard(page: str, web: Path, browser: Browser) -> None:
    browser.open(web / page)
    every = "[...document.querySelectorAll('a')].filter(each => each.checkVisibility())"
    links = browser.run(f"return {every}.map(each => each.getAttribute('href'))")
    assert len(links) > 20
    walked = []
    for _ in links:
        browser.press("Tab")
        focus = browser.run("return measure.focus()")
        walked.append(focus["href"])
        assert focus["style"] == "solid", focus
        assert focus["width"] >= 2, focus
        assert contrast(focus["colour"], focus["paper"]) >= 3, focus
        assert focus["seen"], focus
    assert walked == links


def contrast(*colours: str) -> float:
    """The contrast of two colours as Chromium writes them (WCAG 2.2, relative luminance)."""
    light, dark = sorted(map(luminance, colours), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_skip_link(tag: str, web: Path, browser: Browser) -> None:
    browser.open(web / back_pain(tag))
    browser.press("Tab")
    assert browser.run("return measure.focus()")["href"] == "#main-text"
    browser.press("Enter")
    assert browser.run("return document.activeElement.id") == "main-text"
    browser.press("Tab")
    assert browser.run("return document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_lost_at_any_width(page: str, web: Path, browser: Browser) -> None:
    """320 px is a small telephone, and a window of 1280 px at 400 % (WCAG 2.2, 1.4.10)."""
    for width in (320, 768, 1280):
        browser.open(web / page, width)
        for spaced in (False, True):
            if spaced:
                browser.run(SPACED)
            assert len(browser.run("return measure.lines()")) > 100
            assert browser.run("return measure.lost()") == [], (width, spaced)
            assert browser.run("return measure.collisions()") == [], (width, spaced)


def test_what_is_lost_is_noticed(web: Path, browser: Browser) -> None:
    browser.open(web / back_pain("en-GB"), 320)
    browser.run("""
        const [first, second] = document.querySelectorAll("main p");
        first.style.whiteSpace = "nowrap";
        second.style.marginTop = "-2.5em";
    """)
    assert browser.run("return measure.lost()")
    assert browser.run("return measure.collisions()")


@pytest.mark.parametrize("page", PAGES)
def test_only_our_own_fonts(page: str, web: Path, browser: Browser) -> None:
    browser.open(web / page, 320)
    fonts = list(browser.fonts())
    assert sum(font["glyphCount"] for font in fonts) > 1000
    assert [font["familyName"] for font in fonts if not font["isCustomFont"]] == []


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_asked_for(page: str, web: Path, browser: Browser) -> None:
    list(browser.asked_for())
    browser.open(web / page)
    asked = [address for address in browser.asked_for() if not address.startswith("data:")]
    assert asked == [(web / page).as_uri()]


@pytest.mark.parametrize("page", PAGES)
def test_what_to_do_in_an_emergency_comes_first_on_a_telephone(
    page: str, web: Path, browser: Browser
) -> None:
    """Above it the list of what is on the page takes one row, until somebody opens it."""
    browser.open(web / page, 360)
    tops = browser.run("""
        return [".contents", ".emergency.now", ".emergency:not(.now)"]
            .map(each => document.querySelector(each).getBoundingClientRect().top);
    """)
    assert tops == sorted(tops)
    assert tops[1] < (830 if "en-XA" in page else 800)  # en-XA is half as long again
    height = "return document.querySelector('.contents').getBoundingClientRect().height"
    assert 44 <= browser.run(height) <= 64
    browser.run("document.querySelector('.contents details').open = true")
    assert browser.run(height) > 300
    assert browser.run("return measure.collisions()") == []


@pytest.mark.parametrize("tag", RIGHT_TO_LEFT)
def test_right_to_left_is_the_mirror_image(tag: str, web: Path, browser: Browser) -> None:
    there, here = _starts(tag, web, browser), _starts("en-GB", web, browser)
    for places in (there, here):
        assert places["contents"] < 1280 / 4 < places["part"]
        assert places["h1"] == places["warning"] == places["part"]
        assert places["logo"] <= places["contents"]
    sides = "const s = getComputedStyle(document.querySelector('.warning')); return %s"
    thick = "[parseFloat(s.borderLeftWidth), parseFloat(s.borderRightWidth)]"
    left, right = browser.run(sides % thick)
    assert left > 3 * right, "the thick side of a warning is where lines begin"
    browser.open(web / back_pain(tag))
    left, right = browser.run(sides % thick)
    assert right > 3 * left


def _starts(tag: str, web: Path, browser: Browser) -> dict[str, int]:
    """How far things begin from the side where lines begin, in pixels."""
    browser.open(web / back_pain(tag))
    boxes: dict[str, dict[str, float]] = browser.run("""
        const found = {};
        for (const each of ["nav.contents", ".part", "h1", ".warning", "img.logo"]) {
          const box = document.querySelector(each).getBoundingClientRect();
          found[each.split(".").at(-1)] = box.toJSON();
        }
        return found;
    """)
    mirrored = tag in RIGHT_TO_LEFT
    return {
        name: round(1280 - box["right"] if mirrored else box["left"]) for name, box in boxes.items()
    }


@pytest.mark.parametrize("tag", ["pl", "ur", "bn"])
def test_letters_join_as_in_the_whole_fonts(
    tag: str, web: Path, browser: Browser, tmp_path: Path
) -> None:
    """Every line is as wide as it is with the fonts from which parts were taken."""
    whole = tmp_path / "whole.html"
    whole.write_text(_with_whole_fonts((web / back_pain(tag)).read_text(encoding="utf-8")))
    widths = []
    for page in (web / back_pain(tag), whole):
        browser.open(page)
        lines = browser.run("return measure.lines()")
        widths.append([(each["text"], round(each["right"] - each["left"], 2)) for each in lines])
    assert len(widths[0]) > 200
    assert widths[0] == widths[1]


def _with_whole_fonts(page: str) -> str:
    for face in fonts.FACES:
        start = f'"{face.family}"; font-weight: {face.weight}; src: url("'
        if start in page:
            before, _, after = page.partition(start)
            data = base64.b64encode((ROOT / fonts.FOLDER / face.file).read_bytes()).decode()
            page = f'{before}{start}data:font/ttf;base64,{data}"{after.partition(chr(34))[2]}'
    assert "font/woff2" not in page
    return page


@pytest.mark.parametrize("tag", LANGUAGES)
def test_links_to_the_other_languages(tag: str, web: Path, browser: Browser) -> None:
    browser.open(web / back_pain(tag))
    links = browser.run("""return [...document.querySelectorAll("nav.languages a")].map(
        a => [a.lang, a.hreflang, a.dir, a.getAttribute("aria-current"), a.href])""")
    assert [each[0] for each in links if each[3] == "page"] == [tag]
    assert {each[0] for each in links} >= set(LANGUAGES) - {"ar-XB"}
    for lang, hreflang, direction, _, address in links:
        assert (hreflang, direction) == (lang, "rtl" if lang in RIGHT_TO_LEFT else "ltr")
        assert address == (web / back_pain(lang)).as_uri()
        assert (web / back_pain(lang)).exists()


@pytest.mark.parametrize("tag", ["en-GB", "ur"])
def test_on_paper(tag: str, web: Path, browser: Browser, tmp_path: Path) -> None:
    browser.open(web / back_pain(tag), prefers_color_scheme="dark")
    skipped = browser.run("return document.querySelector('.contents-title').textContent")
    printed = browser.ask("Page.printToPDF", preferCSSPageSize=True)["data"]
    file = tmp_path / "printed.pdf"
    file.write_bytes(base64.b64decode(printed))
    info = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout
    assert "(A4)" in info
    words = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", file, "-"], capture_output=True, text=True, check=True
    ).stdout
    assert len(words.split()) > 500
    assert "https://www.nhs.uk/conditions/back-pain/" in words
    assert skipped not in words


COPIES = [
    f"{tag}-{status}" for tag in ("en-GB", "pl", "ur", "bn") for status in ("replaced", "withdrawn")
]


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages about copies, in several languages."""
    folder = tmp_path_factory.mktemp("copies")
    writer = CopyWriter(Project.at(ROOT))
    old = IssuedCopy("2222222222", "2026-11-28", "", "a", "", "a4", "A leaflet", "1", "2026-11-01")
    gone = Withdrawal("a", "", "a4", "A leaflet", "1", "2026-12-01", "", remarks="A reason.")
    for tag in {name.rpartition("-")[0] for name in COPIES}:
        copy = replace(old, language=tag)
        newer = replace(copy, code="3333333333", since="2026-12-01")
        replaced = CopyPage(copy, CopyStatus.REPLACED, newer=newer)
        withdrawn = CopyPage(copy, CopyStatus.WITHDRAWN, withdrawal=gone)
        (folder / f"{tag}-replaced.html").write_text(writer.html(replaced), encoding="utf-8")
        (folder / f"{tag}-withdrawn.html").write_text(writer.html(withdrawn), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", COPIES)
def test_pages_about_copies(name: str, copies: Path, browser: Browser) -> None:
    for width, scheme in ((1280, "dark"), (320, "light")):
        browser.open(copies / f"{name}.html", width, prefers_color_scheme=scheme)
        assert browser.axe() == ({}, {})
        assert browser.run("return measure.lost()") == []
        assert browser.run("return measure.collisions()") == []
