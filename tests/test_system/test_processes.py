"""Workers and the program that started them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from conftest import ROOT

HERE = Path(__file__).parent
SECONDS = 20
"""Longest wait; a second is enough on an idle machine."""


def _until(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


def _runs(pid: int) -> bool:
    """Whether the process is there, and is no zombie that waits to be collected."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def test_a_worker_does_not_outlive_the_program(tmp_path: Path) -> None:
    """Not even when the program is killed, and can end nothing."""
    place = tmp_path / "pid"
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{HERE}"}
    command = [sys.executable, str(HERE / "orphans.py"), str(place)]
    with subprocess.Popen(command, env=environment) as run:
        assert _until(lambda: place.exists() and place.read_text() != "")
        worker = int(place.read_text())
        assert _runs(worker)
        run.kill()
    assert _until(lambda: not _runs(worker))
