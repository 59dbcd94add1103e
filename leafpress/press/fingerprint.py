"""Whether an edition is fresh, in two depths, and why it is not.

First the files that it was made from (sizes and times, then digests where those differ): no
heavy import, so that a build with nothing to do answers at once. Then what the pages are made
of: an edited catalogue that leaves this edition's page alone leaves it fresh.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from leafpress.press.edition import Memory
from leafpress.system.digest import of_file

Stamp = tuple[int, int, str]
"""Size, modification time in nanoseconds, SHA-256."""

ABSENT: Stamp = (-1, -1, "")
"""Remembered of a file that is not there yet, and would matter if it were."""


def stamp(path: Path) -> Stamp:
    """What is remembered of a file."""
    state = path.stat()
    return state.st_size, state.st_mtime_ns, digest(path, state.st_size, state.st_mtime_ns)


@cache
def digest(path: Path, _size: int, _changed: int) -> str:
    """SHA-256 of a file; size and time make a changed file be read again."""
    return of_file(path)


def stamps(paths: Iterable[Path]) -> dict[str, Stamp]:
    """What is remembered of several files, by path."""
    every = sorted(set(paths))
    return {str(path): stamp(path) if path.exists() else ABSENT for path in every}


def changed_inputs(memory: Memory) -> Iterator[str]:
    """The files that are no longer what they were."""
    for name, (size, changed, known) in memory.inputs.items():
        try:
            state = Path(name).stat()
        except OSError:
            if size != ABSENT[0]:
                yield name
            continue
        if (state.st_size, state.st_mtime_ns) == (size, changed):
            continue
        if state.st_size != size or digest(Path(name), size, state.st_mtime_ns) != known:
            yield name


def output_intact(memory: Memory, path: Path) -> bool:
    """Whether the output is the file that was written."""
    try:
        state = path.stat()
    except OSError:
        return False
    return (state.st_size, state.st_mtime_ns) == memory.output


def reasons(old: dict[str, str], new: dict[str, str]) -> tuple[str, ...]:
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
