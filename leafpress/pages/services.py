"""Which services an edition names, and several of them in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from babel.lists import format_list
from markupsafe import Markup as Safe
from markupsafe import escape

from leafpress.content.clinic import Clinic
from leafpress.content.contacts import Contact
from leafpress.content.inline import PLACEHOLDER, parse
from leafpress.content.model import Leaflet
from leafpress.content.region import Directory
from leafpress.content.texts import texts
from leafpress.pages.inline_html import InlineHtml
from leafpress.translation import pseudo
from leafpress.translation.language import Language

_MARKS = "\ue000\ue001\ue002\ue003\ue004\ue005\ue006\ue007"
"""Stand for names while a list of them is worded: characters for private use."""

_DIRECTIONS = "\u200e\u200f"
"""CLDR puts these between names in Persian; our markup says the direction itself."""


def called(leaflet: Leaflet) -> tuple[str, ...]:
    """The contacts that an easy-read edition names, each once, in their order."""
    return tuple(dict.fromkeys(_called(leaflet)))


def _called(leaflet: Leaflet) -> Iterator[str]:
    for section in leaflet.easy_read.sections if leaflet.easy_read else ():
        yield from section.calls
        for _, text in texts(section):
            yield from parse(text).placeholders


def opening(clinic: Clinic, language: Language, directory: Directory) -> tuple[str, str] | None:
    """(language, words) about when the clinic is closed.

    In words that stay English, a service is its number: its name is in the page's language.
    """
    found = clinic.out_of_hours_in(language.tag)
    if found is None or found[0] == language.tag:
        return found
    return found[0], PLACEHOLDER.sub(lambda match: _number(directory[match[1]]), found[1])


def _number(contact: Contact) -> str:
    return contact.telephone or str(contact.short)


def to_call(
    ids: tuple[str, ...], *, inline: InlineHtml, directory: Directory, numbers: bool = False
) -> Safe:
    """Whom to call, of the contacts `ids`: links, each with its number if `numbers`."""
    worded = inline.named if numbers else inline.contact
    services = [worded(each) for each in directory.listed(ids) if not each.visit]
    return either(services, inline.language)


@dataclass(frozen=True, slots=True)
class PressedService:
    """A service behind a button: its address, and what the button calls it."""

    address: str
    words: str


def to_press(ids: tuple[str, ...], *, directory: Directory) -> tuple[PressedService, ...]:
    """A button for each of the contacts `ids` with a number: “999”, “Helpline 0300 123 4567”."""
    called = (each for each in directory.listed(ids) if each.telephone and not each.visit)
    return tuple(_pressed(contact.telephone or "", str(contact.short)) for contact in called)


def _pressed(telephone: str, name: str) -> PressedService:
    words = name if telephone in name else f"{name} {telephone}"
    return PressedService("tel:" + telephone.replace(" ", ""), words)


def to_go(ids: tuple[str, ...], *, inline: InlineHtml, directory: Directory) -> Safe:
    """Where to go, of the contacts `ids`; empty if one can only call."""
    places = (each for each in directory.listed(ids) if each.visit)
    return either((inline.plain(str(each.short)) for each in places), inline.language)


def either(names: Iterable[str], language: Language) -> Safe:
    """“999 or A&E”, as the language says it (CLDR, or the language's row).

    Args:
        names: at most eight; HTML, or words that are escaped here.
    """
    every = [escape(name) for name in names]
    marks = _MARKS[: len(every)]
    worded = _worded(marks, language)
    pieces = (
        every[marks.index(each)] if each in marks else escape(each)
        for each in _spelled(worded, language)
        if each not in _DIRECTIONS
    )
    return Safe("").join(pieces)


def _worded(marks: str, language: Language) -> str:
    """Some marks as a list of choices."""
    if not language.either or len(marks) < 2:
        return format_list(list(marks), "or", language.locale)
    last, between = language.either
    return between.join(marks[:-1]) + last + marks[-1]


def _spelled(worded: str, language: Language) -> str:
    """CLDR has no words of a mirrored pseudo-language: it spells the English “or” its own way."""
    mirrored = language.pseudo and language.direction == "rtl"
    return pseudo.translate(worded, language) if mirrored else worded
