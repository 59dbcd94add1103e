"""Findings and outcomes for people (terminal) and programs (JSON). Colour only here."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any, TextIO

from leafpress.findings import Finding, Severity, sort
from leafpress.press.edition import Edition, Outcome, Status
from leafpress.rules import Rule

_COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33", Severity.REVIEW: "36"}
"""ANSI colours. The word beside them says the same, so nothing is lost without colour."""


def is_terminal(stream: TextIO) -> bool:
    """Whether a person watches `stream` live."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _coloured(stream: TextIO) -> bool:
    return is_terminal(stream) and not os.environ.get("NO_COLOR")


def _paint(text: str, code: str, stream: TextIO) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if _coloured(stream) else text


def show_findings(findings: Iterable[Finding], stream: TextIO) -> None:
    """Every finding once, by place."""
    print(findings_text(findings, stream), end="", file=stream)


def findings_text(findings: Iterable[Finding], stream: TextIO) -> str:
    """What is shown of findings on a stream, which may have colours."""
    lines = [line for finding in sort(list(findings)) for line in _lines(finding, stream)]
    return "".join(f"{line}\n" for line in lines)


def _lines(finding: Finding, stream: TextIO) -> Iterator[str]:
    severity = _paint(finding.severity, _COLOURS[finding.severity], stream)
    yield f"{finding.span}: {severity} {finding.rule}: {finding.sentence}"
    if finding.hint:
        yield f"    hint: {finding.hint}"


def show_rule(rule: Rule, stream: TextIO) -> None:
    """A rule, for `build.py explain`."""
    print(f"{_paint(rule.id, '1', stream)}  {rule.title}  ({rule.severity})", file=stream)
    print(f"  about: {rule.family}", file=stream)
    print(f"  says:  {_plain(rule.sentence)}", file=stream)
    print(f"  why:   {rule.why}", file=stream)
    print(f"  mend:  {_plain(rule.hint)}", file=stream)


def _plain(template: str) -> str:
    return (
        template.replace("{{", "\x00")
        .replace("}}", "\x01")
        .replace("{", "<")
        .replace("}", ">")
        .replace("\x00", "{")
        .replace("\x01", "}")
    )


def outcome_line(outcome: Outcome, number: int, total: int) -> str:
    """One line about one edition: `[3/15] pl/back-pain-a4.pdf: built, 6 pages, 1.2 s`."""
    parts = [str(outcome.status)]
    if outcome.entry:
        parts += [outcome.entry.extent, f"{outcome.seconds:.1f} s"]
    return f"[{number}/{total}] {outcome.edition.output}: {', '.join(parts)}"


class Lines:
    """Progress as plain lines: for logs, pipes and screen readers. What is unchanged is counted."""

    def __init__(self, stream: TextIO, total: int) -> None:
        self._stream, self._total, self._number = stream, total, 0

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *_error: object) -> None:
        self._stream.flush()

    def show(self, _running: tuple[Edition, ...], outcome: Outcome | None) -> None:
        """A line for each outcome."""
        if outcome:
            self._number += 1
        if outcome and outcome.status is not Status.FRESH:
            print(outcome_line(outcome, self._number, self._total), file=self._stream, flush=True)


class Bar:
    """Progress on a terminal: a bar, what is being built now, and a line for each outcome."""

    def __init__(self, stream: TextIO, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        console = Console(file=stream, no_color=not _coloured(stream), highlight=False)
        columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
        self._progress = Progress(*columns, console=console, transient=True)
        self._task = self._progress.add_task("starting", total=total)
        self._number, self._total = 0, total

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._progress.stop()

    def show(self, running: tuple[Edition, ...], outcome: Outcome | None) -> None:
        """Advance the bar, and say what is being built."""
        names = ", ".join(f"{each.leaflet} ({each.language})" for each in running)
        self._progress.update(self._task, description=names or "…")
        if outcome is None:
            return
        self._number += 1
        self._progress.advance(self._task)
        if outcome.status is not Status.FRESH:
            line = outcome_line(outcome, self._number, self._total)
            self._progress.console.print(line, markup=False)


def progress(stream: TextIO, total: int) -> Lines | Bar:
    """Progress as suits `stream`; of one edition there is none."""
    return Bar(stream, total) if is_terminal(stream) and total > 1 else Lines(stream, total)


class Tally:
    """Progress as numbers alone, where names must not be shown: a bar, or a line now and then."""

    _STEPS = 20
    """Lines for a whole run, where there is no terminal."""

    def __init__(self, stream: TextIO, *, silent: bool) -> None:
        self._stream, self._silent = stream, silent
        self._bar: Any = None

    def __enter__(self) -> Tally:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._bar:
            self._bar.stop()

    def show(self, number: int, total: int) -> None:
        """So many are done of so many."""
        if self._silent:
            return
        if is_terminal(self._stream):
            self._advance(number, total)
        elif number == total or number % max(1, total // self._STEPS) == 0:
            print(f"[{number}/{total}]", file=self._stream, flush=True)

    def _advance(self, number: int, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

        if self._bar is None:
            console = Console(file=self._stream, no_color=not _coloured(self._stream))
            columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._bar = Progress(*columns, console=console, transient=True)
            self._bar.add_task("", total=total)
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], completed=number)


def tally(stream: TextIO, *, silent: bool) -> Tally:
    """Progress of a run about patients."""
    return Tally(stream, silent=silent)


def counted(number: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def summary(outcomes: Iterable[Outcome]) -> str:
    """What came of a build, in one line with a place for the seconds (`str.format`)."""
    counts = dict.fromkeys(Status, 0)
    for outcome in outcomes:
        counts[outcome.status] += 1
    parts = [f"{count} {status}" for status, count in counts.items() if count]
    return f"{', '.join(parts) or 'nothing to build'} ({{:.1f}} s)"


def as_json(outcomes: Iterable[Outcome], findings: Iterable[Finding], code: int) -> str:
    """A build's outcomes and findings for another program."""
    rows = [_outcome_row(outcome) for outcome in outcomes]
    found = finding_rows(findings)
    return json.dumps(
        {"exit": code, "editions": rows, "findings": found}, indent=1, ensure_ascii=False
    )


def finding_rows(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings for another program, each once, by place."""
    return [_finding_row(finding) for finding in sort(list(findings))]


def _outcome_row(outcome: Outcome) -> dict[str, Any]:
    return {
        **asdict(outcome.edition),
        "output": outcome.edition.output,
        "status": str(outcome.status),
        "reasons": list(outcome.reasons),
        "seconds": outcome.seconds,
        "entry": asdict(outcome.entry) if outcome.entry else None,
    }


def _finding_row(finding: Finding) -> dict[str, Any]:
    span = finding.span
    place = {"file": span.file, "line": span.line, "column": span.column}
    words = {"sentence": finding.sentence, "hint": finding.hint}
    return {"rule": finding.rule, "severity": str(finding.severity), **place, **words}


def fail(message: str) -> None:
    """A sentence about a fault, where no finding fits."""
    print(message, file=sys.stderr)
