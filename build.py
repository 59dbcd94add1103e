#!/usr/bin/env python3
"""The door: `python build.py --help`."""

import sys
from pathlib import Path

if __name__ == "__main__":
    if sys.version_info < (3, 11):
        sys.exit("leafpress needs Python 3.11 or newer; `make` finds one and sets everything up.")
    try:
        from leafpress.cli.main import main
    except ModuleNotFoundError as error:
        print(
            f"{error.name} is not installed: run `make setup`, then use .venv/bin/python build.py"
        )
        sys.exit(3)
    sys.exit(main(Path(__file__).parent))
