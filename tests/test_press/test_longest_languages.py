"""The longest edition of each default format in any language: built and proven without a word.

Which they are `benchmarks/longest.py` says of a build of all; longer ones than today's are sought
by the pseudo-languages besides.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import ROOT, run_build

LONGEST = [
    ("hu", "cannabis-medicines", ("a4",)),  # 8 pages, as in many
    ("ta", "cannabis-medicines", ("bilingual", "large-print-18", "large-print-24", "text")),
    ("zh-Hant", "neck-pain", ("easy-read", "web")),  # 11 pages; 419 kB
]
"""Measured on 29 November 2026 among 711 editions in 34 languages."""


@pytest.mark.parametrize(("language", "leaflet", "formats"), LONGEST, ids=str)
def test_built_and_proven(
    language: str, leaflet: str, formats: tuple[str, ...], tmp_path: Path
) -> None:
    formats_asked = [word for format_ in formats for word in ("--format", format_)]
    asked = ["--leaflet", leaflet, "--language", language, *formats_asked]
    done = run_build(ROOT, *asked, "--prove", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "warning" not in done.stderr.replace("warning P097", ""), done.stderr
    entries = json.loads((tmp_path / "manifest.json").read_bytes())["editions"]
    assert {entry["format"] for entry in entries.values()} == set(formats)
    assert {entry["verdicts"]["leafpress"] for entry in entries.values()} == {"pass"}
