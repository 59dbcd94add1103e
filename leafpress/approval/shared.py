"""The words that every leaflet prints beside its own: those of templates and of contacts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from gettext import NullTranslations

from leafpress.approval.messages import SHARED, SignedMessage, digest_of
from leafpress.content.clinic import Clinic
from leafpress.content.contacts import Contact
from leafpress.content.pictograms import Pictograms
from leafpress.content.region import Directory
from leafpress.content.texts import texts
from leafpress.translation.extract import TemplateMessage
from leafpress.translation.language import SOURCE

STRICT = tuple(f"templates/blocks/{kind}.html" for kind in ("emergency", "warning", "contacts"))
"""Templates of blocks that are about safety."""

NOT_IN_BRAILLE = ("templates/email.txt", "templates/parts/web-", "templates/parts/easy_read")
"""Beginnings of the names of templates whose words no braille reader meets."""

_COUNTS = range(102)
"""Counts that bring out every plural form of our languages, as `words` tries them."""


def of_templates(
    messages: Iterable[TemplateMessage],
    words: NullTranslations,
    language: str,
    without: tuple[str, ...] = (),
) -> Iterator[SignedMessage]:
    """The templates' own words in a language, once each.

    Args:
        without: beginnings of names of templates; what stands only there is left out.
    """
    for message in messages:
        if all(file.startswith(without) for file in message.files):
            continue
        english, said = " / ".join(message.sources), _said(message, words)
        context = message.context or ""
        bound = json.dumps([SHARED, language, english, said, *filter(None, [context])])
        place = message.files[0].removeprefix("templates/")
        strict = any(file in STRICT for file in message.files)
        yield SignedMessage(english, said, place, strict, digest_of(bound), context)


def _said(message: TemplateMessage, words: NullTranslations) -> str:
    """Its words in the language; every form of what is counted."""
    singular, plural = message.sources[0], message.sources[-1]
    if singular != plural:
        forms = dict.fromkeys(words.ngettext(singular, plural, number) for number in _COUNTS)
        return " / ".join(forms)
    if message.context is not None:
        return words.pgettext(message.context, singular)
    return words.gettext(singular)


def of_contacts(english: Directory, own: Directory, language: str) -> Iterator[SignedMessage]:
    """The services that there are in the clinic's region, with their numbers."""
    region = english.clinic.region
    for contact in english.contacts.contacts:
        if not contact.regions or region in contact.regions:
            said = next(each for each in own.contacts.contacts if each.id == contact.id)
            yield _of_contact(contact, said, language)


def of_clinic(clinic: Clinic, language: str) -> Iterator[SignedMessage]:
    """The clinic's own sentence under its number: it may say what to do, and every page has it."""
    english, own = clinic.out_of_hours_in(SOURCE), clinic.out_of_hours_in(language)
    words = own or english
    if words:
        said = (english or words)[1]
        bound = json.dumps([SHARED, language, "out_of_hours", said, *words])
        place = "clinic.yaml, out_of_hours"
        yield SignedMessage(said, words[1], place, safety=True, digest=digest_of(bound))


def _of_contact(contact: Contact, own: Contact, language: str) -> SignedMessage:
    english, said = (
        " · ".join([*(str(text) for _, text in texts(each)), *_numbers(each)])
        for each in (contact, own)
    )
    bound = json.dumps([SHARED, language, contact.id, english, said])
    return SignedMessage(english, said, "contacts.yaml", safety=True, digest=digest_of(bound))


def _numbers(contact: Contact) -> list[str]:
    fields = (contact.telephone, contact.sms, contact.email, contact.web)
    return [str(field) for field in fields if field]


def of_pictograms(english: Pictograms, own: Pictograms, language: str) -> Iterator[SignedMessage]:
    """What is heard in place of each pictogram."""
    said = {each.id: each for each in own.pictograms}
    for pictogram in english.pictograms:
        words = str(said[pictogram.id].shows)
        bound = json.dumps([SHARED, language, "pictogram", pictogram.id, pictogram.shows, words])
        place = f"pictogram {pictogram.id}"
        yield SignedMessage(str(pictogram.shows), words, place, False, digest_of(bound))
