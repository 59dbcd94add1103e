"""The proof of a finished text or braille file: what can be asked of it, and what nobody asked."""

from __future__ import annotations

from collections.abc import Iterator

from leafpress.findings import Finding, Problem, Span, Verdict
from leafpress.plain import braille_tables
from leafpress.plain.braille import Brailled, brailled
from leafpress.proof.judge import Answer, Case, unasked
from leafpress.proof.text import plain_checks
from leafpress.proof.text.back_translation import LEAST, BackTranslation, read_back
from leafpress.rules import finding, rules

_CHANGED = "the sources have changed since the file was built"


def judge_text(case: Case) -> tuple[Answer, ...]:
    """A plain text: every word in its place, no line too long."""
    asked = ("P080", "P081")
    if case.markup is None:
        return tuple(unasked(rule, _CHANGED) for rule in asked)
    written = case.file.read_text(encoding="utf-8")
    found = list(plain_checks.text(case.markup.html, written, Span(case.name)))
    return tuple(_answer(rule, found) for rule in asked)


def judge_braille(case: Case) -> tuple[Answer, ...]:
    """Braille: every cell in its place, pages of the right size, words that read back."""
    read = unasked("P085", "no program can tell whether braille reads well")
    return (*_compared(case), read)


def _compared(case: Case) -> Iterator[Answer]:
    try:
        place = Span(case.name)
        made = brailled(case.markup, case.markup.format.grade, place) if case.markup else None
    except Problem as problem:
        yield from _none_asked(problem.findings[0].sentence)
        return
    if made is None:
        yield from _none_asked(_CHANGED)
        return
    found = list(plain_checks.braille(made, case.file.read_bytes(), place))
    yield from (_answer(rule, found) for rule in ("P080", "P083"))
    yield _read_back(made, place)


def _none_asked(reason: str) -> Iterator[Answer]:
    return (unasked(rule, reason) for rule in ("P080", "P083", "P084"))


def _read_back(made: Brailled, place: Span) -> Answer:
    """How much reads back. Contracted braille need not: tables are seldom made for reading it."""
    table = braille_tables.tables(made.cells.language)[made.cells.grade - 1]
    reading = read_back(made.cells, made.lines).get(table, BackTranslation(0, 0))
    figure = f"{reading.agreement:.2f} % of {reading.total} characters, by {table}"
    if reading.agreement >= LEAST:
        return Answer("P084", rules()["P084"].title, Verdict.PASS, figure)
    if made.cells.grade > 1:
        return unasked("P084", f"{figure}, which does not read back all that it contracts")
    facts = {"agreement": f"{reading.agreement:.2f}", "least": f"{LEAST:g}", "first": reading.first}
    problem = finding("P084", place, **facts)
    return Answer("P084", rules()["P084"].title, Verdict.FAIL, figure, (problem,))


def _answer(rule: str, found: list[Finding]) -> Answer:
    own = tuple(each for each in found if each.rule == rule)
    return Answer(rule, rules()[rule].title, Verdict.FAIL if own else Verdict.PASS, "", own)
