"""Ctrl-C and SIGTERM: one way to end, with exit code 130. Imports nothing, to be there first."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


class Interrupted(KeyboardInterrupt):
    """Ctrl-C or SIGTERM: what was finished by then is kept.

    No `Exception`, so that no net for the faults of a letter or an edition takes it for one.
    """


_asked: list[int] = []
"""The signals that came and may have been swallowed: Python prints and forgets what is raised in a
callback of its own, such as those of imports."""


def interrupt(number: int, _frame: FrameType | None) -> None:
    """Raise KeyboardInterrupt, and remember that it has to be raised."""
    _asked.append(number)
    raise KeyboardInterrupt


def listen() -> None:
    """From now on, both signals are remembered, and nothing is printed where one is swallowed."""
    _handle()
    show = sys.unraisablehook

    def hook(swallowed: sys.UnraisableHookArgs, /) -> None:
        if not issubclass(swallowed.exc_type, KeyboardInterrupt):
            show(swallowed)

    sys.unraisablehook = hook


def _handle(handler: Callable[[int, FrameType | None], None] = interrupt) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, handler)


def _remember(number: int, _frame: FrameType | None) -> None:
    _asked.append(number)


@contextmanager
def held() -> Iterator[None]:
    """Let both signals wait meanwhile: an import into which they raise may abort the process.

    They are noted, not masked: a mask is of one thread, and another would take the signal.

    Raises:
        KeyboardInterrupt: one of them came.
    """
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    _handle(_remember)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    require_not_interrupted()


def was_asked() -> bool:
    """Whether a signal has come: what fails from then on may fail because of it."""
    return bool(_asked)


def require_not_interrupted() -> None:
    """To be called again and again by whatever works long.

    Raises:
        KeyboardInterrupt: a signal has come, and was swallowed.
    """
    if _asked:
        raise KeyboardInterrupt


class stop_on_signal:  # noqa: N801  # used as a statement: `with stop_on_signal():`
    """Makes SIGTERM end a run as Ctrl-C does: files whole, manifest written."""

    def __enter__(self) -> None:
        require_not_interrupted()
        self._before = {
            number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)
        }
        _handle()

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        if kind is not None and issubclass(kind, KeyboardInterrupt):
            _asked.clear()
