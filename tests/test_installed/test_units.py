"""The units of systemd: whole, and with no more rights than they need."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from conftest import ROOT

UNITS = ROOT / "setup" / "systemd"
PROGRAM = "/opt/leafpress/bin/leafpress"
SERVICES = sorted(path.name for path in UNITS.glob("*.service"))

EXPOSURE = {
    "leafpress-fonts.service": 1.7,
    "leafpress-letters.service": 1.0,
    "leafpress-nightly.service": 1.0,
}
"""What `systemd-analyze security` of systemd 252 says, of 10: lower is better."""


@pytest.fixture(scope="module")
def units(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The units for a program that is there: systemd looks whether it can be run."""
    folder = tmp_path_factory.mktemp("units")
    program = folder / "leafpress"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for unit in UNITS.iterdir():
        text = unit.read_text(encoding="utf-8").replace(PROGRAM, str(program))
        (folder / unit.name).write_text(text, encoding="utf-8")
    return folder


def _analyse(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["systemd-analyze", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_systemd_takes_them(units: Path) -> None:
    files = [str(path) for path in sorted(units.glob("*.*"))]
    done = _analyse("verify", "--man=no", *files)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    assert len(files) == len(SERVICES) + 1


def test_systemd_would_find_a_mistake(units: Path) -> None:
    broken = units / "leafpress-broken.service"
    broken.write_text("[Service]\nExecStart=/nowhere/leafpress\nProtectHomes=yes\n")
    said = _analyse("verify", "--man=no", str(broken))
    broken.unlink()
    assert said.returncode != 0
    assert "ProtectHomes" in said.stderr


@pytest.mark.parametrize("service", SERVICES)
def test_rights(units: Path, service: str) -> None:
    limit = str(round(EXPOSURE[service] * 10))
    asked = ("security", "--offline=yes", f"--threshold={limit}", str(units / service))
    assert _analyse(*asked).returncode == 0, f"{service} has more rights than it had"


def test_only_the_fonts_have_a_network() -> None:
    texts = {name: (UNITS / name).read_text(encoding="utf-8") for name in SERVICES}
    offline = [name for name, text in texts.items() if "\nPrivateNetwork=yes\n" in text]
    assert [name for name in SERVICES if name not in offline] == ["leafpress-fonts.service"]


def test_they_call_what_there_is() -> None:
    from leafpress.cli.main import COMMANDS

    for name in SERVICES:
        lines = (UNITS / name).read_text(encoding="utf-8").splitlines()
        (start,) = [line for line in lines if line.startswith("ExecStart=")]
        program, *words = start.removeprefix("ExecStart=").split()
        assert program == PROGRAM
        assert "--prove" in words or set(words) & set(COMMANDS)
