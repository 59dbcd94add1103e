"""Pieces that keep their order, and pieces that stay together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leafpress.translation.language import LANGUAGES
from leafpress.translation.typography import segments

UR, PL = LANGUAGES["ur"], LANGUAGES["pl"]


@pytest.mark.parametrize(
    ("text", "isolated"),
    [
        ("درد 300 mg لیں", ["300 mg"]),
        ("کال کریں 0800 731 6789 پر", ["0800 731 6789"]),
        ("یا +44 20 7946 0000 پر", ["+44 20 7946 0000"]),
        ("10am سے 2pm تک", ["10am", "2pm"]),
        ("38°C یا زیادہ", ["38°C"]),
        ("NHS 111، آپشن 2", ["NHS 111"]),
        ("یا (A&E) جائیں", ["A&E"]),
        ("Brain & Spine Foundation کو", ["Brain & Spine Foundation"]),
        ("4 سے 6 ہفتے", []),
        ("999 پر", []),
    ],
)
def test_isolated_in_urdu(text: str, isolated: list[str]) -> None:
    assert [each.text for each in segments(text, UR) if each.isolate] == isolated


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("Zadzwoń 0800 731 6789 teraz", ["0800 731 6789"]),
        ("Weź 300 mg i 2,5 ml", ["300 mg", "2,5 ml"]),
        ("od 4 do 6 tygodni", []),
        ("neu afu/iau. Wedyn", ["afu/iau."]),
        ("2–4 i 12–16 tygodni", ["2–4", "12–16"]),
        ("a/b/c", ["a/b/c"]),
        ("lek (żel/maść) lub", ["żel/maść"]),
        ("physiotherapist/occupational", []),  # too long for a line of large print
        ("lub – czasem / inaczej", []),
    ],
)
def test_kept_together_in_polish(text: str, together: list[str]) -> None:
    assert [each.text for each in segments(text, PL) if each.together] == together
    assert not any(each.isolate for each in segments(text, PL))


@pytest.mark.parametrize(("text", "kept"), [("A&E/999 پر", "A&E/999"), ("10–12 ہفتے", "10–12")])
def test_kept_together_in_urdu(text: str, kept: str) -> None:
    assert [(s.text, s.together) for s in segments(text, UR) if s.isolate] == [(kept, True)]


@given(st.text(max_size=60), st.sampled_from([UR, PL]))
def test_nothing_is_lost(text: str, language: object) -> None:
    assert "".join(each.text for each in segments(text, language)) == text  # type: ignore[arg-type]
