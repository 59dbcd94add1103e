"""The preview in a real browser: a saved word is seen, by keyboard and without a barrier."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import AAA, Browser, opened
from conftest import MakeProject
from previews import started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened() as browser:
        yield browser


def _until(browser: Browser, script: str) -> None:
    """Wait until a script says yes."""
    for _ in range(400):
        if browser.run(f"return Boolean({script})"):
            return
        time.sleep(0.05)
    raise AssertionError(f"never came: {script}\n{browser.run('return document.body.innerText')}")


def _save(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def _barriers(browser: Browser) -> dict[str, list[str]]:
    """What axe finds, or cannot tell; what is in the frame, a web edition, is looked at alone."""
    wrong, unclear = browser.axe(tags=AAA)
    return {**wrong, **{rule: found for rule, found in unclear.items() if rule != "frame-tested"}}


FRAME = "(document.querySelector('iframe').contentDocument?.body?.innerText ?? '')"
LISTENS = "document.body.dataset.listens"
FINDINGS = "document.getElementById('findings').innerText"
STATUS = "document.getElementById('status').textContent"


def test_an_author_saves(make_project: MakeProject, browser: Browser) -> None:
    root = make_project()
    leaflet = root / "leaflets" / "case.yaml"
    with started(root) as served:
        browser.visit(f"{served.address}/")
        assert _barriers(browser) == {}
        list(browser.asked_for())
        browser.run("document.querySelector('main a').focus()")
        browser.press("Enter")
        _until(browser, f"location.pathname === '/leaflet/case/en-GB/web' && {LISTENS}")
        _until(browser, f"{FRAME}.includes('Some words.')")
        assert _barriers(browser) == {}
        _save(leaflet, "Some words.", "Words that were saved.")
        _until(browser, f"{FRAME}.includes('Words that were saved.')")
        _save(leaflet, "title: A leaflet", "titel: A leaflet")
        _until(browser, f"{FINDINGS}.includes('leaflets/case.yaml:2')")
        said = browser.run("return document.getElementById('said').textContent")
        assert said == browser.run(f"return {STATUS}")
        assert said.startswith("A build would refuse this edition.")
        assert _barriers(browser) == {}
        _save(leaflet, "titel: A leaflet", "title: A leaflet")
        _until(browser, f"!{FINDINGS}.includes('leaflets/case.yaml:2')")
        words = leaflet.read_text()
        leaflet.unlink()
        _until(browser, f"{STATUS}.includes('is not there any more')")
        leaflet.write_text(words)
        _until(browser, f"{STATUS}.startsWith('It can be built')")
        asked = [each for each in browser.asked_for() if not each.startswith("data:")]
        assert [each for each in asked if not each.startswith(served.address)] == []


def test_the_printed_page(make_project: MakeProject, browser: Browser) -> None:
    root = make_project()
    with started(root) as served:
        browser.visit(f"{served.address}/leaflet/case/en-GB/a4?beside=listen", 1280)
        _until(browser, LISTENS)
        _until(browser, "document.querySelector('.pages img').naturalWidth > 500")
        browser.run("document.querySelector('#formats + ul a[aria-current]').focus()")
        _save(root / "leaflets" / "case.yaml", "Some words.", "Words that were saved.")
        _until(browser, "document.querySelector('.pages li.changed')")
        _until(browser, "document.querySelector('pre').innerText.includes('that were saved')")
        focused = "return document.activeElement.textContent"
        assert browser.run(focused) == "A4, 14 point"
        for width in (1280, 320):
            browser.visit(f"{served.address}/leaflet/case/en-GB/a4?beside=listen", width)
            assert _barriers(browser) == {}
            assert browser.run("return document.documentElement.scrollWidth") <= width
