"""`--timings`: where each edition's time went, as a table, as CSV or as JSON."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from leafpress.cli.options import TABLE
from leafpress.press.edition import Edition, Outcome
from leafpress.system.files import write
from leafpress.system.laps import Laps, Stage

_FORM = 1
"""Raised when the form of the file changes."""

_FACTS = ("leaflet", "language", "format", "status", "pages")


@dataclass(frozen=True, slots=True)
class TimedEdition:
    """An edition for which something was done.

    Args:
        pages: 0 where it has none, or was not built.
        total: microseconds of wall time.
        stages: microseconds of `total`, by stage.
    """

    edition: Edition
    status: str
    pages: int
    total: int
    stages: Mapping[Stage, int]

    @property
    def facts(self) -> tuple[str | int, ...]:
        """What stands before the times."""
        own = self.edition
        return (own.leaflet, own.language, own.format, self.status, self.pages)


class Timings:
    """What was asked by `--timings`, and what is known of times.

    Args:
        target: a file's name, or `TABLE`; None where nobody asked.

    Raises:
        click.UsageError: the file's name says neither CSV nor JSON.
    """

    def __init__(self, target: str | None) -> None:
        if target not in (None, TABLE) and Path(str(target)).suffix not in _FORMS:
            raise click.UsageError(f"--timings: {target} has to end in .csv or .json")
        self._target = target
        self._proving: Laps[tuple[str, Stage]] | None = None

    def begin_proving(self) -> None:
        """From now on files are judged."""
        self._proving = Laps(time.monotonic_ns)

    def proved(self, stage: Stage, outputs: tuple[str, ...]) -> None:
        """A piece of work of judging files is done."""
        if self._proving:
            self._proving.done(*((output, stage) for output in outputs))

    def tell(self, outcomes: Iterable[Outcome], say: Callable[[str], None]) -> None:
        """Write the file, or say the table.

        Raises:
            Problem: the file cannot be written (B004, exit code 5).
        """
        if self._target is None:
            return
        rows = [row for row in map(self._row, outcomes) if row.total]
        if self._target == TABLE:
            say(as_table(rows))
        else:
            path = Path(self._target)
            write(path, _FORMS[path.suffix](rows).encode())

    def _row(self, outcome: Outcome) -> TimedEdition:
        proving = self._proving.microseconds if self._proving else {}
        output = outcome.edition.output
        proven = [stage for stage in Stage if (output, stage) in proving]
        own = {stage: proving[output, stage] for stage in proven}
        total = round(outcome.seconds * 1e6) + sum(own.values())
        pages = outcome.entry.pages if outcome.entry else 0
        stages = {**outcome.stages, **own}
        return TimedEdition(outcome.edition, str(outcome.status), pages, total, stages)


def as_csv(rows: Iterable[TimedEdition]) -> str:
    """A row an edition; times in milliseconds, as the headings say."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*_FACTS, "total_ms", *(f"{stage}_ms" for stage in Stage)])
    for row in rows:
        times = (row.total, *(row.stages.get(stage, 0) for stage in Stage))
        writer.writerow([*row.facts, *(f"{own / 1000:.3f}" for own in times)])
    return text.getvalue()


def as_json(rows: Iterable[TimedEdition]) -> str:
    """The same for another program."""
    document = {"form": _FORM, "unit": "ms", "editions": [_document(row) for row in rows]}
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _document(row: TimedEdition) -> dict[str, Any]:
    stages = {str(stage): row.stages[stage] / 1000 for stage in Stage if stage in row.stages}
    return {
        **dict(zip(_FACTS, row.facts, strict=True)),
        "total": row.total / 1000,
        "stages": stages,
    }


def as_table(rows: list[TimedEdition]) -> str:
    """The same to be read: whole milliseconds, only stages that took time, the sum last."""
    stages = [stage for stage in Stage if any(row.stages.get(stage) for row in rows)]
    cells = [["milliseconds", "total", *map(str, stages)]]
    for row in rows:
        times = (row.total, *(row.stages.get(stage, 0) for stage in stages))
        cells.append([row.edition.output, *(f"{own / 1000:.0f}" for own in times)])
    sums = (sum(row.stages.get(stage, 0) for row in rows) for stage in stages)
    together = (sum(row.total for row in rows), *sums)
    cells.append(["all", *(f"{own / 1000:.0f}" for own in together)])
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(_line(own, widths) for own in cells)


def _line(cells: list[str], widths: list[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    numbers = (f"{cell:>{width}}" for cell, width in others)
    return "  ".join([f"{first[0]:<{first[1]}}", *numbers])


_FORMS: Mapping[str, Callable[[Iterable[TimedEdition]], str]] = {".csv": as_csv, ".json": as_json}
