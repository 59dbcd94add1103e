"""What the one worker of a preview does: it stays warm, and dies alone."""

from __future__ import annotations

import gc
import signal
import sys
import tempfile
import threading
import time
from dataclasses import replace
from functools import cache
from pathlib import Path

from leafpress.content.project import Project
from leafpress.content.root import Root
from leafpress.findings import Problem, Severity
from leafpress.joining.foreign import open_to_read
from leafpress.joining.gather import refusing
from leafpress.joining.limits import HEARD
from leafpress.pdf.quick.quick_lines import keep_lines
from leafpress.press.edition import Edition
from leafpress.preview.draw import draw
from leafpress.preview.preview import (
    DrawJob,
    HearJob,
    PlacedFinding,
    Preview,
    PreviewAnswer,
    PreviewJob,
    ShelvedLeaflet,
)
from leafpress.preview.reader import ProjectReader
from leafpress.proof.tags import screen_reader_text, tagged
from leafpress.rules import finding
from leafpress.system.work import collect
from leafpress.translation.language import use

_QUIET = 0.5
"""Seconds without a question after which somebody reads or writes, and does not wait."""

_MOST_ANSWERS, _SENT = 4, 0.02
"""Answers whose garbage waits at most, some 20 MB each; seconds after which one has been sent."""

_SWITCH = 0.0005
"""Seconds that a thread of Python may run while another waits, a tenth of what is usual: the one
that draws pictures has little to do in Python."""


def start(scratch: str, root: Root) -> None:
    """Prepare the worker: Ctrl-C is the parent's, temporary files lie where it will clean up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tempfile.tempdir = scratch
    use(root)
    keep_lines()
    gc.disable()
    sys.setswitchinterval(_SWITCH)


@cache
def _reader() -> ProjectReader:
    return ProjectReader()


def answer(job: PreviewJob) -> PreviewAnswer:
    """Do a job; a fault of ours in an edition is a finding of it."""
    _tidying().put_off()
    try:
        return _answer(job)
    finally:
        _tidying().soon()


class _Tidying:
    """Looks for garbage when nobody waits for a page, but for every fourth at the latest."""

    def __init__(self) -> None:
        self._timer: threading.Timer | None = None
        self._answers = 0

    def put_off(self) -> None:
        if self._timer:
            self._timer.cancel()

    def soon(self) -> None:
        self._answers += 1
        seconds = _SENT if self._answers >= _MOST_ANSWERS else _QUIET
        self._timer = threading.Timer(seconds, self._tidy)
        self._timer.daemon = True
        self._timer.start()

    def _tidy(self) -> None:
        self._answers = 0
        collect()


@cache
def _tidying() -> _Tidying:
    return _Tidying()


def _answer(job: PreviewJob) -> PreviewAnswer:
    if isinstance(job, HearJob):
        return _heard(job.path)
    if isinstance(job, DrawJob):
        started = time.monotonic()
        preview = _drawn(job)
        return replace(preview, seconds=round(time.monotonic() - started, 3))
    return _shelf(_reader().read(job.options))


def _drawn(job: DrawJob) -> Preview:
    try:
        return draw(job, _reader().read(job.options))
    except Problem as problem:
        return Preview(job.edition, tuple(map(PlacedFinding, problem.findings)))
    except Exception as error:  # whatever it is, the server goes on
        return _broken(job.edition, error)


def _broken(edition: Edition, error: Exception) -> Preview:
    problem = finding("B008", edition.place, problem=f"{type(error).__name__}: {error}")
    return Preview(edition, (PlacedFinding(problem),))


def _heard(path: Path) -> tuple[str, ...]:
    pdf = open_to_read(path.read_bytes(), path.name, HEARD)
    with refusing(path.name, repair=True):
        return tuple(screen_reader_text.listen(tagged.read(pdf)))


def _shelf(project: Project) -> tuple[ShelvedLeaflet, ...]:
    return tuple(_shelved(project, id_) for id_ in project.leaflet_ids())


def _shelved(project: Project, id_: str) -> ShelvedLeaflet:
    leaflet = project.leaflet(id_)
    title = str(leaflet.model.title) if leaflet.model else id_
    wrong = sum(each.severity is Severity.ERROR for each in leaflet.findings)
    return ShelvedLeaflet(id_, title, wrong, len(leaflet.findings) - wrong)
