"""Parcels: some hundred rows each, laid out on the shared disk for workers of other machines.

In `.enclose/parcels/` lie what is the same for all rows (`….settings`), the rows of each parcel
(`….rows`), and what each worker notes while it does them (`….notes`): a line with a row's key when
it begins one, and the journal's line when that is done. Through Dask go digests and counts alone:
a file is believed by its digest, and then only is it unpickled. Without its `….rows` a parcel is
withdrawn, and its worker ends after the letter at hand.
"""

from __future__ import annotations

import json
import os
import pickle
import shutil
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from leafpress.mailing.batch.journal import Journal, line_of, results_in
from leafpress.mailing.batch.worker import RowJob, WorkerSettings
from leafpress.mailing.output.folder import (
    PARCELS,
    PRIVATE_FILE,
    STATE,
    STATE_NAME,
    private_folder,
)
from leafpress.mailing.selection.task import RowResult
from leafpress.system import digest, files

STRIKES = 3
"""Workers that may end while they do a row; then it is refused. One may have had another reason."""


@dataclass(frozen=True, slots=True)
class ParcelSettings:
    """What is the same for all parcels of a run.

    Args:
        seconds: longest time for one letter.
        program: see `batch.program`.
        run: of this run alone, so that no worker takes what it read for an earlier one.
    """

    worker: WorkerSettings
    seconds: float
    program: str
    run: str = field(default_factory=lambda: uuid.uuid4().hex)


@dataclass(frozen=True, slots=True)
class ParcelOrder:
    """What a worker is sent: where the output folder is, and the digests of two files."""

    out: str
    settings: str
    rows: str


class ParcelOutcome(StrEnum):
    """What became of a parcel on one worker. All but the first leave it to another worker."""

    DONE = "done"
    WITHDRAWN = "the run’s files are not there, or were taken away"
    CANNOT_WRITE = "it cannot write"
    OTHER_PROGRAM = "it runs another version of leafpress or pikepdf: start it again"
    FAULT = "leafpress itself failed there"


@dataclass(frozen=True, slots=True)
class ParcelAnswer:
    """What a worker sends back.

    Args:
        worker: its address.
        notes: what its notes are called, and `digest` what they are.
        reason: more of the outcome, in the system's words; no patient's.
    """

    outcome: ParcelOutcome
    worker: str
    notes: str = ""
    digest: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ParcelNotes:
    """What was noted about the rows of a parcel, by all workers that have had it.

    Args:
        results: of what is done, by key.
        strikes: how many workers ended while they did a row.
        late: rows that took longer than they may.
    """

    results: dict[str, RowResult]
    strikes: Counter[str]
    late: frozenset[str]

    @property
    def progress(self) -> tuple[int, int]:
        """Changes whenever a worker gets somewhere, if only to its end."""
        return len(self.results), self.strikes.total()


@dataclass(frozen=True)
class ParcelFolder:
    """The parcels below an output folder."""

    out: Path

    @property
    def path(self) -> Path:
        """Where they lie."""
        return self.out / STATE / PARCELS

    def lay_out(self, content: Any, ending: str) -> str:
        """Write a file for the workers; its digest, which is its name.

        Raises:
            Problem: it cannot be written (B004).
        """
        data = pickle.dumps(content)
        name = digest.of_bytes(data)
        private_folder(self.path)
        files.write(self.path / f"{name}.{ending}", data, STATE_NAME, mode=PRIVATE_FILE, sync=False)
        return name

    def settings(self, name: str) -> ParcelSettings:
        """What is the same for all rows.

        Raises:
            OSError, ValueError: it is not there, or is not what was laid out.
        """
        settings: ParcelSettings = self._content(name, "settings")
        return settings

    def rows(self, name: str) -> tuple[RowJob, ...]:
        """The rows of a parcel.

        Raises:
            OSError, ValueError: they are not there, or not what was laid out.
        """
        rows: tuple[RowJob, ...] = self._content(name, "rows")
        return rows

    def _content(self, name: str, ending: str) -> Any:
        data = (self.path / f"{name}.{ending}").read_bytes()
        if digest.of_bytes(data) != name:
            raise ValueError
        return pickle.loads(data)  # noqa: S301  # what was laid out: its digest came by Dask

    def is_withdrawn(self, rows: str) -> bool:
        """Whether a parcel is nobody's any more."""
        return not (self.path / f"{rows}.rows").exists()

    def withdraw(self, rows: str = "*") -> None:
        """Take away one parcel, or all of them; what was noted stays."""
        for path in self.path.glob(f"{rows}.rows"):
            path.unlink(missing_ok=True)

    def remove(self) -> None:
        """Remove everything that was laid out or noted."""
        shutil.rmtree(self.path, ignore_errors=True)

    def notes(self, rows: str) -> ParcelNotes:
        """What was noted about the rows of a parcel until now."""
        results: dict[str, RowResult] = {}
        strikes: Counter[str] = Counter()
        late = set()
        for path in sorted(self.path.glob(f"{rows}.*.notes")):
            lines = path.read_bytes().splitlines()
            results |= results_in(lines)
            key = _begun(lines)
            strikes.update(key)
            if path.with_suffix(".late").stat().st_size:
                late.update(key)
        return ParcelNotes(results, strikes, frozenset(late))

    def results(self, answer: ParcelAnswer) -> dict[str, RowResult]:
        """What a worker has done, if these are the notes that it wrote; else nothing."""
        try:
            data = (self.path / answer.notes).read_bytes()
        except OSError:  # also where it has none
            return {}
        return results_in(data.splitlines()) if digest.of_bytes(data) == answer.digest else {}


def _begun(lines: list[bytes]) -> list[str]:
    """The key of the row that was begun last and not done, if there is one."""
    try:
        line = json.loads(lines[-1])
        return [str(line["begun"])]
    except (IndexError, ValueError, KeyError, TypeError):
        return []


class NotesWriter:
    """The notes of one worker about one parcel, while it writes them.

    Each line is with the system before the next step is taken, so that it stays whatever becomes
    of this process.
    """

    def __init__(self, folder: ParcelFolder, rows: str) -> None:
        """Begin them.

        Raises:
            OSError: they cannot be written.
        """
        self.path = folder.path / f"{rows}.{uuid.uuid4().hex}.notes"
        late = self.path.with_suffix(".late")
        self.late = os.open(late, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
        self._notes = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
        self._place = 0

    def close(self) -> None:
        """Let go of both files."""
        os.close(self._notes)
        os.close(self.late)

    def begin(self, job: RowJob) -> None:
        """Note that a row is begun.

        Raises:
            OSError: the disk is full.
        """
        self._place = os.lseek(self._notes, 0, os.SEEK_END)
        self._append(json.dumps({"begun": job.key}).encode() + b"\n")

    def leave(self) -> None:
        """Take back that a row is begun: it is left to another worker."""
        os.ftruncate(self._notes, self._place)

    def end(self, result: RowResult) -> None:
        """Note what came of a row.

        Raises:
            OSError: the disk is full.
        """
        self._append(line_of(result))

    def _append(self, line: bytes) -> None:
        while line:
            line = line[os.write(self._notes, line) :]

    def digest(self) -> str:
        """What they are now."""
        return digest.of_file(self.path)


def take_over_notes(journal: Journal) -> None:
    """Enter what workers had noted when an earlier run came to no end.

    Not the rows that were joined anew: what veraPDF said of them stands in the journal alone.

    Raises:
        Problem: the journal cannot be written (B004).
    """
    folder = ParcelFolder(journal.output.folder)
    results: dict[str, RowResult] = {}
    for path in sorted(folder.path.glob("*.notes")):
        results |= results_in(path.read_bytes().splitlines())
    left = [result for result in results.values() if not result.dropped]
    if left:
        journal.adopt(left)
    folder.remove()


def parted(jobs: list[RowJob], workers: int) -> Iterator[tuple[RowJob, ...]]:
    """The rows in parcels: at most 500, and some for each worker, so that none waits long."""
    size = -(-len(jobs) // (4 * workers))
    size = max(FEWEST, min(MOST, size))
    for start in range(0, len(jobs), size):
        yield tuple(jobs[start : start + size])


FEWEST, MOST = 25, 500
"""Rows of a parcel. Some 2.5 s at 200 a second; handing one out takes a hundredth of that."""
