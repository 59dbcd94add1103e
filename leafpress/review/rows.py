"""The rows of a review pack: a message each, numbered in the order of the catalogue."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import cast

from babel.messages import Catalog, Message
from babel.messages.pofile import read_po

from leafpress.approval.approvals import Approvals
from leafpress.approval.messages import SHARED, SignedPart
from leafpress.findings import Problem
from leafpress.system import digest
from leafpress.translation import merge
from leafpress.translation.catalogue import path_of, read_catalogue
from leafpress.translation.extract import TEMPLATES, templates
from leafpress.translation.language import Language
from leafpress.translation.po_lines import limit_of

_CONTACTS = "leaflets/contacts.yaml"

_CODE = 8
"""Hex digits of a row's code: enough to see that a row is another one, and short to read."""

_BLANK = re.compile(r"[ \t\r\n\v\f]+")


def one_line(text: str) -> str:
    """A text with one blank between words; blanks that do not break stay what they are."""
    return _BLANK.sub(" ", text).strip(" ")


UNREADABLE = "unreadable"
"""What stands for the digest of a catalogue that is no gettext file."""

Key = tuple[str | None, str, int]
"""Context, English of the singular, and plural form."""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One message, or one plural form of it.

    Args:
        number: from 1, in the order of the catalogue.
        english: as the author wrote it, with markup.
        words: in the language; "" where nobody has translated it. In English packs the English.
        place: role and section, for people.
        limit: most characters of the translation; 0 where nothing says.
        safety: whether it is about safety.
        guess: whether the English has changed, and the words are those of the old one.
        comments: the translator's, in the catalogue.
    """

    number: int
    key: Key
    english: str
    words: str
    place: str
    limit: int
    safety: bool
    guess: bool
    subject: str
    language: str
    comments: tuple[str, ...] = ()

    def code(self, words: str) -> str:
        """What the row is with these words: 8 hex digits."""
        bound = [self.subject, self.language, *self.key, self.english, one_line(words)]
        return digest.of_text(json.dumps(bound))[:_CODE]


def domain_of(subject: str) -> str:
    """The catalogue that holds a subject's messages."""
    return TEMPLATES if subject == SHARED else subject


def current(approvals: Approvals, subject: str, language: Language) -> bytes:
    """The bytes of a subject's catalogue, brought up to date with the English.

    Raises:
        Problem: a leaflet has errors, or the catalogue is no gettext file.
    """
    project = approvals.project
    catalogue = read_catalogue(project.root, domain_of(subject), language)
    if catalogue.digest == UNREADABLE:
        raise Problem(*catalogue.findings)
    path = path_of(project.root, domain_of(subject), language)
    old = merge.read_po(path.read_bytes(), catalogue.name) if path.exists() else None
    return merge.update(old, _template(approvals, subject), language)


def _template(approvals: Approvals, subject: str) -> Catalog:
    """A subject's messages in English; extracted once for as long as the project is read."""
    kept = approvals.project.kept
    every = kept.get(_template)
    if not isinstance(every, dict):
        every = kept[_template] = templates(approvals.project)
    template = cast(dict[str, Catalog], every)[domain_of(subject)]
    # Babel would take the clock's: a pack of one day is the same whenever it is made.
    template.creation_date = datetime.datetime.combine(
        approvals.today, datetime.time(), datetime.UTC
    )
    return template


def parsed(data: bytes, subject: str, language: Language) -> Catalog:
    """A catalogue of `current`, as Babel reads it."""
    return read_po(BytesIO(data), language.locale, domain_of(subject))


def rows(approvals: Approvals, subject: str, language: Language) -> tuple[ReviewRow, ...]:
    """The rows of a leaflet, or of the words that all share, in a language.

    Raises:
        Problem: the leaflet, its catalogue or a template has errors.
    """
    if language.is_source:
        catalog = _template(approvals, subject)
    else:
        catalog = parsed(current(approvals, subject, language), subject, language)
    strict = _strict(approvals, subject)
    numbered = enumerate(_forms(catalog), 1)
    return tuple(_row(number, form, subject, language, strict) for number, form in numbered)


def _strict(approvals: Approvals, subject: str) -> frozenset[str]:
    """The English of all messages about safety."""
    parts = (SignedPart.WORDS,) if subject == SHARED else (SignedPart.WORDS, SignedPart.EASY_READ)
    signed = [m for part in parts for m in approvals.messages(subject, part, "en-GB")]
    return frozenset(message.english for message in signed if message.safety)


def _forms(catalog: Catalog) -> Iterator[tuple[Message, int]]:
    """Each message, once a plural form."""
    for message in catalog:
        if message.id:
            for form in range(len(strings_of(message))):
                yield message, form


def sources_of(message: Message) -> tuple[str, ...]:
    """The English of a message: singular, and plural where it has one."""
    return tuple(message.id) if isinstance(message.id, (list, tuple)) else (message.id,)


def strings_of(message: Message) -> tuple[str, ...]:
    """The translation of a message, a text a plural form."""
    string = message.string
    return tuple(string) if isinstance(string, (list, tuple)) else (string or "",)


def _row(
    number: int,
    what: tuple[Message, int],
    subject: str,
    language: Language,
    strict: frozenset[str],
) -> ReviewRow:
    message, form = what
    sources = sources_of(message)
    english = sources[-1] if form else sources[0]
    comment = " ".join(message.auto_comments)
    place = comment or ", ".join(dict.fromkeys(name for name, _ in message.locations))
    if len(strings_of(message)) > 1:
        place = f"{place} Plural form {form + 1}."
    is_contact = any(name == _CONTACTS for name, _ in message.locations)
    return ReviewRow(
        number,
        (message.context or None, sources[0], form),
        english,
        english if language.is_source else strings_of(message)[form],
        place,
        limit_of(message.flags),
        english in strict or is_contact,
        message.fuzzy,
        subject,
        language.tag,
        tuple(message.user_comments),
    )
