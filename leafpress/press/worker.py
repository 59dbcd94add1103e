"""What a worker process does."""

from __future__ import annotations

import signal
import tempfile
import traceback
from dataclasses import dataclass
from functools import lru_cache

from leafpress.content.project import Project
from leafpress.content.root import Root
from leafpress.findings import ExitCode
from leafpress.press import pipeline
from leafpress.press.edition import BuildOptions, Edition, Memory, Outcome, Status
from leafpress.rules import finding
from leafpress.system.work import collecting_afterwards
from leafpress.translation.language import use


def start(scratch: str, root: Root) -> None:
    """Prepare a worker: Ctrl-C is the parent's, temporary files lie where it will clean up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tempfile.tempdir = scratch
    use(root)


@dataclass(frozen=True)
class EditionJob:
    """One edition to build; `known` is what is remembered of the one that stands there."""

    edition: Edition
    options: BuildOptions
    known: Memory | None


@lru_cache(maxsize=1)
def _project(options: BuildOptions) -> Project:
    """The project of a run: a worker lives for one run, and reads each file once."""
    return options.project()


def build(job: EditionJob) -> Outcome:
    """Build one edition; a fault of ours becomes a finding with its traceback."""
    edition = job.edition
    try:
        with collecting_afterwards():
            project = _project(job.options)
            return pipeline.build(edition, job.options, job.known, project)
    except Exception as error:  # whatever it is, the other editions go on
        problem = finding("B008", edition.place, problem=f"{type(error).__name__}: {error}")
        trace = "".join(traceback.format_exception(error))
        return Outcome(edition, Status.FAILED, (problem,), reasons=(trace,), code=ExitCode.OUR_BUG)
