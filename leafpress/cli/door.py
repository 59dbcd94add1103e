"""The door of both programs: `build.py` in a clone, and `leafpress` where it is installed.

Where nothing is to do, nothing more is imported than what stands here on top.
"""

from __future__ import annotations

import io
import os
import sys

from leafpress.cli.last_time import AskedNow, repeated

INTERRUPTED = 130
"""As `leafpress.findings.ExitCode`, which may not be imported yet when it is needed."""

MISSING = 3


def installed() -> int:
    """Run what the command line asks for, as `leafpress`; the exit code."""
    return enter("its installation is not whole: install leafpress again")


def enter(remedy: str) -> int:
    """Run what the command line asks for; the exit code.

    Args:
        remedy: what to do when a package of Python's is not there.
    """
    try:
        if isinstance(sys.stdout, io.TextIOWrapper):  # may know few letters, as in a log
            sys.stdout.reconfigure(errors="backslashreplace")
        asked = AskedNow(sys.argv[1:])
        code = repeated(asked)
        if code is None:
            code = _run(asked, remedy)
    except KeyboardInterrupt:
        return INTERRUPTED
    if "leafpress.system.processes" not in sys.modules:  # what it has started, Python has to end
        _leave(code)
    return code


def _leave(code: int) -> None:
    """End as soon as all is said: what Python does at its end takes up to a fifth of the time."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, AttributeError):  # nobody listens, or there is nobody who could
        return
    os._exit(code)


def _run(asked: AskedNow, remedy: str) -> int:
    from leafpress.system import interruption

    interruption.listen()
    try:
        from leafpress.cli.main import main
        from leafpress.installed import SHIPPED
    except ModuleNotFoundError as error:
        print(f"{error.name} is not installed: {remedy}")
        return MISSING
    return main(SHIPPED, asked=asked)
