"""Stands in for `do_row` on workers of a cluster: what a row's need or leaflets ask for, happens.

Which worker does what is noted in a file beside the output folder, a letter a row.
"""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

from distributed import Worker, WorkerPlugin, get_worker

from leafpress.findings import ExitCode, Problem, Span
from leafpress.mailing.batch import worker
from leafpress.mailing.cluster import parcel_worker
from leafpress.mailing.selection.task import RowResult
from leafpress.rules import finding


class Faults(WorkerPlugin):  # type: ignore[misc]  # Dask has no type here
    """Puts `do` in place, in each worker that starts."""

    name = "faults"

    def setup(self, worker: Worker) -> None:  # noqa: ARG002  # Dask's signature
        parcel_worker.do_row = do


def do(job: worker.RowJob) -> RowResult:
    """A row; the first letter of its reference says what happens to it."""
    root, number = job.task.letter.parents[1], str(get_worker().name)
    with (root / f"done-by-{number}").open("a") as file:
        file.write(job.task.reference[0])
    fault = FAULTS.get(job.task.reference[0])
    if fault:
        fault(root, number)
    return worker.do(job)


def _killed(_root: Path, _number: str) -> None:
    os.kill(os.getpid(), 9)


def _killed_once(root: Path, number: str) -> None:
    flag = root / "killed"
    if not flag.exists():
        flag.touch()
        _killed(root, number)


def _hangs(_root: Path, _number: str) -> None:
    time.sleep(60)


def _full_on_one(root: Path, number: str) -> None:
    if number == "0":
        _full(root, number)


def _full(_root: Path, _number: str) -> None:
    reason = os.strerror(errno.ENOSPC).lower()
    full = finding("B004", Span("the output folder"), reason=reason)
    raise Problem(full, code=ExitCode.CANNOT_WRITE, errno=errno.ENOSPC)


def _slow_on_one(_root: Path, number: str) -> None:
    if number == "0":
        time.sleep(0.2)


FAULTS = {
    "D": _killed,
    "L": _killed_once,
    "H": _hangs,
    "F": _full_on_one,
    "G": _full,
    "S": _slow_on_one,
}
