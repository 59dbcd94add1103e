"""A night of many letters, with one process, two and four, and with processes that are killed.

    python -m benchmarks.many EDITIONS --letters 2000
    python -m benchmarks.many EDITIONS --letters 2000 --kill

EDITIONS is a build with `--prove` that holds back-pain in English and Urdu on A4; `--clinic FILE`
names the clinic's file that it was built with. The letters are of 200 kinds: ten makers, twenty
lengths. `--kill` kills a worker every few seconds, and sometimes the program itself, which is then
started again; at the end every file has to be that of a night without. It is for Linux.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf

from benchmarks.letters import LETTERS
from leafpress.findings import ExitCode

ROOT = Path(__file__).parents[1]
LENGTHS = 20
PLACEHOLDER = b"RX000000000"

_MOST_RUNS = 30
"""Of a night that is killed again and again: by then it has to be over."""

_AT_ONCE = 0.3
"""Seconds in which all rows of one parcel are told."""

WAYS = {
    "--jobs 1": ("--jobs", "1"),
    "--jobs 2": ("--jobs", "2"),
    "--dask local:1": ("--dask", "local:1"),
    "--dask local:2": ("--dask", "local:2"),
    "--dask local:4": ("--dask", "local:4"),
}


def kinds() -> Iterator[bytes]:
    """Letters of every kind, with a line for the reference that can be written anew in place."""
    makers = [maker for name, maker in LETTERS.items() if name not in ("locked", "signed")]
    for length in range(LENGTHS):
        for maker in makers:
            yield _with_line(maker("see below. " + "Please bring this letter. " * length))


def _with_line(letter: bytes) -> bytes:
    """With the placeholder at the foot of the first page, in a stream that is not packed."""
    with pikepdf.open(io.BytesIO(letter)) as pdf:
        page = pdf.pages[0]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        name = page.add_resource(pdf.make_indirect(font), pikepdf.Name.Font)
        line = b"q BT %s 9 Tf 60 20 Td (Our reference: %s) Tj ET Q"
        drawn = line % (str(name).encode(), PLACEHOLDER)
        page.contents_add(b"q", prepend=True)
        page.contents_add(b"Q /Artifact BMC " + drawn + b" EMC")
        out = io.BytesIO()
        pdf.save(out, static_id=True, compress_streams=False)
    return out.getvalue()


def write(folder: Path, count: int) -> None:
    """Write `list.csv` and `letters/` below `folder`."""
    letters = folder / "letters"
    letters.mkdir(parents=True)
    made = list(kinds())
    languages = cycle(("en-GB", "en-GB", "ur"))
    with (folder / "list.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("letter", "reference", "language", "leaflets"))
        for number, kind in enumerate(islice(cycle(made), count)):
            reference = f"RX{number + 100_000_000}"
            name = f"{reference}.pdf"
            (letters / name).write_bytes(kind.replace(PLACEHOLDER, reference.encode()))
            rows.writerow((name, reference, next(languages), "back-pain"))


@dataclass(frozen=True)
class Measured:
    """One night.

    Args:
        wall, rows: seconds from beginning to end, and from the first row told to the last.
        told: how many rows were told of in that time.
        processor: seconds of all processes, as far as they were seen twice a second.
        memory: megabytes (proportional set size, `PSS`) of all processes together, at the most.
    """

    wall: float
    rows: float
    told: int
    processor: float
    memory: float


class Night:
    """A list that is done in several ways."""

    def __init__(self, folder: Path, editions: Path, clinic: Path | None) -> None:
        self.folder, self.editions = folder, editions
        self.clinic = ("--clinic", str(clinic)) if clinic else ()

    def command(self, out: str, *way: str) -> list[str]:
        """What does it."""
        places = ("--letters", str(self.folder / "letters"), "--out", str(self.folder / out))
        arguments = ("enclose", str(self.folder / "list.csv"), *places, *self.clinic)
        editions = ("--editions", str(self.editions.absolute()))
        return [sys.executable, str(ROOT / "build.py"), *arguments, *editions, *way]

    def run(self, out: str, *way: str) -> Measured:
        """Do it, and measure."""
        start = time.monotonic()
        program = subprocess.Popen(
            self.command(out, *way),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        watch = _Watch(program.pid)
        watch.start()
        told, said = [], ""
        for said in program.stdout or ():
            if match := re.match(r"\[([0-9]+)/", said):
                told.append((time.monotonic(), int(match[1])))
        program.wait()
        wall = time.monotonic() - start
        if program.returncode:
            raise SystemExit(f"{' '.join(way)}: exit code {program.returncode}: {said}")
        first = told[0][0]
        # A parcel comes home as one: those of the first were not done in no time.
        begun = max(row for moment, row in told if moment < first + _AT_ONCE)
        return Measured(wall, told[-1][0] - first, told[-1][1] - begun, watch.processor, watch.most)

    def tree(self, out: str) -> dict[str, str]:
        """Digests of everything that a night leaves for people."""
        folder = self.folder / out
        files = (path for path in folder.rglob("*") if ".enclose" not in path.parts)
        return {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in files
            if path.is_file()
        }


class _Watch(threading.Thread):
    """Looks twice a second what a process holds and has used, with all that it started."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.most = pid, 0.0
        self.used: dict[int, float] = {}

    def run(self) -> None:
        """Look until it has ended."""
        while family := _family(self.pid):
            self.most = max(self.most, sum(map(_megabytes, family)))
            self.used |= {pid: _seconds(pid) or self.used.get(pid, 0.0) for pid in family}
            time.sleep(0.5)

    @property
    def processor(self) -> float:
        """Seconds of all processes that were ever seen."""
        return sum(self.used.values())


def _family(pid: int) -> list[int]:
    """A process that runs, and all below it."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            if fields[0] != "Z":
                parents[int(path.parent.name)] = int(fields[1])
    family = [pid] if pid in parents else []
    for member in family:
        family += [child for child, parent in parents.items() if parent == member]
    return family


def _seconds(pid: int) -> float:
    """Of the processor, in a process itself (proc_pid_stat(5), fields 14 and 15)."""
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _megabytes(pid: int) -> float:
    with suppress(OSError):
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        if match := re.search(r"^Pss: +([0-9]+)", text, re.MULTILINE):
            return int(match[1]) / 1000
    return 0.0


def compare(night: Night, count: int) -> None:
    """Print a row for each way; every way has to leave the same files."""
    print(
        f"{count} letters of {LENGTHS * (len(LETTERS) - 2)} kinds, {os.cpu_count()} cores,", end=" "
    )
    print(f"load {os.getloadavg()[0]:.1f}")
    print("| | wall, s | rows a second | efficiency | processor, ms a row | memory, MB |")
    trees, base = [], 0.0
    for name, way in WAYS.items():
        out = re.sub(r"\W+", "-", name).strip("-")
        measured = night.run(out, *way)
        rate = measured.told / measured.rows
        base = base or rate
        share = rate / base / int(name[-1])
        cost = measured.processor / count * 1000
        cells = (f"{measured.wall:.1f}", f"{rate:.0f}", f"{share:.2f}", f"{cost:.1f}")
        print(f"| `{name}` | {' | '.join(cells)} | {measured.memory:.0f} |", flush=True)
        trees.append(night.tree(out))
    same = all(tree == trees[0] for tree in trees)
    print(f"{len(trees[0])} files, {'the same each time' if same else 'NOT THE SAME'}")
    if not same:
        raise SystemExit(1)


def kill(night: Night, dice: random.Random) -> None:
    """Do the list by a cluster whose processes are killed; every file has to be as without."""
    night.run("undisturbed", "--jobs", "2")
    expected, events, runs = night.tree("undisturbed"), {"workers": 0, "program": 0}, 0
    while True:
        runs += 1
        program = subprocess.Popen(
            night.command("disturbed", "--dask", "local:2"),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while program.poll() is None:
            time.sleep(dice.uniform(1, 5))
            _kill_one(program, dice, events)
        # A cluster that is killed while it starts is a finding, and the night is run again.
        if program.returncode not in (-signal.SIGKILL, ExitCode.FINDINGS) or runs == _MOST_RUNS:
            break
    tree = night.tree("disturbed")
    differing = [name for name in {*tree, *expected} if tree.get(name) != expected.get(name)]
    print(
        f"{events['workers']} workers killed, {events['program']} times the program: {runs} runs,"
    )
    print(f"exit code {program.returncode}; of {len(expected)} files {len(differing)} differ")
    if program.returncode or differing:
        raise SystemExit(1)


def _kill_one(
    program: subprocess.Popen[bytes], dice: random.Random, events: dict[str, int]
) -> None:
    workers = [pid for pid in _family(program.pid)[1:] if _is_worker(pid)]
    if not workers:
        return
    if dice.random() < 1 / 8:
        program.kill()
        program.wait()
        events["program"] += 1
        return
    with suppress(OSError):
        os.kill(dice.choice(workers), signal.SIGKILL)
        events["workers"] += 1


def _is_worker(pid: int) -> bool:
    with suppress(OSError):
        return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def main() -> None:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("editions", type=Path)
    parser.add_argument("--letters", type=int, default=2000)
    parser.add_argument("--clinic", type=Path)
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with TemporaryDirectory(prefix="leafpress-many-") as folder:
        write(Path(folder), asked.letters)
        night = Night(Path(folder), asked.editions, asked.clinic)
        if asked.kill:
            kill(night, random.Random(asked.seed))  # noqa: S311  # chance, no secret
        else:
            compare(night, asked.letters)


if __name__ == "__main__":
    main()
