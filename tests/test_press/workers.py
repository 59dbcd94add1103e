"""What test workers do in place of building. A module of its own, so that they can import it."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

from leafpress.press.edition import Outcome, Status
from leafpress.press.worker import EditionJob as EditionJob  # noqa: PLC0414  # part of what it stands in for
from leafpress.press.worker import start as start  # noqa: PLC0414


def build(job: EditionJob) -> Outcome:  # its signature
    edition = job.edition
    if edition.leaflet == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    if edition.leaflet == "hangs":
        time.sleep(60)
    if edition.leaflet == "leaves":
        os._exit(9)
    return Outcome(edition, Status.FRESH)


def faulty(*_arguments: Any) -> Outcome:
    raise ZeroDivisionError("a fault of ours")
