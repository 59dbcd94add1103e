"""Setting up where nothing can be installed: one sentence says what is missing, and why."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

TOOLS = ("bash", "dirname", "cat", "grep")
"""What the script itself needs. No apt-get, no npm, no liblouis."""


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A copy of what `make` begins with, and a folder of programs."""
    shutil.copytree(ROOT / "setup", tmp_path / "setup")
    for name in ("package-lock.json", "requirements.txt", "requirements-dask.txt"):
        shutil.copy(ROOT / name, tmp_path)
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in TOOLS:
        (programs / name).symlink_to(str(shutil.which(name)))
    return tmp_path


def _setup(root: Path, path: str = "", kind: str = "build") -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": path or str(root / "programs"),
        "PYTHON": str(Path(sys.base_prefix) / "bin" / "python3"),
        "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", ""),
    }
    command = ["bash", str(root / "setup" / "setup.sh"), kind]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_without_root_it_is_said_what_is_missing_and_for_what(bare: Path) -> None:
    done = _setup(bare)
    assert done.returncode == 3
    assert "npm is missing: it fetches the fonts" in done.stderr
    assert "braille editions need liblouis" in done.stderr
    asked = next(line for line in done.stderr.splitlines() if "please install" in line)
    assert "`apt install npm`" in asked


def test_what_can_be_set_up(bare: Path) -> None:
    """Dask is one: as far as without it, and then its own lock."""
    assert "npm is missing" in _setup(bare, kind="dask").stderr
    refused = _setup(bare, kind="spark")
    assert refused.returncode == 2
    assert "build|serve|dask|test" in refused.stderr


def test_fonts_that_are_there_need_no_npm_but_new_ones_do(bare: Path) -> None:
    (bare / "node_modules").mkdir()
    (bare / "node_modules" / ".leafpress").write_text("an older version\n")
    done = _setup(bare)
    assert done.returncode == 3
    assert "the fonts have changed, and npm fetches them" in done.stderr


def test_no_network_is_said(bare: Path) -> None:
    npm = bare / "programs" / "npm"
    npm.write_text("#!/bin/bash\nexit 1\n")
    npm.chmod(0o755)
    done = _setup(bare)
    assert done.returncode == 3
    assert "the fonts could not be fetched: is there a network?" in done.stderr


BUSY = "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 42 (apt)"


def _apt(bare: Path, *answers: str) -> list[str]:
    """Set up with an apt-get that answers so, one call after another; what was asked of it."""
    scripts = {
        "id": "echo 0",
        "sleep": "exit 0",
        "apt-get": f"""
calls={bare}/calls
echo "$@" >>"$calls"
n=0; while read -r _; do n=$((n + 1)); done <"$calls"
answer={bare}/answer-$n
if [ -f "$answer" ]; then cat "$answer" >&2; exit 100; fi""",
    }
    for number, answer in enumerate(answers, 1):
        if answer:
            (bare / f"answer-{number}").write_text(answer + "\n")
    for name, script in scripts.items():
        program = bare / "programs" / name
        program.write_text(f"#!/bin/bash\n{script}\n")
        program.chmod(0o755)
    return (bare / "calls").read_text().splitlines() if (bare / "calls").exists() else []


def test_a_busy_package_manager_is_waited_for(bare: Path) -> None:
    """Once for its lists, twice for its archives: apt's own waiting is for dpkg's lock alone."""
    _apt(bare, BUSY, "", BUSY, BUSY)
    done = _setup(bare)
    said = done.stderr.splitlines()
    asked = _apt(bare)
    assert [line.split()[2] for line in asked] == ["update", "update", *["install"] * 3]
    assert all(line.startswith("-o DPkg::Lock::Timeout=600 ") for line in asked)
    waits = [line for line in said if "another program is installing packages" in line]
    assert len(waits) == 2
    # This apt-get has installed nothing.
    assert done.returncode == 3
    assert "could not be installed" in said[-1]


def test_what_else_apt_says_is_shown(bare: Path) -> None:
    _apt(bare, "E: no space left")
    done = _setup(bare)
    assert done.returncode == 3
    assert "E: no space left" in done.stderr
    assert len(_apt(bare)) == 1
