"""Which editions are built, in which processes. The only module that starts processes.

Workers start by forkserver, never by fork after rendering (Pango keeps a fontconfig thread that
hangs in a forked child). A worker that dies fails one edition; the others go on.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, TimeoutError, wait
from dataclasses import dataclass, replace
from types import FrameType

from pebble import ProcessExpired, ProcessPool

from leafpress.findings import ExitCode
from leafpress.press import worker
from leafpress.press.edition import Edition, Order, Outcome, Status
from leafpress.press.freshness import known_memory
from leafpress.press.manifest import Manifest
from leafpress.rules import finding

SECONDS = 300
"""Longest time for one edition: the largest takes about 2 s."""

_TASKS_A_WORKER = 200
"""Then a worker is replaced: WeasyPrint keeps a little memory of each document."""

_TICK = 0.1
"""Seconds between looks at what the workers are doing."""

_LONGEST_FOLDER = 103 - len("/pymp-12345678/listener-12345678")
"""Bytes of the temporary folder's path: a socket's path has 104 at most with its end (macOS;
108 on Linux), and the forkserver adds two names of `tempfile`."""

_PRELOAD = "leafpress.press.preload"


Show = Callable[[tuple[Edition, ...], Outcome | None], None]
"""Told at every tick what is being built, and of each outcome as it comes."""


class Interrupted(Exception):
    """Ctrl-C: what was finished by then is kept."""


@dataclass(frozen=True)
class Shift:
    """One run of the press: `jobs` processes, the manifest they fill, and who is told."""

    order: Order
    manifest: Manifest
    jobs: int
    show: Show

    def run(self, editions: list[Edition]) -> list[Outcome]:
        """Build `editions`.

        Raises:
            Interrupted: after Ctrl-C; the manifest then holds what was finished.
        """
        outcomes = []
        with tempfile.TemporaryDirectory(prefix="leafpress-") as scratch, stop_on_signal():
            pool = start_pool(self.jobs, _PRELOAD, worker.start, (scratch,))
            try:
                for outcome in self._outcomes(pool, editions):
                    outcomes.append(outcome)
                    store(outcome, self.manifest)
                    self.show((), outcome)
            except KeyboardInterrupt:
                raise Interrupted from None
            finally:
                pool.stop()  # type: ignore[no-untyped-call]  # pebble has no type here
                pool.join()
        return outcomes

    def _outcomes(self, pool: ProcessPool, editions: list[Edition]) -> Iterator[Outcome]:
        futures: dict[Future[Outcome], Edition] = {
            self._schedule(pool, edition): edition for edition in editions
        }
        waiting: set[Future[Outcome]] = set(futures)
        while waiting:
            finished, waiting = wait(waiting, timeout=_TICK, return_when=FIRST_COMPLETED)
            self.show(tuple(sorted(futures[each] for each in waiting if each.running())), None)
            for future in sorted(finished, key=lambda each: futures[each]):
                yield _outcome(futures[future], future)

    def _schedule(self, pool: ProcessPool, edition: Edition) -> Future[Outcome]:
        known = known_memory(edition, self.order, self.manifest)
        return pool.schedule(worker.build, args=(edition, self.order, known), timeout=SECONDS)


def start_pool(
    jobs: int, preload: str, start: Callable[..., None], arguments: tuple[object, ...]
) -> ProcessPool:
    """Processes for any kind of work.

    Args:
        preload: the module that the process which forks them imports once.
        start: what each of them calls first, with `arguments`.
    """
    context = multiprocessing.get_context(_way_of_starting())
    if hasattr(context, "set_forkserver_preload"):
        context.set_forkserver_preload([preload])
    return ProcessPool(
        max_workers=jobs,
        max_tasks=_TASKS_A_WORKER,
        initializer=start,
        initargs=arguments,
        context=context,
    )


def _way_of_starting() -> str:
    """`spawn` where there is no forkserver, or no room for the name of its socket."""
    if sys.platform == "win32" or len(os.fsencode(tempfile.gettempdir())) > _LONGEST_FOLDER:
        return "spawn"
    return "forkserver"


def _outcome(edition: Edition, future: Future[Outcome]) -> Outcome:
    """What a worker sent, or why it sent nothing."""
    try:
        return future.result()
    except TimeoutError:
        problem = finding("B006", edition.place, limit=SECONDS)
    except ProcessExpired as error:
        problem = finding("B005", edition.place, reason=cause(error.exitcode))
    return Outcome(edition, Status.FAILED, (problem,), code=ExitCode.FINDINGS)


def cause(code: int | None) -> str:
    """Why a process ended, in words."""
    if code is not None and code < 0:
        return f"signal {signal.Signals(-code).name}"
    return f"exit code {code}"


def store(outcome: Outcome, manifest: Manifest) -> None:
    """Enter an outcome into the manifest."""
    output = outcome.edition.output
    if outcome.entry and outcome.memory:
        manifest.put(output, outcome.entry, outcome.memory)
    elif outcome.status is Status.WITHDRAWN:
        manifest.drop(output)
    elif output in manifest.entries:
        _remember(outcome, manifest)


def _remember(outcome: Outcome, manifest: Manifest) -> None:
    """The file that stands there stays: it is still right, or it is now known to be stale."""
    output = outcome.edition.output
    entry, memory = manifest.entries[output], manifest.memories[output]
    if outcome.status is Status.FRESH and outcome.memory:
        manifest.put(
            output, replace(entry, stale=()), replace(outcome.memory, output=memory.output)
        )
    elif outcome.status in (Status.FAILED, Status.NOT_TRANSLATED):
        why = tuple(str(each) for each in outcome.findings)
        manifest.put(output, replace(entry, stale=why), memory)


class stop_on_signal:  # noqa: N801  # used as a statement: `with stop_on_signal():`
    """Makes SIGTERM end a run as Ctrl-C does: files whole, manifest written."""

    def __enter__(self) -> None:
        self._before = signal.signal(signal.SIGTERM, self._interrupt)

    def __exit__(self, *_error: object) -> None:
        signal.signal(signal.SIGTERM, self._before)

    @staticmethod
    def _interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt


def workers(jobs: int | None, editions: int) -> int:
    """How many processes: one a core at most, since more gain nothing."""
    cores = (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )
    return max(1, min(jobs or cores, editions))
