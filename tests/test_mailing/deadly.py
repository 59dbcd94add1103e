"""Stands in for `work`: some rows hang, kill their worker, or find the disk full."""

from __future__ import annotations

import dataclasses
import os
import time

from leafpress.findings import ExitCode, Span
from leafpress.mailing.batch import worker
from leafpress.mailing.selection.task import Result
from leafpress.rules import finding

Job, TRANSIENT, each, start = worker.Job, worker.TRANSIENT, worker.each, worker.start


def do(job: worker.Job) -> Result:
    task = job.task
    leaflets = [each.leaflet for each in task.choice.given]
    if leaflets == ["neck-pain"] and task.choice.language == "ur":
        full = finding("B004", Span("the output folder"), reason="no space left on device")
        return Result(errors=(full,), code=ExitCode.CANNOT_WRITE)
    if leaflets == ["neck-pain"]:
        time.sleep(60)
    if len(leaflets) > 1:
        os.kill(os.getpid(), 9)
    if task.choice.format == "easy-read":
        task = dataclasses.replace(task, letter=None)  # type: ignore[arg-type]  # a fault of ours
    return worker.do(Job(task, job.withheld))
