"""The proof of a finished text or braille file: what can be asked of it, and what nobody asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from leafpress.findings import Finding, Problem, Span, Verdict
from leafpress.pages.render import Markup
from leafpress.plain import signs
from leafpress.plain.braille import Brailled, brailled
from leafpress.proof import plain_checks
from leafpress.proof.back_translation import LEAST, Reading, read_back
from leafpress.proof.judge import Answer
from leafpress.rules import finding, rules

_CHANGED = "the sources have changed since the file was built"


def text(file: Path, markup: Markup | None, place: Span) -> Iterator[Answer]:
    """A plain text: every word in its place, no line too long."""
    if markup is None:
        yield from (_unasked(rule, _CHANGED) for rule in ("P080", "P081"))
        return
    found = list(plain_checks.text(markup.html, file.read_text(encoding="utf-8"), place))
    yield from (_answer(rule, found) for rule in ("P080", "P081"))


def braille(file: Path, markup: Markup | None, place: Span) -> Iterator[Answer]:
    """Braille: every cell in its place, pages of the right size, words that read back."""
    if markup is None:
        yield from _none_asked(_CHANGED)
    else:
        yield from _compared(file, markup, place)
    yield _unasked("P085", "no program can tell whether braille reads well")


def _compared(file: Path, markup: Markup, place: Span) -> Iterator[Answer]:
    try:
        made = brailled(markup, markup.format.grade, place)
    except Problem as problem:
        yield from _none_asked(problem.findings[0].sentence)
        return
    found = list(plain_checks.braille(made, file.read_bytes(), place))
    yield from (_answer(rule, found) for rule in ("P080", "P083"))
    yield _read_back(made, place)


def _none_asked(reason: str) -> Iterator[Answer]:
    return (_unasked(rule, reason) for rule in ("P080", "P083", "P084"))


def _read_back(made: Brailled, place: Span) -> Answer:
    """How much reads back. Contracted braille need not: tables are seldom made for reading it."""
    table = signs.tables(made.cells.language)[made.cells.grade - 1]
    reading = read_back(made.cells, made.lines).get(table, Reading(0, 0))
    figure = f"{reading.agreement:.2f} % of {reading.total} characters, by {table}"
    if reading.agreement >= LEAST:
        return Answer("P084", rules()["P084"].title, Verdict.PASS, figure)
    if made.cells.grade > 1:
        return _unasked("P084", f"{figure}, which does not read back all that it contracts")
    facts = {"agreement": f"{reading.agreement:.2f}", "least": f"{LEAST:g}", "first": reading.first}
    problem = finding("P084", place, **facts)
    return Answer("P084", rules()["P084"].title, Verdict.FAIL, figure, (problem,))


def _answer(rule: str, found: list[Finding]) -> Answer:
    own = tuple(each for each in found if each.rule == rule)
    return Answer(rule, rules()[rule].title, Verdict.FAIL if own else Verdict.PASS, "", own)


def _unasked(rule: str, reason: str) -> Answer:
    return Answer(rule, rules()[rule].title, Verdict.NOT_CHECKED, reason)
