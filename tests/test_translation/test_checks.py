"""Checks of sense: faults that read well (`seeds.csv`), sound translations, and what is shipped."""

from __future__ import annotations

import csv
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT

from leafpress.content.root import Root
from leafpress.findings import Span
from leafpress.translation.checks import consistency, run, senses, spoken
from leafpress.translation.checks.pair import SentencePair, pairs
from leafpress.translation.glossary import read_glossary
from leafpress.translation.language import LANGUAGES, built

WORDS = Root(ROOT)
OURS = [tag for tag in built() if LANGUAGES[tag].is_translated]


def table(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SEEDS = table("seeds.csv")
SOUND = table("sound.csv")
"""Everyday sentences of letters and leaflets, in other words than ours."""


def pair(english: str, translation: str) -> SentencePair:
    return SentencePair(Span("x.po", 1), "x", None, english, translation)


def rules_of(english: str, translation: str, tag: str) -> set[str]:
    found = run.check_pair(pair(english, translation), LANGUAGES[tag])
    return {finding.rule for finding in found}


@pytest.mark.parametrize(
    "seed", SEEDS, ids=lambda seed: f"{seed['language']}-{seed['english'][:30]}"
)
def test_a_seeded_fault_is_found(seed: dict[str, str]) -> None:
    assert rules_of(seed["english"], seed["sound"], seed["language"]) == set()
    assert seed["rule"] in rules_of(seed["english"], seed["faulty"], seed["language"])


@pytest.mark.parametrize("row", SOUND, ids=lambda row: f"{row['language']}-{row['english']}")
def test_a_sound_translation_is_let_be(row: dict[str, str]) -> None:
    assert rules_of(row["english"], row["translation"], row["language"]) == set()


def test_every_rule_is_seeded_in_every_language() -> None:
    seeded = {(seed["rule"], seed["language"]) for seed in SEEDS}
    weighty = ("T034", "T035", "T036", "T037", "T038")
    assert {(rule, tag) for rule in weighty for tag in OURS} <= seeded


@pytest.mark.parametrize("tag", OURS)
def test_what_is_shipped_has_next_to_nothing_to_look_at(tag: str) -> None:
    found = run.check(WORDS, LANGUAGES[tag])
    assert len(found) < 2, "\n".join(map(str, found))


@pytest.mark.parametrize("tag", OURS)
def test_a_lost_word_is_nearly_always_found(tag: str) -> None:
    """Each word of a list taken out where it stands alone for its English: found, all but a few."""
    language = LANGUAGES[tag]
    tried = missed = 0
    for one in pairs(WORDS, language):
        for sense in senses.senses_of(language):
            words = sense.answers.findall(one.translation)
            english = sense.exceptions.sub(" ", one.english)
            if len(words) != 1 or not sense.english.search(english):
                continue
            without = replace(one, translation=sense.answers.sub("", one.translation))
            rules = {finding.rule for finding in senses.check(without, language)}
            tried, missed = tried + 1, missed + (sense.rule not in rules)
    assert tried > 150
    assert missed <= tried * 0.05


def test_both_sentences_are_named() -> None:
    (found,) = run.check_pair(pair("Do not drive.", "Prowadź."), LANGUAGES["pl"])
    assert "“Do not drive.”, “Prowadź.”" in found.sentence


def test_each_of_several_negations_counts() -> None:
    english = "Take no more, do not drive, and stay with someone until you have help."
    sound = "Nie bierz więcej, nie prowadź i bądź z kimś, dopóki nie otrzymasz pomocy."
    assert rules_of(english, sound, "pl") == set()
    assert rules_of(english, sound.replace("nie prowadź", "prowadź"), "pl") == {"T035"}


def test_a_sentence_is_compared_with_its_own() -> None:
    english = "Do not drive. Do not wait. Call us."
    assert rules_of(english, "Nie prowadź. Nie czekaj. Zadzwoń do nas.", "pl") == set()
    assert rules_of(english, "Prowadź. Nie czekaj. Nie, zadzwoń do nas.", "pl") == {"T035"}


def test_bengali_is_found_in_either_spelling() -> None:
    composed, parted = "ন\u09df", "ন\u09af\u09bc"
    for word in (composed, parted):
        assert rules_of("It is not dangerous.", f"এটি বিপজ্জনক {word}।", "bn") == set()


def test_the_same_english_in_two_ways() -> None:
    one = pair("Call us now.", "Zadzwoń teraz.")
    assert [*consistency.check([one, replace(one, translation="Zadzwoń teraz")])] == []
    (found,) = consistency.check([one, replace(one, translation="Dzwoń natychmiast.")])
    assert found.rule == "T030"
    assert "“Call us now.” is translated as “Dzwoń natychmiast.”" in found.sentence
    assert "“Zadzwoń teraz.” at x.po:1" in found.sentence
    other_role = replace(one, context="title", translation="Dzwoń natychmiast.")
    assert [*consistency.check([one, other_role])] == []


@pytest.mark.parametrize(
    ("one", "other", "is_found"),
    [
        ("Back pain", "Neck pain", True),
        ("Back pain", "Pain in the back", False),
        ("Call us", "Call us today", True),
        ("Talking care", "Talking treatment", False),
        ("Call {111}", "Call {999}", True),
        ("Press a glass on it.", "Press a clear glass on it.", False),
    ],
)
def test_different_english_alike(one: str, other: str, is_found: bool) -> None:
    found = [*consistency.check([pair(one, "To samo"), pair(other, "To samo")])]
    assert [finding.rule for finding in found] == ["T031"] * is_found


def test_a_translator_may_mean_it(tmp_path: Path) -> None:
    folder = tmp_path / "locales" / "pl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    message = 'msgid "Do not drive."\nmsgstr "Prowadź."\n'
    (folder / "x.po").write_text(message, encoding="utf-8")
    (found,) = run.check(Root(tmp_path), LANGUAGES["pl"])
    assert (found.rule, found.span.line) == ("T035", 2)
    (folder / "x.po").write_text(f"# meant: T031, T035\n{message}", encoding="utf-8")
    assert run.check(Root(tmp_path), LANGUAGES["pl"]) == ()


def test_fuzzy_and_empty_messages_and_names_are_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "locales" / "pl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    fuzzy = '#, fuzzy\nmsgid "Do not drive."\nmsgstr "Prowadź."\n'
    empty = 'msgid "Do not wait."\nmsgstr ""\n'
    name = '# name\nmsgid "No Panic"\nmsgstr "No Panic UK."\n'
    (folder / "x.po").write_text("\n".join((fuzzy, empty, name)), encoding="utf-8")
    (folder / "y.po").write_text("not gettext", encoding="utf-8")
    assert run.check(Root(tmp_path), LANGUAGES["pl"]) == ()


def test_what_cannot_be_checked_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run.not_checked(LANGUAGES["pl"]) == ()
    (lacking,) = run.not_checked(replace(LANGUAGES["pl"], tag="nl"))  # every row shipped has one
    assert "no list" in lacking
    (lacking,) = run.not_checked(LANGUAGES["ne"])
    assert "lingua" in lacking
    monkeypatch.setitem(sys.modules, "lingua", None)
    spoken._detector.cache_clear()
    (lacking,) = run.not_checked(LANGUAGES["pl"])
    english = pair("You may feel sleepy after a dose.", "You may feel sleepy after each dose.")
    assert "lingua" in lacking
    assert [finding.rule for finding in spoken.check(english, LANGUAGES["ur"])] == ["T034"]
    assert [*spoken.check(english, LANGUAGES["pl"])] == []
    spoken._detector.cache_clear()


def test_the_glossary_finds_its_faults_beside_them() -> None:
    glossary = read_glossary(WORDS, LANGUAGES["pl"])
    for term in glossary.terms[:30]:
        found = glossary.check(f"See {term.english}.", "Zobacz to.", Span("x.po", 1))
        assert "T020" in {finding.rule for finding in found}, term.english


@pytest.mark.parametrize("tag", OURS)
def test_the_lists_are_in_order(tag: str) -> None:
    """Each sense has words in each language, and each word that is too much would also answer."""
    language = LANGUAGES[tag]
    table = senses._table("senses")
    own = senses._table(language.folder)
    assert set(own["answers"]) == set(table)
    assert set(own["adds"]) | set(own.get("idioms", ())) <= set(table)
    patterns = {sense.name: sense.answers for sense in senses.senses_of(language)}
    for name, words in own["adds"].items():
        strangers = [word for word in words if not patterns[name].search(word.replace("*", ""))]
        assert strangers == [], name
