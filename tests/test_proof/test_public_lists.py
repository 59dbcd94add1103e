"""Public lists: whole, answered by questions that are asked, and never passed by what was not."""

from __future__ import annotations

from collections import Counter

from leafpress.findings import Verdict
from leafpress.proof import judge
from leafpress.proof.answers import Answer
from leafpress.proof.standards.public_lists import Point, Standing, points, standings

ASKED = {*judge.CHECKS, *judge.COMPARISONS, "P017", "P046", "P049", "P106"}
"""Rules of which every PDF is asked, or of those that have what they are about."""


def _answers(verdict: Verdict, *but: str) -> list[Answer]:
    """The answers of a PDF, of which some rules or standards fail."""
    standards = [Answer("P020", f"veraPDF: {flavour}", verdict) for flavour in ("ua1", "2a")]
    rules = [Answer(rule, rule, verdict) for rule in sorted(ASKED | {"P010"})]
    return [
        Answer(each.rule, each.question, Verdict.FAIL if each.question in but else each.verdict)
        for each in [*standards, *rules]
    ]


def _by_number(files: dict[str, list[Answer]]) -> dict[str, Standing]:
    return {each.point.number: each for each in standings(files)}


def test_both_lists_are_whole() -> None:
    """137 conditions in 31 checkpoints; 31 criteria of level A and 24 of AA."""
    matterhorn = [point for point in points() if point.list == "matterhorn"]
    wcag = [point for point in points() if point.list == "wcag"]
    assert len(matterhorn) == 137
    assert len({point.number[:2] for point in matterhorn}) == 31
    assert Counter(point.level for point in wcag) == {"A": 31, "AA": 24}
    for rows in (matterhorn, wcag):
        numbers = [[*map(int, point.number.replace("-", ".").split("."))] for point in rows]
        assert numbers == sorted(numbers)


def test_each_point_is_answered_by_what_is_asked_or_by_a_person() -> None:
    for point in points():
        assert point.by or point.person, point
        rules = {token for token in point.by if token.startswith("P")}
        assert rules <= ASKED, point
        assert {token.partition(":")[0] for token in {*point.by} - rules} <= {"ua1", "2a"}, point


def test_all_passes() -> None:
    found = standings({"one": _answers(Verdict.PASS), "two": _answers(Verdict.PASS)})
    assert Counter(each.verdict for each in found) == {Verdict.PASS: 134 + 51, None: 3 + 4}


def test_one_that_fails_fails_its_points_only() -> None:
    files = {"good": _answers(Verdict.PASS), "bad": _answers(Verdict.PASS, "P036")}
    found = _by_number(files)
    assert found["16-001"].verdict is Verdict.FAIL
    assert found["16-001"].failing == ("bad",)
    assert found["1.3.1"].verdict is Verdict.FAIL
    assert found["15-005"].verdict is Verdict.PASS


def test_a_standard_that_is_not_met_fails_its_clauses() -> None:
    found = _by_number({"bad": _answers(Verdict.PASS, "veraPDF: ua1")})
    assert found["14-006"].verdict is Verdict.FAIL
    assert found["05-001"].verdict is Verdict.PASS


def test_what_was_not_asked_is_not_passed() -> None:
    nothing = _by_number({"one": []})
    assert {each.verdict for each in nothing.values()} == {Verdict.NOT_CHECKED, None}
    unasked = _by_number({"one": _answers(Verdict.NOT_CHECKED), "two": _answers(Verdict.PASS)})
    assert unasked["09-001"].verdict is Verdict.NOT_CHECKED
    assert {each.verdict for each in _by_number({}).values()} == {Verdict.NOT_CHECKED, None}


def test_a_point_says_who_is_asked() -> None:
    both = Point("matterhorn", "01-005", "", ("ua1:7.1-3", "P031"))
    assert both.answered_by == "veraPDF (7.1-3); P031 Content outside the tag tree"
