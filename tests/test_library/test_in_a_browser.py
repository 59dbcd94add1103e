"""The library in a real browser: what a receptionist and a manager do."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from browser import AAA, Browser
from conftest import ROOT

VALIDATOR = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
RULES = ROOT / "tests" / "test_web" / "html-validate.json"
PAGES = ("index.html", "choose.html")
MODES: dict[str, dict[str, str]] = {
    "light": {},
    "dark": {"prefers_color_scheme": "dark"},
    "more contrast": {"prefers_contrast": "more"},
    "colours of the system": {"forced_colors": "active"},
}
SHOWN = """return [...document.querySelectorAll('tbody[data-words]')]
  .filter(row => row.checkVisibility()).map(row => row.id);"""
TYPED = """
const field = document.getElementById(arguments[0]);
field.value = arguments[1];
field.dispatchEvent(new Event("input", {bubbles: true}));
"""


def _shown(browser: Browser) -> list[str]:
    return list(browser.run(SHOWN))


def _find(browser: Browser, **wishes: str) -> list[str]:
    for name, value in wishes.items():
        browser.run(TYPED, name, value)
    return _shown(browser)


def _open(browser: Browser, library: Path, width: int = 1280, part: str = "") -> None:
    browser.open(library / "choose.html", width)  # a change of the part alone loads nothing
    browser.open(library / "index.html", width)
    if part:
        browser.run(
            "location.hash = arguments[0]; return new Promise(r => setTimeout(r, 100))", part
        )


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("mode", MODES)
def test_no_barrier_that_axe_knows(mode: str, page: str, library: Path, browser: Browser) -> None:
    for width in (1280, 320):
        browser.open(library / page, width, **MODES[mode])
        browser.run("document.querySelectorAll('details').forEach(part => part.open = true)")
        assert browser.axe(tags=AAA) == ({}, {})
        assert browser.run("return document.documentElement.scrollWidth") <= width
        assert browser.run("return measure.lost()") == []
        assert browser.run("return measure.collisions()") == []


def test_html_validate(library: Path) -> None:
    command = ["node", str(VALIDATOR), "--config", str(RULES)]
    pages = [str(library / page) for page in PAGES]
    done = subprocess.run([*command, *pages], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_links_differ_by_name(library: Path, browser: Browser) -> None:
    _open(browser, library)
    for names in (
        browser.run("return [...document.querySelectorAll('main a')].map(a => a.textContent)"),
        browser.run("return [...document.querySelectorAll('summary')].map(a => a.textContent)"),
        browser.run(
            "return [...document.querySelectorAll('[data-copies]')].map(a => a.textContent)"
        ),
    ):
        assert len(names) == len(set(names)) > 10


def test_task_urdu_neck_pain_large_print(library: Path, browser: Browser) -> None:
    """By keyboard, and in seven Tabs from the search box."""
    _open(browser, library)
    browser.press("/")
    assert browser.run("return document.activeElement.id") == "q"
    browser.ask("Input.insertText", text="neck اردو")
    assert _find(browser, need="large") == ["neck-pain-ur"]
    links = "return [...document.querySelectorAll('tbody a')].filter(a => a.checkVisibility())"
    names = browser.run(f"{links}.map(a => a.textContent)")
    assert names == [
        "Large print, 18 point, Neck pain: what to do in Urdu",
        "Large print, 24 point, Neck pain: what to do in Urdu",
    ]
    for _ in range(7):
        browser.press("Tab")
    href = browser.run("return document.activeElement.href")
    assert href.endswith("ur/neck-pain-large-print-24.pdf")
    browser.run("document.getElementById('q').focus()")
    browser.press("Enter")
    href = browser.run("return document.activeElement.href")
    assert href.endswith("ur/neck-pain-large-print-18.pdf")
    browser.press("Escape")
    assert len(_shown(browser)) == 12


SEARCHES = {
    "اردو": {"back-pain-ur", "neck-pain-ur"},
    "كمر": {"back-pain-ur"},  # as Arabic keyboards write it
    "কোমর": {"back-pain-bn"},
    "sciatica": {f"back-pain-{tag}" for tag in ("en-GB", "cy", "pl", "ur", "bn")},
    "bol szyi": {"neck-pain-pl"},  # without marks
    "کمر کا درد": {"back-pain-ur"},  # the title in easy read
    "Cymraeg": {"back-pain-cy", "neck-pain-cy"},
    "konopi": {"not-yet-cannabis-medicines-pl"},
    "measles": set(),
}


@pytest.mark.parametrize("words", SEARCHES)
def test_task_search(words: str, library: Path, browser: Browser) -> None:
    _open(browser, library)
    assert set(_find(browser, q=words)) == SEARCHES[words]
    count = browser.run("return document.getElementById('count').textContent")
    assert count == f"{len(SEARCHES[words])} of 12 shown"


def test_task_own_type(library: Path, browser: Browser) -> None:
    """No letter is drawn by a font of the machine: a bare Debian has none for Urdu or Bengali."""
    for page in PAGES:
        browser.open(library / page)
        used = list(browser.fonts())
        assert [font["familyName"] for font in used if not font["isCustomFont"]] == []
        assert {"Vazirmatn", "Noto Sans Bengali"} <= {font["familyName"] for font in used}


def test_task_which_format_for_whom(library: Path, browser: Browser) -> None:
    _open(browser, library)
    assert len(_find(browser, need="easy")) == 12
    heads = "return [...document.querySelectorAll('#neck-pain thead th')]"
    shown = browser.run(f"{heads}.filter(th => th.checkVisibility()).map(th => th.textContent)")
    assert shown == ["Language", "Easy read", "State"]


STATES = {
    "changed": {"neck-pain-ur"},
    "unproved": set(),
    "draft": {"not-yet-cannabis-medicines-en-GB", "not-yet-cannabis-medicines-pl"},
    "machine": {"not-yet-cannabis-medicines-pl"},
    "due": {"back-pain-cy", "neck-pain-cy"},
    "old": set(),
}


@pytest.mark.parametrize("state", STATES)
def test_task_state(state: str, library: Path, browser: Browser) -> None:
    _open(browser, library)
    browser.run("Date.now = () => Date.parse('2026-11-28')")
    assert set(_find(browser, state=state)) == STATES[state]


def test_task_how_many(library: Path, browser: Browser) -> None:
    """The numbers are counted from the rows, and each leads to them."""
    _open(browser, library)
    links = "[...document.querySelectorAll('.counts a')].filter(a => a.checkVisibility())"
    shown = browser.run(f"return {links}.map(a => a.textContent.trim())")
    assert shown[:4] == [
        "10 May be handed out",
        "2 Draft",
        "1 Machine translation",
        "1 Changed since signed",
    ]
    browser.run(f"{links}[3].click(); return new Promise(r => setTimeout(r, 100))")
    assert _shown(browser) == ["neck-pain-ur"]
    totals = "[...document.querySelectorAll('#how-many tbody tr')]"
    polish = browser.run(
        f"return [...{totals}.find(row => row.textContent.includes('Polish')).children]"
        ".map(cell => cell.textContent)"
    )
    assert polish == ["Polish", *["2 of 3", "4 of 6", *["2 of 3"] * 5]]


def test_task_give(library: Path, browser: Browser) -> None:
    """By mouse: the picture, the code, the address and a line for the record."""
    _open(browser, library)
    browser.run("""navigator.clipboard.writeText = words => { window.copied = words; };
document.querySelector('#back-pain-ur summary').click();""")
    row = "document.querySelector('#back-pain-ur details')"
    words = browser.run(f"return {row}.textContent")
    assert "Large print, 24 point: 6 sheets, flipped on the long edge" in words
    browser.run(f"return {row}.querySelector('img').decode()")
    assert browser.run(f"return {row}.querySelector('img').naturalWidth") == 360
    side = browser.run(f"return {row}.querySelector('.qr').getBoundingClientRect().width")
    assert side >= 150  # at 3 cm a telephone reads it from a desk
    buttons = f"[...{row}.querySelectorAll('button')]"
    browser.run(f"{buttons}[3].click()")
    today = browser.run("return today()")
    assert browser.run("return window.copied") == (
        "Low back pain and sciatica: what to do, version 0.2 of 28 November 2026, Urdu, "
        f"Large print, 24 point, given {today}"
    )
    browser.run(f"{buttons}.at(-1).click()")
    copied = browser.run("return window.copied")
    assert copied == "https://clinic.example/leaflets/ur/back-pain"


def test_task_what_has_changed(library: Path, browser: Browser) -> None:
    """Since it was signed, as far as records say; else that nobody knows."""
    _open(browser, library)
    state = "return document.getElementById(arguments[0]).querySelector('[data-head=State]')"
    words = {
        id_: browser.run(f"{state}.textContent.replace(/\\s+/g, ' ')", id_)
        for id_ in ("neck-pain-ur", "back-pain-ur", "neck-pain-pl")
    }
    assert "signed on 20 November 2026: 2 texts, 1 about safety" in words["neck-pain-ur"]
    assert "Copies before it: version 0.1 of 20 November 2026" in words["neck-pain-ur"]
    assert "signed on 20 November 2026: nothing" in words["back-pain-ur"]
    assert "Changed since it was signed: not known: nobody has signed it" in words["neck-pain-pl"]
    changes = "return document.querySelector('#neck-pain-ur .changes')"
    assert browser.run(f"{changes}.querySelector('del').textContent") == "آج"
    assert browser.run(f"{changes}.querySelector('ins').textContent") == "ابھی"


def test_task_a_filtered_view_is_an_address(library: Path, browser: Browser) -> None:
    _open(browser, library, part="q=neck&language=ur")
    assert _shown(browser) == ["neck-pain-ur"]
    assert browser.run("return document.getElementById('language').value") == "ur"


def test_task_the_order_of_the_clinic(library: Path, browser: Browser) -> None:
    """Urdu and English as in clinic.yaml; the others by their own names."""
    _open(browser, library)
    expected = [f"back-pain-{tag}" for tag in ("ur", "en-GB", "cy", "pl", "bn")]
    assert _shown(browser)[:5] == expected


def test_task_the_patient_chooses(library: Path, browser: Browser) -> None:
    browser.open(library / "choose.html", 375)
    heights = browser.run(
        "return [...document.querySelectorAll('main a, nav a')]"
        ".map(link => link.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44
    names = browser.run("return [...document.querySelectorAll('nav a')].map(a => a.textContent)")
    assert names == ["اردو", "English", "Cymraeg", "Polski", "বাংলা"]
    links = browser.run(
        "return [...document.querySelectorAll('main a')].map(a => a.getAttribute('href'))"
    )
    assert "ur/neck-pain-web.html" in links
    assert not [link for link in links if "cannabis" in link]


def test_without_script_everything_stands_there(library: Path, browser: Browser) -> None:
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.ask("Page.navigate", url=(library / "index.html").as_uri())
    finally:
        browser.ask("Emulation.setScriptExecutionDisabled", value=False)
    assert len(_shown(browser)) == 12
    assert browser.run("return document.getElementById('find').checkVisibility()") is False
    hidden = "return [...document.querySelectorAll('[data-copies]')].every(button => button.hidden)"
    assert browser.run(hidden)


def test_nothing_is_asked_for(library: Path, browser: Browser) -> None:
    list(browser.asked_for())
    _open(browser, library)
    assert all(address.startswith(("file:", "data:")) for address in browser.asked_for())


def test_on_paper_a_wall_list(library: Path, browser: Browser) -> None:
    _open(browser, library)
    browser.ask("Emulation.setEmulatedMedia", media="print")
    for gone in ("#find", "nav", ".more"):
        script = f"return document.querySelector('{gone}').checkVisibility()"
        assert browser.run(script) is False, gone
    assert len(_shown(browser)) == 12
