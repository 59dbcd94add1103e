"""Writing files whole or not at all."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from leafpress.findings import ExitCode, Problem, Span
from leafpress.rules import finding

_MODE = 0o644
"""Outputs are for everybody in the clinic to read; `tempfile` makes them private."""

_PRIVATE = 0o600
"""What `tempfile` makes: left as it is, since some network drives refuse to change it."""

_NAMED = 40
"""Letters of a file's name in that of its temporary file: with four bytes each, and the 14 letters
that `tempfile` and we add, the longest that any name may have (255 bytes) is never passed."""

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""The system's numbers for "no room": nothing can be written until somebody makes some."""


def cannot_write(name: str, error: OSError) -> Problem:
    """What the system's refusal to write is called (B004, exit code 5).

    Args:
        name: how findings call what could not be written.
    """
    reason = (error.strerror or str(error)).lower()
    problem = finding("B004", Span(name), reason=reason)
    return Problem(problem, code=ExitCode.CANNOT_WRITE, errno=error.errno)


def write(
    path: Path, data: bytes, name: str | None = None, *, mode: int = _MODE, sync: bool = True
) -> None:
    """Write `data` to `path`: through a temporary file beside it, then one rename.

    Args:
        name: how findings call it, if not by its path.
        mode: who may read it.
        sync: whether it has to be on the disk before this returns: some 5 ms. Without, it is whole
            when a process is killed, but perhaps not when the power fails.

    Raises:
        Problem: it cannot be written (B004, exit code 5); what stood there before still does.
    """
    _write_to(path, lambda file: file.write(data), name or str(path), mode, sync=sync)


Fill = Callable[[BinaryIO], object]
"""Writes the content of a file."""


def _write_to(path: Path, fill: Fill, name: str, mode: int, *, sync: bool) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, fill, mode, sync=sync)
    except OSError as error:
        raise cannot_write(name, error) from error


def _replace(path: Path, fill: Fill, mode: int, *, sync: bool) -> None:
    prefix = f".{path.name[:_NAMED]}."
    handle, temporary = tempfile.mkstemp(prefix=prefix, suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            fill(file)
            file.flush()
            if sync:
                os.fsync(file.fileno())
        if mode != _PRIVATE:
            Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def copy(source: Path, target: Path, name: str, *, mode: int = _MODE) -> None:
    """Copy a file, which is never in memory as a whole: it may be of any size.

    Args:
        name: how findings call it.
        mode: who may read the copy.

    Raises:
        FileNotFoundError: there is nothing to copy.
        Problem: the copy cannot be written (B004, exit code 5).
    """
    with source.open("rb") as file:
        _write_to(target, lambda copied: shutil.copyfileobj(file, copied), name, mode, sync=True)


def remove(path: Path, stop: Path) -> None:
    """Remove a file, and the folders above it that this empties, up to `stop`."""
    path.unlink(missing_ok=True)
    folder = path.parent
    while folder != stop and stop in folder.parents:
        try:
            folder.rmdir()
        except OSError as error:
            if error.errno in (errno.ENOTEMPTY, errno.ENOENT):
                return
            raise
        folder = folder.parent


@contextmanager
def alone(folder: Path, name: str) -> Iterator[None]:
    """Nobody else who asks for the same writes in the folder meanwhile: they wait.

    Args:
        name: how findings call it.

    Raises:
        Problem: the folder cannot be made or written to (B004, exit code 5).
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = (folder / ".lock").open("w")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        problem = finding("B004", Span(name), reason=reason)
        raise Problem(problem, code=ExitCode.CANNOT_WRITE) from error
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
