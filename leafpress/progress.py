"""What is being done now, and how long is left: a bar on a terminal, else plain lines.

Nothing turns or blinks in plain lines, so that a screen reader says each once, and a log is a log.
"""

from __future__ import annotations

import math
import time
from typing import Any, Protocol, TextIO

from leafpress.press.edition import Edition, Outcome, Status
from leafpress.press.times import Clock, Left, TimeLeft
from leafpress.report import is_coloured, is_terminal, outcome_line

_QUIET = 30.0
"""Seconds between two plain lines about time: some in each minute of a log, few for an ear."""

_BAR = 20
"""Columns of the bar: with the words beside it, all is seen in 80."""

_STEPS = (
    (10.0, 1.0, "{0:.0f} s"),
    (90.0, 5.0, "{0:.0f} s"),
    (3600.0, 60.0, "{1:.0f} min"),
)
"""Below so many seconds, rounded up to steps of so many, it is said so: seconds, then minutes."""


def in_words(seconds: float) -> str:
    """`8 s`, `40 s`, `12 min`, `1 h 20 min`: no finer than such a guess is."""
    for below, step, form in _STEPS:
        rounded = math.ceil(seconds / step) * step
        if seconds < below:
            return form.format(rounded, rounded / 60)
    hours, minutes = divmod(math.ceil(seconds / 600) * 10, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def left_line(left: Left) -> str:
    """How long is left, and how well that is known."""
    if left.seconds is None or (left.seconds < 1 and not left.whole):
        return "time left: not known yet"
    if left.seconds < 1:
        return "time left: less than a second"
    return f"time left: {'about' if left.whole else 'at least'} {in_words(left.seconds)}"


class BuildProgress(Protocol):
    """Progress of a build."""

    def __enter__(self) -> BuildProgress:
        """Begin."""

    def __exit__(self, *_error: object) -> None:
        """Take away what only stands for the moment."""

    def show(self, _running: tuple[Edition, ...], _outcome: Outcome | None, /) -> None:
        """What is being built now, and what has come of one."""


class Silence:
    """Progress that nobody asked for."""

    def __enter__(self) -> Silence:
        return self

    def __exit__(self, *_error: object) -> None:
        """Nothing."""

    def show(self, _running: tuple[Edition, ...], _outcome: Outcome | None) -> None:
        """Nothing."""


class Lines:
    """Progress as plain lines: for logs, pipes and screen readers. What is unchanged is counted."""

    def __init__(self, stream: TextIO, total: int, time_left: TimeLeft, clock: Clock) -> None:
        self._stream, self._total, self._number = stream, total, 0
        self._time_left, self._clock = time_left, clock
        self._told = -math.inf

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *_error: object) -> None:
        self._stream.flush()

    def show(self, running: tuple[Edition, ...], outcome: Outcome | None) -> None:
        """A line for each outcome, and now and then one about time."""
        self._time_left.note(running, outcome)
        if outcome:
            self._number += 1
        if outcome and outcome.status is not Status.FRESH:
            self._print(outcome_line(outcome, self._number, self._total))
        if 1 < self._total > self._number and self._clock() - self._told >= _QUIET:
            self._told = self._clock()
            counted = f"{self._number} of {self._total} done"
            self._print(f"{counted}, {left_line(self._time_left.left)}")

    def _print(self, line: str) -> None:
        print(line, file=self._stream, flush=True)


class Bar:
    """Progress on a terminal: a bar, time, what is being built, and a line for each outcome."""

    def __init__(self, stream: TextIO, total: int, time_left: TimeLeft) -> None:
        self._bar = _bar(stream)
        self._task = self._bar.add_task("", total=total, left=left_line(time_left.left))
        self._number, self._total, self._time_left = 0, total, time_left

    def __enter__(self) -> Bar:
        self._bar.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._bar.stop()

    def show(self, running: tuple[Edition, ...], outcome: Outcome | None) -> None:
        """Advance the bar, and say what is being built."""
        self._time_left.note(running, outcome)
        left = left_line(self._time_left.left)
        if running:
            self._bar.update(self._task, left=left, description=_named(running))
        if outcome is None:
            return
        self._number += 1
        self._bar.update(self._task, left=left, completed=self._number)
        if outcome.status is not Status.FRESH:
            line = outcome_line(outcome, self._number, self._total)
            self._bar.console.print(line, markup=False)


def _named(editions: tuple[Edition, ...]) -> str:
    return ", ".join(f"{own.leaflet} {own.language} {own.format}" for own in editions)


def _bar(stream: TextIO) -> Any:
    """A bar that counts, says how long is left, and what is done: the last is cut where needed."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.table import Column

    console = Console(file=stream, no_color=not is_coloured(stream), highlight=False)
    names = Column(no_wrap=True, overflow="ellipsis")
    return Progress(
        BarColumn(_BAR),
        MofNCompleteColumn(),
        TextColumn("{task.fields[left]}", markup=False, table_column=Column(no_wrap=True)),
        TextColumn("{task.description}", markup=False, table_column=names),
        console=console,
        transient=True,
    )


def of_editions(stream: TextIO, total: int, time_left: TimeLeft, *, plain: bool) -> BuildProgress:
    """Progress as suits `stream`; of one edition there is none.

    Args:
        plain: whether lines are wanted on a terminal too.
    """
    if plain or total == 1 or not is_terminal(stream):
        return Lines(stream, total, time_left, time.monotonic)
    return Bar(stream, total, time_left)


class Tally:
    """Progress as numbers alone, where names must not be shown: a bar, or a line now and then.

    How long is left is told by how quick it has been since the first.

    Args:
        doing: what is done, as `proving`.
    """

    def __init__(self, stream: TextIO, doing: str, clock: Clock, *, as_bar: bool) -> None:
        self._stream, self._doing, self._clock, self._as_bar = stream, doing, clock, as_bar
        self._first: tuple[int, float] | None = None
        self._told = clock()
        self._bar: Any = None

    def __enter__(self) -> Tally:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._bar:
            self._bar.stop()

    def show(self, number: int, total: int) -> None:
        """So many are done of so many."""
        left = left_line(self._left(number, total))
        if self._as_bar:
            self._advance(number, total, left)
        elif self._clock() - self._told >= _QUIET:
            self._told = self._clock()
            line = f"{self._doing}: {number} of {total} done, {left}"
            print(line, file=self._stream, flush=True)

    def _left(self, number: int, total: int) -> Left:
        now = self._clock()
        if self._first is None:
            self._first = number, now
        begun, since = self._first
        if number == begun:
            return Left(None)
        return Left((now - since) / (number - begun) * (total - number))

    def _advance(self, number: int, total: int, left: str) -> None:
        if self._bar is None:
            self._bar = _bar(self._stream)
            self._bar.add_task(self._doing, total=total, left=left)
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], completed=number, left=left)


def tally(stream: TextIO, doing: str, *, plain: bool) -> Tally:
    """Progress of what has no names to show.

    Args:
        doing: what is done, as `proving`.
        plain: whether lines are wanted on a terminal too.
    """
    as_bar = is_terminal(stream) and not plain
    return Tally(stream, doing, time.monotonic, as_bar=as_bar)
