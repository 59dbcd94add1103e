"""Stands in for `work`: some rows hang, kill their worker, or find the disk full."""

from __future__ import annotations

import dataclasses
import os
import time

from leafpress.findings import ExitCode, Problem, Span
from leafpress.mailing.batch import worker
from leafpress.mailing.selection.task import RowResult
from leafpress.rules import finding

RowJob, TRANSIENT, each, start = worker.RowJob, worker.TRANSIENT, worker.each, worker.start


def do(job: worker.RowJob) -> RowResult:
    task = job.task
    leaflets = [edition.leaflet for edition in task.choice.editions]
    if leaflets == ["neck-pain"] and task.choice.language == "ur":
        full = finding("B004", Span("the output folder"), reason="no space left on device")
        raise Problem(full, code=ExitCode.CANNOT_WRITE)
    if leaflets == ["neck-pain"]:
        time.sleep(60)
    if len(leaflets) > 1:
        os.kill(os.getpid(), 9)
    if task.choice.format == "easy-read":
        task = dataclasses.replace(task, letter=None)  # type: ignore[arg-type]  # a fault of ours
    return worker.do(RowJob(task, job.key, job.withheld))
