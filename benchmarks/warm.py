"""A warm edition, in turn with that of another checkout, such as version 0.1: processor's time.

`python -m benchmarks.warm OTHER` starts a process for each checkout, and lets each write the same
edition once before it counts. Then they take turns, each first in every other round. Each builds
its own leaflets from source to file, as a worker does, and collects its garbage.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]

_DATE = "2026-11-29"

_WORKER = """
import datetime, sys, tempfile, time
from pathlib import Path
from leafpress.press import edition as editions
try:  # version 0.1
    from leafpress.press.work import build
    root, options = Path.cwd(), editions.Order
except ImportError:
    from leafpress.content.root import Root
    from leafpress.press.worker import EditionJob, build as of_job
    root, options = Root.at(Path.cwd()), editions.BuildOptions
    build = lambda *job: of_job(EditionJob(*job))
with tempfile.TemporaryDirectory() as out:
    today = datetime.date.fromisoformat("{date}")
    given = options(root, Path.cwd() / "clinic.yaml", Path(out), "ua1+a2a", today)
    for line in sys.stdin:
        started = time.process_time()
        outcome = build(editions.Edition(*line.split()), given, None)
        taken = time.process_time() - started
        if outcome.status != "built":
            sys.exit("; ".join(map(str, outcome.findings)))
        memory = Path("/proc/self/statm").read_text().split()[1]
        print(taken, memory, flush=True)
"""
"""What a process of a checkout does: an edition for each line that it reads."""

_PAGE = 4096
"""Bytes of a page of memory on Linux."""


@dataclass(frozen=True)
class Checkout:
    """A process that builds editions of a checkout."""

    folder: Path
    process: subprocess.Popen[str]

    @classmethod
    def at(cls, folder: Path) -> Checkout:
        """Start it, with the checkout's own Python and packages."""
        command = [str(folder / ".venv/bin/python"), "-c", _WORKER.replace("{date}", _DATE)]
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, cwd=folder, stdin=pipe, stdout=pipe, text=True)
        return cls(folder, process)

    def build(self, edition: str) -> tuple[float, float]:
        """Milliseconds that it took, and megabytes that the process holds."""
        if self.process.stdin is None or self.process.stdout is None:
            raise AssertionError("pipes were asked for")
        print(edition, file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline().split()
        if not answer:
            raise SystemExit(f"{self.folder} did not build {edition}")
        return float(answer[0]) * 1000, int(answer[1]) * _PAGE / 1e6


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("other", type=Path, help="a checkout with its .venv")
    parser.add_argument("--here", type=Path, default=ROOT)
    parser.add_argument("--leaflet", default="back-pain")
    parser.add_argument("--languages", default="en-GB,pl,bn,ur")
    parser.add_argument("--format", default="a4")
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    both = (Checkout.at(asked.here.resolve()), Checkout.at(asked.other.resolve()))
    print("| edition | here, ms | there, ms | ratio, middle (least–most) | memory here, MB |")
    print("|---|---|---|---|---|")
    for language in asked.languages.split(","):
        _print(both, f"{asked.leaflet} {language} {asked.format}", asked.rounds)
    for checkout in both:
        checkout.process.communicate()


def _print(both: tuple[Checkout, Checkout], edition: str, rounds: int) -> None:
    pairs, memory = [], 0.0
    for number in range(-1, rounds):
        order = both if number % 2 else both[::-1]
        taken = {checkout.folder: checkout.build(edition) for checkout in order}
        if number >= 0:  # the first is for what is read and made once
            pairs.append(tuple(taken[checkout.folder][0] for checkout in both))
            memory = taken[both[0].folder][1]
    here, there = (sorted(side) for side in zip(*pairs, strict=True))
    ratios = sorted(one / other for one, other in pairs)
    middle = f"{median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})"
    print(f"| {edition} | {median(here):.0f} | {median(there):.0f} | {middle} | {memory:.0f} |")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
