"""Only our fonts are in the PDFs, embedded, by poppler's own list."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

FAMILIES = {
    "en-GB": {"Atkinson-Hyperlegible-Next"},
    "ur": {"Atkinson-Hyperlegible-Next", "Vazirmatn"},
    "bn": {"Atkinson-Hyperlegible-Next", "Noto-Sans-Bengali"},
}


@pytest.mark.parametrize("tag", FAMILIES)
def test_pdffonts(tag: str, built: Path) -> None:
    for path in (built / tag).glob("*.pdf"):
        listed = subprocess.run(
            ["pdffonts", path], check=True, capture_output=True, text=True
        ).stdout
        rows = [line.split() for line in listed.splitlines()[2:]]
        assert rows
        for row in rows:
            family = row[0].partition("+")[2].removesuffix("-Bold")
            assert family in FAMILIES[tag], row
            embedded, subset, unicode = row[-5:-2]
            assert (embedded, subset, unicode) == ("yes", "yes", "yes")
