"""What a translation must have in common with the English."""

from __future__ import annotations

import pytest

from leafpress.findings import Span
from leafpress.translation.glossary import Glossary, Term
from leafpress.translation.language import LANGUAGES
from leafpress.translation.parity import check

CASES = [
    ("Wait 4 hours.", "Poczekaj 4 godziny.", "pl", []),
    ("Wait 4 hours.", "৪ ঘণ্টা অপেক্ষা করুন।", "bn", ["T023"]),
    ("Wait 4 hours.", "Poczekaj 5 godzin.", "pl", ["T013"]),
    ("Take 0.5 ml.", "Weź 0,5 ml.", "pl", []),
    ("Take 0.5 ml.", "Weź 5 ml.", "pl", ["T013"]),
    ("Take 2.5 ml.", "Weź 2.5 ml.", "pl", ["T013"]),
    ("Out of 1,000 people", "Na 1000 osób", "pl", []),
    ("4 to 6", "6 i 4", "pl", []),
    ("Call {999}.", "Zadzwoń {999}.", "pl", []),
    ("Call {999}.", "Zadzwoń 999.", "pl", ["T010", "T013"]),
    ("Page %(page)s of %(pages)s", "Strona %(page)s", "pl", ["T010"]),
    ("Page %(page)s of %(pages)s", "%(pages)s stron, ta: %(page)s", "pl", []),
    ("**Stop** now", "Przestań **teraz**", "pl", []),
    ("**Stop** now", "Przestań teraz", "pl", ["T011"]),
    ("See [it](#a)", "Zob. [to](#a)", "pl", []),
    ("See [it](#a)", "Zob. [to](#b)", "pl", ["T012"]),
    ("See it", "Zob. <i>to</i>", "pl", ["T015"]),
]


@pytest.mark.parametrize(("source", "target", "language", "rules"), CASES)
def test_checkers(source: str, target: str, language: str, rules: list[str]) -> None:
    found = check(source, target, LANGUAGES[language], Span("x.po", 1))
    assert sorted(each.rule for each in found) == rules


def test_a_number_with_the_english_point_is_told_how_to_be_written() -> None:
    (found,) = check("Take 2.5 ml.", "Weź 2.5 ml.", LANGUAGES["pl"], Span("x.po", 1))
    assert "2.5 is written as in English: write 2,5" in found.sentence
    assert check("Take 2.5 ml.", "2.5 ml.", LANGUAGES["ur"], Span("x.po", 1)) == []


@pytest.mark.parametrize("english", ["A slipped disc", "SLIPPED DI\u017fCS", "disc, slipped disc"])
def test_a_term_is_found_in_any_case(english: str) -> None:
    glossary = Glossary(
        "x.csv", (Term("slipped disc", ("dysk",), ()), Term("disc", ("krążek",), ()))
    )
    found = [each.rule for each in glossary.check(english, "krążek", Span("x.po", 1))]
    assert found == ["T020"]


@pytest.mark.parametrize("english", ["A discus", "A disc-like thing", "di sc"])
def test_a_term_is_a_whole_word(english: str) -> None:
    glossary = Glossary("x.csv", (Term("disc", ("krążek",), ()),))
    assert not list(glossary.check(english, "nic", Span("x.po", 1)))
