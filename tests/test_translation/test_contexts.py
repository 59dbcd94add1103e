"""One English word in two roles: apart in catalogues, on the page, in sign-offs and in packs."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from babel.messages import Catalog
from conftest import CASES, ROOT, TODAY, MakeProject, order_for

from leafpress.approval import shared
from leafpress.approval.messages import SignedMessage, SignedPart, _Around, digest_of
from leafpress.cli.extract import extract_messages
from leafpress.content.contacts import INSIDE
from leafpress.content.project import Project
from leafpress.content.root import Root
from leafpress.content.text import Text
from leafpress.mailing.output.email_text import read_email_words
from leafpress.press.edition import Edition
from leafpress.press.pipeline import markup_of
from leafpress.review.memory import as_tmx
from leafpress.review.rows import ReviewRow
from leafpress.review.xliff import as_xliff
from leafpress.translation.catalogue import read_catalogue
from leafpress.translation.extract import TEMPLATES, template_messages, templates
from leafpress.translation.language import LANGUAGES
from leafpress.translation.translate import translate
from leafpress.translation.words import Words

POLISH = LANGUAGES["pl"]
SERVICE = "GP out of hours"
INSIDE_WORDS = "lekarz dyżurny (GP out of hours)"
PARTED = f'msgctxt "inside a sentence"\nmsgid "{SERVICE}"\nmsgstr "{INSIDE_WORDS}"'
ALONE = f'msgid "{SERVICE}"\nmsgstr "{INSIDE_WORDS}"'


@pytest.fixture
def root(make_project: MakeProject) -> Path:
    """A project with a leaflet in Polish, and our contacts."""
    root = make_project("leaflet-with-markup.yaml")
    folder = root / "locales/pl/LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(CASES / "base" / "catalogue.po", folder / "case.po")
    shutil.copy(ROOT / "locales/pl/LC_MESSAGES/leafpress.po", folder)
    shutil.copy(ROOT / "leaflets/contacts.yaml", root / "leaflets")
    return root


def _shared(root: Path) -> Path:
    return root / "locales/pl/LC_MESSAGES/leafpress.po"


def _english(entry: str) -> str:
    return entry.partition("msgid ")[2].partition("\nmsgstr ")[0]


def _without_contexts(text: str) -> str:
    """A catalogue as it was before there were contexts: one message served both roles."""
    entries = text.split("\n\n")
    both = {_english(entry) for entry in entries if "msgctxt" not in entry}
    lines = [
        entry.replace('msgctxt "inside a sentence"\n', "")
        for entry in entries
        if "msgctxt" not in entry or _english(entry) not in both
    ]
    return "\n\n".join(lines)


def test_no_role_shares_its_words_with_a_role_of_a_context() -> None:
    messages = [message for message in templates(Project.at(ROOT))[TEMPLATES] if message.id]
    inside = {message.id for message in messages if message.context == INSIDE.context}
    alone = {message.id for message in messages if message.context is None}
    assert {"NHS 111", SERVICE} <= inside & alone
    assert "the Home Office" in inside - alone


def test_each_role_is_printed_in_its_own_words(root: Path) -> None:
    text = _shared(root).read_text()
    assert PARTED in text
    _shared(root).write_text(text.replace(PARTED, PARTED.replace("lekarz", "u lekarza")))
    project = Project.at(root)
    said = translate(project.leaflet("case"), project.contacts, POLISH, project.root)
    (contact,) = [each for each in said.contacts.contacts if each.id == "gp-out-of-hours"]
    assert (str(contact.name), str(contact.short)) == (
        INSIDE_WORDS,
        INSIDE_WORDS.replace("lekarz", "u lekarza"),
    )


@pytest.mark.parametrize("guess", ["", "#, fuzzy\n"])
def test_an_old_catalogue_is_taken_over_as_what_it_was(root: Path, guess: str) -> None:
    new = _shared(root).read_text()
    old = _without_contexts(new).replace(ALONE, f"{guess}{ALONE}")
    assert "msgctxt" not in old
    _shared(root).write_text(old)
    list(extract_messages(Project.at(root), TODAY))
    text = _shared(root).read_text()
    assert text.count("fuzzy") == (2 if guess else 0)
    assert PARTED in text
    assert '#~ msgid "the Home Office"' not in text, "it has only changed its role"
    done = subprocess.run(["msgfmt", "--check", "-o", "/dev/null", str(_shared(root))], check=False)
    assert done.returncode == 0


def test_later_a_message_that_is_new_in_the_role_is_a_guess(root: Path) -> None:
    entries = _shared(root).read_text().split("\n\n")
    _shared(root).write_text("\n\n".join(entry for entry in entries if PARTED not in entry))
    list(extract_messages(Project.at(root), TODAY))
    (entry,) = [entry for entry in _shared(root).read_text().split("\n\n") if PARTED in entry]
    assert "#, fuzzy, max-length:96\n" in entry
    assert f'#| msgid "{SERVICE}"\n' in entry


def _with_a_verb(root: Path) -> None:
    """A template's own word with a context, in Polish too; on pages and in e-mails."""
    for name, before in (("parts/about.html", ""), ("email.txt", "{% block below %}")):
        template = root / "templates" / name
        verb = f'{before}{{% trans "a verb" %}}Whisk{{% endtrans %}}'
        text = template.read_text()
        template.write_text(text.replace(before, verb) if before else text + verb)
    list(extract_messages(Project.at(root), TODAY))
    filled = 'msgctxt "a verb"\nmsgid "Whisk"\nmsgstr "Ubij"'
    empty = filled.replace("Ubij", "")
    text = _shared(root).read_text()
    assert empty in text
    _shared(root).write_text(text.replace(empty, filled))


def test_a_templates_word_with_a_context_is_printed_and_mailed(root: Path) -> None:
    _with_a_verb(root)
    assert "Ubij" in markup_of(Edition("case", "pl", "a4"), order_for(root)).html
    mailed = read_email_words(Root(root), ["pl"], "020 7946 0001", lambda _tag: True)
    assert mailed["pl"].below.startswith("Ubij")
    assert mailed["en-GB"].below.startswith("Whisk")


def test_a_templates_word_with_a_context_is_signed(root: Path) -> None:
    _with_a_verb(root)
    messages = template_messages(Project.at(root))
    assert ("a verb", ("Whisk",)) in {(each.context, each.sources) for each in messages}
    words = read_catalogue(Root(root), TEMPLATES, POLISH).words
    assert isinstance(words, Words)
    signed = [*shared.of_templates(messages, words, "pl")]
    (verb,) = [message for message in signed if message.english == "Whisk"]
    assert (verb.words, verb.context) == ("Ubij", "a verb")
    assert verb.digest == digest_of(json.dumps(["shared", "pl", "Whisk", "Ubij", "a verb"]))


def test_every_form_of_what_is_counted_is_signed() -> None:
    words = read_catalogue(Root(ROOT), TEMPLATES, POLISH).words
    assert words is not None
    signed = shared.of_templates(template_messages(Project.at(ROOT)), words, "pl")
    (counted,) = [message for message in signed if "%(num)s" in message.english]
    assert counted.english.count(" / ") == 1
    assert all(form in counted.words for form in ("źródłach", " / ", "źródle"))


def test_a_sign_off_is_bound_to_the_context() -> None:
    pair = type("Pair", (), {"english": type("Leaflet", (), {"id": "x"}), "language": "pl"})
    around = _Around(pair, SignedPart.WORDS, "one")  # type: ignore[arg-type]
    with_context = around.message(Text("Print", INSIDE), "Drukuj", INSIDE.name)
    without = around.message("Print", "Drukuj", INSIDE.name)
    assert with_context.digest != without.digest
    assert (with_context.context, without.context) == ("inside a sentence", "")


def test_packs_say_the_context() -> None:
    key = ("inside a sentence", SERVICE, 0)
    row = ReviewRow(1, key, SERVICE, "x", "Name.", 96, True, False, "shared", "pl")
    assert b'context-type="x-gettext-msgctxt">inside a sentence<' in as_xliff(
        "shared", POLISH, [row]
    )
    other = ReviewRow(1, (None, SERVICE, 0), SERVICE, "x", "", 0, True, False, "shared", "pl")
    assert row.code("x") != other.code("x")
    same = [SignedMessage(SERVICE, "x", "", False, "0", context) for context in ("", "a", "a")]
    data, count = as_tmx(POLISH, iter(same))
    assert (count, data.count(b'<prop type="x-context">a</prop>')) == (2, 1)


def test_two_messages_of_one_english_are_two_to_babel() -> None:
    """We rely on it: `Catalog.get` and `delete` take the context."""
    catalog = Catalog()
    catalog.add("a", "1")
    catalog.add("a", "2", context="c")
    assert [catalog.get("a").string, catalog.get("a", "c").string] == ["1", "2"]  # type: ignore[union-attr]
