"""A look at the folder: which pairs have come to rest, and what can never be taken.

The folder is looked at again and again on purpose: network shares send no events. A file may be
taken once it has kept its size and time from one look to the next, so that nothing is read while
it is being written.
"""

from __future__ import annotations

import os
import stat
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from leafpress.mailing.incoming.strangers import Reason, strangers

Stamp = tuple[int, int]
"""Size, and time of the last change in nanoseconds. No inode: some shares invent them."""

HALF_CORRECTED = 5
"""Looks. Where only one of a pair has changed, or may have changed while nobody looked, the other
is given that long to follow."""

PATIENCE = 300.0
"""Seconds until a file is told that only waits, for its other half or for another name."""

Pair = tuple[str, str]
"""The names of a letter and its sidecar."""


class EntryKind(Enum):
    """What stands under a name."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FolderEntry:
    """What stands under a name of the folder."""

    kind: EntryKind
    stamp: Stamp


def stamp_of(path: Path) -> Stamp | None:
    """The stamp of a plain file; None for anything else, and for nothing.

    Raises:
        OSError: nobody can say, since its folder cannot be used.
    """
    try:
        state = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return (state.st_size, state.st_mtime_ns) if stat.S_ISREG(state.st_mode) else None


def entries(folder: Path) -> dict[str, FolderEntry]:
    """What stands in a folder, by name; what cannot be asked about is passed over this time.

    Raises:
        OSError: the folder itself cannot be read.
    """
    listed = {}
    with os.scandir(folder) as scanned:
        for item in scanned:
            with suppress(OSError):
                state = item.stat(follow_symlinks=False)
                listed[item.name] = FolderEntry(
                    _kind(state.st_mode), (state.st_size, state.st_mtime_ns)
                )
    return listed


_KINDS = {
    stat.S_IFREG: EntryKind.FILE,
    stat.S_IFDIR: EntryKind.FOLDER,
    stat.S_IFLNK: EntryKind.LINK,
}


def _kind(mode: int) -> EntryKind:
    return _KINDS.get(stat.S_IFMT(mode), EntryKind.OTHER)


def pairs(names: set[str]) -> list[Pair]:
    """Letters and their sidecars among these names, in order. Two letters have no one sidecar."""
    letters: dict[str, list[str]] = defaultdict(list)
    for name in names:
        path = Path(name)
        if path.suffix.casefold() == ".pdf" and not name.startswith("."):
            letters[f"{path.stem}.json"].append(name)
    single = [(own[0], sidecar) for sidecar, own in letters.items() if len(own) == 1]
    return sorted(pair for pair in single if pair[1] in names)


@dataclass(frozen=True, slots=True)
class Half:
    """A pair of which one has changed, or may have.

    Args:
        changed: the one; None where nobody was looking when it may have changed.
        looks: how many more the other is waited for.
    """

    pair: Pair
    changed: str | None
    looks: int


@dataclass
class Watch:
    """What is remembered of a folder from one look to the next.

    Args:
        own: names in it that are ours.
        patience: seconds until a file is told that only waits.
        hold: looks for which pairs are left alone that were there when looking began.
        clock: seconds that only ever grow.
        stuck: names that could not be moved.
    """

    folder: Path
    own: frozenset[str]
    patience: float = PATIENCE
    hold: int = HALF_CORRECTED
    clock: Callable[[], float] = time.monotonic
    seen: dict[str, FolderEntry] = field(default_factory=dict)
    since: dict[str, float] = field(default_factory=dict)
    halves: dict[Pair, Half] = field(default_factory=dict)
    settled: Set[str] = frozenset()
    stuck: set[str] = field(default_factory=set)
    told: dict[str, Reason] = field(default_factory=dict)

    def begin(self) -> None:
        """The first look after a start, or after the folder was away.

        A correction may have begun unseen: each pair is given the time that a correction takes.

        Raises:
            OSError: the folder cannot be read.
        """
        self.look()
        self.halves = {pair: Half(pair, None, self.hold) for pair in self._present()}

    def look(self) -> list[Pair]:
        """The pairs that have rested since the last look.

        Raises:
            OSError: the folder cannot be read.
        """
        before, self.seen = self.seen, entries(self.folder)
        now = self.clock()
        self.since = {name: self.since.get(name, now) for name in self.seen}
        present = self._present()
        self.settled = self.seen.keys() & before.keys()
        self.halves = {half.pair: half for half in self._half_corrected(present, before)}
        return [pair for pair in present if self._rested(pair, before)]

    def _present(self) -> list[Pair]:
        return pairs({name for name, own in self.seen.items() if own.kind is EntryKind.FILE})

    def stamps(self, pair: Pair) -> tuple[Stamp, Stamp]:
        """The stamps of a pair at the last look."""
        letter, sidecar = pair
        return self.seen[letter].stamp, self.seen[sidecar].stamp

    def _rested(self, pair: Pair, before: dict[str, FolderEntry]) -> bool:
        return pair not in self.halves and all(self._same(name, before) for name in pair)

    def _same(self, name: str, before: dict[str, FolderEntry]) -> bool:
        return before.get(name) == self.seen[name]

    def _half_corrected(
        self, present: list[Pair], before: dict[str, FolderEntry]
    ) -> Iterator[Half]:
        """The pairs of which one has changed and the other has not followed yet."""
        for pair in present:
            changed = [name for name in pair if name in before and not self._same(name, before)]
            half = self.halves.get(pair)
            if len(changed) == 1 and (half is None or half.changed in (None, changed[0])):
                yield Half(pair, changed[0], HALF_CORRECTED)
            elif not changed and half and half.looks > 1:
                yield replace(half, looks=half.looks - 1)

    def new_strangers(self) -> dict[str, Reason]:
        """What will never be taken as it stands, and was not told before."""
        kinds = {name: self.seen[name].kind.value for name in self.settled}
        now = self.clock()
        old = {name for name, start in self.since.items() if now - start >= self.patience}
        present = strangers(kinds, self.own, old)
        self.stuck &= self.seen.keys()
        present |= dict.fromkeys(self.stuck, Reason.STUCK)
        new = {name: why for name, why in present.items() if self.told.get(name) != why}
        self.told = present
        return new
