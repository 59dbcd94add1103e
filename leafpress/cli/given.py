"""`build.py given`: how many leaflets went with letters, by the receipts that were kept."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from leafpress.cli.command import command
from leafpress.cli.options import Day
from leafpress.cli.session import Session
from leafpress.findings import ExitCode
from leafpress.mailing.reports import period_page
from leafpress.mailing.reports.period import Period, PeriodCounts, count_period
from leafpress.system.files import write

PAGE, TABLE = "given.html", "given.csv"


@command("out", "today", "verbose")
@click.argument(
    "folder", type=click.Path(path_type=Path, file_okay=False, exists=True), metavar="FOLDER"
)
@click.option("--since", type=Day(), metavar="DAY", help="The first day, as 2026-11-01.")
@click.option("--until", type=Day(), metavar="DAY", help="The last day, as 2026-11-30.")
def given(
    session: Session, folder: Path, since: datetime.date | None, until: datetime.date | None
) -> int:
    """Count what went with letters: leaflets, languages, formats, needs; nothing of a patient.

    Reads every receipts.json in FOLDER or below it; writes out/given.html and out/given.csv. The
    exit code is 1 where a file of receipts cannot be read.
    """
    if since and until and since > until:
        raise click.UsageError("--since is later than --until")
    counts = count_period(folder, Period(since, until))
    options = session.build_options
    page = period_page.page(counts, options.today)
    write(options.out / TABLE, period_page.table(counts))
    write(options.out / PAGE, page.encode())
    for line in _lines(counts):
        print(line)
    print(f"{session.root.shown(options.out / PAGE)}, {TABLE}: written")
    for path in counts.unread:
        print(f"not counted, since it cannot be read: {path}", file=sys.stderr)
    return ExitCode.FINDINGS if counts.unread else ExitCode.OK


def _lines(counts: PeriodCounts) -> Iterator[str]:
    yield period_page.sentence(counts)
    for leaflet, number in counts.by("leaflet"):
        yield f"  {leaflet}: {number}"
    yield from period_page.left_out(counts)
