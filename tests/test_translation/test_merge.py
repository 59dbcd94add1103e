"""What `extract` keeps: translations whose English returns or moves, and other tools' headers."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CASES, ROOT, TODAY, MakeProject, order_for

from leafpress.cli.extract import extract_messages
from leafpress.content.project import Project
from leafpress.press.edition import Edition
from leafpress.press.pipeline import check
from leafpress.translation.po_file import PoFile, parse
from leafpress.translation.po_lines import PoEntry

BASE = (CASES / "base" / "catalogue.po").read_text()
LEAFLET = CASES / "base" / "leaflet-with-markup.yaml"
ENGLISH = "Adults."


@pytest.fixture
def root(make_project: MakeProject) -> Path:
    """A project with a leaflet in Polish."""
    root = make_project("leaflet-with-markup.yaml")
    folder = root / "locales/pl/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "case.po").write_text(BASE)
    shutil.copy(ROOT / "locales/pl/LC_MESSAGES/leafpress.po", folder)
    _extract(root)
    return root


def _extract(root: Path) -> None:
    list(extract_messages(Project.at(root), TODAY))


def _catalogue(root: Path, domain: str = "case") -> PoFile:
    return parse((root / f"locales/pl/LC_MESSAGES/{domain}.po").read_text(), domain)


def _entry(root: Path, english: str, domain: str = "case") -> PoEntry:
    (entry,) = [each for each in _catalogue(root, domain).entries if each.message == english]
    return entry


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def _say(root: Path, old: str, new: str, leaflet: str = "case") -> None:
    _edit(root / f"leaflets/{leaflet}.yaml", old, new)
    _extract(root)


def test_a_sentence_taken_out_and_put_back_is_translated(root: Path) -> None:
    _say(root, ENGLISH, "Everybody who reads it.")
    assert _entry(root, ENGLISH).obsolete
    _say(root, "Everybody who reads it.", ENGLISH)
    entry = _entry(root, ENGLISH)
    assert (entry.obsolete, entry.fuzzy, entry.string) == (False, False, "Dorośli.")


def test_an_old_guess_that_returns_is_still_a_guess(root: Path) -> None:
    _edit(root / "locales/pl/LC_MESSAGES/case.po", f'msgid "{ENGLISH}"', '#, fuzzy\nmsgid "Gone."')
    _extract(root)
    assert _entry(root, "Gone.").obsolete
    _say(root, ENGLISH, "Gone.")
    entry = _entry(root, "Gone.")
    assert (entry.obsolete, entry.fuzzy, entry.string) == (False, True, "Dorośli.")


def test_no_message_stands_twice(root: Path) -> None:
    """Babel let an obsolete twin stand beside the live message; gettext refuses both."""
    path = root / "locales/pl/LC_MESSAGES/case.po"
    path.write_text(f'{path.read_text()}\n#~ msgid "{ENGLISH}"\n#~ msgstr "Inaczej."\n')
    path.write_text(f'{path.read_text()}\n#~ msgid "Empty"\n#~ msgstr ""\n')
    _extract(root)
    assert _entry(root, ENGLISH).string == "Dorośli."
    assert [entry for entry in _catalogue(root).entries if entry.message == "Empty"] == []


def _second_leaflet(root: Path) -> None:
    text = LEAFLET.read_text().replace("id: case", "id: other", 1).replace(ENGLISH, "Children.")
    (root / "leaflets/other.yaml").write_text(text)


def test_a_new_leaflet_brings_the_sentences_that_are_known(root: Path) -> None:
    _second_leaflet(root)
    _extract(root)
    known = [entry for entry in _catalogue(root, "other").live if entry.string]
    assert [entry.message for entry in known if entry.message != "One"]
    assert {entry.comments for entry in known} == {("taken over from case",)}
    assert not any(entry.fuzzy for entry in known)
    assert _entry(root, "Children.", "other").string == ""
    # Nobody has begun to translate it: that is one warning, not a flood of errors.
    found = check(Edition("other", "pl", "a4"), order_for(root))
    assert {each.rule for each in found} == {"T001"}


def test_a_leaflet_of_known_sentences_is_translated(root: Path) -> None:
    text = LEAFLET.read_text().replace("id: case", "id: other", 1)
    (root / "leaflets/other.yaml").write_text(text)
    _extract(root)
    assert check(Edition("other", "pl", "a4"), order_for(root)) == ()


def test_a_text_moved_to_another_leaflet_brings_its_translation(root: Path) -> None:
    _second_leaflet(root)
    _extract(root)
    _edit(root / "leaflets/case.yaml", ENGLISH, "Nobody else.")
    _say(root, "Children.", ENGLISH, "other")
    assert _entry(root, ENGLISH).obsolete
    entry = _entry(root, ENGLISH, "other")
    assert (entry.fuzzy, entry.string) == (False, "Dorośli.")


def test_a_text_moved_in_two_steps_brings_it_too(root: Path) -> None:
    _second_leaflet(root)
    _say(root, ENGLISH, "Nobody else.")
    _say(root, "Children.", ENGLISH, "other")
    assert _entry(root, ENGLISH, "other").string == "Dorośli."


GUESSES: dict[str, Callable[[str], str]] = {
    "a guess": lambda text: text.replace(f'msgid "{ENGLISH}"', f'#, fuzzy\nmsgid "{ENGLISH}"'),
    "nothing": lambda text: text.replace('msgstr "Dorośli."', 'msgstr ""'),
}


@pytest.mark.parametrize("name", GUESSES)
def test_guesses_are_not_taken_over(name: str, root: Path) -> None:
    path = root / "locales/pl/LC_MESSAGES/case.po"
    path.write_text(GUESSES[name](path.read_text()))
    _second_leaflet(root)
    _say(root, "Children.", ENGLISH, "other")
    assert _entry(root, ENGLISH, "other").string == ""


def test_two_translations_are_left_to_a_person(root: Path) -> None:
    _second_leaflet(root)
    _extract(root)
    other = root / "locales/pl/LC_MESSAGES/other.po"
    _edit(other, 'msgid "Children."\nmsgstr ""', f'msgid "{ENGLISH}"\nmsgstr "Inni."')
    third = LEAFLET.read_text().replace("id: case", "id: third", 1)
    (root / "leaflets/third.yaml").write_text(third)
    _say(root, "Children.", ENGLISH, "other")
    assert _entry(root, ENGLISH, "third").fuzzy


HEADERS = '"X-Generator: Poedit 3.4\\n"\n"X-Poedit-Basepath: ..\\n"\n"X-Crowdin-Project-ID: 7\\n"\n'


def test_headers_of_other_tools_are_kept(root: Path) -> None:
    path = root / "locales/pl/LC_MESSAGES/case.po"
    _edit(path, '"MIME-Version', f'{HEADERS}"MIME-Version')
    _edit(path, '"Last-Translator: nobody yet', '"Last-Translator: A. Translator')
    _extract(root)
    header = _catalogue(root).header
    assert header.get("X-Generator") == "Poedit 3.4"
    assert header.get("X-Poedit-Basepath") == ".."
    assert header.get("x-crowdin-project-id") == "7"
    assert header.get("Last-Translator") == "A. Translator"
    once = path.read_bytes()
    _extract(root)
    assert path.read_bytes() == once


DATES = ["YEAR-MO-DA HO:MI+ZONE", "yesterday", "2026-13-45 99:99+0000", "99999-01-01 00:00+0000"]


@pytest.mark.parametrize("date", DATES)
def test_dates_that_are_none(date: str, root: Path) -> None:
    path = root / "locales/pl/LC_MESSAGES/case.po"
    text = path.read_text()
    for name in ("PO-Revision-Date", "POT-Creation-Date"):
        rest = text.partition(f"{name}: ")[2].partition("\\n")[0]
        text = text.replace(f"{name}: {rest}", f"{name}: {date}")
    path.write_text(text)
    _say(root, ENGLISH, "Everybody who reads it.")
    assert _entry(root, "One").string == "Jeden"


def test_a_broken_catalogue_stops_before_anything_is_written(root: Path) -> None:
    path = root / "locales/pl/LC_MESSAGES/case.po"
    path.write_text(path.read_text().replace("charset=utf-8", "charset=ISO-8859-2"))
    before = {each: each.read_bytes() for each in (root / "locales").rglob("*.po*")}
    _edit(root / "leaflets/case.yaml", ENGLISH, "Somebody.")
    with pytest.raises(Exception, match="T006"):
        _extract(root)
    assert {each: each.read_bytes() for each in (root / "locales").rglob("*.po*")} == before
