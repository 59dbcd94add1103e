"""Pieces that run the other way: which they are, and isolates that keep their order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_translation.turned import AROUND, PIECES

from leafpress.translation import direction
from leafpress.translation.direction import bare, embedded, isolated, pieces, sided, stray
from leafpress.translation.language import direction_of


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in pieces(text, "rtl")]


@pytest.mark.parametrize("piece", PIECES)
def test_pieces_are_found_whole(piece: str) -> None:
    lines = [line.format(piece) for line in AROUND.values()]
    lines += [f"({piece}) درد", f"درد {piece}", f"{piece} درد", f"{piece}، درد", f"درد {piece}۔"]
    for line in lines:
        assert found(line) == [piece], line
        fit = isolated(line, "rtl")
        assert fit == line.replace(piece, f"\u2066{piece}\u2069")
        assert isolated(fit, "rtl") == fit
        assert bare(fit) == line
        assert stray(line)
        assert not stray(fit)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("999 پر کال کریں", []),  # a number alone is read from the left in any line
        ("4 سے 6 ہفتے", []),
        ("5، 6", []),
        ("کووڈ-19", []),
        ("درد - 5 گولیاں", []),  # a dash of the sentence
        ("کل = 8", []),
        ("1) متن", []),
        ("(24) 7 دن", []),  # no area code
        ("(NHS 111) 24 گھنٹے", ["NHS 111"]),
        ("NHS 111، آپشن 2", ["NHS 111"]),
        ("پہلے NHS. پھر", ["NHS"]),
        ("درد (دوا) 5 mg", ["5 mg"]),
        ("دوا\ufffc 24", []),  # beside a name that has an order of its own
        ("See your GP, or call NHS 111.", ["See your GP, or call NHS 111."]),  # nothing of ours
    ],
)
def test_where_pieces_end(line: str, expected: list[str]) -> None:
    assert found(line) == expected
    assert not stray(isolated(line, "rtl"))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Say سلام علیکم now", "Say \u2067سلام علیکم\u2069 now"),
        ("x (درد) 5 mg", "x (\u2067درد\u2069) 5 mg"),
        ("5 mg", "5 mg"),
    ],
)
def test_right_to_left_words_in_other_lines(line: str, expected: str) -> None:
    assert isolated(line, "ltr") == isolated(expected, "ltr") == expected


@pytest.mark.parametrize(
    ("tag", "words", "expected"),
    [
        ("ur", "NHS کا درد", "rtl"),
        ("ur", "Urdu", "ltr"),  # in Latin letters
        ("ur", "5", "rtl"),
        ("cy", "Iechyd", "ltr"),
        ("cy", "یےچہژد", "rtl"),  # in other letters
        ("pl", "دزیęکعجę", "rtl"),  # in most of them
        ("el", "5", "ltr"),
        ("ar-EG", "5", "rtl"),
        ("he", "שלום", "rtl"),  # no row
        ("he", "Shalom", "ltr"),
    ],
)
def test_which_way_a_phrase_runs(tag: str, words: str, expected: str) -> None:
    assert direction_of(tag, words) == expected


def test_a_text_in_a_line_of_another_language() -> None:
    whole = embedded("درد 5 mg", "rtl", "ltr")
    assert whole == isolated(whole, "ltr") == "\u2067درد \u20665 mg\u2069\u2069"
    assert embedded("Call 999.", "ltr", "rtl") == "\u2066Call 999.\u2069"
    assert embedded("درد", "rtl", "rtl") == "درد"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- درد", "\u200f- درد"),
        ("درد:", "درد:\u200f"),
        ("\u2066NHS\u2069 پر \u2066999\u2069", "\u200f\u2066NHS\u2069 پر \u2066999\u2069\u200f"),
        ("درد۔", "درد۔"),
        ("- Back pain", "- Back pain"),
        (
            "- \u2067درد \u20665 mg\u2069 \u2069",
            "- \u2067درد \u20665 mg\u2069 \u2069",
        ),  # a line of another language
        ("", ""),
    ],
)
def test_lines_keep_to_their_side(line: str, expected: str) -> None:
    assert sided(line) == expected
    assert sided(expected) == expected


LINES = st.text("درد،۔5 0-–+<>=()£%°.,:/@&'ab µ₂\ufffc\u2066\u2069", max_size=30) | st.text(
    max_size=40
)


@given(LINES, st.sampled_from(["rtl", "ltr"]))
def test_nothing_is_lost_and_twice_is_once(line: str, way: direction.Direction) -> None:
    line = bare(line)
    fit = isolated(line, way)
    assert bare(fit) == line
    assert isolated(fit, way) == fit
    assert fit.count("\u2069") == fit.count("\u2066") + fit.count("\u2067")
    assert way == "ltr" or not stray(fit)


@pytest.mark.parametrize(
    "part", ["a", "(", "(a", "£", "a. ", "1 - ", "a, ", " ", "https://", "(+1"]
)
def test_long_lines_take_no_longer(part: str) -> None:
    """Each alternative begins with another character: nothing is tried twice."""
    line = part * (40_000 // len(part)) + "د"
    assert bare(isolated(line, "rtl")) == line
