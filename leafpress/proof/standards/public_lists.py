"""Public lists of what an accessible document has to meet, and how proved files stand by them.

The Matterhorn Protocol 1.1 (PDF/UA-1) condition by condition, WCAG 2.2 criterion by criterion:
what answers each is kept in `public_lists.toml`. What no program answers is left to a person, and
never counted as passed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from leafpress.findings import Verdict
from leafpress.proof.answers import Answer
from leafpress.rules import rules

TABLE = Path(__file__).with_name("public_lists.toml")

LISTS = {
    "matterhorn": "Matterhorn Protocol 1.1: PDF/UA-1, condition by condition",
    "wcag": "WCAG 2.2, levels A and AA, criterion by criterion",
}


@dataclass(frozen=True, slots=True)
class Point:
    """One row of a list.

    Args:
        says: a fault (Matterhorn), or the criterion's name (WCAG).
        by: what is asked of each file: a rule's id, `ua1` or `2a` for veraPDF, with a clause.
        person: what is left for somebody to look at.
        part: the checkpoint of a condition. `level`: A or AA of a criterion.
    """

    list: str
    number: str
    says: str
    by: tuple[str, ...] = ()
    person: str = ""
    part: str = ""
    level: str = ""

    @property
    def answered_by(self) -> str:
        """Who is asked, in words."""
        clauses = [clause for clause in map(_clause, self.by) if clause]
        named = [f"veraPDF ({', '.join(clauses)})"] if clauses else []
        ids = [token for token in self.by if token in rules()]
        return "; ".join([*named, *(f"{id_} {rules()[id_].title}" for id_ in ids)])


def _clause(token: str) -> str:
    standard, _, clause = token.partition(":")
    return "" if token in rules() else clause or _STANDARDS[standard]


_STANDARDS = {"ua1": "all of PDF/UA-1", "2a": "all of PDF/A-2a"}


@dataclass(frozen=True, slots=True)
class Standing:
    """How files stand by a point: None where only a person can say."""

    point: Point
    verdict: Verdict | None
    failing: tuple[str, ...] = ()


@cache
def points() -> tuple[Point, ...]:
    """Every row of both lists, in their order."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return tuple(
        Point(name, number, by=tuple(row.pop("by", ())), **row)
        for name in LISTS
        for number, row in table[name].items()
    )


def standings(files: Mapping[str, Sequence[Answer]]) -> Iterator[Standing]:
    """How these files stand by each point, from what each has answered."""
    for point in points():
        if not point.by:
            yield Standing(point, None)
            continue
        verdicts = {name: _together(point, answers) for name, answers in files.items()}
        failing = tuple(name for name, verdict in verdicts.items() if verdict is Verdict.FAIL)
        yield Standing(point, _worst(verdicts.values()), failing)


def _together(point: Point, answers: Sequence[Answer]) -> Verdict:
    """What one file answers; one in which veraPDF finds any fault fails all of its clauses."""
    return _worst(verdict for token in point.by for verdict in _verdicts(token, answers))


_ANSWERED_AS = {"P017": "P010"}
"""What is asked while pages are laid out has one answer for all (`press/prove.py`)."""


def _verdicts(token: str, answers: Sequence[Answer]) -> list[Verdict]:
    if token in rules():
        rule = _ANSWERED_AS.get(token, token)
        return [answer.verdict for answer in answers if answer.rule == rule]
    question = f"veraPDF: {token.partition(':')[0]}"
    return [answer.verdict for answer in answers if answer.question == question]


def _worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Not checked where nothing was asked."""
    found = set(verdicts)
    if Verdict.FAIL in found:
        return Verdict.FAIL
    return Verdict.PASS if found == {Verdict.PASS} else Verdict.NOT_CHECKED
