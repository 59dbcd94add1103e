"""The output folder: private, locked, and never half written.

`.enclose/` in it holds what a run remembers: `journal.jsonl`, a line for each row that was done,
and `intents.json`, the names that a run is about to write. A run that was killed leaves files
that no journal line claims; the next run knows by the intents that they are its own.
"""

from __future__ import annotations

import errno
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from leafpress.findings import ExitCode, Problem, Span
from leafpress.rules import finding
from leafpress.system import digest, files

STATE, JOURNAL, INTENTS = ".enclose", "journal.jsonl", "intents.json"
PARCELS, ORDERS = "parcels", "*.rows"
"""Where the rows lie that other machines do: `mailing/cluster/parcels.py`."""
LOCK, WORKERS = "lock", "workers"
"""Locked by the run, and by each of its workers for as long as it lives."""

REPORTS = (
    "receipts.csv",
    "receipts.json",
    "summary.html",
    "documents.json",
    "letters-without-row.csv",
)
"""What stands there only after a run that came to its end."""

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700

_FOR_PATIENTS = frozenset({".pdf", ".eml", ".brf"})


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file that was written: its name below the output folder, and what it was then."""

    name: str
    digest: str
    size: int
    time: int


@dataclass(frozen=True)
class OutputFolder:
    """An output folder; open it with `open_output`."""

    folder: Path

    @property
    def state(self) -> Path:
        """Where a run remembers."""
        return self.folder / STATE

    def write(self, name: str, data: bytes) -> OutputFile:
        """Write a file that only its owner can read.

        Raises:
            Problem: it cannot be written (B004).
        """
        path = self.folder / name
        private_folder(path.parent)
        files.write(path, data, STATE_NAME, mode=PRIVATE_FILE, sync=False)
        written = path.stat().st_mtime_ns
        return OutputFile(name, digest.of_bytes(data), len(data), written)

    @property
    def is_finished(self) -> bool:
        """Whether the last run came to its end, with everything on the disk."""
        return (self.folder / REPORTS[0]).is_file()

    def is_intact(self, file: OutputFile) -> bool:
        """Whether an output is the file that was written.

        After a run that did not come to its end the power may have failed, so every byte counts.
        """
        path = self.folder / file.name
        try:
            state = path.stat()
            same = (state.st_size, state.st_mtime_ns) == (file.size, file.time)
            return same and (self.is_finished or digest.of_file(path) == file.digest)
        except OSError:
            return False

    def remove(self, name: str) -> bool:
        """Remove an output, and its folder when that is then empty. Whether it was there."""
        path = self.folder / name
        if not path.is_file():
            return False
        files.remove(path, self.folder)
        return True

    def intend(self, names: list[str]) -> None:
        """Remember what is about to be written. A name claims its `.pdf`, `.eml` and folder."""
        data = json.dumps(sorted(names), ensure_ascii=False).encode()
        path = self.state / INTENTS
        if not path.exists() or path.read_bytes() != data:
            files.write(path, data, STATE_NAME, mode=PRIVATE_FILE)

    def unfinished(self) -> list[str]:
        """The outputs of an earlier run that may have been killed, claimed or not."""
        try:
            names = json.loads((self.state / INTENTS).read_bytes())
        except (OSError, ValueError):
            return []
        return [file for name in names for file in self._files_of(str(name))]

    def _files_of(self, name: str) -> Iterator[str]:
        for suffix in (".pdf", ".eml"):
            if (self.folder / f"{name}{suffix}").is_file():
                yield f"{name}{suffix}"
        for path in sorted((self.folder / name).glob("*")) if name else ():
            yield f"{name}/{path.name}"

    def sweep(self) -> None:
        """Remove temporary files that a killed run left."""
        for folder in (self.folder, self.state, *self._folders()):
            for path in folder.glob(".*.tmp"):
                path.unlink(missing_ok=True)
        for folder in self._folders():
            if not any(folder.iterdir()):
                folder.rmdir()

    def _folders(self) -> list[Path]:
        paths = self.folder.iterdir()
        return [path for path in paths if path.is_dir() and path != self.state]

    def finished_files(self) -> set[str]:
        """The names of all files for patients that stand in it."""
        names = set()
        for path in self.folder.rglob("*"):
            if self.state in path.parents or path.name.startswith("."):
                continue
            if path.is_file() and path.suffix in _FOR_PATIENTS:
                names.add(path.relative_to(self.folder).as_posix())
        return names


def flush_to_disk() -> None:
    """Have everything that was written on the disk: once a run, since once a file takes longer."""
    if hasattr(os, "sync"):
        os.sync()


STATE_NAME = "the output folder"
"""How messages call the files in it: their names are the patients' references."""


def private_folder(folder: Path) -> None:
    """Make a folder that only its owner can read."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
        if folder.stat().st_mode & 0o077:
            folder.chmod(PRIVATE_FOLDER)
    except OSError as error:
        raise files.cannot_write(STATE_NAME, error) from None


@contextmanager
def open_output(folder: Path, apart: tuple[Path, ...]) -> Iterator[OutputFolder]:
    """The output folder, locked against a second run.

    Args:
        apart: folders that it must neither hold nor lie in.

    Raises:
        Problem: it is not ours to write in (E060), or another run does (E062).
    """
    output = OutputFolder(folder)
    _refuse_strange(output, apart)
    private_folder(folder)
    with locked(output.state):
        _wait_for_workers(output.state)
        output.sweep()
        yield output


_PATIENCE = 90
"""Seconds. The workers of a run that was killed end after the letter at hand."""


def _wait_for_workers(state: Path) -> None:
    """Wait until no worker of an earlier run can write any more.

    Raises:
        Problem: one is still there after a while (E062).
    """
    for order in (state / PARCELS).glob(ORDERS):
        order.unlink(missing_ok=True)
    handle = os.open(state / WORKERS, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
    try:
        for _ in range(_PATIENCE * 10):
            if _locked(handle):
                return
            time.sleep(0.1)
        raise Problem(finding("E062", Span(STATE_NAME)), code=ExitCode.CANNOT_WRITE)
    finally:
        os.close(handle)


def join_workers(folder: Path) -> int:
    """Say that this process may write into an output folder, until it ends or closes the handle."""
    handle = os.open(folder / STATE / WORKERS, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """A private folder, locked against a second run.

    Raises:
        Problem: another run has the lock (E062), or there can be none here (B004).
    """
    private_folder(folder)
    try:
        lock = take_lock(folder)
    except OSError as error:
        raise files.cannot_write(STATE_NAME, error) from None
    try:
        yield
    finally:
        os.close(lock)


def take_lock(folder: Path) -> int:
    """The handle of a folder's lock, which is ours until the handle is closed.

    Raises:
        Problem: another run has the lock (E062).
        OSError: the folder cannot be used, or its file system knows no locks.
    """
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
    try:
        if not _locked(handle):
            raise Problem(finding("E062", Span(STATE_NAME)), code=ExitCode.CANNOT_WRITE)
    except BaseException:
        os.close(handle)
        raise
    return handle


def _refuse_strange(output: OutputFolder, apart: tuple[Path, ...]) -> None:
    own = output.folder.resolve()
    for other in map(Path.resolve, apart):
        if own == other or own in other.parents or other in own.parents:
            problem = "it is, holds or lies in the folder of letters or of editions"
            raise Problem(finding("E060", Span("--out"), problem=problem), code=ExitCode.USAGE)
    if output.folder.exists() and not output.folder.is_dir():
        raise Problem(finding("E060", Span("--out"), problem="it is a file"), code=ExitCode.USAGE)
    if output.folder.is_dir() and not output.state.is_dir() and any(output.folder.iterdir()):
        problem = "there are files in it that no earlier run has made"
        raise Problem(finding("E060", Span("--out"), problem=problem), code=ExitCode.USAGE)


_TAKEN = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK})
"""What the system says of a lock that another has: flock(2) the first; msvcrt the others."""


def _locked(handle: int) -> bool:
    """Take the lock; the system lets go of it when the process ends, however it ends.

    Raises:
        OSError: there are no locks here.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _TAKEN:
            return False
        raise
    return True


def private_from_now_on() -> None:
    """Make every file and folder of this process private, temporary ones too."""
    os.umask(0o077)
