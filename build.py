#!/usr/bin/env python3
"""The door: `python build.py --help`."""

import io
import sys

INTERRUPTED = 130
"""As `leafpress.findings.ExitCode`, which may not be imported yet when it is needed."""


def _run() -> int:
    from leafpress.system import interruption

    interruption.listen()
    if isinstance(sys.stdout, io.TextIOWrapper):  # may know few letters, as in a log
        sys.stdout.reconfigure(errors="backslashreplace")
    from pathlib import Path

    try:
        from leafpress.cli.main import main
    except ModuleNotFoundError as error:
        print(
            f"{error.name} is not installed: run `make setup`, then use .venv/bin/python build.py"
        )
        return 3
    return main(Path(__file__).parent)


if __name__ == "__main__":
    if sys.version_info < (3, 11):
        sys.exit("leafpress needs Python 3.11 or newer; `make` finds one and sets everything up.")
    try:
        code = _run()
    except KeyboardInterrupt:
        code = INTERRUPTED
    sys.exit(code)
