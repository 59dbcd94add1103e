"""Every format of one leaflet in a right-to-left language: built, proven, and listed for staff."""

from __future__ import annotations

import json
from pathlib import Path

from conftest import ROOT, run_build

from leafpress.pages.formats import FORMATS, Kind


def test_built_and_proven(tmp_path: Path) -> None:
    asked = ["--format", "all", "--leaflet", "neck-pain", "--language", "ur", "--prove"]
    done = run_build(ROOT, *asked, "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    entries = json.loads((tmp_path / "manifest.json").read_bytes())["editions"]
    assert {entry["format"] for entry in entries.values()} == set(FORMATS)
    for name, entry in entries.items():
        assert entry["verdicts"]["leafpress"] == "pass", (name, entry["verdicts"])
        if FORMATS[entry["format"]].kind is Kind.PDF:
            assert entry["verdicts"]["ua1"] == entry["verdicts"]["2a"] == "pass", name
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert all(f'href="{name}"' in page for name in entries)
