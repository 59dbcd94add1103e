"""The web pages that are looked at, and the browser that they are looked at in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import LANGUAGES, Browser, opened
from conftest import ROOT, run_build


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with opened() as browser:
        yield browser


@pytest.fixture(scope="session")
def web(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `PAGES`, built as a clinic builds them."""
    out = tmp_path_factory.mktemp("web")
    _build(out, "back-pain", ",".join(LANGUAGES))
    _build(out, "back-pain", "en-GB,ur", "web-easy-read")
    _build(out, "back-pain", "ur,bn", "web-bilingual")
    _build(out, "cannabis-medicines", "en-XA")
    return out


def _build(out: Path, leaflet: str, languages: str, format_: str = "web") -> None:
    asked = ["--format", format_, "--leaflet", leaflet, "--language", languages]
    done = run_build(ROOT, *asked, "--out", str(out))
    assert done.returncode == 0, done.stdout + done.stderr
