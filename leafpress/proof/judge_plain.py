"""The proof of a finished text or braille file: what can be asked of it, and what nobody asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leafpress.findings import Finding, Problem
from leafpress.plain import braille_tables
from leafpress.plain.braille import Brailled, brailled
from leafpress.proof.answers import (
    SOURCES_CHANGED,
    Answer,
    Case,
    judged,
    left_to_people,
    unasked,
)
from leafpress.proof.text import plain_checks
from leafpress.proof.text.back_translation import (
    LEAST,
    LEAST_CONTRACTED,
    BackTranslation,
    read_back,
)
from leafpress.rules import finding

_TEXT = ("P080", "P081")
_BRAILLE = ("P080", "P083")


def judge_text(case: Case) -> tuple[Answer, ...]:
    """A plain text: every word in its place, no line too long."""
    if case.markup is None:
        return tuple(unasked(rule, SOURCES_CHANGED) for rule in _TEXT)
    text = case.file.read_text(encoding="utf-8")
    findings = plain_checks.text(case.markup.html, text, case.span)
    return tuple(_by_rule(_TEXT, findings))


def judge_braille(case: Case) -> tuple[Answer, ...]:
    """Braille: every cell in its place, pages of the right size, words that read back."""
    read = _by_a_reader(case, "P085", "no program can tell whether braille reads well")
    return (*_compared(case), read)


def _by_a_reader(case: Case, rule: str, reason: str) -> Answer:
    """What only a braille reader can answer: a signed record does."""
    if case.proofread:
        return judged(rule, (), f"{reason}; proofread by {case.proofread}")
    return left_to_people(rule, reason)


def _compared(case: Case) -> Iterator[Answer]:
    if case.markup is None:
        yield from _none_asked(SOURCES_CHANGED)
        return
    try:
        again = brailled(case.markup, case.markup.format.grade, case.span)
    except Problem as problem:
        yield from _none_asked(problem.findings[0].sentence)
        return
    findings = plain_checks.braille(again, case.file.read_bytes(), case.span)
    yield from _by_rule(_BRAILLE, findings)
    yield _read_back(again, case)


def _none_asked(reason: str) -> Iterator[Answer]:
    return (unasked(rule, reason) for rule in (*_BRAILLE, "P084"))


def _by_rule(rules: tuple[str, ...], findings: Iterable[Finding]) -> Iterator[Answer]:
    """An answer a rule, of findings of all of them."""
    every = list(findings)
    for rule in rules:
        yield judged(rule, [finding for finding in every if finding.rule == rule])


def _read_back(braille: Brailled, case: Case) -> Answer:
    """How much reads back; of contracted braille less: tables are seldom made for reading it."""
    cells = braille.cells
    table = braille_tables.tables(cells.language)[cells.grade - 1]
    result = read_back(cells, braille.lines).get(table, BackTranslation(0, 0))
    figure = f"{result.agreement:.2f} % of {result.total} characters, by {table}"
    if result.agreement >= LEAST:
        return judged("P084", (), figure)
    if cells.grade > 1 and result.agreement >= LEAST_CONTRACTED:
        reason = f"{figure}, which does not read back all that it contracts"
        return _by_a_reader(case, "P084", reason)
    least = f"{LEAST_CONTRACTED if cells.grade > 1 else LEAST:g}"
    facts = {"agreement": f"{result.agreement:.2f}", "least": least, "first": result.first}
    return judged("P084", [finding("P084", case.span, **facts)], figure)
