"""Questions about one finished file, and what they came to. All judges answer in this one way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from leafpress.findings import Finding, Span, Verdict
from leafpress.pages.render import Markup
from leafpress.pdf.metadata import Profile
from leafpress.rules import finding, rules

MOST = 5
"""Differences that are told of one file and rule: more help nobody."""

SOURCES_CHANGED = "the sources have changed since the file was built"
"""Why nothing can be compared with the markup."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One question and what it came to.

    Args:
        figure: what was measured, in words.
        is_for_people: no program can answer it; that nobody has is no fault of the file, and what
            needs an answer before it is given out is the business of the sign-offs (E100).
    """

    rule: str
    question: str
    verdict: Verdict
    figure: str = ""
    findings: tuple[Finding, ...] = ()
    is_for_people: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A finished file, and the markup that it was made from.

    Args:
        profile: what a PDF claims; None for other files, which claim nothing.
        markup: None when the sources have changed since the file was made.
        proofread: of braille: who has read it, and when; empty where nobody has.
        outputs: names of the files that are asked for, or stand in the folder; None where all may.
    """

    name: str
    file: Path
    profile: Profile | None
    markup: Markup | None
    proofread: str = ""
    outputs: frozenset[str] | None = None

    @property
    def span(self) -> Span:
        """How findings name the file."""
        return Span(self.name)


def judged(rule: str, findings: Sequence[Finding], figure: str = "", *, reader: str = "") -> Answer:
    """A question that fails if there are findings.

    Args:
        reader: which program was asked, where several are asked the same.
    """
    verdict = Verdict.FAIL if findings else Verdict.PASS
    return Answer(rule, _question(rule, reader), verdict, figure, tuple(findings))


def problems_told(case: Case, rule: str, problems: Iterable[str], figure: str = "") -> Answer:
    """A question that fails if there are problems: each is told once, and the first few only."""
    different = list(dict.fromkeys(problems))
    told = different[:MOST]
    if len(different) > MOST:
        told[-1] += f" (and {len(different) - MOST} more)"
    return judged(rule, [finding(rule, case.span, problem=problem) for problem in told], figure)


def warned(rule: str, findings: Sequence[Finding], figure: str) -> Answer:
    """A question whose findings are warnings, and no fault of the file."""
    return Answer(rule, _question(rule), Verdict.PASS, figure, tuple(findings))


def unasked(rule: str, reason: str, *, reader: str = "") -> Answer:
    """A question that could not be asked."""
    return Answer(rule, _question(rule, reader), Verdict.NOT_CHECKED, reason)


def left_to_people(rule: str, reason: str) -> Answer:
    """A question that no program can answer, and nobody has."""
    return Answer(rule, _question(rule), Verdict.NOT_CHECKED, reason, is_for_people=True)


def _question(rule: str, reader: str = "") -> str:
    title = rules()[rule].title
    return f"{title}: {reader}" if reader else title
