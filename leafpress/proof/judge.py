"""The proof of one finished PDF: every question that can be asked of it, and the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import pikepdf

from leafpress.findings import Finding, Span, Verdict
from leafpress.pages.render import Markup
from leafpress.pdf.metadata import Profile
from leafpress.proof.tags import (
    blocks,
    booklet_order,
    claims,
    fonts_used,
    link_checks,
    markup_checks,
    table_checks,
    tagged,
)
from leafpress.proof.tags.booklet_order import ReaderPage
from leafpress.proof.tags.tagged import Tagged
from leafpress.proof.tags.tree_checks import CHECKS
from leafpress.proof.text import text_extraction
from leafpress.rules import finding, rules

MOST = 5
"""Differences that are told of one file and rule: more help nobody."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One question and what it came to. `figure` is what was measured, in words."""

    rule: str
    question: str
    verdict: Verdict
    figure: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A finished file, and the markup that it was made from.

    Args:
        profile: what a PDF claims; None for other files, which claim nothing.
        markup: None when the sources have changed since the file was made.
    """

    name: str
    file: Path
    profile: Profile | None
    markup: Markup | None


Check = Callable[[Case, Tagged], Iterator[str]]


def judge(case: Case) -> tuple[Answer, ...]:
    """Every question of family P that needs no validator, and no layout."""
    with pikepdf.open(case.file) as pdf:
        file = tagged.read(pdf)
        answers = [answer(case, rule, check(case, file)) for rule, check in _FILE.items()]
        for rule, compare in _SOURCE.items():
            if case.markup is None:
                answers.append(unasked(rule, "the sources have changed since the file was built"))
            else:
                answers.append(answer(case, rule, compare(case, file)))
        halves = file.parts if booklet_order.is_booklet(pdf) else ()
    if case.markup is not None:
        answers += [_read(case, reader, case.markup, halves) for reader in text_extraction.READERS]
    return tuple(answers)


def answer(case: Case, rule: str, problems: Iterator[str], figure: str = "") -> Answer:
    """What a question came to: pass if it found no problem."""
    found = list(dict.fromkeys(problems))
    more = f" (and {len(found) - MOST} more)" if len(found) > MOST else ""
    told = [f"{each}{more if i == MOST - 1 else ''}" for i, each in enumerate(found[:MOST])]
    findings = tuple(finding(rule, Span(case.name), problem=problem) for problem in told)
    verdict = Verdict.FAIL if found else Verdict.PASS
    return Answer(rule, rules()[rule].title, verdict, figure, findings)


def unasked(rule: str, reason: str) -> Answer:
    """A question that could not be asked."""
    return Answer(rule, rules()[rule].title, Verdict.NOT_CHECKED, reason)


def _tree(rule: str) -> Check:
    def check(_case: Case, file: Tagged) -> Iterator[str]:
        for each in CHECKS[rule]:
            yield from each(file)

    return check


def _same_words(case: Case, file: Tagged) -> Iterator[str]:
    """The blocks, their types, words and languages, one by one, against those of the markup."""
    if case.markup is None:
        return
    wanted, got = blocks.of_markup(case.markup.html), blocks.of_file(file)
    if not wanted:
        yield "the markup has no words"
    for kind, a, b, c, d in SequenceMatcher(None, wanted, got, autojunk=False).get_opcodes():
        if kind != "equal":
            yield f"{_shown(wanted[a:b])} is read as {_shown(got[c:d])}"
    yield from markup_checks.structure(case.markup.html, file)


def _shown(found: list[blocks.HeardBlock]) -> str:
    return f"“{str(found[0])[:90]}”" if found else "nothing"


def _same_links(case: Case, file: Tagged) -> Iterator[str]:
    """Words and addresses of links, and the elements that those inside the document lead to."""
    if case.markup is None:
        return
    yield from markup_checks.targets(case.markup.html, file)
    wanted = Counter(link_checks.of_markup(case.markup.html))
    got = Counter(link_checks.of_file(file))
    for words, address in wanted - got:
        yield f"the link “{words[:40]}” to {address} is not in the file"
    for words, address in got - wanted:
        yield f"the file has a link “{words[:40]}” to {address} that the leaflet does not have"


def _claims(case: Case, file: Tagged) -> Iterator[str]:
    if case.markup is not None and case.profile is not None:
        markup = case.markup
        yield from claims.claims(file, case.profile, markup.title, markup.language.tag)
        yield from claims.printing(file, folded=markup.format.folded)


def _fonts(_case: Case, file: Tagged) -> Iterator[str]:
    yield from _tree("P047")(_case, file)
    yield from fonts_used.fonts(file)


_FILE: dict[str, Check] = {
    **{rule: _tree(rule) for rule in CHECKS},
    "P035": lambda _case, file: table_checks.tables(file),
    "P038": lambda _case, file: link_checks.links(file),
    "P042": lambda _case, file: link_checks.targets(file),
    "P047": _fonts,
}
_SOURCE: dict[str, Check] = {"P040": _same_words, "P041": _same_links, "P044": _claims}


def _read(case: Case, reader: str, markup: Markup, halves: tuple[ReaderPage, ...]) -> Answer:
    """What another program reads from the file."""
    title = f"{rules()['P046'].title}: {reader}"
    if reason := text_extraction.missing(reader):
        return Answer("P046", title, Verdict.NOT_CHECKED, reason)
    reading = text_extraction.compare(reader, case.file, markup.html, halves)
    language = markup.language
    right_to_left, pairs = language.direction == "rtl", markup.format.pairs
    most = text_extraction.limit(reader, language.tag, right_to_left=right_to_left, pairs=pairs)
    figure = f"{reading.wrong} of {reading.total} characters ({reading.percent:.2f} %)"
    if reading.percent <= most:
        return Answer("P046", title, Verdict.PASS, figure)
    problem = f"{reader} reads {figure} otherwise, {most:g} % at most may be: {reading.first}"
    found = finding("P046", Span(case.name), problem=problem)
    return Answer("P046", title, Verdict.FAIL, figure, (found,))
