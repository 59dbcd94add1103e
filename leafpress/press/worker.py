"""What a worker process does."""

from __future__ import annotations

import signal
import tempfile
import traceback
from dataclasses import dataclass

from leafpress.findings import ExitCode
from leafpress.press import pipeline
from leafpress.press.edition import Edition, Memory, Order, Outcome, Status
from leafpress.rules import finding


def start(scratch: str) -> None:
    """Prepare a worker: Ctrl-C is the parent's, temporary files lie where it will clean up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tempfile.tempdir = scratch


@dataclass(frozen=True)
class Job:
    """One edition to build; `known` is what is remembered of the one that stands there."""

    edition: Edition
    order: Order
    known: Memory | None


def build(job: Job) -> Outcome:
    """Build one edition; a fault of ours becomes a finding with its traceback."""
    edition = job.edition
    try:
        return pipeline.build(edition, job.order, job.known)
    except Exception as error:  # whatever it is, the other editions go on
        problem = finding("B008", edition.place, problem=f"{type(error).__name__}: {error}")
        trace = "".join(traceback.format_exception(error))
        return Outcome(edition, Status.FAILED, (problem,), reasons=(trace,), code=ExitCode.OUR_BUG)
