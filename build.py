#!/usr/bin/env python3
"""The door: `python build.py --help`."""

import signal
import sys
from pathlib import Path

INTERRUPTED = 130
"""As `leafpress.findings.ExitCode`, which is not imported yet when it is needed."""


def _interrupted(*_signal: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    if sys.version_info < (3, 11):
        sys.exit("leafpress needs Python 3.11 or newer; `make` finds one and sets everything up.")
    signal.signal(signal.SIGTERM, _interrupted)  # ends as Ctrl-C does, from here on
    try:
        from leafpress.cli.main import main

        code = main(Path(__file__).parent)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except ModuleNotFoundError as error:
        print(
            f"{error.name} is not installed: run `make setup`, then use .venv/bin/python build.py"
        )
        sys.exit(3)
    sys.exit(code)
