"""How long editions took when they were built last, and how long is left by that.

Kept beside the manifest, in a file of its own that no output is made of, and that is written only
when something was built. It may be deleted: then nobody knows until the first edition is there.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leafpress.findings import Problem
from leafpress.pages.formats import FORMATS
from leafpress.press.edition import Edition, Outcome, Status
from leafpress.system.files import write

FILE = ".times.json"
_FORM = 1
"""Raised when the form of the file changes."""

Clock = Callable[[], float]
"""Seconds since some moment."""


class Times:
    """Seconds that each edition took when it was built last.

    Of one that was never built, the mean of its format in its language is expected, or else the
    mean of its format: what such editions take.
    """

    def __init__(self, seconds: dict[Edition, float]) -> None:
        self.seconds: dict[Edition, float] = {}
        self._groups: dict[tuple[str, ...], tuple[float, int]] = {}
        for edition, own in seconds.items():
            self.put(edition, own)

    @classmethod
    def read(cls, folder: Path) -> Times:
        """What is known in an output folder: nothing, where no file is to be believed."""
        try:
            document = json.loads((folder / FILE).read_bytes())
            return cls(dict(_rows(document)))
        except (OSError, ValueError, TypeError, LookupError, AttributeError):
            return cls({})

    def put(self, edition: Edition, seconds: float) -> None:
        """Take this for what the edition takes."""
        before = self.seconds.get(edition)
        for group in _groups(edition):
            total, count = self._groups.get(group, (0.0, 0))
            if before is not None:
                total, count = total - before, count - 1
            self._groups[group] = (total + seconds, count + 1)
        self.seconds[edition] = seconds

    def expected(self, edition: Edition) -> float | None:
        """Seconds that the edition will take, if it is as last time; None where nobody knows."""
        if edition in self.seconds:
            return self.seconds[edition]
        for group in _groups(edition):
            total, count = self._groups.get(group, (0.0, 0))
            if count:
                return total / count
        return None

    def keep(self, folder: Path, outcomes: Iterable[Outcome], standing: Collection[str]) -> None:
        """Write down what was built, and forget what stands there no more.

        Args:
            standing: the outputs that the manifest names.
        """
        built = [outcome for outcome in outcomes if outcome.status is Status.BUILT]
        if not built:
            return
        for outcome in built:
            self.put(outcome.edition, outcome.seconds)
        rows = {
            " ".join((edition.leaflet, edition.language, edition.format)): round(seconds, 3)
            for edition, seconds in sorted(self.seconds.items())
            if edition.output in standing
        }
        text = json.dumps({"form": _FORM, "seconds": rows}, indent=0, ensure_ascii=False)
        with suppress(Problem):  # a full disk has been told of already: this is no output
            write(folder / FILE, f"{text}\n".encode(), sync=False)


def _rows(document: Any) -> Iterator[tuple[Edition, float]]:
    if document["form"] != _FORM:
        raise ValueError(document["form"])
    for name, seconds in document["seconds"].items():
        leaflet, language, format_ = name.split(" ")
        if not 0 <= seconds < math.inf:
            raise ValueError(seconds)
        if format_ in FORMATS:  # a later version may have had others
            yield Edition(leaflet, language, format_), float(seconds)


def _groups(edition: Edition) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What it may be compared with, the nearest first."""
    return (edition.format, edition.language), (edition.format,)


@dataclass(frozen=True, slots=True)
class Left:
    """How long is left.

    Args:
        seconds: None where nobody knows.
        whole: whether it is known of all that is left; if not, it is at least so long.
    """

    seconds: float | None
    whole: bool = True


class TimeLeft:
    """How long a run will still take, by what its editions took last time.

    A machine that is slower or busier than last time is found out: what was expected is multiplied
    by how much longer the finished ones took. The first of each process does not count there,
    since it reads and imports what the others find.
    """

    def __init__(
        self, editions: Iterable[Edition], times: Times, processes: int, clock: Clock
    ) -> None:
        self._waiting = dict.fromkeys(editions)
        self._times, self._processes, self._clock = times, processes, clock
        self._since: dict[Edition, float] = {}
        self._finished = 0
        self._taken = self._expected = 0.0

    def note(self, running: Iterable[Edition], outcome: Outcome | None) -> None:
        """What is being built now, and what has come of one."""
        for edition in running:
            self._since.setdefault(edition, self._clock())
        if outcome:
            self._note_outcome(outcome)

    def _note_outcome(self, outcome: Outcome) -> None:
        self._waiting.pop(outcome.edition, None)
        self._finished += 1
        if outcome.status is not Status.BUILT:
            return
        expected = self._times.expected(outcome.edition)
        if expected and self._finished > self._processes:
            self._taken += outcome.seconds
            self._expected += expected
        self._times.put(outcome.edition, outcome.seconds)

    @property
    def left(self) -> Left:
        """How long is left now."""
        rests = [self._rest(edition) for edition in self._waiting]
        known = [rest for rest in rests if rest is not None]
        if rests and not known:
            return Left(None)
        # No run is shorter than its longest edition, nor than all of them side by side.
        shortest = max(sum(known) / self._processes, max(known, default=0.0))
        return Left(shortest, whole=len(known) == len(rests))

    def _rest(self, edition: Edition) -> float | None:
        expected = self._times.expected(edition)
        if expected is None:
            return None
        since = self._since.get(edition)
        passed = 0.0 if since is None else self._clock() - since
        return max(0.0, expected * self._pace - passed)

    @property
    def _pace(self) -> float:
        return self._taken / self._expected if self._expected else 1.0
