"""Whether an edition is fresh, in two depths, and why it is not.

First the files that it was made from (sizes and times, then digests where those differ): no
heavy import, so that a build with nothing to do answers at once. Then what the pages are made
of: an edited catalogue that leaves this edition's page alone leaves it fresh.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path, PurePath

from leafpress.content.root import SOURCES, Root
from leafpress.press.edition import Memory
from leafpress.system.digest import of_file

Stamp = tuple[int, int, str]
"""Size, modification time in nanoseconds, SHA-256."""

ABSENT: Stamp = (-1, -1, "")
"""Remembered of a file that is not there yet, and would matter if it were."""

_NOT_THERE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP})
"""What the system says where there is no such file."""

_NOT_SOURCES = frozenset({"leafpress", ".venv", "node_modules"})
"""Folders of a project that hold the program, libraries and fonts, and no words."""


def stamp(path: Path) -> Stamp:
    """What is remembered of a file."""
    state = path.stat()
    return state.st_size, state.st_mtime_ns, digest(path, state.st_size, state.st_mtime_ns)


@cache
def digest(path: Path, _size: int, _changed: int) -> str:
    """SHA-256 of a file; size and time make a changed file be read again."""
    return of_file(path)


@cache
def name_of(path: Path, root: Root) -> str:
    """How a file is remembered: by its way below the project in `root`, which may be moved.

    A clinic's file has the name of the one that it stands in for. A file outside keeps its whole
    path.
    """
    real_path = _real(path.parent) / path.name
    for folder in root.folders:
        real = _real(folder)
        for base, file in ((folder, path), (real, path), (real, real_path)):
            if file.is_relative_to(base):
                return file.relative_to(base).as_posix()
    return str(path)


@cache
def _real(folder: Path) -> Path:
    """A folder without links, which hundreds of files lie in."""
    return folder.resolve()


def stamps(paths: Iterable[Path], root: Root) -> dict[str, Stamp]:
    """What is remembered of several files, by `name_of`."""
    return {name_of(path, root): _stamp_or_absent(path) for path in dict.fromkeys(paths)}


def _stamp_or_absent(path: Path) -> Stamp:
    """The file is asked for once: there are hundreds for each edition."""
    try:
        return stamp(path)
    except OSError as error:
        if error.errno in _NOT_THERE:
            return ABSENT
        raise


def snapshot(root: Root, clinic: Path) -> dict[str, Stamp]:
    """What is remembered of every source, taken before any is read.

    One that somebody saves while editions are built from it is then known to be another one.
    """
    files = [path for folder in SOURCES for path in root.files(folder)]
    return stamps([*files, clinic], root)


def as_before(memory: Memory, before: Mapping[str, Stamp]) -> Memory:
    """The memory with the stamps of a snapshot: what changed after it may not have been read."""
    inputs = {name: before.get(name, known) for name, known in memory.inputs.items()}
    return replace(memory, inputs=inputs)


@cache
def is_source(name: str, clinic: str) -> bool:
    """Whether a file that is remembered holds words, pictures or looks of the project.

    Args:
        name: as `name_of` gives it.
        clinic: the clinic's file, in the same way: what lies beside it, such as a logo, is the
            clinic's also where that is outside the project.
    """
    path = PurePath(name)
    if path.is_absolute():
        folder = PurePath(clinic).parent
        if not folder.is_absolute() or not path.is_relative_to(folder):
            return False
        path = path.relative_to(folder)
    return path.parts[0] not in _NOT_SOURCES


@dataclass(frozen=True)
class Glance:
    """The files of a project at one moment: each is looked at once, for however many editions."""

    root: Root
    _stamps: dict[str, tuple[int, int] | None] = field(default_factory=dict)
    _digests: dict[str, str] = field(default_factory=dict)
    _sets: dict[tuple[int, str], tuple[Memory, tuple[str, ...]]] = field(default_factory=dict)

    def changed(self, memory: Memory) -> tuple[str, ...]:
        """The files that are no longer what an edition was made from.

        Editions that were made from the same files share them (`memories`): compared once.
        """
        key = (id(memory.inputs), memory.clinic)
        if key not in self._sets:
            self._sets[key] = (memory, tuple(self._changed(memory)))
        return self._sets[key][1]

    def _changed(self, memory: Memory) -> Iterator[str]:
        for name, known in memory.inputs.items():
            if self._has_changed(name, known, is_source(name, memory.clinic)):
                yield name

    def changed_sources(self, memory: Memory) -> Iterator[str]:
        """Of these, only the project's own: its words, pictures and looks, not the program."""
        for name, known in memory.inputs.items():
            if is_source(name, memory.clinic) and self._has_changed(name, known, True):
                yield name

    def is_there(self, name: str) -> bool:
        """Whether there is such a file."""
        return self._state(name) is not None

    def _has_changed(self, name: str, known: Stamp, source: bool) -> bool:
        """Whether a file is another one now.

        The project's own files are small, and read whatever their time says: a telephone number
        changes in place, and a copy, an archive or a file system that counts in whole seconds may
        give the new file the old time.
        """
        state = self._state(name)
        if state is None or known[0] == ABSENT[0]:
            return (state is None) != (known[0] == ABSENT[0])
        if state[0] != known[0]:
            return True
        if not source and state[1] == known[1]:
            return False
        return self._digest(name) != known[2]

    def _state(self, name: str) -> tuple[int, int] | None:
        if name not in self._stamps:
            self._stamps[name] = _size_and_time(self.root.file(name))
        return self._stamps[name]

    def _digest(self, name: str) -> str:
        if name not in self._digests:
            self._digests[name] = _read_digest(self.root.file(name))
        return self._digests[name]


def _read_digest(path: Path) -> str:
    """SHA-256 of a file; empty when it cannot be read, which no file's is."""
    try:
        return of_file(path)
    except OSError:
        return ""


def _size_and_time(path: Path) -> tuple[int, int] | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_size, state.st_mtime_ns


def output_intact(memory: Memory, path: Path, known: str) -> bool:
    """Whether the output is the file that was written; a copy of it is.

    Args:
        known: its SHA-256, from the manifest.
    """
    state = _size_and_time(path)
    if state is None or state[0] != memory.output[0]:
        return False
    return state == memory.output or digest(path, *state) == known


def reasons(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, ...]:
    """Why pages made of `new` are not those made of `old`: a sentence each."""
    return tuple(
        _reason(name, old.get(name), new.get(name))
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    )


def _reason(name: str, old: str | None, new: str | None) -> str:
    if old is None:
        return f"{name} is new"
    if new is None:
        return f"{name} is no longer used"
    if len(new) < 40:  # a version, not a digest
        return f"{name} was {old} and is {new}"
    return f"{name} changed"
