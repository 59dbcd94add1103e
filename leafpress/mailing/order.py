"""What a night's run is asked, and what came of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from leafpress.content.clinic import Clinic
from leafpress.findings import Finding
from leafpress.mailing.lists.mapping import Mapping
from leafpress.mailing.reports.receipt import Counts, Receipt
from leafpress.mailing.selection.task import Way

Show = Callable[[int, int], None]
"""Told how many rows of how many are done."""


@dataclass(frozen=True)
class Order:
    """What to do, and with what.

    Args:
        root: the project's folder: e-mails take their words from its templates and catalogues.
        list, letters, out, editions: the list's file, and folders.
        mapping: which column is which; None for our own headings.
        way, channel: how files are put together, and what they are checked for ("" for nothing).
        fallbacks: what may be given in place of what cannot be met, in order.
        standard: the format for rows without a need.
        seconds: longest time for one letter.
    """

    root: Path
    list: Path
    letters: Path
    out: Path
    editions: Path
    clinic: Clinic
    today: datetime.date
    mapping: Mapping | None = None
    way: Way = Way.JOINED
    channel: str = ""
    fallbacks: tuple[str, ...] = ()
    standard: str = "a4"
    strict: bool = False
    repair: bool = False
    fhir: bool = False
    jobs: int = 1
    seconds: float = 60


@dataclass(frozen=True)
class Night:
    """What came of a run.

    Args:
        worked: rows that were done now; the others were done by an earlier run.
        removed: files of earlier runs that stand there no more.
    """

    receipts: list[Receipt]
    counts: Counts
    findings: tuple[Finding, ...]
    worked: int
    removed: int
