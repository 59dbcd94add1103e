"""The receptionist's tasks with real presses: of keys, of a mouse, of a finger, and on paper.

What these press is pressed where it stands: were it covered, out of sight or too small, the press
would go to something else.
"""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from browser import Browser

WAYS = {"mouse": 1280, "touch": 375}
"""How it is pressed, and the width of the window in which people do so."""

ROWS = """return [...document.querySelectorAll('tbody[data-words]')]
  .filter(row => row.checkVisibility()).map(row => row.id);"""

PLACE = """
const element = document.querySelector(arguments[0]);
element.scrollIntoView({block: "center"});
const box = element.getClientRects()[0];
return {x: box.x + box.width / 2, y: box.y + box.height / 2};
"""

WATCH = """
window.pressed = [];
addEventListener("click", event => {
  const link = event.target.closest("a[href$='.pdf'], a[href$='.html'], a[href$='.csv']");
  if (link) { event.preventDefault(); window.pressed.push(link.getAttribute("href")); }
});
navigator.clipboard.writeText = words => { window.copied = words; };
"""

DRAFTS = ["not-yet-cannabis-medicines-en-GB", "not-yet-cannabis-medicines-pl"]
BACK = [f"back-pain-{tag}" for tag in ("ur", "en-GB", "cy", "pl", "bn")]


def _open(browser: Browser, page: Path, way: str = "mouse") -> None:
    browser.ask("Emulation.setTouchEmulationEnabled", enabled=way == "touch")
    browser.open(page, WAYS[way])
    browser.run(WATCH)


def _press(browser: Browser, way: str, selector: str) -> None:
    place = browser.run(PLACE, selector)
    if way == "touch":
        browser.ask("Input.dispatchTouchEvent", type="touchStart", touchPoints=[place])
        browser.ask("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
    else:
        for kind in ("mousePressed", "mouseReleased"):
            event = {"type": kind, "button": "left", "clickCount": 1}
            browser.ask("Input.dispatchMouseEvent", **place, **event)
    browser.run("return new Promise(done => setTimeout(done, 80))")


def _type(browser: Browser, letters: str) -> None:
    """Keys one by one, as a list of choices hears them."""
    for letter in letters:
        browser.ask("Input.dispatchKeyEvent", type="keyDown", key=letter, text=letter)
        browser.ask("Input.dispatchKeyEvent", type="keyUp", key=letter)


def _shown(browser: Browser) -> list[str]:
    return list(browser.run(ROWS))


@pytest.mark.parametrize("way", WAYS)
def test_find_and_open(way: str, library: Path, browser: Browser) -> None:
    _open(browser, library / "index.html", way)
    _press(browser, way, "#q")
    browser.ask("Input.insertText", text="sciatica")
    assert _shown(browser) == BACK
    _press(browser, way, "#back-pain-ur a[href$='large-print-24.pdf']")
    assert browser.run("return window.pressed") == ["ur/back-pain-large-print-24.pdf"]
    _press(browser, way, "#clear")
    assert len(_shown(browser)) == 12


@pytest.mark.parametrize("way", WAYS)
def test_what_is_a_draft(way: str, library: Path, browser: Browser) -> None:
    _open(browser, library / "index.html", way)
    _press(browser, way, ".counts a[href='#state=draft']")
    assert _shown(browser) == DRAFTS


@pytest.mark.parametrize("way", WAYS)
def test_give_it(way: str, library: Path, browser: Browser) -> None:
    _open(browser, library / "index.html", way)
    _press(browser, way, "#neck-pain-ur summary")
    assert browser.run("return document.querySelector('#neck-pain-ur details').open")
    _press(browser, way, "#neck-pain-ur li:nth-of-type(3) button")
    assert browser.run("return window.copied").startswith("Neck pain: what to do, version 0.2 of")
    assert browser.run("return document.documentElement.scrollWidth") <= WAYS[way]


@pytest.mark.parametrize("way", WAYS)
def test_the_patient_points(way: str, library: Path, browser: Browser) -> None:
    _open(browser, library / "choose.html", way)
    _press(browser, way, "nav a:nth-of-type(1)")
    section = browser.run("return decodeURIComponent(location.hash.slice(1))")
    _press(browser, way, f"[id='{section}'] a[href$='neck-pain-web.html']")
    assert browser.run("return window.pressed") == ["ur/neck-pain-web.html"]


def test_all_choices_by_keyboard(library: Path, browser: Browser) -> None:
    _open(browser, library / "index.html")
    browser.press("/")
    browser.ask("Input.insertText", text="neck")
    browser.press("Tab")
    _type(browser, "Cy")
    browser.press("Tab")
    _type(browser, "La")
    assert _shown(browser) == ["neck-pain-cy"]
    browser.press("Tab")
    _type(browser, "Rev")
    assert browser.run("return document.getElementById('state').value") == "due"
    browser.press("Tab")
    browser.press("Enter")
    focused = browser.run("return document.activeElement.getAttribute('href')")
    assert focused == "cy/neck-pain-large-print-18.pdf"
    browser.press("Escape")
    assert len(_shown(browser)) == 12


def test_give_it_by_keyboard(library: Path, browser: Browser) -> None:
    _open(browser, library / "index.html")
    browser.press("/")
    browser.ask("Input.insertText", text="neck اردو")
    active = "return document.activeElement"
    for _ in range(30):
        browser.press("Tab")
        if browser.run(f"{active}.tagName") == "SUMMARY":
            break
    browser.press("Enter")
    browser.press("Tab")
    browser.press("Enter")
    assert browser.run("return window.copied").startswith("Neck pain: what to do, version 0.2 of")


@pytest.mark.parametrize("page", ["index.html", "choose.html"])
def test_on_real_paper(page: str, library: Path, browser: Browser) -> None:
    """A4, every language by its name, and nothing that only a screen can do."""
    _open(browser, library / page)
    printed = browser.ask("Page.printToPDF", preferCSSPageSize=True)["data"]
    data = base64.b64decode(printed)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        sizes = {tuple(round(float(side)) for side in page.mediabox[2:]) for page in pdf.pages}
        assert sizes <= {(595, 842), (842, 595), (594, 842), (595, 841), (842, 594)}
        assert len(pdf.pages) <= 6
    with pypdfium2.PdfDocument(data) as document:
        words = "".join(page.get_textpage().get_text_range() for page in document)
    for name in ("Polski", "Cymraeg", "English"):
        assert name in words
    for control in ("Find, in any language", "Clear", "Copy"):
        assert control not in words
