"""`build.py take-in`: what a clinician or translator sent back."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from leafpress import report
from leafpress.approval.approvals import approvals_of
from leafpress.cli.command import command
from leafpress.cli.person import is_asked
from leafpress.cli.session import Session
from leafpress.findings import ExitCode, Problem, Span
from leafpress.review import take_in as review
from leafpress.rules import finding


@command("clinic", "today", "verbose")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--language", "-L", default="", metavar="TAG", help="Stop if it is another one.")
@click.option(
    "--accept",
    type=click.IntRange(min=1),
    multiple=True,
    metavar="N",
    help="What is said of FILE:N is no mistake: the words are right. May be repeated.",
)
@click.option("--yes", is_flag=True, help="Write without asking.")
def take_in(session: Session, file: Path, language: str, accept: tuple[int, ...], yes: bool) -> int:
    """Take the returned FILE (.docx, .xliff or .po) of a pack into the catalogue."""
    options = session.build_options
    approvals = approvals_of(options.project(), options.today)
    name = session.root.shown(file.absolute())
    taken = review.take_in(approvals, file, name, language, accept)
    for line in review.lines(taken):
        print(line)
    report.show_findings(taken.warnings, sys.stderr)
    review.require_sound(taken)
    if taken.is_empty:
        print("nothing has changed")
        return ExitCode.OK
    if not yes:
        _ask(name)
    review.save(session.root, taken)
    counts = f"{len(taken.changes)} rows changed, {len(taken.remarks)} remarks kept"
    print(f"{session.root.shown(taken.target)}: {counts}")
    return ExitCode.OK


def _ask(name: str) -> None:
    """Have a person say that the changes are right.

    Raises:
        Problem: nobody sits at a terminal (S044, exit code 2).
    """
    if not is_asked():
        raise Problem(finding("S044", Span(name)), code=ExitCode.USAGE)
    click.confirm("Write these changes?", abort=True, err=True)
