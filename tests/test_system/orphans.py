"""A run whose worker never ends: `test_processes.py` kills the run, and looks for the worker."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from leafpress.system.processes import worker_pool
from leafpress.system.work import Work


def start(_scratch: str) -> None:
    """Nothing to prepare."""


def endless(place: str) -> None:
    """Say which process this is, and go on for ever."""
    Path(place).write_text(str(os.getpid()))
    while True:
        time.sleep(0.01)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    from orphans import endless as job
    from orphans import start as begin

    with worker_pool(1, Work(job, 300, "leafpress.system.processes", begin)) as pool:
        list(pool.each([sys.argv[1]]))
