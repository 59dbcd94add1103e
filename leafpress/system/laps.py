"""Where time goes: the stages of an edition, and a watch that is told when each is done.

A stage reads no clock: it says that it is done, and what has passed since the one before is its.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from enum import StrEnum
from typing import Generic, TypeVar


class Stage(StrEnum):
    """A part of an edition's way, in the order in which most of them come."""

    READ = "read"
    """Leaflet, clinic, contacts and sign-offs."""
    RENDER = "render"
    """Words in their language, and the page's markup."""
    COMPARE = "compare"
    """What it is made of, held against what it was made of last time."""
    CHECK = "check"
    """Everything that is looked at before it may be handed out."""
    LAYOUT = "layout"
    TAGS = "tags"
    WRITE = "write"
    """The file's bytes."""
    SAVE = "save"
    """Bytes to the disk, and what the manifest says of them."""
    VERAPDF = "verapdf"
    """An even share: it judges all files that claim something in one run."""
    PROVE = "prove"
    """Our own reading of the finished file."""


Done = Callable[[Stage], None]
"""Told that a stage is done. It may come again: then the times are added."""


def unheard(_stage: Stage) -> None:
    """For who wants to know of no stage."""


Key = TypeVar("Key", bound=Hashable)


class Laps(Generic[Key]):
    """A watch that starts when it is made.

    Args:
        clock: nanoseconds since some moment.
    """

    def __init__(self, clock: Callable[[], int]) -> None:
        self._clock = clock
        self._begin = self._last = clock()
        self._nanoseconds: dict[Key, int] = {}

    def done(self, *keys: Key) -> None:
        """What has passed since the last call belongs to these, in even shares; or to nobody."""
        now = self._clock()
        for key in keys:
            share = (now - self._last) // len(keys)
            self._nanoseconds[key] = self._nanoseconds.get(key, 0) + share
        self._last = now

    @property
    def microseconds(self) -> Mapping[Key, int]:
        """Of each, rounded down: all together are never more than what has passed."""
        return {key: nanoseconds // 1000 for key, nanoseconds in self._nanoseconds.items()}

    @property
    def seconds(self) -> float:
        """Since the watch was made, to the microsecond."""
        return (self._clock() - self._begin) // 1000 / 1e6
