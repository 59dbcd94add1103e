"""The same bytes on every run."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from conftest import ROOT, TODAY

OTHERS = [
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Karachi", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "4711", "TZ": "America/St_Johns", "LC_ALL": "C.UTF-8"},
]


def _digests(out: Path) -> dict[str, str]:
    files = sorted(out.rglob("*.pdf"))
    return {str(p.relative_to(out)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_other_seeds_zones_and_folders(built: Path, tmp_path: Path) -> None:
    expected = _digests(built)
    for number, changes in enumerate(OTHERS):
        # One is longer than the path of a socket may be: no forkserver can start there.
        out, temporary = tmp_path / f"out{number}", tmp_path / "tmp".ljust(3 + number * 90, "p")
        temporary.mkdir()
        environment = {**os.environ, **changes, "TMPDIR": str(temporary)}
        languages = "ur,en-GB" if number else "bn,pl"
        command = [
            sys.executable,
            "build.py",
            "--format",
            "a4",
            "--leaflet",
            "cannabis-medicines",  # the longest
            "-L",
            languages,
            "--out",
            str(out),
            "--date",
            str(TODAY),
        ]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        found = _digests(out)
        assert len(found) == 2
        assert found == {name: expected[name] for name in found}
        assert list(temporary.iterdir()) == []


def test_no_address_of_this_machine(built: Path) -> None:
    for path in built.rglob("*.pdf"):
        data = path.read_bytes()
        assert str(ROOT).encode() not in data
        assert b"leaflet.invalid" not in data
