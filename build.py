#!/usr/bin/env python3
"""The door: `python build.py --help`."""

import sys

INTERRUPTED = 130
"""As in `leafpress.cli.door`, which may not be imported yet when it is needed."""


def _run() -> int:
    from leafpress.cli.door import enter

    remedy = "run `make setup`, then use .venv/bin/python build.py"
    return enter(remedy)


if __name__ == "__main__":
    if sys.version_info < (3, 11):
        sys.exit("leafpress needs Python 3.11 or newer; `make` finds one and sets everything up.")
    try:
        code = _run()
    except KeyboardInterrupt:
        code = INTERRUPTED
    sys.exit(code)
