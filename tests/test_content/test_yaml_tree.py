"""Values and their places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leafpress.content.source import SourceText
from leafpress.content.yaml_tree import Tree, parse
from leafpress.findings import Problem


def _tree(text: str) -> Tree:
    return parse(SourceText("x.yaml", text, ""))[0]


def test_nothing_is_typed_implicitly() -> None:
    values = "a: no\nb: 12:30\nc: 2026-11-22\nd: 1e3\ne: null\nf: 0x10\n"
    assert _tree(values).data == {
        "a": "no",
        "b": "12:30",
        "c": "2026-11-22",
        "d": "1e3",
        "e": "null",
        "f": "0x10",
    }


def test_places_count_from_one() -> None:
    tree = _tree("a:\n  - b\n  - c: d\n")
    assert str(tree.span(("a", 1, "c"))) == "x.yaml:3:8"
    assert str(tree.key_span(("a", 1, "c"))) == "x.yaml:3:5"


def test_a_piece_is_found_on_its_own_line() -> None:
    tree = _tree("a: >-\n  one two\n  three four\n")
    assert str(tree.span_of_piece(("a",), "four")) == "x.yaml:3:9"
    assert str(tree.span_of_piece(("a",), "five")) == "x.yaml:1:4"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_no_text_makes_it_fail_otherwise(text: str) -> None:
    """Whatever the file holds, there is a tree or findings with a place; nothing else."""
    try:
        tree, _ = parse(SourceText("x.yaml", text, ""))
    except Problem as problem:
        assert all(found.span.file == "x.yaml" for found in problem.findings)
    else:
        assert tree.data is not None


@pytest.mark.parametrize(
    "text", ["[", "[" * 5000, "{a: " * 3000, "- " * 3000, "&a [*a]", "? [a]\n: b\n"]
)
def test_hostile_nesting(text: str) -> None:
    try:
        _, findings = parse(SourceText("x.yaml", text, ""))
    except Problem as problem:
        findings = problem.findings
    assert findings
