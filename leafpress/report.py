"""Findings and outcomes for people (terminal) and programs (JSON). Colour only here."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any, TextIO

from leafpress.findings import Finding, Severity, sort
from leafpress.press.edition import Outcome, Status
from leafpress.rules import Rule

_COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33", Severity.REVIEW: "36"}
"""ANSI colours. The word beside them says the same, so nothing is lost without colour."""


def is_terminal(stream: TextIO) -> bool:
    """Whether a person watches `stream` live."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def is_coloured(stream: TextIO) -> bool:
    """Whether colours may be used on `stream` (https://no-color.org)."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR")


def _paint(text: str, code: str, stream: TextIO) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if is_coloured(stream) else text


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
        "stages": {str(stage): own / 1000 for stage, own in outcome.stages.items()},
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
