"""Nothing to do: this checkout and an older one beside `python -c pass`.

Run it from the project's folder: `python -m benchmarks.idle [CHECKOUT…]`. Each checkout builds its
own leaflets in a copy, in the formats that are usual there. Then so many copies of them are made up
that there are 14 times as many editions.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
COPIED = ("leaflets", "locales", "templates", "sign-offs", "clinic.yaml", "clinic-logo.svg")
MADE_UP = 13
"""Copies of each leaflet: with 102 editions they come to 1,428, more than 1,386 (issue 16)."""

MOST = 2.0
"""Times `python -c pass` (issue 16, point 1)."""

_SETTLED = 2.1
"""Seconds after which files count as old (`cli/looked_at.py`)."""

BARE = [sys.executable, "-c", "pass"]


def copied(checkout: Path, folder: Path) -> Path:
    """A copy of a checkout's leaflets, of which nothing is built."""
    root = folder / checkout.resolve().name
    root.mkdir()
    for name in COPIED:
        if (checkout / name).is_dir():
            shutil.copytree(checkout / name, root / name)
        elif (checkout / name).exists():
            shutil.copy(checkout / name, root)
    (root / "node_modules").symlink_to((ROOT / "node_modules").resolve())
    return root


def _project(checkout: Path, folder: Path) -> Path:
    """The same with all that is usually built of them."""
    root = copied(checkout, folder)
    run(command_of(checkout, root), checkout)
    return root


def command_of(checkout: Path, root: Path) -> list[str]:
    """How all of a copy is built by its checkout."""
    return [sys.executable, str(checkout / "build.py"), "--project", str(root)]


def run(command: list[str], checkout: Path) -> str:
    """What a checkout's command prints; it has to come to a good end."""
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        command, cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def settle(command: list[str], checkout: Path) -> str:
    """Run until there is nothing to do, and the note that says so may be left; what was said."""
    for _ in range(3):
        run(command, checkout)
        time.sleep(_SETTLED)
    return run(command, checkout).splitlines()[-1]


def seconds(command: list[str], checkout: Path) -> float:
    """Wall time of a process."""
    begin = time.perf_counter()
    run(command, checkout)
    return time.perf_counter() - begin


def _measure(projects: Mapping[Path, Path], rounds: int) -> list[list[float]]:
    """Seconds of bare Python and of each checkout in turn, a row a round."""
    commands = [(command_of(checkout, root), checkout) for checkout, root in projects.items()]
    every = [(BARE, ROOT), *commands]
    return [[seconds(*each) for each in every] for _ in range(rounds)]


def _table(projects: Mapping[Path, Path], rounds: int) -> float:
    """Print a table; how many times bare Python's time this checkout takes."""
    said = [settle(command_of(checkout, root), checkout) for checkout, root in projects.items()]
    rows = _measure(projects, rounds)
    columns = [*zip(*rows, strict=True)]
    print("| | ms, median | times `python -c pass` | it says |\n|---|---|---|---|")
    names = ["`python -c pass`", *(str(checkout.name) for checkout in projects)]
    for name, column, words in zip(names, columns, ["", *said], strict=True):
        print(
            f"| {name} | {1000 * median(column):.1f} | {_ratio(column, columns[0]):.2f} | {words} |"
        )
    return _ratio(columns[1], columns[0])


def _ratio(measured: Iterable[float], bare: Iterable[float]) -> float:
    return median(mine / least for mine, least in zip(measured, bare, strict=True))


def main() -> int:
    """Print both tables; 1 if this checkout takes more than twice as long as Python alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkouts", nargs="*", type=Path, help="older ones, to be measured beside")
    parser.add_argument("--rounds", type=int, default=41)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="leafpress-idle-") as folder:
        checkouts = [ROOT, *(checkout.absolute() for checkout in given.checkouts)]
        projects = {checkout: _project(checkout, Path(folder)) for checkout in checkouts}
        ratios = [_table(projects, given.rounds)]
        for checkout, root in projects.items():
            script = [sys.executable, str(ROOT / "benchmarks" / "made_up.py")]
            run([*script, str(root), str(MADE_UP)], checkout)
        ratios.append(_table(projects, given.rounds))
    return int(max(ratios) > MOST)


if __name__ == "__main__":
    sys.exit(main())
