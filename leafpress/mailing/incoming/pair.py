"""A letter and its sidecar that are ours: moved out of everybody's reach, then read once.

A pair is taken by moving both into a folder of their own below `.work/taken/`. What somebody puts
into the folder under the same names from then on is another pair, and is served after this one.
"""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from leafpress.joining.limits import BYTES
from leafpress.mailing.incoming.look import Pair, Stamp, pairs, stamp_of
from leafpress.mailing.lists.sidecar import LARGEST
from leafpress.mailing.output.folder import PRIVATE_FOLDER

WORK, TAKEN = ".work", "taken"


@dataclass(frozen=True, slots=True)
class PairContent:
    """What was read of a pair: its bytes, or one more than there may be."""

    letter: bytes
    sidecar: bytes

    @property
    def is_whole(self) -> bool:
        """Whether all of it was read."""
        return len(self.letter) <= BYTES and len(self.sidecar) <= LARGEST


class UnreadablePair(OSError):
    """A pair that cannot be read: its permissions, a fault of the disk, a drive that is away."""


@dataclass(frozen=True, slots=True)
class TakenPair:
    """A pair that is ours.

    Args:
        place: the folder that it lies in now.
        home: the folder that it came from.
        stamps: of letter and sidecar when they were taken; of half a pair there are none.
    """

    place: Path
    home: Path
    pair: Pair
    stamps: tuple[Stamp | None, Stamp | None]

    @property
    def letter(self) -> str:
        """The letter's name."""
        return self.pair[0]

    @property
    def paths(self) -> tuple[Path, Path]:
        """Where letter and sidecar lie."""
        letter, sidecar = self.pair
        return self.place / letter, self.place / sidecar

    @property
    def is_half(self) -> bool:
        """Whether one of the two is missing: it could not be taken, nor the other be put back."""
        return None in self.stamps

    @property
    def has_changed(self) -> bool:
        """Whether somebody who still had it open has written to it, or it is gone.

        Raises:
            OSError: nobody can say.
        """
        letter, sidecar = self.paths
        return (stamp_of(letter), stamp_of(sidecar)) != self.stamps

    def read(self) -> PairContent:
        """Its bytes, each file opened once, and no more of it than there may be.

        Raises:
            UnreadablePair: one cannot be read.
        """
        letter, sidecar = self.paths
        return PairContent(_read(letter, BYTES), _read(sidecar, LARGEST))

    def put_back(self) -> bool:
        """Put it where it came from, over nothing that stands there now; whether all is there."""
        return put_back(self.place, self.home)

    def discard(self) -> None:
        """Remove it: it is filed."""
        shutil.rmtree(self.place, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pair that is ours and could not be done yet.

    Args:
        due: the look at which it is tried again.
    """

    taken: TakenPair
    tries: int
    due: int


def _read(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            return file.read(min(size, most) + 1)  # so many bytes are set aside
    except OSError as error:
        raise UnreadablePair(error.errno, error.strerror) from None


def private(folder: Path) -> None:
    """Make a folder that only its owner can read, as far as the drive knows owners.

    Raises:
        OSError: it cannot be made, or something else stands there.
    """
    if not folder.is_dir():
        folder.mkdir(mode=PRIVATE_FOLDER)


def take(home: Path, pair: Pair, stamps: tuple[Stamp, Stamp]) -> TakenPair | None:
    """Take a pair out of the folder; None where it is not what it was when it was looked at.

    Raises:
        OSError: a file cannot be moved; then both stand where they stood.
    """
    place = _new_place(home)
    try:
        for name in pair:
            (home / name).rename(place / name)
        taken = TakenPair(place, home, pair, stamps)
        if not taken.has_changed:
            return taken
    except FileNotFoundError:
        pass  # somebody took it away again
    except BaseException:
        put_back(place, home)
        raise
    put_back(place, home)
    return None


def _new_place(home: Path) -> Path:
    folder = home / WORK / TAKEN
    private(folder)
    for number in itertools.count(1):
        place = folder / str(number)
        with suppress(FileExistsError):
            place.mkdir(mode=PRIVATE_FOLDER)
            return place
    raise AssertionError("there is always another number")


def put_back(place: Path, home: Path) -> bool:
    """Put all that lies in `place` back, over nothing; whether nothing is left there."""
    with suppress(OSError):
        for path in list(place.iterdir()):
            with suppress(OSError):
                _move_to_free_name(path, home / path.name)
        place.rmdir()
    return not os.path.lexists(place)


def _move_to_free_name(path: Path, target: Path) -> None:
    """Move a file to a name that nothing has: by a second name for it, since `rename` overwrites.

    Raises:
        OSError: something stands there, or it cannot be moved.
    """
    try:
        os.link(path, target)
    except FileExistsError:
        raise
    except OSError:  # a drive that knows no second names
        if os.path.lexists(target):
            raise
        path.rename(target)
    else:
        path.unlink()


def left_behind(home: Path) -> Iterator[Path]:
    """The places of pairs that a service which was killed had taken, oldest first.

    Raises:
        OSError: the folder cannot be read.
    """
    folder = home / WORK / TAKEN
    private(folder)
    places = [path for path in folder.iterdir() if path.is_dir()]
    yield from sorted(places, key=lambda path: (path.stat().st_mtime_ns, path.name))


def pair_in(place: Path, home: Path) -> TakenPair | None:
    """The pair that lies in a place; None where it is not whole.

    Raises:
        OSError: the place cannot be read.
    """
    names = {path.name for path in place.iterdir()}
    for pair in pairs(names):
        letter, sidecar = (stamp_of(place / name) for name in pair)
        return TakenPair(place, home, pair, (letter, sidecar))
    return None


def parts_in(place: Path, home: Path) -> TakenPair:
    """What lies in a place as a pair, though half of it is not there.

    Raises:
        OSError: the place cannot be read.
    """
    paths = sorted(place.iterdir())
    stem = next((path.stem for path in paths), "letter")
    letters = [path.name for path in paths if path.suffix.casefold() == ".pdf"]
    letter = min(letters, default=f"{stem}.pdf")
    return TakenPair(place, home, (letter, f"{Path(letter).stem}.json"), (None, None))
