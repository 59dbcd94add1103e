"""Every format of one leaflet in a right-to-left language: built, proven, and listed for staff."""

from __future__ import annotations

import json
from pathlib import Path

from conftest import ROOT, run_build

from leafpress.pages.formats import FORMATS, Kind


def test_built_and_proven(tmp_path: Path) -> None:
    asked = ["--format", "all", "--leaflet", "neck-pain", "--language", "ur", "--prove"]
    times = tmp_path / "times" / "times.json"
    done = run_build(ROOT, *asked, "--out", str(tmp_path), "--timings", str(times))
    assert done.returncode == 0, done.stderr
    entries = json.loads((tmp_path / "manifest.json").read_bytes())["editions"]
    assert {entry["format"] for entry in entries.values()} == set(FORMATS)
    for name, entry in entries.items():
        assert entry["verdicts"]["leafpress"] == "pass", (name, entry["verdicts"])
        if FORMATS[entry["format"]].kind is Kind.PDF:
            assert entry["verdicts"]["ua1"] == entry["verdicts"]["2a"] == "pass", name
    _no_stage_takes_more_than_there_is(times, len(entries))
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert all(f'href="{name}"' in page for name in entries)


def _no_stage_takes_more_than_there_is(file: Path, editions: int) -> None:
    rows = json.loads(file.read_bytes())["editions"]
    assert len(rows) == editions
    for row in rows:
        assert 0.9 * row["total"] < sum(row["stages"].values()) <= row["total"], row
