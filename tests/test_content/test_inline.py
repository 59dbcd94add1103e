"""The small Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leafpress.content import inline


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Call {999} **now** or *go*.", "Call {999} now or go."),
        ("See [there](#here) and [NICE](https://nice.example).", "See there and NICE."),
        ('[NICE]{abbr="National Institute"} says so.', "NICE says so."),
        ("[Iechyd Da]{lang=cy}", "Iechyd Da"),
        ("snake_case_word, 5 < 6 & 7", "snake_case_word, 5 < 6 & 7"),
    ],
)
def test_what_is_understood(text: str, plain: str) -> None:
    assert inline.parse(text).faults == ()
    assert inline.plain(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "**open",
        "[x](",
        "<b>x</b>",
        "&amp;",
        "{999",
        "5 * 6",
        "`code`",
        "[x]{onclick=a}",
        "[x](javascript:alert(1))",
        "[x](http://a.example)",
        "[x](data:text/html,x)",
        "<!-- x -->",
    ],
)
def test_what_is_not(text: str) -> None:
    assert inline.parse(text).faults


@given(st.text(max_size=80))
def test_nothing_breaks_it(text: str) -> None:
    parsed = inline.parse(text)
    assert len(parsed.links) == parsed.markup["[link](…)"]


def test_a_text_that_is_far_too_long_is_not_searched_for_markup() -> None:
    """Hundred thousand brackets took four minutes."""
    text = "[a](" * 100_000
    assert inline.parse(text).faults == ()
    assert inline.plain(text) == text
