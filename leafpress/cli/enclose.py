"""`build.py enclose`: leaflets behind the letters of a list.

`--show-references` adds the references to the numbers of rows, and nothing else.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leafpress import progress, report
from leafpress.cli.command import command
from leafpress.cli.letter_options import (
    FILE,
    FOLDER,
    LETTER_OPTIONS,
    LetterOptions,
    mailing_options,
    require_folder,
    with_parameters,
    without_patients_data,
)
from leafpress.cli.options import REPORTING
from leafpress.cli.session import Session
from leafpress.findings import ExitCode, Finding, Span, sort
from leafpress.rules import rules

if TYPE_CHECKING:
    from leafpress.mailing.cluster.address import ClusterAddress
    from leafpress.mailing.options import MailingOptions
    from leafpress.mailing.run import RunResult


@dataclass(frozen=True, slots=True)
class EncloseOptions(LetterOptions):
    """What `enclose` is asked.

    Args:
        appointments: the list's file.
        letters: the folder of letters; None where it was not said.
        draft_mapping: only propose a mapping file.
        fhir: write `documents.json` too.
        receipts: a folder of earlier runs' receipts.
        dask: where a cluster is; empty for this machine alone.
    """

    appointments: Path
    letters: Path | None
    draft_mapping: bool
    fhir: bool
    receipts: Path | None
    dask: str
    show_references: bool


@command("clinic", "out", "formats", "jobs", "today", "channel", "plain", *REPORTING)
@with_parameters(
    click.argument("appointments", metavar="LIST", type=FILE),
    click.option("--letters", type=FOLDER, metavar="FOLDER", help="Where the letters lie."),
    click.option("--draft-mapping", is_flag=True, help="Only propose a mapping file for LIST."),
    click.option("--fhir", is_flag=True, help="Write documents.json, a FHIR Bundle, too."),
    click.option(
        "--receipts",
        type=FOLDER,
        metavar="FOLDER",
        help="Earlier runs: summary.html counts the copies of what is withdrawn.",
    ),
    *LETTER_OPTIONS,
    click.option(
        "--dask",
        default="",
        metavar="ADDRESS",
        help="Machines that do the letters: tls://HOST:PORT, or local:4 (docs/it.md).",
    ),
    click.option("--show-references", is_flag=True, help="Show references beside row numbers."),
)
def enclose(session: Session, **given: Any) -> int:
    """Put leaflets behind the letters that LIST names (CSV, XLSX or a FHIR Bundle)."""
    options = EncloseOptions(**given)
    if options.draft_mapping:
        return _print_draft(options.appointments)
    if options.letters is None or not session.options.out:
        raise click.UsageError("say where the letters lie (--letters) and where to write (--out)")
    require_folder(options.letters)
    run_options = mailing_options(
        session, options, appointments=options.appointments, letters=options.letters
    )
    run_options = replace(
        run_options,
        fhir=options.fhir,
        receipts=options.receipts,
        cluster=_cluster(session, options),
    )
    started = time.monotonic()
    result = without_patients_data(session, lambda: _run(session, run_options))
    return _finish(session, result, options, seconds=time.monotonic() - started)


def _cluster(session: Session, options: EncloseOptions) -> ClusterAddress | None:
    """Where a cluster is, if the letters are not to be done by this machine.

    Raises:
        Problem: it is no address (E111), or Dask is not installed (E110).
    """
    if not options.dask:
        return None
    if session.options.jobs:
        raise click.UsageError(
            "--jobs is about this machine: a cluster has the workers that it has"
        )
    from leafpress.mailing.cluster.address import ClusterAddress, require_packages

    address = ClusterAddress.read(options.dask)
    require_packages()
    return address


def _print_draft(list_: Path) -> int:
    from leafpress.mailing.lists.appointments import headings
    from leafpress.mailing.lists.propose_mapping import propose_mapping

    print(propose_mapping(headings(list_)), end="")
    return ExitCode.OK


def _run(session: Session, options: MailingOptions) -> RunResult:
    from leafpress.mailing.run import enclose
    from leafpress.system.interruption import Interrupted

    stream = sys.stderr if session.quiet else sys.stdout
    try:
        with progress.tally(stream, "letters", plain=session.options.plain) as tally:
            return enclose(options, _say_nothing if session.quiet else tally.show)
    except Interrupted:
        report.fail("interrupted: what was finished is kept; run again, and the rest is done")
        raise SystemExit(ExitCode.INTERRUPTED) from None


def _say_nothing(_number: int, _total: int) -> None:
    pass


def _finish(session: Session, result: RunResult, options: EncloseOptions, *, seconds: float) -> int:
    """Print what came of a run."""
    session.findings += map(_without_letters_words, result.findings)
    code = session.code()
    if session.quiet:
        document = _document(session, result, code, show_references=options.show_references)
        print(json.dumps(document, indent=1, ensure_ascii=False))
        return code
    if options.show_references:
        references = {receipt.row: receipt.reference for receipt in result.receipts}
        shown = [_with_reference(own, references) for own in session.findings]
    else:
        shown = _together(session.findings)
    report.show_findings(shown, sys.stderr)
    print(_line(result, seconds))
    return code


_FROM_LETTERS = frozenset({"E018"})
"""Rules whose sentences quote what stands in a letter: only the receipts say that."""


def _without_letters_words(finding: Finding) -> Finding:
    if finding.rule in _FROM_LETTERS:
        return replace(finding, sentence=rules()[finding.rule].title.lower())
    return finding


def _with_reference(finding: Finding, references: dict[int, str]) -> Finding:
    """A finding about a row with the row's reference."""
    reference = references.get(finding.span.line)
    if reference is None:
        return finding
    return replace(finding, span=Span(f"{finding.span} ({_printable(reference)})"))


def _printable(text: str) -> str:
    """A reference without what would steer a terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


_LISTED = 20
"""Rows that one message lists."""


def _together(findings: list[Finding]) -> list[Finding]:
    """One message for all rows of which the same is said."""
    groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in sort(findings):
        groups[finding.rule, finding.sentence].append(finding)
    return [_with_all_rows(group) for group in groups.values()]


def _with_all_rows(group: list[Finding]) -> Finding:
    first = group[0]
    rows = list(dict.fromkeys(finding.span.line for finding in group))
    if len(rows) == 1:
        return first
    return replace(first, sentence=f"{first.sentence} ({_rows(rows)})")


def _rows(rows: list[int]) -> str:
    listed = ", ".join(map(str, rows[:_LISTED]))
    if len(rows) > _LISTED:
        listed += f" and {len(rows) - _LISTED} more"
    return f"{len(rows)} rows: {listed}"


def _line(result: RunResult, seconds: float) -> str:
    count = result.counts
    parts = [
        f"{count.rows} rows in, {count.out} out: {count.done} finished, {count.refused} refused",
        f"{count.repeated} repeated",
    ]
    if result.removed:
        parts.append(f"{result.removed} files of an earlier run removed")
    if not result.worked:
        parts.append("nothing had to be done")
    return f"{', '.join(parts)} ({seconds:.1f} s)"


def _document(
    session: Session, result: RunResult, code: int, *, show_references: bool
) -> dict[str, Any]:
    """What `--json` prints."""
    count = result.counts
    return {
        "exit": code,
        "counts": {
            "in": count.rows,
            "out": count.out,
            "finished": count.done,
            "refused": count.refused,
            "repeated": count.repeated,
        },
        "worked": result.worked,
        "removed": result.removed,
        "rows": list(_row_facts(result, show_references=show_references)),
        "findings": report.finding_rows(session.findings),
    }


def _row_facts(result: RunResult, *, show_references: bool) -> Iterator[dict[str, Any]]:
    for receipt in result.receipts:
        facts = {"row": receipt.row, "verdict": receipt.verdict, "rules": receipt.rules}
        if show_references:
            facts |= {"reference": receipt.reference, "outputs": receipt.outputs}
        yield facts
