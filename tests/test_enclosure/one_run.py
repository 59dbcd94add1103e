"""Runs that can be killed: a line on stdin starts one in a process of its own, the next kills it.

The rows are done in that process itself: starting workers takes longer than everything else.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(Path(__file__).parent)]

from office import Office  # noqa: E402  # the path comes first

from leafpress.enclosure import run, work  # noqa: E402


class Alone:
    """A crew of one: the process itself."""

    def each(
        self,
        jobs: Iterable[Any],
        call: Callable[..., Any],
        arguments: Callable[[Any], tuple[Any, ...]],
        _place: Any,
    ) -> Iterator[tuple[Any, Any]]:
        for job in jobs:
            yield job, call(*arguments(job))


@contextmanager
def alone(settings: Any, _jobs: int, _seconds: float = 0) -> Iterator[Alone]:
    work._settings[:] = [settings]
    yield Alone()


if __name__ == "__main__":
    office = Office(Path(sys.argv[1]), build=False)
    run.crew = alone
    while sys.stdin.readline():
        child = os.fork()
        if not child:
            run.enclose(office.order(office.root / "list.csv"), lambda _number, _total: None)
            os._exit(0)
        print("begun", flush=True)
        sys.stdin.readline()
        os.kill(child, signal.SIGKILL)  # nobody has waited for it: the id is still its own
        os.waitpid(child, 0)
        print("over", flush=True)
