"""The one door to liblouis: its program `lou_translate`, asked for many lines at once."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from functools import cache

from leafpress.findings import ExitCode, Problem, Span
from leafpress.rules import finding

PROGRAM = "lou_translate"
SECONDS = 60
"""A leaflet takes a hundredth of one; a program that hangs is stopped."""

LAST_CELL = "\u283f"
"""The last of the cells of six dots. A cell of eight stands where a table has no sign."""

_HOW = "install it: apt install liblouis-bin, dnf install liblouis-utils, or brew install liblouis"
_TABLES = "install liblouis 3.24 or later with its tables: apt install liblouis-data"


def forward(table: str, texts: Sequence[str]) -> list[str]:
    """Each text in braille: cells U+2800 to U+283F; of eight dots where the table has no sign.

    Raises:
        Problem: the program or the table is missing (B001), with exit code 3.
    """
    return _asked("--forward", table, texts)


def backward(table: str, cells: Sequence[str]) -> list[str]:
    """What a table reads in each line of cells. Not every table is made for this.

    Raises:
        Problem: the program or the table is missing (B001), with exit code 3.
    """
    return _asked("--backward", table, cells)


def path() -> str:
    """Where the program is.

    Raises:
        Problem: it is missing (B001), with exit code 3.
    """
    found = shutil.which(PROGRAM)
    if found is None:
        raise _missing(f"liblouis ({PROGRAM})", _HOW)
    return found


@cache
def version() -> str:
    """The version of liblouis, such as `3.24.0`: its tables change with it.

    Raises:
        Problem: the program is missing (B001), with exit code 3.
    """
    first = _run([path(), "--version"], "").stdout.partition("\n")[0]
    return first.split()[-1]


def _asked(direction: str, table: str, lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    done = _run([path(), direction, f"unicode.dis,{table}"], "\n".join(lines) + "\n")
    answers = done.stdout.split("\n")[:-1]
    if done.returncode or len(answers) != len(lines):
        raise _missing(f"the braille table {table} of liblouis", _TABLES)
    return answers


def _run(command: list[str], text: str) -> subprocess.CompletedProcess[str]:
    # Nothing of the environment: LOUIS_TABLEPATH would bring other tables.
    return subprocess.run(
        command,
        input=text,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=SECONDS,
        env={"LC_ALL": "C.UTF-8"},
    )


def _missing(library: str, how: str) -> Problem:
    problem = finding("B001", Span("this machine"), library=library, how=how)
    return Problem(problem, code=ExitCode.MISSING)
