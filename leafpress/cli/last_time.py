"""What the door reads first: what was asked last time, and what was answered.

A run that found nothing to do and wrote nothing leaves a note of every file and folder that it
looked at. As long as all of them are as they were, and the same is asked in the same way on the
same day, the answer is the same. Whatever differs, the ordinary way is gone.

Nothing is imported here that Python has not loaded already: pathlib alone takes as long as Python.
"""

from __future__ import annotations

import os
import sys
import time

TYPE_CHECKING = False
"""As in `typing`, which is not loaded either; type checkers know the name."""

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

_FORM = 1
"""Raised when the form of the note changes, or what it has to hold."""

_PROGRAM = os.path.dirname(os.path.dirname(os.path.dirname(__file__)))  # noqa: PTH120  # no pathlib

VARIABLES = frozenset({"HOME", "LANG", "LANGUAGE", "NO_COLOR", "TERM", "TZ", "XDG_CACHE_HOME"})
_KINDS = ("LC_", "PYTHON")
"""The variables of the environment that a build with nothing to do reads, or Python for it."""

_FOLDERS = (("--out", ""), ("--own", "out"), ("--project", "out"))
"""Options that say where editions stand, and where below: the first that is there counts."""

_FOLDER, _FILE = ".last-time", "note"
"""Below the output folder: a folder of its own, since a new file changes the one that holds it."""

_BLANK = "\0"
"""Between the parts of a note: in no path, and in no argument."""

_END = "whole"
"""The last part of a note that nobody has cut."""


class AskedNow:
    """What is asked of the program now, and in which circumstances.

    Args:
        arguments: of the command line, without the program's name.
    """

    def __init__(self, arguments: list[str]) -> None:
        self.started = time.time()
        self._arguments = arguments
        self.facts = ascii([_FORM, arguments, *_circumstances()])

    @property
    def note(self) -> str:
        """Where the answer would be. A wrong guess only costs time: a note says whose it is."""
        folder = os.path.join(_PROGRAM, "out")  # noqa: PTH118
        for option, below in reversed(_FOLDERS):
            for value in _values(self._arguments, option):
                folder = os.path.join(value, below)  # noqa: PTH118
        return note_of(folder)


def note_of(folder: str) -> str:
    """Where the note of an output folder is."""
    return os.path.join(folder, _FOLDER, _FILE)  # noqa: PTH118


def _values(arguments: list[str], option: str) -> Iterator[str]:
    for number, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if argument == option:
            yield from arguments[number + 1 : number + 2]
        elif name == option:
            yield value


def _circumstances() -> Iterator[object]:
    yield from (_PROGRAM, _here(), time.strftime("%Y-%m-%d"), os.geteuid())
    yield from (sys.version, sys.executable, list(sys.flags), sys.warnoptions)
    yield [_is_terminal(stream) for stream in (sys.stdout, sys.stderr)]
    yield sorted(row for row in os.environ.items() if _counts(row[0]))


def _here() -> str:
    try:
        return os.getcwd()  # noqa: PTH109
    except OSError:  # somebody has removed it
        return ""


def _counts(variable: str) -> bool:
    """Whether a variable changes an answer; by `…_COMPLETE` a shell asks for what may follow."""
    return variable in VARIABLES or variable.startswith(_KINDS) or variable.endswith("_COMPLETE")


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def state_of(paths: Iterable[str]) -> int:
    """A number for the state of all these files and folders: another state has another number.

    The time of the last change of any kind (`st_ctime`) cannot be set back, as that of the words.
    Python's `hash` of numbers is the same in every process.
    """
    state, look = 0, os.stat
    for path in paths:
        try:
            row = look(path)
        except OSError:
            state = hash((state,))
        else:
            times = row.st_mtime_ns, row.st_ctime_ns
            state = hash((state, row.st_size, row.st_ino, *times))
    return state


Answer = tuple[int, str, str]
"""Exit code, findings as they were shown, and the last line, with a place for the seconds."""


def as_note(asked: AskedNow, answer: Answer, state: int, paths: Iterable[str]) -> str:
    """The text of a note.

    Args:
        state: of `paths`, by `state_of`.
    """
    return _BLANK.join([asked.facts, *map(str, answer), str(state), *paths, _END])


def repeated(asked: AskedNow) -> int | None:
    """Answer as last time, if nothing has changed since; the exit code. None: nobody knows."""
    try:
        with open(asked.note, encoding="utf-8", errors="surrogateescape", newline="") as file:  # noqa: PTH123
            facts, code, errors, line, state, *paths, end = file.read().split(_BLANK)
        if facts != asked.facts or end != _END or int(state) != state_of(paths):
            return None
        answer = int(code)
    except (OSError, ValueError):
        return None
    _say(errors, line.format(time.time() - asked.started))
    return answer


def _say(errors: str, line: str) -> None:
    if errors and sys.stderr:
        sys.stderr.write(errors)
    print(line)
