"""How a process that is measured is asked: a task a line, as JSON, and an answer a line."""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

Task = dict[str, str]
Result = TypeVar("Result")


def measured(work: Callable[[], Result]) -> tuple[Result, dict[str, float]]:
    """What it comes to, and milliseconds of the processor, of all threads."""
    gc.collect()
    begin = time.process_time()
    result = work()
    return result, {"ms": 1000 * (time.process_time() - begin)}


def answer(works: Mapping[str, Callable[[Task], dict[str, Any]]]) -> None:
    """Do what is asked for until nobody asks any more."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print is no answer
    for line in sys.stdin:
        task = json.loads(line)
        print(json.dumps(works[task.pop("work")](task)), file=answers, flush=True)
