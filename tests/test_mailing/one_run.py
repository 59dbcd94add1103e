"""Runs that are killed: a line on stdin says after which row, and how long after it, in seconds.

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

from leafpress.mailing import run  # noqa: E402
from leafpress.mailing.batch import mailing, worker  # noqa: E402


class Alone:
    """A pool of one: the process itself."""

    def each(self, jobs: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        for job in jobs:
            yield job, worker.do(job)


@contextmanager
def alone(_count: int, work: Any) -> Iterator[Alone]:
    worker._settings[:] = work.arguments
    yield Alone()


def killed_in(row: int, seconds: float) -> Callable[[int, int], None]:
    """Ends the process so long after that row, wherever it then is: nothing of it runs any more."""

    def show(number: int, _total: int) -> None:
        if number == row:
            signal.setitimer(signal.ITIMER_REAL, seconds)  # nobody handles it: the system kills

    return show


if __name__ == "__main__":
    office = Office(Path(sys.argv[1]), build=False)
    mailing.worker_pool = alone  # type: ignore[assignment]
    for line in sys.stdin:
        row, seconds = line.split()
        child = os.fork()
        if not child:
            show = killed_in(int(row), float(seconds))
            show(0, 0)
            run.enclose(office.options(office.root / "list.csv"), show)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(os.WTERMSIG(status), flush=True)
