"""`build.py enclose` and `build.py watch-letters`.

No patient's data gets onto the terminal: rows are named by their number, letters not at all, and
a fault of ours by its kind. `--show-references` adds the references, and nothing else.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leafpress import report
from leafpress.cli.channels import asked as channel_asked
from leafpress.cli.run import Run
from leafpress.findings import ExitCode, Finding, Problem, Span, errors, sort
from leafpress.rules import finding, rules

if TYPE_CHECKING:
    from leafpress.mailing.options import MailingOptions
    from leafpress.mailing.run import RunResult

_FOLDER = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(path_type=Path, dir_okay=False)

_SHARED = (
    click.option("--mapping", type=_FILE, metavar="FILE", help="Which column is which."),
    click.option("--editions", type=_FOLDER, metavar="FOLDER", help="A build  [default: out]"),
    click.option(
        "--as",
        "way",
        type=click.Choice(["joined", "separate", "eml"]),
        default="joined",
        show_default=True,
        help="One PDF, a folder, or an e-mail. Rows for e-mail are never joined.",
    ),
    click.option(
        "--fallback",
        "fallbacks",
        multiple=True,
        metavar="NAME",
        help="What may be given in place of what cannot be met, as `en-GB`, `a4`, `en-GB/a4`.",
    ),
    click.option("--repair", is_flag=True, help="Mend damaged letters, where that can be done."),
    click.option("--show-references", is_flag=True, help="Show references beside row numbers."),
    click.option(
        "--seconds",
        type=click.FloatRange(min=0.1),
        default=60,
        show_default=True,
        help="Longest time for one letter.",
    ),
)

_LIST = (
    click.argument("list_", metavar="LIST", type=_FILE),
    click.option("--letters", type=_FOLDER, metavar="FOLDER", help="Where the letters lie."),
    click.option("--draft-mapping", is_flag=True, help="Only propose a mapping file for LIST."),
    click.option("--fhir", is_flag=True, help="Write documents.json, a FHIR Bundle, too."),
)

_WATCH = (
    click.argument("folder", metavar="FOLDER", type=_FOLDER),
    click.option("--once", is_flag=True, help="Do what is there, and end."),
    click.option(
        "--interval",
        type=click.FloatRange(min=0.05),
        default=2,
        show_default=True,
        help="Seconds between looks.",
    ),
)


def list_options(command: Any) -> Any:
    """Give `enclose` its options."""
    return _with(command, (*_LIST, *_SHARED))


def watch_options(command: Any) -> Any:
    """Give `watch-letters` its options."""
    return _with(command, (*_WATCH, *_SHARED))


def _with(command: Any, options: tuple[Any, ...]) -> Any:
    for option in reversed(options):
        command = option(command)
    return command


def enclose(run: Run, list_: Path, given: dict[str, Any]) -> int:
    """Put leaflets behind the letters of a list; the exit code."""
    if given.pop("draft_mapping"):
        return _draft(list_)
    if given["letters"] is None or not run.asked.get("out"):
        raise click.UsageError("say where the letters lie (--letters) and where to write (--out)")
    _require_folder(given["letters"])
    order = _order(run, given, appointments=list_, letters=given["letters"])
    started = time.monotonic()
    night = _kept_quiet(run, lambda: _run(run, order))
    return _finish(run, night, show=given["show_references"], seconds=time.monotonic() - started)


def _require_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise Problem(
            finding("E030", Span(str(folder)), reason="there is no such folder"),
            code=ExitCode.USAGE,
        )


def _draft(list_: Path) -> int:
    from leafpress.mailing.lists.appointments import headings
    from leafpress.mailing.lists.propose_mapping import propose_mapping

    print(propose_mapping(headings(list_)), end="")
    return ExitCode.OK


def _order(run: Run, given: dict[str, Any], **paths: Any) -> MailingOptions:
    """What was asked.

    Raises:
        Problem: clinic.yaml has faults, or there is no such channel or format.
    """
    from leafpress.mailing.lists.mapping import read_mapping
    from leafpress.mailing.options import MailingOptions, RowOutcome
    from leafpress.system.processes import at_most_a_core_each

    clinic = run.order.project().clinic
    if clinic.model is None:
        raise Problem(*errors(clinic.findings))
    channel = channel_asked(run)
    return MailingOptions(
        root=run.order.root,
        **paths,
        out=run.order.out,
        editions=(given["editions"] or run.order.root / "out").absolute(),
        clinic=clinic.model,
        today=run.order.today,
        mapping=read_mapping(given["mapping"]) if given["mapping"] else None,
        way=RowOutcome(given["way"]),
        channel=channel.id if channel else "",
        fallbacks=given["fallbacks"],
        standard=(*run.asked["formats"], "a4")[0],
        strict=bool(run.asked["strict"]),
        repair=given["repair"],
        fhir=given.get("fhir", False),
        jobs=at_most_a_core_each(run.asked.get("jobs"), 1000),
        seconds=given["seconds"],
    )


def _run(run: Run, order: MailingOptions) -> RunResult:
    from leafpress.mailing.run import enclose as enclosed
    from leafpress.system.processes import Interrupted

    try:
        with report.tally(sys.stderr if run.quiet else sys.stdout, silent=run.quiet) as shown:
            return enclosed(order, shown.show)
    except Interrupted:
        report.fail("interrupted: what was finished is kept; run again, and the rest is done")
        raise SystemExit(ExitCode.INTERRUPTED) from None


def _kept_quiet(run: Run, work: Any) -> Any:
    """Let no exception of ours show what it was about: its message may hold a patient's data."""
    try:
        return work()
    except (Problem, click.ClickException, click.Abort):
        raise
    except Exception as error:
        if run.asked["verbose"]:
            raise
        problem = finding("B008", Span("build.py"), problem=type(error).__name__)
        raise Problem(problem, code=ExitCode.OUR_BUG) from None


def _finish(run: Run, night: RunResult, *, show: bool, seconds: float) -> int:
    """Print what came of a run."""
    run.findings += [_without_names(each) for each in night.findings]
    code = run.code()
    if run.quiet:
        print(json.dumps(_document(run, night, code, show=show), indent=1, ensure_ascii=False))
        return code
    names = {each.row: each.reference for each in night.receipts}
    told = _with_references(run.findings, names) if show else _together(run.findings)
    report.show_findings(told, sys.stderr)
    print(_line(night, seconds))
    return code


_FROM_LETTERS = frozenset({"E018"})
"""Rules whose sentences quote what stands in a letter: only the receipts say that."""


def _without_names(found: Finding) -> Finding:
    if found.rule in _FROM_LETTERS:
        return replace(found, sentence=rules()[found.rule].title.lower())
    return found


def _with_references(findings: list[Finding], names: dict[int, str]) -> list[Finding]:
    """Findings about rows with the rows' references."""
    return [
        replace(each, span=Span(f"{each.span} ({_printable(names[each.span.line])})"))
        if each.span.line in names
        else each
        for each in findings
    ]


def _printable(text: str) -> str:
    """A reference without what would steer a terminal."""
    return "".join(each if each.isprintable() else "?" for each in text)


_LISTED = 20
"""Rows that one message lists."""


def _together(findings: list[Finding]) -> list[Finding]:
    """One message for all rows of which the same is said."""
    same: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for each in sort(findings):
        same[each.rule, each.sentence].append(each)
    return [_listed(group) for group in same.values()]


def _listed(group: list[Finding]) -> Finding:
    rows = list(dict.fromkeys(each.span.line for each in group))
    if len(rows) == 1:
        return group[0]
    more = f" and {len(rows) - _LISTED} more" * (len(rows) > _LISTED)
    words = f" ({len(rows)} rows: {', '.join(map(str, rows[:_LISTED]))}{more})"
    return replace(group[0], sentence=group[0].sentence + words)


def _line(night: RunResult, seconds: float) -> str:
    count = night.counts
    parts = [
        f"{count.rows} rows in, {count.out} out: {count.done} finished, {count.refused} refused",
        f"{count.repeated} repeated",
    ]
    if night.removed:
        parts.append(f"{night.removed} files of an earlier run removed")
    if not night.worked:
        parts.append("nothing had to be done")
    return f"{', '.join(parts)} ({seconds:.1f} s)"


def _document(run: Run, night: RunResult, code: int, *, show: bool) -> dict[str, Any]:
    rows = [
        {"row": each.row, "verdict": each.verdict, "rules": each.rules}
        | ({"reference": each.reference, "outputs": each.outputs} if show else {})
        for each in night.receipts
    ]
    count = night.counts
    counts = {"in": count.rows, "out": count.out, "finished": count.done}
    counts |= {"refused": count.refused, "repeated": count.repeated}
    found = report.finding_rows(run.findings)
    facts = {"worked": night.worked, "removed": night.removed}
    return {"exit": code, "counts": counts, **facts, "rows": rows, "findings": found}


def watch(run: Run, folder: Path, given: dict[str, Any]) -> int:
    """Serve a folder of letters; the exit code."""
    from leafpress.mailing.hot_folder import HotFolder
    from leafpress.mailing.lists.mapping import STANDARD
    from leafpress.system.processes import Interrupted

    once, interval = given.pop("once"), given.pop("interval")
    _require_folder(folder)
    folder = folder.absolute()
    order = _order(run, given, appointments=folder, letters=folder)
    if order.mapping:  # sidecars have our own names; the mapping's tables still hold
        own = {"columns": STANDARD.columns, "letter_file": STANDARD.letter_file}
        order = replace(order, mapping=order.mapping.model_copy(update=own))
    try:
        refused = _kept_quiet(run, lambda: HotFolder(order, interval, _say(run)).serve(once=once))
    except Interrupted:
        return ExitCode.OK if not once else ExitCode.INTERRUPTED
    return ExitCode.FINDINGS if refused else ExitCode.OK


def _say(run: Run) -> Any:
    def say(line: str) -> None:
        if not run.quiet:
            print(line, flush=True)

    return say
