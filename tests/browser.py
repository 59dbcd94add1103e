"""Chromium, without a window: what a page looks like and does there, measured."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from conftest import ROOT, of_the_machine
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

MEASURE = ROOT / "tests" / "test_web" / "measure.js"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AAA = [*TAGS, "wcag2aaa", "wcag21aaa", "wcag22aaa"]
WORDS = ":is(h1, h2, h3, h4, p, li, th, td, dt, dd, caption, figcaption, a)"
"""What words stand in."""

CONTRAST = ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]
LANGUAGES = ("en-GB", "cy", "pl", "ur", "bn", "ar-XB")
PAGES = (
    *(f"{tag}/back-pain-web.html" for tag in LANGUAGES),
    "en-XA/cannabis-medicines-web.html",  # longer words, other blocks
    "en-GB/back-pain-web-easy-read.html",
    "ur/back-pain-web-easy-read.html",
    "ur/back-pain-web-bilingual.html",
    "bn/back-pain-web-bilingual.html",
)

ARGUMENTS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")


class Browser:
    """One browser for all tests: starting it takes longer than most of them."""

    def __init__(self) -> None:
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium") or ""
        options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
        for argument in ARGUMENTS:
            options.add_argument(argument)
        service = Service(shutil.which("chromedriver"), env=of_the_machine())
        self._driver = webdriver.Chrome(options, service)
        self._driver.set_script_timeout(120)  # axe on a loaded machine

    def quit(self) -> None:
        self._driver.quit()

    def open(self, page: Path, width: int = 1280, height: int = 900, **media: str) -> None:
        """Open a file in a window of `width` CSS pixels, as readers with those wishes see it."""
        self.visit(page.as_uri(), width, height, **media)

    def visit(self, address: str, width: int = 1280, height: int = 900, **media: str) -> None:
        """Open what is at an address, likewise."""
        screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.ask("Emulation.setDeviceMetricsOverride", **screen)
        wishes = [{"name": name.replace("_", "-"), "value": value} for name, value in media.items()]
        self.ask("Emulation.setEmulatedMedia", media="", features=wishes)
        self._driver.get(address)
        self.run("return document.fonts.ready.then(() => true)")
        self.run(MEASURE.read_text(encoding="utf-8"))

    def run(self, script: str, *arguments: object) -> Any:
        """What a script returns."""
        return self._driver.execute_script(script, *arguments)

    def ask(self, command: str, /, **parameters: object) -> Any:
        """What the DevTools protocol answers."""
        return self._driver.execute_cdp_cmd(command, parameters)

    def press(self, key: str) -> None:
        """Press a key."""
        codes = {"Tab": 9, "Enter": 13, "Escape": 27, "/": 191}
        event = {"key": key, "code": key, "windowsVirtualKeyCode": codes[key]}
        text = {"text": "\r"} if key == "Enter" else {}
        self.ask("Input.dispatchKeyEvent", type="keyDown", **event, **text)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **event)

    def asked_for(self) -> Iterator[str]:
        """Every address that was asked for since this was last called."""
        for entry in self._driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                yield message["params"]["request"]["url"]

    def fonts(self) -> Iterator[dict[str, Any]]:
        """The fonts that draw words, element by element, and whether a page brought them."""
        self.ask("DOM.enable")
        self.ask("CSS.enable")
        root = self.ask("DOM.getDocument", depth=1)["root"]["nodeId"]
        for node in self.ask("DOM.querySelectorAll", nodeId=root, selector=WORDS)["nodeIds"]:
            yield from self.ask("CSS.getPlatformFontsForNode", nodeId=node)["fonts"]

    def axe(
        self, rules: list[str] | None = None, tags: list[str] = TAGS
    ) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        """What axe-core finds wrong, and what it cannot tell: the elements, by rule."""
        self.run(AXE.read_text(encoding="utf-8"))
        only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": tags}
        options = {"runOnly": only, "rules": {"color-contrast-enhanced": {"enabled": True}}}
        done = self.run(_RUN_AXE, options)
        assert done["passes"] > (1 if rules else 20), "axe-core looked at next to nothing"
        return _by_rule(done["violations"]), _by_rule(done["incomplete"])


_RUN_AXE = """
return axe.run(document, {...arguments[0], resultTypes: ["violations", "incomplete"]}).then(
  done => ({...done, passes: done.passes.length, inapplicable: 0}));
"""


def _by_rule(found: list[dict[str, Any]]) -> dict[str, list[str]]:
    return {each["id"]: [node["html"][:120] for node in each["nodes"]] for each in found}


@contextmanager
def opened() -> Iterator[Browser]:
    browser = Browser()
    try:
        yield browser
    finally:
        browser.quit()
