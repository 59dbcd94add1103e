"""Pieces as they are drawn from the left, read as they were written."""

from __future__ import annotations

import pytest

from leafpress.proof.tags.content_marks import logical


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        (" :)2019( ", " (2019): "),
        ("32( ", " (32"),
        (")2021", "2021)"),
        ("020 7946 0000", "020 7946 0000"),
        ("(020) 7946", "(020) 7946"),
        ("+44 (0)20 7946", "+44 (0)20 7946"),
        ("7946)", "7946)"),
        ("(020", "(020"),
        ("30–40", "30–40"),
        (". ", " ."),
        ("NHS 111", "NHS 111"),
        ("NHS (2019)", "NHS (2019)"),
        ("،83 :", ": 83،"),
    ],
)
def test_in_a_line_from_the_right(drawn: str, read: str) -> None:
    assert logical(list(drawn), right_to_left=True) == read


@pytest.mark.parametrize("drawn", ["(2019): ", ")2019(", "32( ", ". "])
def test_in_a_line_from_the_left(drawn: str) -> None:
    assert logical(list(drawn)) == drawn
