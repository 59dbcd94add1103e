"""One table: the tree that it stands in, version 0.1, WeasyPrint as it comes, and Typst.

Run it from the project's folder: `python -m benchmarks`. Version 0.1 is checked out into a folder
of its own, and removed at the end. All take turns, each first in some round, so that a slow minute
is everybody's; a figure is the middle of the rounds, a ratio the middle of those of the pairs.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks import idle
from benchmarks.letters import LETTERS
from benchmarks.sides import ROOT, Answer, Side, sides

LANGUAGES = ("en-GB", "pl", "ur", "bn")
"""As issue 16, point 4, names them."""

_FINE = 20
"""Figures below have a decimal."""

Ask = Callable[[Side], Answer]


@dataclass
class Row:
    """A line of the table: what each side answered, a list a side, in rounds.

    Args:
        key: of the figure in an answer, which is its unit too.
    """

    name: str
    key: str = "ms"
    answers: dict[str, list[Answer]] = field(default_factory=dict)

    def add(self, every: Sequence[Side], ask: Ask, rounds: int) -> Row:
        """Ask all in turn, after once that does not count."""
        for side in every:
            ask(side)
        for number in range(rounds):
            turn = number % len(every)
            for side in (*every[turn:], *every[:turn]):
                self.answers.setdefault(side.name, []).append(ask(side))
        print(".", end="", file=sys.stderr, flush=True)
        return self

    def figures(self, name: str) -> list[float]:
        """What one side answered; empty where it has nothing of the kind."""
        answers = self.answers.get(name, [])
        return [answer[self.key] for answer in answers if self.key in answer]

    def cell(self, name: str, first: str) -> str:
        """A figure, how many times as long the first side takes, the file's size and pages."""
        own, ours = self.figures(name), self.figures(first)
        if not own:
            return "–"
        figure = f"{median(own):,.{0 if median(own) >= _FINE else 1}f}"
        if name != first and len(own) == len(ours):
            ratios = [mine / theirs for mine, theirs in zip(ours, own, strict=True)]
            figure += f" ({median(ratios):.2f})"
        return ", ".join([figure, *_file(self.answers[name][-1])])


def _file(answer: Answer) -> Iterator[str]:
    if "bytes" in answer:
        yield f"{answer['bytes'] / 1000:.0f} kB"
    if "editions" in answer:
        yield f"{answer['editions']} editions"
    if "pages" in answer:
        yield f"{answer['pages']} p."


def _exported(every: Sequence[Side], leaflet: str, folder: Path) -> None:
    """What those need who know nothing of leafpress."""
    for language in LANGUAGES:
        target = str(folder / "editions" / language)
        every[0].ask("export", leaflet=leaflet, language=language, to=target)


def _warm(every: Sequence[Side], asked: argparse.Namespace, _folder: Path) -> Iterator[Row]:
    """From source to file; Typst's source is made before."""
    known = {every[0].name, every[1].name, every[3].name}
    yield from _editions(every, asked, "build", "warm A4, source to file", known)


def _layout(every: Sequence[Side], asked: argparse.Namespace, _folder: Path) -> Iterator[Row]:
    """From markup to bytes: ours and WeasyPrint's own from the same markup."""
    known = {side.name for side in every[:3]}
    yield from _editions(every, asked, "layout", "warm A4, markup to bytes", known)


def _editions(
    every: Sequence[Side], asked: argparse.Namespace, work: str, name: str, known: set[str]
) -> Iterator[Row]:
    for language in LANGUAGES:
        task = {"leaflet": asked.leaflet, "language": language}

        def ask(side: Side, task: dict[str, str] = task) -> Answer:
            return side.ask(work, **task) if side.name in known else {}

        yield Row(f"{name}, {language}").add(every, ask, asked.rounds)


def _cold(every: Sequence[Side], asked: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """A process that writes one PDF into a new folder: wall time."""

    def ask(side: Side) -> Answer:
        if side.lacking:
            return {}
        out = tempfile.mkdtemp(dir=folder)
        one = ["--leaflet", asked.leaflet, "--language", "en-GB", "--format", "a4", "--out", out]
        script = [sys.executable, f"{side.checkout}/build.py", *one]
        command = script if side.checkout else side.once
        return {"ms": 1000 * idle.seconds(command, side.checkout or ROOT)}

    yield Row("one A4 edition from cold, wall").add(every, ask, asked.rounds)


def _join(every: Sequence[Side], asked: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """A letter and a leaflet that was read before."""
    for name in ("typst-ua1", "weasyprint-form"):
        letter = folder / f"{name}.pdf"
        letter.write_bytes(LETTERS[name]("RX000000001"))

        def ask(side: Side, letter: Path = letter) -> Answer:
            if side.checkout is None:
                return {}
            return side.ask("join", leaflet=asked.leaflet, letter=str(letter))

        yield Row(f"join behind a letter, {name}").add(every, ask, asked.rounds)


def _set(every: Sequence[Side], asked: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """All that is usually built, once; then nothing to do, beside Python alone."""
    building, nothing = Row("the default set, wall (once)", "s"), Row("nothing to do, wall")
    commands: dict[str, tuple[list[str], Path]] = {}
    copies = folder / "copies"
    copies.mkdir()
    for side in every:
        if side.checkout:
            root = idle.copied(side.checkout, copies)
            command = idle.command_of(side.checkout, root)
            begin = time.perf_counter()
            last = idle.run(command, side.checkout).splitlines()[-1]
            spent = {"s": time.perf_counter() - begin, "editions": int(last.split()[0])}
            building.answers[side.name] = [spent]
            idle.settle(command, side.checkout)
            commands[side.name] = command, side.checkout
    bare = Side("`python -c pass`")
    commands[bare.name] = idle.BARE, ROOT

    def ask(side: Side) -> Answer:
        own = commands.get(side.name)
        return {"ms": 1000 * idle.seconds(*own)} if own else {}

    yield building
    yield nothing.add([*every, bare], ask, asked.rounds)
    python = nothing.answers[bare.name]
    yield Row("`python -c pass`, wall", answers={every[0].name: python})


GROUPS = {"warm": _warm, "layout": _layout, "cold": _cold, "join": _join, "set": _set}
"""Rows that can be asked for."""


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rows", default=",".join(GROUPS), help="of: %(default)s")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--leaflet", default="back-pain")
    parser.add_argument("--old", type=Path, help="a checkout of version 0.1, to make none")
    asked = parser.parse_args()
    unknown = set(asked.rows.split(",")) - {*GROUPS}
    if unknown:
        parser.error(f"there are no rows called {', '.join(sorted(unknown))}")
    return asked


def _table(rows: Sequence[Row], every: Sequence[Side]) -> Iterator[str]:
    names = [side.name for side in every]
    yield f"| | | {' | '.join(names)} |"
    yield "|---" * (len(names) + 2) + "|"
    for row in rows:
        cells = [row.cell(name, names[0]) for name in names]
        if any(cell != "–" for cell in cells):
            yield f"| {row.name} | {row.key} | {' | '.join(cells)} |"


def _notes(rows: Sequence[Row], every: Sequence[Side], asked: argparse.Namespace) -> Iterator[str]:
    load = ", ".join(f"{own:.1f}" for own in os.getloadavg())
    yield (
        f"\n{time.strftime('%Y-%m-%d %H:%M')}, {asked.leaflet}, {asked.rounds} rounds, "
        f"{os.cpu_count()} cores, load {load}. In brackets: this tree's time over theirs. "
        "Without `wall`: the processor's time in one process."
    )
    yield from (f"{side.name}: not measured: {side.lacking}" for side in every if side.lacking)
    for row in rows:
        for name, answers in row.answers.items():
            reasons = {answer["none"] for answer in answers if answer.get("none")}
            lacking = {side.lacking for side in every}
            yield from (f"{row.name}, {name}: {own}" for own in sorted(reasons - lacking))


def main() -> None:
    """Print the table. It measures, and no test depends on a machine's mood: exit code 0."""
    asked = _asked()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_signal: sys.exit(1))  # and clean up
    with (
        tempfile.TemporaryDirectory(prefix="leafpress-benchmarks-") as name,
        sides(Path(name), asked.old) as every,
    ):
        folder = Path(name)
        _exported(every, asked.leaflet, folder)
        groups = [GROUPS[group] for group in asked.rows.split(",")]
        rows = [row for group in groups for row in group(every, asked, folder)]
        print(file=sys.stderr)
        print(*_table(rows, every), *_notes(rows, every, asked), sep="\n")


if __name__ == "__main__":
    main()
