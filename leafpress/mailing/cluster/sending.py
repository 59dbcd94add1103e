"""Rows sent to a cluster in parcels, and what came of them brought home."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from distributed import Client, KilledWorker, wait

from leafpress.findings import ExitCode, Finding, Problem, Span
from leafpress.mailing.batch.program import program
from leafpress.mailing.batch.worker import DoRows, RowJob, WorkerSettings
from leafpress.mailing.cluster import connection
from leafpress.mailing.cluster.address import ClusterAddress
from leafpress.mailing.cluster.connection import connected, require_workers, unusable
from leafpress.mailing.cluster.parcel_worker import do_parcel, flush
from leafpress.mailing.cluster.parcels import (
    ParcelAnswer,
    ParcelFolder,
    ParcelOrder,
    ParcelOutcome,
    ParcelSettings,
    parted,
)
from leafpress.mailing.output.folder import STATE_NAME
from leafpress.mailing.selection.task import RowResult, Task
from leafpress.rules import finding
from leafpress.system.interruption import require_not_interrupted

_TICK = 1.0
"""Seconds between looks at whether the cluster is still there."""

_AHEAD = 2
"""Parcels for each worker: one that it does, and one that waits."""

_GONE = (CancelledError, *connection.UNREACHABLE)
"""What Dask raises where the scheduler does not answer any more."""

Tell = Callable[[Finding], object]


@contextmanager
def cluster_workers(
    address: ClusterAddress, worker: WorkerSettings, seconds: float, tell: Tell
) -> Iterator[DoRows]:
    """Workers of a cluster for as long as the `with` lasts.

    Args:
        seconds: longest time for one letter.
        tell: told of workers that can do nothing.

    Raises:
        Problem: the cluster cannot be used or goes away (E112), or no worker can write (B004).
        Interrupted: after Ctrl-C or SIGTERM.
    """
    folder = ParcelFolder(worker.out)
    with connected(address) as client:
        try:
            settings = folder.lay_out(ParcelSettings(worker, seconds, program()), "settings")
            sender = _Sender(client, folder, settings, tell)
            yield sender.do
            with suppress(*_GONE):
                client.run(flush, on_error="ignore")
            folder.remove()
        finally:
            folder.withdraw()


@dataclass
class _Parcel:
    """A parcel on its way. `progress` is what its notes had come to when it was last sent."""

    order: ParcelOrder
    jobs: tuple[RowJob, ...]
    progress: tuple[int, int] = (0, 0)


def _at_any_place(job: RowJob) -> RowJob:
    """A row whose letter is found from any folder that a worker may be started in."""
    return replace(job, task=replace(job.task, letter=job.task.letter.absolute()))


@dataclass
class _Sender:
    """Sends parcels, and takes them home.

    Args:
        aside: workers that can do nothing, with why; nothing more is sent to them.
        most: how many workers there were at the same time.
    """

    client: Client
    folder: ParcelFolder
    settings: str
    tell: Tell
    aside: dict[str, ParcelAnswer] = field(default_factory=dict)
    most: int = 0
    numbers: Iterator[int] = field(default_factory=count)

    def do(self, jobs: list[RowJob]) -> Iterator[tuple[Task, RowResult]]:
        """What came of each row, as parcels come home.

        Raises:
            Problem: the cluster cannot be used any more (E112), or no worker can write (B004).
        """
        try:
            yield from self._do(jobs)
        except _GONE:
            raise unusable(connection.GONE) from None

    def _do(self, jobs: list[RowJob]) -> Iterator[tuple[Task, RowResult]]:
        workers = len(self._workers())
        source = parted(jobs, workers)
        waiting: dict[Any, _Parcel] = {}
        while True:
            while len(waiting) < _AHEAD * workers and (rows := next(source, ())):
                parcel = self._laid_out(rows)
                waiting[self._sent(parcel)] = parcel
            if not waiting:
                return
            workers = len(self._workers())
            for future in self._finished(waiting):
                yield from self._taken(future, waiting)

    def _taken(self, future: Any, waiting: dict[Any, _Parcel]) -> Iterator[tuple[Task, RowResult]]:
        """What came of the rows of a parcel, unless another worker has to take it."""
        parcel = waiting.pop(future)
        results = self._results(future, parcel)
        if results is None:
            waiting[self._sent(parcel)] = parcel
            return
        self.folder.withdraw(parcel.order.rows)
        for job in parcel.jobs:
            yield job.task, results[job.key]

    def _laid_out(self, rows: tuple[RowJob, ...]) -> _Parcel:
        name = self.folder.lay_out(tuple(map(_at_any_place, rows)), "rows")
        return _Parcel(ParcelOrder(str(self.folder.out), self.settings, name), rows)

    def _sent(self, parcel: _Parcel) -> Any:
        key = f"parcel-{parcel.order.rows[:16]}-{next(self.numbers)}"
        return self.client.submit(
            do_parcel, parcel.order, key=key, pure=False, workers=self._allowed()
        )

    def _workers(self) -> list[str]:
        workers = require_workers(self.client)
        self.most = max(self.most, len(workers))
        return workers

    def _allowed(self) -> list[str] | None:
        """The workers that may be sent something; None for all.

        Raises:
            Problem: none may.
        """
        if not self.aside:
            return None
        until = time.monotonic() + connection.PATIENCE
        while True:
            allowed = [name for name in self._workers() if name not in self.aside]
            if allowed:
                return allowed
            # One that is just being started again is not there, and may be sound.
            if len(self.aside) >= self.most or time.monotonic() > until:
                raise self._nobody_left()
            time.sleep(_TICK)

    def _nobody_left(self) -> Problem:
        answers = self.aside.values()
        full = [own for own in answers if own.outcome is ParcelOutcome.CANNOT_WRITE]
        if full:
            problem = finding("B004", Span(STATE_NAME), reason=full[0].reason)
            return Problem(problem, code=ExitCode.CANNOT_WRITE)
        return unusable(f"no worker can do anything: {next(iter(answers)).outcome}")

    def _finished(self, waiting: dict[Any, _Parcel]) -> list[Any]:
        require_not_interrupted()
        try:
            wait(list(waiting), timeout=_TICK, return_when="FIRST_COMPLETED")
        except TimeoutError:
            return []
        return [future for future in waiting if future.done()]

    def _results(self, future: Any, parcel: _Parcel) -> dict[str, RowResult] | None:
        """What came of the rows; None where another worker has to take them.

        Raises:
            Problem: workers cannot run leafpress, or end before they get anywhere (E112).
        """
        error = future.exception()
        if isinstance(error, KilledWorker):
            self._require_progress(parcel)
            return None
        if error is not None:
            if isinstance(error, _GONE):
                raise error
            kind = type(error).__name__
            raise unusable(f"a worker cannot run leafpress ({kind}): install it there too")
        answer: ParcelAnswer = future.result()
        results = self.folder.results(answer)
        if all(job.key in results for job in parcel.jobs):
            return results
        self._set_aside(answer)
        return None

    def _require_progress(self, parcel: _Parcel) -> None:
        """See to it that a parcel is not sent for ever.

        Raises:
            Problem: workers ended, and none of them had begun another row (E112).
        """
        progress = self.folder.notes(parcel.order.rows).progress
        if progress == parcel.progress:
            raise unusable("its workers end before they have done a row: look into their logs")
        parcel.progress = progress

    def _set_aside(self, answer: ParcelAnswer) -> None:
        if answer.outcome is ParcelOutcome.DONE:
            answer = replace(answer, outcome=ParcelOutcome.WITHDRAWN)
        if answer.worker not in self.aside:
            problem = ": ".join(filter(None, [answer.outcome, answer.reason]))
            self.tell(finding("E113", Span("--dask"), worker=answer.worker, problem=problem))
        self.aside[answer.worker] = answer
