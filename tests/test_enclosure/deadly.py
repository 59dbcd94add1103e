"""Stands in for `work`: some rows hang, kill their worker, or find the disk full."""

from __future__ import annotations

import dataclasses
import os
import time

from leafpress.findings import ExitCode, Span
from leafpress.mailing.batch import worker
from leafpress.mailing.batch.worker import start as start  # noqa: PLC0414  # part of what it stands in for
from leafpress.mailing.selection.task import Result, Task
from leafpress.rules import finding


def do(task: Task, withheld: tuple[str, ...] = ()) -> Result:
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
    return worker.do(task, withheld)
