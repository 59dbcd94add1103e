"""The door of both programs: `build.py` in a clone, and `leafpress` where it is installed."""

from __future__ import annotations

import io
import sys
from pathlib import Path

INTERRUPTED = 130
"""As `leafpress.findings.ExitCode`, which may not be imported yet when it is needed."""

MISSING = 3


def installed() -> int:
    """Run what the command line asks for, as `leafpress`; the exit code."""
    from leafpress.installed import SHIPPED

    return enter(SHIPPED, "its installation is not whole: install leafpress again")


def enter(shipped: Path, remedy: str) -> int:
    """Run a command of the program whose files lie in `shipped`; the exit code.

    Args:
        remedy: what to do when a package of Python's is not there.
    """
    try:
        return _run(shipped, remedy)
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(shipped: Path, remedy: str) -> int:
    from leafpress.system import interruption

    interruption.listen()
    if isinstance(sys.stdout, io.TextIOWrapper):  # may know few letters, as in a log
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        from leafpress.cli.main import main
    except ModuleNotFoundError as error:
        print(f"{error.name} is not installed: {remedy}")
        return MISSING
    return main(shipped)
