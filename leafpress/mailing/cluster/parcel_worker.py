"""What a worker of a cluster does with a parcel: each row as a worker of one machine does it.

It runs in a process of Dask's that somebody has started, and leaves that as it was. A letter that
takes too long, or kills the process, costs the process: Dask starts it again, and whoever gets the
parcel next knows by the notes which row it was.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache, lru_cache
from pathlib import Path

from leafpress.findings import Problem
from leafpress.mailing.batch import worker
from leafpress.mailing.batch.program import program
from leafpress.mailing.batch.worker import RowJob
from leafpress.mailing.cluster.parcels import (
    STRIKES,
    NotesWriter,
    ParcelAnswer,
    ParcelFolder,
    ParcelNotes,
    ParcelOrder,
    ParcelOutcome,
    ParcelSettings,
)
from leafpress.mailing.output.folder import OutputFolder, flush_to_disk, join_workers
from leafpress.mailing.selection.task import RowResult
from leafpress.rules import finding

_alone = threading.Lock()
"""One parcel at a time: pdfium and the settings of a worker are of the process."""

_own_program = cache(program)
"""Of the code that this process has imported, whatever stands on the disk later."""

do_row = worker.do
"""Does one row."""


def do_parcel(order: ParcelOrder) -> ParcelAnswer:
    """Do the rows of a parcel. Raises nothing, since Dask would log what is raised."""
    with _alone:
        folder = ParcelFolder(Path(order.out))
        try:
            return _do(order, folder)
        except Problem as problem:
            reason = os.strerror(problem.errno).lower() if problem.errno else ""
            return _answer(ParcelOutcome.CANNOT_WRITE, reason)
        except (FileNotFoundError, ValueError):
            return _answer(ParcelOutcome.WITHDRAWN)
        except OSError as error:
            return _answer(ParcelOutcome.CANNOT_WRITE, (error.strerror or "").lower())
        except Exception as error:  # its message may quote a letter: only its name is told
            return _answer(ParcelOutcome.FAULT, type(error).__name__)


def flush() -> None:
    """Have everything that was written here on the disk."""
    flush_to_disk()


def _answer(outcome: ParcelOutcome, reason: str = "") -> ParcelAnswer:
    return ParcelAnswer(outcome, _address(), reason=reason)


def _address() -> str:
    from distributed import get_worker

    return str(get_worker().address)


def _do(order: ParcelOrder, folder: ParcelFolder) -> ParcelAnswer:
    settings = _settings(folder, order.settings)
    if settings.program != _own_program():
        return _answer(ParcelOutcome.OTHER_PROGRAM)
    with _as_worker(settings, folder):
        rows = folder.rows(order.rows)
        before = folder.notes(order.rows)
        notes = NotesWriter(folder, order.rows)
        try:
            for job in _in_order(rows, before):
                if folder.is_withdrawn(order.rows):
                    return _answer(ParcelOutcome.WITHDRAWN)
                _do_row(job, settings, before, notes)
            return ParcelAnswer(ParcelOutcome.DONE, _address(), notes.path.name, notes.digest())
        finally:
            notes.close()


@lru_cache(1)
def _settings(folder: ParcelFolder, name: str) -> ParcelSettings:
    """The settings of a run: one at a time."""
    return folder.settings(name)


def _in_order(rows: tuple[RowJob, ...], before: ParcelNotes) -> list[RowJob]:
    """Rows during which a worker ended come last: they hold up no other."""
    return sorted(rows, key=lambda job: before.strikes[job.key])


def _do_row(job: RowJob, settings: ParcelSettings, before: ParcelNotes, notes: NotesWriter) -> None:
    result = _known(job, settings, before)
    if result is None:
        notes.begin(job)
        try:
            with _at_most(settings.seconds, notes.late):
                result = do_row(job)
        except BaseException:
            notes.leave()
            raise
    notes.end(result)


def _known(job: RowJob, settings: ParcelSettings, before: ParcelNotes) -> RowResult | None:
    """What needs no doing: a row that is done and still holds, or one that must not be tried."""
    span, day = job.task.span, settings.worker.today.isoformat()
    if job.key in before.late:
        late = finding("E067", span, limit=f"{settings.seconds:g}")
        return worker.refused(job, day, late)
    if before.strikes[job.key] >= STRIKES:
        reason = f"{STRIKES} workers of the cluster ended while they did it"
        return worker.refused(job, day, finding("E068", span, reason=reason))
    result = before.results.get(job.key)
    output = OutputFolder(settings.worker.out)
    if result and all(map(output.is_intact, result.outputs)):
        return result
    return None


@contextmanager
def _at_most(seconds: float, late: int) -> Iterator[None]:
    """End this process after so long, with a word in `late`, even if no Python runs in it."""
    faulthandler.dump_traceback_later(seconds, exit=True, file=late)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


@contextmanager
def _as_worker(settings: ParcelSettings, folder: ParcelFolder) -> Iterator[None]:
    """Be what `worker.start` makes of a process, for as long as the `with` lasts.

    Raises:
        OSError: the folder cannot be used.
    """
    worker.set_up(settings.worker)
    with ExitStack() as stack:
        stack.callback(os.umask, os.umask(0o077))
        stack.callback(logging.disable, logging.root.manager.disable)
        logging.disable(logging.CRITICAL)  # libraries' warnings may quote a letter
        stack.callback(os.close, join_workers(settings.worker.out))
        scratch = tempfile.TemporaryDirectory(dir=folder.path, ignore_cleanup_errors=True)
        stack.callback(setattr, tempfile, "tempdir", tempfile.tempdir)
        tempfile.tempdir = stack.enter_context(scratch)
        stack.enter_context(_with_little_memory())
        yield


@contextmanager
def _with_little_memory() -> Iterator[None]:
    """As much address space as a worker of one machine may have, besides what is taken now."""
    if sys.platform == "win32":
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = worker.MEMORY + _taken()
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _taken() -> int:
    """Bytes of address space that this process has (proc(5), statm); 0 where that is not told."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
