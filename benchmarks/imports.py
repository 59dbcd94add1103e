"""What is imported on the two ways that have to be quick, and how long it takes.

Run it from the project's folder: `python -m benchmarks.imports`. It fails (exit code 1) where a
module comes into a way that has to do without, or a process is started there.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)")
SHOWN = 12
_SETTLED = 2.1
"""Seconds after which files count as old (`cli/looked_at.py`)."""

_ONE = ["--leaflet", "back-pain", "--language", "en-GB", "--format"]
_WORKERS = ("asyncio", "concurrent", "leafpress.system.processes", "multiprocessing", "pebble")
_PAGES = (
    "babel",
    "fontTools",
    "jinja2",
    "lxml",
    "markdown_it",
    "pikepdf",
    "pydantic",
    "uharfbuzz",
    "weasyprint",
)


@dataclass(frozen=True, slots=True)
class Way:
    """A way through the program, and the modules that it has to do without.

    Args:
        banned: modules with all below them.
        fresh: whether the edition is there already.
    """

    name: str
    banned: tuple[str, ...]
    more: tuple[str, ...] = ()
    fresh: bool = True


_SMALL = ("click", "dataclasses", "json", "pathlib", "re", "tomllib", "typing", "yaml")
WAYS = (
    Way("one edition from cold", (*_WORKERS, "rich", "pikepdf"), fresh=False),
    Way("nothing to do, the ordinary way", (*_WORKERS, *_PAGES, "rich"), ("--json",)),
    Way("nothing to do, as last time", (*_WORKERS, *_PAGES, *_SMALL)),
)

_COUNTING = (
    "import sys, runpy\n"
    "starts = ('subprocess.Popen', 'os.fork', 'os.posix_spawn', 'os.exec', 'os.system')\n"
    "def hook(event, values):\n"
    "    if event in starts: print(event, values[:1], file=sys.stderr)\n"
    "sys.addaudithook(hook)\n"
    "sys.argv = ['build.py', *sys.argv[1:]]\n"
    "runpy.run_path('build.py', run_name='__main__')\n"
)
"""The program, with a word on standard error for each process that it starts."""


def _times(out: Path, way: Way) -> dict[str, int]:
    """Microseconds of each module's own, by name."""
    done = _run("-X", "importtime", "build.py", *_ONE, "a4", "--out", str(out), *way.more)
    return {match[2]: int(match[1]) for match in map(LINE.match, done.splitlines()) if match}


def _run(*words: str) -> str:
    environment = {name: value for name, value in os.environ.items() if name not in _BYTECODE}
    done = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return done.stderr


_BYTECODE = frozenset({"PYTHONDONTWRITEBYTECODE"})


def _faults(way: Way, times: dict[str, int]) -> Iterator[str]:
    for name in way.banned:
        modules = [module for module in times if f"{module}.".startswith(f"{name}.")]
        if modules:
            yield f"{way.name}: {modules[0]} is imported ({len(modules)} modules of {name})"


def _show(way: Way, times: dict[str, int]) -> None:
    packages: Counter[str] = Counter()
    for module, microseconds in times.items():
        packages[module.partition(".")[0]] += microseconds
    print(f"\n{way.name}: {len(times)} modules, {sum(times.values()) / 1000:.0f} ms")
    for package, microseconds in packages.most_common(SHOWN):
        print(f"  {package:24} {microseconds / 1000:6.1f}")


def main() -> int:
    """Print what each way imports; 1 if one of them imports or starts what it must not."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    faults: list[str] = []
    with tempfile.TemporaryDirectory(prefix="leafpress-imports-") as folder:
        faults += _run("-c", _COUNTING, *_ONE, "a4", "--out", f"{folder}/started").splitlines()
        out = Path(folder, "out")
        for way in WAYS:
            if way.fresh:
                _leave_note(out)
            times = _times(out, way)
            _show(way, times)
            faults += _faults(way, times)
    print(*faults, sep="\n")
    return int(bool(faults))


def _leave_note(out: Path) -> None:
    """Run until there is nothing to do, and the note that says so may be left."""
    for _ in range(2):
        time.sleep(_SETTLED)
        _run("build.py", *_ONE, "a4", "--out", str(out))


if __name__ == "__main__":
    sys.exit(main())
