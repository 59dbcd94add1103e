"""Every file and folder that a build with nothing to do looks at, and the note it leaves of them.

More are named than are read, rather than fewer: whole folders, the program among them.
"""

from __future__ import annotations

import os
import site
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from leafpress import installed
from leafpress.cli.last_time import Answer, AskedNow, as_note, note_of, state_of
from leafpress.content import originals
from leafpress.content.root import CLINIC, SOURCES, Root
from leafpress.findings import Problem
from leafpress.press.edition import BuildOptions
from leafpress.press.manifest import MEMORY, Manifest
from leafpress.system.files import write

_MOST = 50_000
"""Files and folders. Where there are more, no note is left: to ask for each would take long too."""

_SIGN_OFFS = "sign-offs"
"""As `approval.records.FOLDER`, which brings all of pydantic with it."""

_COARSE = 2.0
"""Seconds: the coarsest clock of a file system (FAT). What changed so shortly before the start may
change once more, and have the same time and size."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a build looks at, at one moment."""

    paths: tuple[str, ...]
    state: int

    @classmethod
    def at(cls, options: BuildOptions, manifest: Manifest) -> Look:
        """The files and folders of a project and of an output folder, as they are now."""
        paths = tuple(dict.fromkeys(islice(_paths(options, manifest), _MOST + 1)))
        return cls(paths, state_of(paths))

    def is_old(self, started: float) -> bool:
        """Whether nothing has changed since the start of a run, or shortly before."""
        return all(_changed(path) < started - _COARSE for path in self.paths)


def _changed(path: str) -> float:
    """When something of a file was changed last; long ago where there is none."""
    try:
        row = os.stat(path)  # noqa: PTH116  # thousands of them
    except OSError:
        return 0
    return max(row.st_ctime, row.st_mtime)


@dataclass(frozen=True, slots=True)
class RunNote:
    """What the door is told of a run: begun before anything is read, left at its end.

    Args:
        asked: what came in by the door.
        before: what the run looks at.
    """

    asked: AskedNow
    options: BuildOptions
    before: Look

    @classmethod
    def begun(cls, asked: AskedNow, options: BuildOptions, manifest: Manifest) -> RunNote:
        """The note of a run that begins."""
        return cls(asked, options, Look.at(options, manifest))

    def leave(self, answer: Answer, manifest: Manifest) -> None:
        """Let the door give this answer until something changes; the run had nothing to do."""
        now = Look.at(self.options, manifest)
        if self.before != now or len(now.paths) > _MOST or not now.is_old(self.asked.started):
            return
        text = as_note(self.asked, answer, now.state, now.paths)
        with suppress(Problem):  # nobody may write there: then nothing is answered faster
            write(_file(self.options), text.encode(errors="surrogateescape"), sync=False)

    def make_room(self) -> None:
        """Make the folder of notes: a run whose first note it would be leaves none."""
        with suppress(OSError):
            _file(self.options).parent.mkdir(exist_ok=True)


def _file(options: BuildOptions) -> Path:
    return Path(note_of(str(options.out)))


def _paths(options: BuildOptions, manifest: Manifest) -> Iterator[str]:
    yield str(options.clinic)
    yield from _of_root(options.root)
    yield from _of_program()
    yield from _of_output(options.out)
    inputs = (memory.inputs for memory in manifest.memories.values())
    names = {name: None for own in inputs for name in own}
    yield from (str(options.root.file(name)) for name in names)


def _of_root(root: Root) -> Iterator[str]:
    for folder in root.folders:
        yield str(folder)
        yield from (str(folder / name) for name in (CLINIC, originals.FILE, "build.py"))
        for name in (*SOURCES, _SIGN_OFFS):
            yield from _below(folder / name)


def _of_program() -> Iterator[str]:
    """Our package, but for its folders, into which Python puts what it has compiled.

    The folders of all packages change when one is installed or removed.
    """
    yield from (path for path in _below(installed.PACKAGE) if not os.path.isdir(path))  # noqa: PTH112
    yield from site.getsitepackages()


def _of_output(out: Path) -> Iterator[str]:
    """What stands there, but for what nobody reads: locks, and the note itself."""
    yield str(out / MEMORY)
    yield from _below(out)


def _below(top: Path) -> Iterator[str]:
    """A folder and all below it, whether it is there or not."""
    yield str(top)
    for folder, folders, files in os.walk(top, followlinks=True):
        folders[:] = [name for name in folders if _is_read(name)]
        yield from (os.path.join(folder, name) for name in folders)  # noqa: PTH118
        yield from (os.path.join(folder, name) for name in files if _is_read(name))  # noqa: PTH118


def _is_read(name: str) -> bool:
    return not name.startswith(".") and name != "__pycache__"
