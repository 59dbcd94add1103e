"""Worker processes: the only module that starts them, and the one loop that feeds them.

Workers start by forkserver, never by fork after rendering (Pango keeps a fontconfig thread that
hangs in a forked child). A worker that dies fails one job; the others go on.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, TimeoutError, wait
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.context import ForkServerContext
from multiprocessing.forkserver import ensure_running
from types import TracebackType
from typing import Generic

from pebble import ProcessExpired, ProcessPool

from leafpress.system.interruption import Interrupted, require_not_interrupted, stop_on_signal
from leafpress.system.work import Died, Job, Result, TimedOut, Work

_TASKS_A_WORKER = 200
"""Then a worker is replaced: WeasyPrint keeps a little memory of each document."""

_TICK = 0.1
"""Seconds between looks at what the workers are doing."""

_AHEAD = 4
"""Jobs waiting for each worker: enough that none is idle, few enough to hold in memory."""

_LONGEST_FOLDER = 103 - len("/pymp-12345678/listener-12345678")
"""Bytes of the temporary folder's path: a socket's path has 104 at most with its end (macOS;
108 on Linux), and the forkserver adds two names of `tempfile`."""


@dataclass(frozen=True)
class WorkerPool(Generic[Job, Result]):
    """Workers that have started."""

    pool: ProcessPool
    count: int
    work: Work[Job, Result]

    def each(
        self, jobs: Iterable[Job], running: Callable[[tuple[Job, ...]], None] | None = None
    ) -> Iterator[tuple[Job, Result | TimedOut | Died]]:
        """What became of each job, as it comes; few wait at a time, however many there are.

        Args:
            running: told at every tick which jobs are being done.
        """
        source = iter(jobs)
        waiting: dict[Future[Result], Job] = {}
        self._fill(waiting, source)
        while waiting:
            require_not_interrupted()
            timeout = _TICK if running else None
            finished = wait(waiting, timeout=timeout, return_when=FIRST_COMPLETED).done
            if running:
                running(tuple(job for future, job in waiting.items() if future.running()))
            results = [(future, job) for future, job in waiting.items() if future in finished]
            for future, _ in results:
                del waiting[future]
            self._fill(waiting, source)
            for future, job in results:
                result = _result(future)
                yield job, result

    async def ask(self, job: Job) -> Result | TimedOut | Died:
        """What became of one job, for a program that does other things meanwhile."""
        from asyncio import wait as wait_for  # for the one command that serves pages
        from asyncio import wrap_future

        future = self.pool.schedule(self.work.call, args=(job,), timeout=self.work.seconds)
        await wait_for([wrap_future(future)])
        return _result(future)

    def _fill(self, waiting: dict[Future[Result], Job], source: Iterator[Job]) -> None:
        while len(waiting) < self.count * _AHEAD:
            job = next(source, None)
            if job is None:
                return
            future = self.pool.schedule(self.work.call, args=(job,), timeout=self.work.seconds)
            waiting[future] = job


def _result(future: Future[Result]) -> Result | TimedOut | Died:
    """What a worker sent, or why it sent nothing."""
    try:
        return future.result()
    except TimeoutError:
        return TimedOut()
    except ProcessExpired as error:
        return Died(_cause(error.exitcode))


def _cause(code: int | None) -> str:
    """Why a process ended, in words."""
    if code is not None and code < 0:
        return f"signal {signal.Signals(-code).name}"
    return f"exit code {code}"


@contextmanager
def worker_pool(count: int, work: Work[Job, Result]) -> Iterator[WorkerPool[Job, Result]]:
    """`count` workers for as long as the `with` lasts; SIGTERM ends it as Ctrl-C does.

    Raises:
        Interrupted: after Ctrl-C or SIGTERM.
    """
    with tempfile.TemporaryDirectory(prefix="leafpress-") as scratch, stop_on_signal():
        pool = _started(count, work, scratch)
        try:
            yield WorkerPool(pool, count, work)
        except KeyboardInterrupt:
            raise Interrupted from None
        finally:
            pool.stop()  # type: ignore[no-untyped-call]  # pebble has no type here
            pool.join()


def _started(count: int, work: Work[Job, Result], scratch: str) -> ProcessPool:
    context = multiprocessing.get_context(_way_of_starting())
    if isinstance(context, ForkServerContext):
        context.set_forkserver_preload([work.preload])
        _start_forkserver()
    return ProcessPool(
        max_workers=count,
        max_tasks=_TASKS_A_WORKER,
        initializer=_start,
        initargs=(work.start, scratch, *work.arguments),
        context=context,
    )


def _start_forkserver() -> None:
    """Start it deaf to Ctrl-C, which the terminal sends to every process: it ends with this one.

    Its own deafness begins only after it has imported everything, and it would tell of it.
    """
    with deaf_to_ctrl_c():
        ensure_running()


@contextmanager
def deaf_to_ctrl_c() -> Iterator[None]:
    """What is started meanwhile, threads and processes, does not hear it, nor what they start.

    The terminal sends it to every process: those that end with this one need not tell of it.
    """
    resource_tracker.ensure_running()  # else it is started meanwhile, and opens the ears again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def quiet_about_ended_runs() -> None:
    """For the process that forks workers: one that is born as its run ends finds nothing of it."""
    show = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, FileNotFoundError | EOFError | ConnectionError):
            show(kind, error, trace)

    sys.excepthook = hook


def _start(start: Callable[..., None], *arguments: object) -> None:
    """What a worker does first: see to it that it does not outlive the program."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    start(*arguments)


def _end_with_parent() -> None:
    """Wait until the program is gone, however it ended, and end as well.

    Nobody else does it after a `kill -9`: the process that forks workers stays for as long as one
    of them runs (Python's manual, multiprocessing, "Contexts and start methods").
    """
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _way_of_starting() -> str:
    """`spawn` where there is no forkserver, or no room for the name of its socket."""
    if sys.platform == "win32" or len(os.fsencode(tempfile.gettempdir())) > _LONGEST_FOLDER:
        return "spawn"
    return "forkserver"
