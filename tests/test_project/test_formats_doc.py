"""docs/formats.md: every format is in it, and its worked sample makes one."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from conftest import ROOT, TODAY

from leafpress.pages.formats import FORMATS

PAGE = (ROOT / "docs" / "formats.md").read_text()
PARTS = ("build.py", "clinic.yaml", "clinic-logo.svg", "leafpress", "leaflets", "locales")


def test_every_format_is_in_the_table() -> None:
    rows = [line.split("|")[1] for line in PAGE.splitlines() if line.startswith("| `")]
    listed = [id_ for row in rows for id_ in re.findall(r"`([^`]+)`", row)]
    assert sorted(listed) == sorted(FORMATS)


def _copy(root: Path) -> None:
    for name in (*PARTS, "templates"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, root / name)
    (root / "node_modules").symlink_to(ROOT / "node_modules")


def test_the_worked_sample(tmp_path: Path) -> None:
    _copy(tmp_path)
    found = re.search(r"^```diff\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found
    (tmp_path / "a4-16.diff").write_text(found[1])
    subprocess.run(["git", "apply", "--recount", "a4-16.diff"], cwd=tmp_path, check=True)
    asked = ["-f", "a4-16", "-l", "cannabis-medicines", "-L", "en-GB", "-L", "ur"]
    command = [sys.executable, "build.py", *asked, "--date", TODAY.isoformat()]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    made = [tmp_path / f"out/{tag}/cannabis-medicines-a4-16.pdf" for tag in ("en-GB", "ur")]
    assert all(file.exists() for file in made), done.stdout + done.stderr
    assert done.returncode == 0, done.stdout + done.stderr
