"""From a saved word to what the preview shows of it: the middle of twenty saves.

Run it from the project's folder: `python -m benchmarks.serve`. The project is copied first.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from itertools import takewhile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
COPIED = ("leaflets", "locales", "templates", "sign-offs", "clinic.yaml", "clinic-logo.svg")
SAVES = 20
WORDS = ("MeasuredOnce", "MeasuredTwice")
"""Saved in turn, as a last word of a line, so that each save changes what is shown."""

_NOT_PRINTED = "easy-read edition"
"""In a catalogue's comment: from there on messages are another edition's."""

_PATIENCE = 60
"""Seconds without an answer after which the measuring has failed, in place of going on for ever."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What is measured: an edition, the file that is saved, and the most that it may take.

    Args:
        line: how the line begins whose words are changed.
        most: milliseconds (issue 16, point 3).
    """

    language: str
    format: str
    file: str
    line: str
    most: int


def _rows(leaflet: str) -> tuple[Measured, ...]:
    yaml, catalogue = f"leaflets/{leaflet}.yaml", f"locales/ur/LC_MESSAGES/{leaflet}.po"
    return (
        Measured("en-GB", "web", yaml, "made_by: ", 300),
        Measured("en-GB", "a4", yaml, "made_by: ", 700),
        Measured("ur", "web", catalogue, 'msgstr "', 300),
        Measured("ur", "a4", catalogue, 'msgstr "', 1000),
    )


@contextmanager
def _served(root: Path) -> Iterator[int]:
    """The port of a preview of a project."""
    command = [sys.executable, str(ROOT / "build.py"), "--project", str(root), "serve"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [*command, "--port", "0"], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        if process.stdout is None:
            raise AssertionError("a pipe was asked for")
        try:
            yield int(process.stdout.readline().split("/")[2].split(":")[1])
        finally:
            process.terminate()


def _get(port: int, address: str) -> bytes:
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    connection.request("GET", address)
    answer = connection.getresponse().read()
    connection.close()
    return answer


def _changes(port: int) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    connection.request("GET", "/changes")
    return connection.getresponse()


def _with_word(text: str, line: str, word: str) -> str:
    """The text with the word in the last line that begins so, says something, and is printed."""
    lines = text.splitlines(keepends=True)
    ends = '"\n' if line.endswith('"') else "\n"
    printed = takewhile(lambda numbered: _NOT_PRINTED not in numbered[1], enumerate(lines))
    place = max(n for n, each in printed if each.startswith(line) and each != line + ends)
    for old in WORDS:
        lines[place] = lines[place].replace(f" {old}", "")
    lines[place] = f"{lines[place].removesuffix(ends)} {word}{ends}"
    return "".join(lines)


def _milliseconds(root: Path, port: int, leaflet: str, row: Measured) -> list[float]:
    """How long each save takes, from the file's writing to the last byte of what is shown."""
    address = f"/panel/page/{leaflet}/{row.language}/{row.format}"
    before, path = _get(port, address), root / row.file
    original = path.read_text(encoding="utf-8")
    if b"There is no page" in before:
        raise AssertionError(f"there is no page to begin with: {before.decode()[:2000]}")
    taken = []
    changes = _changes(port)
    for number in range(SAVES + 1):
        text = _with_word(path.read_text(encoding="utf-8"), row.line, WORDS[number % 2])
        started = time.perf_counter()
        path.write_text(text, encoding="utf-8")
        shown = before
        while shown == before:  # one save may be told of twice: the file is emptied, then written
            while changes.readline() != b"event: saved\n":
                pass
            shown = _get(port, address)
        taken.append((time.perf_counter() - started) * 1000)
        if b"There is no page" in shown or b"before the last" in shown:
            raise AssertionError(f"the save is not shown: {shown.decode()[:2000]}")
        before = shown
    path.write_text(original, encoding="utf-8")
    return taken[1:]


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leaflet", default="back-pain")
    parser.add_argument("--project", type=Path, default=ROOT)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in COPIED:
            _copy(asked.project / name, root / name)
        (root / "node_modules").symlink_to((asked.project / "node_modules").resolve())
        print("| what | most, ms | median, ms | lowest–highest | load |\n|---|---|---|---|---|")
        with _served(root) as port:
            for row in _rows(asked.leaflet):
                _print(row, _milliseconds(root, port, asked.leaflet, row))


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.exists():
        shutil.copy(source, target)


def _print(row: Measured, taken: list[float]) -> None:
    figures = f"{row.most} | {median(taken):.0f} | {min(taken):.0f}–{max(taken):.0f}"
    print(f"| {row.language} {row.format} | {figures} | {os.getloadavg()[0]:.1f} |", flush=True)


if __name__ == "__main__":
    main()
