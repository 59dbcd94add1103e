"""Where pairs end: `done/NAME/` or `refused/NAME/`, each put there whole, in one step.

What is filed are the bytes that were read, never the file that stands under that name by now.
"""

from __future__ import annotations

import errno
import itertools
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from leafpress.findings import Finding, Problem
from leafpress.mailing.incoming.pair import PairContent, TakenPair, private
from leafpress.mailing.output.folder import PRIVATE_FILE
from leafpress.system import digest, files

DONE, REFUSED = "done", "refused"
REASON, ORIGINAL_NAME, CAME_IN = "reason.txt", "name.txt", "came-in"

_STAGE = ".being-filed"
"""In `done/` and `refused/` themselves: each may be a link to another disk."""

_FILED = "a copy of a letter"
"""How messages call what is filed."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What is to be filed of a pair.

    Args:
        content: what was read of it; None where it could not be read.
        reasons: why it was refused; none where it is done.
        outputs: what it became, by their names below its folder.
    """

    content: PairContent | None
    reasons: tuple[Finding, ...] = ()
    outputs: tuple[tuple[str, bytes], ...] = ()

    @property
    def kind(self) -> str:
        """Where it belongs."""
        return REFUSED if self.reasons else DONE

    @property
    def is_kept(self) -> bool:
        """Whether all of the pair was read, so that its bytes can be filed."""
        return self.content is not None and self.content.is_whole


@dataclass(frozen=True, slots=True)
class _Names:
    """How a pair is called where it is filed."""

    folder: str
    letter: str
    sidecar: str
    original: str = ""


def _names(taken: TakenPair) -> Iterator[_Names]:
    """How a pair may be called, the best first.

    Its own names; the same below a folder, where an output has one of them; plain ones, for a drive
    that does not take its own.
    """
    letter, sidecar = taken.pair
    stem = Path(letter).stem
    yield _Names(stem, letter, sidecar)
    yield _Names(stem, f"{CAME_IN}/{letter}", f"{CAME_IN}/{sidecar}")
    printable = letter.encode(errors="replace").decode()
    plain = f"letter-{digest.of_bytes(os.fsencode(letter))[:8]}"
    yield _Names(plain, "letter.pdf", "letter.json", original=printable)


def file_pair(taken: TakenPair, filed: Filed) -> None:
    """Put everything into one folder, and move that to its place.

    Killed before the move, the pair is done again; killed after it, it is known as done.

    Raises:
        OSError: it cannot be filed now; it still lies where it was taken.
    """
    problem: OSError | None = None
    folder = taken.home / filed.kind
    private(folder)
    for names in _names(taken):
        try:
            _file_as(names, folder, taken, filed)
        except OSError as error:
            if error.errno in files.FULL:
                raise
            problem = error
        else:
            return
    raise problem or AssertionError("a pair has names")


def _file_as(names: _Names, folder: Path, taken: TakenPair, filed: Filed) -> None:
    stage = folder / _STAGE
    if os.path.lexists(stage):
        shutil.rmtree(stage)
    private(stage)
    for name, data in _parts(names, filed):
        private((stage / name).parent)
        if os.path.lexists(stage / name):
            raise FileExistsError(errno.EEXIST, "letter and output have one name")
        _write(stage / name, data)
    target = _free_place(names, folder, filed)
    stage.rename(target)
    if not filed.is_kept:
        _move_unread(names, taken, target)


def _parts(names: _Names, filed: Filed) -> Iterator[tuple[str, bytes]]:
    if filed.content and filed.is_kept:
        yield names.letter, filed.content.letter
        yield names.sidecar, filed.content.sidecar
    if filed.reasons:
        lines = [f"{own.rule}: {own.sentence}\n  {own.hint}\n" for own in filed.reasons]
        yield REASON, "".join(lines).encode(errors="replace")
    if names.original:
        yield ORIGINAL_NAME, f"{names.original}\n".encode()
    yield from filed.outputs


def _write(path: Path, data: bytes) -> None:
    """Write a file that only its owner can read.

    Raises:
        OSError: it cannot be written.
    """
    try:
        files.write(path, data, _FILED, mode=PRIVATE_FILE)
    except Problem as problem:
        raise OSError(problem.errno, os.strerror(problem.errno or errno.EIO)) from None


def _move_unread(names: _Names, taken: TakenPair, target: Path) -> None:
    """Move what was not read as a whole: it may be of any size, or unreadable."""
    for path, name in zip(taken.paths, (names.letter, names.sidecar), strict=True):
        with suppress(FileNotFoundError):
            shutil.move(path, target / name)


def _free_place(names: _Names, folder: Path, filed: Filed) -> Path:
    """A name that nothing has: `NAME`, or `NAME-2`, `NAME-3` and so on.

    A refusal that is over, since its letter and sidecar were taken out of it to be mended or are
    these very ones, makes room for the next.
    """
    for place in _places(names.folder, folder):
        if not os.path.lexists(place):
            return place
        if filed.reasons and _is_over(place, names, filed):
            shutil.rmtree(place)
            return place
    raise AssertionError("there is always another number")


def _places(name: str, folder: Path) -> Iterator[Path]:
    yield folder / name
    for number in itertools.count(2):
        yield folder / f"{name}-{number}"


def _is_over(place: Path, names: _Names, filed: Filed) -> bool:
    if not place.is_dir() or place.is_symlink():
        return False
    left = {path.name for path in place.iterdir()} - {REASON, ORIGINAL_NAME}
    return not left or (left == {names.letter, names.sidecar} and _holds(place, names, filed))


def _holds(place: Path, names: _Names, filed: Filed) -> bool:
    """Whether a folder holds these very bytes as its letter and sidecar."""
    if not filed.content or not filed.is_kept:
        return False
    wanted = ((names.letter, filed.content.letter), (names.sidecar, filed.content.sidecar))
    return all(_is_file_of(place / name, data) for name, data in wanted)


def _is_file_of(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def was_done(taken: TakenPair, content: PairContent) -> bool:
    """Whether these very bytes stand in `done/` under this name: a pair is never done twice."""
    filed = Filed(content)
    for names in _names(taken):
        for place in _places(names.folder, taken.home / DONE):
            if not os.path.lexists(place):
                break
            if _holds(place, names, filed):
                return True
    return False


def outputs_in(folder: Path, left_out: Iterable[str]) -> tuple[tuple[str, bytes], ...]:
    """The files below a run's output folder, by their names there.

    Args:
        left_out: names of files and folders that are not filed.
    """
    outputs = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and not set(name.parts) & set(left_out):
            outputs.append((name.as_posix(), path.read_bytes()))
    return tuple(outputs)
