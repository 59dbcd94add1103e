"""Rows to workers, results back: few at a time, so that a long list takes no more memory.

The processes are those of `press/schedule.py`. A letter that hangs or kills its worker is refused;
the others go on.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, TimeoutError, wait
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

from leafpress.findings import Span
from leafpress.mailing.batch import worker
from leafpress.mailing.selection.task import Result, Settings
from leafpress.press import schedule
from leafpress.rules import finding

SECONDS = 60
"""Longest time for one letter: a usual one takes a fiftieth of a second."""

TRANSIENT = frozenset({"E061", "E067", "E068"})
"""Rules whose rows are tried again by the next run: a fault, a time-out, a dead worker."""

_AHEAD = 4
"""Tasks waiting for each worker: enough that none is idle."""

_PRELOAD = "leafpress.mailing.batch.preload"

Job = TypeVar("Job")


@dataclass(frozen=True)
class Crew:
    """Workers that have started."""

    pool: ProcessPool
    jobs: int
    seconds: float

    def each(
        self,
        jobs: Iterable[Job],
        call: Callable[..., Result],
        arguments: Callable[[Job], tuple[object, ...]],
        place: Callable[[Job], Span],
    ) -> Iterator[tuple[Job, Result]]:
        """What `call` makes of each job, as it comes."""
        waiting: dict[Future[Result], Job] = {}
        source = iter(jobs)
        while True:
            for job in source:
                waiting[self.pool.schedule(call, args=arguments(job), timeout=self.seconds)] = job
                if len(waiting) >= self.jobs * _AHEAD:
                    break
            if not waiting:
                return
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                job = waiting.pop(future)
                yield job, self._result(future, place(job))

    def _result(self, future: Future[Result], place: Span) -> Result:
        """What a worker sent, or why it sent nothing."""
        try:
            return future.result()
        except TimeoutError:
            problem = finding("E067", place, limit=f"{self.seconds:g}")
        except ProcessExpired as error:
            problem = finding("E068", place, reason=schedule.cause(error.exitcode))
        return Result(errors=(problem,))


@contextmanager
def crew(settings: Settings, jobs: int, seconds: float = SECONDS) -> Iterator[Crew]:
    """Workers for as long as the `with` lasts.

    Raises:
        Interrupted: after Ctrl-C or SIGTERM.
    """
    with tempfile.TemporaryDirectory(prefix="leafpress-") as scratch, schedule.stop_on_signal():
        pool = schedule.start_pool(jobs, _PRELOAD, worker.start, (settings, scratch))
        try:
            yield Crew(pool, jobs, seconds)
        except KeyboardInterrupt:
            raise schedule.Interrupted from None
        finally:
            pool.stop()  # type: ignore[no-untyped-call]  # pebble has no type here
            pool.join()
