"""Work for processes, and doing the one job that there is in this one, where nothing has to start.

No heavy import: `processes` has what starts workers.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import FrameType
from typing import Generic, TypeVar

from leafpress.system.interruption import Interrupted, stop_on_signal

Job = TypeVar("Job")
Result = TypeVar("Result")

_STDERR = 2
"""Its number: what stands in `sys.stderr` may be no file."""

_LONGER = 30
"""Seconds that Python has to end a job in this process, before the program is ended."""


@dataclass(frozen=True, slots=True)
class TimedOut:
    """A job took longer than its time, and its worker was ended."""


@dataclass(frozen=True, slots=True)
class Died:
    """A worker ended during a job; `reason` in words."""

    reason: str


@dataclass(frozen=True)
class Work(Generic[Job, Result]):
    """What workers do.

    Args:
        call: what a worker does with a job. What it raises ends the run.
        seconds: longest time for one job.
        preload: the module that the process which forks workers imports once.
        start: what a worker calls first, with a folder for temporary files and `arguments`.
    """

    call: Callable[[Job], Result]
    seconds: float
    preload: str
    start: Callable[..., None]
    arguments: tuple[object, ...] = ()


class _TooLong(BaseException):
    """The time is over. No `Exception`, so that no net for the faults of an edition takes it."""


def in_this_process(job: Job, work: Work[Job, Result]) -> Result | TimedOut:
    """What became of the one job that there is: nothing has to start, and nothing else can fail.

    A crash ends the program. One that hangs where Python cannot end it is ended a little later
    with all of the program, after a traceback (exit code 1).

    Raises:
        Interrupted: after Ctrl-C or SIGTERM.
    """
    try:
        with _scratch(), stop_on_signal(), _at_most(work.seconds):
            return work.call(job)
    except _TooLong:
        return TimedOut()
    except KeyboardInterrupt:
        raise Interrupted from None


@contextmanager
def _scratch() -> Iterator[None]:
    """A folder for temporary files, which is gone afterwards, as a worker has one."""
    before = tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="leafpress-") as folder:
        tempfile.tempdir = folder
        try:
            yield
        finally:
            tempfile.tempdir = before


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    def end(_number: int, _frame: FrameType | None) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)  # again, where a callback has swallowed it
    faulthandler.dump_traceback_later(seconds + _LONGER, exit=True, file=_STDERR)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        faulthandler.cancel_dump_traceback_later()
        signal.signal(signal.SIGALRM, before)


@contextmanager
def collecting_no_garbage() -> Iterator[None]:
    """For one edition: its garbage is small, and looking for it takes a tenth of its time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()  # what was imported stays: it need not be looked at when the program ends


@contextmanager
def collecting_afterwards() -> Iterator[None]:
    """For each of many editions: garbage is looked for once, when it is done.

    An edition's pages hold each other, and are all in use until it ends: looking for garbage
    meanwhile finds none, and takes up to a quarter of the time. Inside `collecting_no_garbage`
    there is nobody who would gain by it.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        collect()


def collect() -> None:
    """Let go of what nobody needs. What stays the first time stays for good, and is asked once."""
    gc.collect()
    _freeze()


@cache
def _freeze() -> None:
    """Once in a process: to ask how much is frozen takes as long as looking at all of it."""
    gc.freeze()


def at_most_a_core_each(jobs: int | None, work: int) -> int:
    """How many processes for `work` jobs: one a core at most, since more gain nothing."""
    cores = (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )
    return max(1, min(jobs or cores, work))
