"""Guesses from near sentences: which, with which English beside them, and how soon."""

from __future__ import annotations

import datetime
import subprocess
import time
from pathlib import Path

import pytest
from babel.messages import Catalog
from conftest import ROOT

from leafpress.content.project import Project
from leafpress.content.root import Root
from leafpress.translation.catalogue import path_of, read_catalogue
from leafpress.translation.extract import TEMPLATES, templates
from leafpress.translation.known import known
from leafpress.translation.language import LANGUAGES
from leafpress.translation.merge import read_po, update
from leafpress.translation.near import NearTexts
from leafpress.translation.po_file import PoFile, parse
from leafpress.translation.po_lines import PoEntry
from leafpress.translation.po_writer import as_po

POLISH = LANGUAGES["pl"]
NOW = datetime.datetime(2026, 11, 28, tzinfo=datetime.UTC)
ENGLISH = "Ask first if you are over 65, want a baby or take other medicine."
SISTER = "Ask first if you are over 65, plan a baby, or take any other medicine."
WORDS = "Najpierw zapytaj, jeśli masz ponad 65 lat."


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        (SISTER, ENGLISH),
        ("Get help now", "Get help at once"),
        ("Physiotherpy", "Physiotherapy"),
        ("Adults of any age.", "Adults of some age."),
        (ENGLISH, ENGLISH),
        ("Quite another thing that nobody says.", None),
        ("", None),
    ],
)
def test_the_nearest_of_all(text: str, nearest: str | None) -> None:
    texts = [ENGLISH, "Get help at once", "Physiotherapy", "Adults of some age.", "Drive safely."]
    found = NearTexts(texts).nearest(text)
    assert (found and found.text) == nearest


def _template(domain: str, *messages: str) -> Catalog:
    catalog = Catalog(domain=domain, charset="utf-8", fuzzy=False, creation_date=NOW)
    for message in messages:
        catalog.add(message, "")
    return catalog


def _file(*pairs: tuple[str, str], flags: str = "") -> PoFile:
    entries = [f'{flags}msgid "{english}"\nmsgstr "{words}"\n' for english, words in pairs]
    return read_po("\n".join(entries).encode(), "x.po")


def _updated(own: PoFile | None, template: Catalog, **sisters: PoFile) -> dict[str, PoEntry]:
    data = update(own, template, POLISH, known(sisters))
    done = subprocess.run(["msgfmt", "--check", "-o", "/dev/null", "-"], input=data, check=False)
    assert done.returncode == 0
    return {entry.message: entry for entry in parse(data.decode(), "x.po").entries}


def test_a_near_sentence_of_a_sister_is_a_guess_that_says_whence() -> None:
    entry = _updated(None, _template("new", ENGLISH), old=_file((SISTER, WORDS)))[ENGLISH]
    assert (entry.string, entry.fuzzy, entry.previous) == (WORDS, True, (SISTER,))
    assert entry.comments == ("taken over from old",)


def test_a_guess_is_not_guessed_from() -> None:
    guess = _file((SISTER, WORDS), flags="#, fuzzy\n")
    assert _updated(None, _template("new", ENGLISH), old=guess)[ENGLISH].string == ""


def test_short_texts_of_sisters_are_not_guessed_from() -> None:
    old = _file(("No treatment", "Bez leczenia"), ("Breathing Space", "Breathing Space"))
    made = _updated(None, _template("new", "Treatments", "Breathed in"), old=old)
    assert [made[text].string for text in ("Treatments", "Breathed in")] == ["", ""]


def test_ones_own_sentence_comes_first_unless_a_sister_is_nearer() -> None:
    own = _file(("Ask first if you are over 65 or want a baby.", "Własne."))
    further = "Ask us if you are over 65, or if you want to have a baby soon."
    made = _updated(own, _template("new", ENGLISH), old=_file((further, "Dalsze.")))
    assert made[ENGLISH].string == "Własne."
    made = _updated(own, _template("new", ENGLISH), old=_file((SISTER, "Bliższe.")))
    assert made[ENGLISH].string == "Bliższe."


def test_a_guess_of_a_guess_keeps_the_english_that_was_translated() -> None:
    made = _updated(_file((SISTER, WORDS)), _template("new", ENGLISH))
    assert list(made) == ["", ENGLISH], "what lives on as a guess is not kept twice"
    again = update(_file((SISTER, WORDS)), _template("new", ENGLISH), POLISH)
    other = ENGLISH.replace("baby", "child")
    entry = _updated(read_po(again, "x.po"), _template("new", other))[other]
    assert (entry.fuzzy, entry.previous) == (True, (SISTER,))


def test_a_guess_that_was_refused_does_not_come_back() -> None:
    refused = _file((ENGLISH, ""))
    made = _updated(refused, _template("new", ENGLISH), old=_file((SISTER, WORDS)))
    assert made[ENGLISH].string == ""


def test_one_that_is_counted_is_not_guessed_from_one_that_is_not() -> None:
    template = _template("new")
    template.add((ENGLISH, f"{ENGLISH} Always."), "")
    assert _updated(None, template, old=_file((SISTER, WORDS)))[ENGLISH].string == ""


def _many() -> tuple[Catalog, PoFile, PoFile]:
    """500 messages that all have changed, the catalogue of before, and a sister as large."""
    every = templates(Project.at(ROOT))
    ids = [m.id for domain in every if domain != TEMPLATES for m in every[domain] if m.id]
    english = [text for text in ids if isinstance(text, str)][:500]
    assert len(english) == 500
    changed = [text.replace(" the ", " one ").replace(".", " now.") for text in english]
    old, sister = _template("x"), _template("y")
    for text in english:
        old.add(text, "Słowa")
        sister.add(f"{text} Always.", "Słowa")
    return _template("x", *changed), read_po(as_po(old), "x.po"), read_po(as_po(sister), "y.po")


def test_five_hundred_changed_messages_in_four_languages_take_two_seconds() -> None:
    template, old, sister = _many()
    start = time.process_time()
    for _ in range(4):
        data = update(old, template, POLISH, known({"x": old, "y": sister}))
    taken = time.process_time() - start
    assert data.count(b"#, fuzzy") > 250
    assert taken < 2, f"{taken:.2f} s"


def test_an_edition_is_not_made_of_guesses(tmp_path: Path) -> None:
    template = _template("new", ENGLISH, "Other.")
    data = update(None, template, POLISH, known({"old": _file((SISTER, WORDS))}))
    path = path_of(Root(tmp_path), "new", POLISH)
    path.parent.mkdir(parents=True)
    for text, rules in ((data, ["T001"]), (_translated(data, "Other."), ["T003"])):
        path.write_bytes(text)
        catalogue = read_catalogue(Root(tmp_path), "new", POLISH)
        assert [each.rule for each in catalogue.findings] == rules
        assert (None, ENGLISH) not in catalogue.messages


def _translated(data: bytes, english: str) -> bytes:
    old = f'msgid "{english}"\nmsgstr ""'.encode()
    assert old in data
    return data.replace(old, f'msgid "{english}"\nmsgstr "Inne."'.encode())
