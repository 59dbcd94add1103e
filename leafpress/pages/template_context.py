"""Everything that a template can see. `docs/templates.md` lists it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from gettext import NullTranslations
from typing import Any
from unicodedata import bidirectional

from babel.dates import format_date
from markupsafe import Markup as Safe

from leafpress.approval.hand_out import Decision
from leafpress.content.blocks import NotesBlock
from leafpress.content.clinic import Clinic
from leafpress.content.contacts import Contacts
from leafpress.content.model import Leaflet, Source
from leafpress.content.region import Directory
from leafpress.pages import citations, measure, people, services, type_style
from leafpress.pages.formats import Format, Kind
from leafpress.pages.inline_html import InlineHtml
from leafpress.translation.language import LANGUAGES, SOURCE, Language
from leafpress.translation.translate import Translation

_PAGE_NUMBERS = {
    "page": Safe('<span class="number-of-page"></span>'),
    "pages": Safe('<span class="number-of-pages"></span>'),
}
"""Numbers that only layout knows: style sheets fill them in."""


def template_context(
    clinic: Clinic, translation: Translation, leaflet: Leaflet, format_: Format, signed: Decision
) -> dict[str, Any]:
    """Everything that a template can see. `docs/templates.md` lists it."""
    language = translation.language
    directory = Directory(clinic, translation.contacts)
    inline = InlineHtml(language, directory, format_, _notes(leaflet))
    return {
        "leaflet": leaflet,
        "clinic": clinic,
        "language": language,
        "source_language": LANGUAGES[SOURCE],
        "format": format_,
        "approval": signed,
        "contacts": directory,
        "pictograms": translation.pictograms,
        "called": directory.listed(services.called(leaflet)),
        "inline": inline.html,
        "plain": inline.plain,
        "words": inline.alone,
        **_gettext(translation.words, inline),
        "call": inline.contact,
        "named": inline.named,
        "to_call": partial(services.to_call, inline=inline, directory=directory),
        "to_press": partial(services.to_press, directory=directory),
        "to_go": partial(services.to_go, inline=inline, directory=directory),
        "address": lambda text: measure.address(text, format_),
        # A web page's style sheet sees how wide the window is, and turns tables into lists itself.
        "tabular": lambda block: (
            format_.kind is Kind.WEB or measure.tabular(block, directory, format_)
        ),
        "short": lambda text, most=measure.SHORT: _short(inline.words(text), most, format_),
        "short_title": inline.plain(type_style.short_title(leaflet)),
        "day": lambda day: _day(day, inline, language),
        "source_date": _source_date,
        **_citing(language),
        "numbers": _PAGE_NUMBERS,
        "qr": _qr,
        "people": partial(people.drawn, format_=format_, right_to_left=language.direction == "rtl"),
        "english": Safe.escape,
        "as_written": _as_written,
        "out_of_hours": services.opening(clinic, language, directory),
        "web_address": clinic.address_of(leaflet.id, language.tag),
        "current_address": clinic.current_address,
    }


def _citing(language: Language) -> dict[str, Any]:
    """What a template asks about sources."""
    return {
        "cited": partial(citations.numbers, language=language),
        "listed_in": citations.listed_in,
        "read_since": citations.read_since,
    }


def in_english(clinic: Clinic, format_: Format) -> dict[str, Any]:
    """What a template sees that is filled in English, whatever the page's language is."""
    return spoken(clinic, format_, LANGUAGES[SOURCE], NullTranslations())


def spoken(
    clinic: Clinic, format_: Format, language: Language, words: NullTranslations
) -> dict[str, Any]:
    """What a template sees that is filled in a language, and speaks of no leaflet."""
    inline = InlineHtml(language, Directory(clinic, Contacts(contacts=())), format_)
    return {
        "plain": inline.plain,
        "day": lambda day: _day(day, inline, language),
        **_gettext(words, inline),
    }


def _as_written(words: str) -> Safe:
    """Words that a person wrote, in the direction of their own first letter (UAX #9, P2)."""
    strong = (bidirectional(character) for character in words)
    first = next((kind for kind in strong if kind in {"L", "R", "AL"}), "L")
    direction = "ltr" if first == "L" else "rtl"
    return Safe('<span dir="{}" translate="no">{}</span>').format(direction, words)


def _short(words: str, most: int, format_: Format) -> Safe:
    """The class of a cell that stays on one line."""
    return Safe(' class="short"' if measure.is_short(words, most, format_) else "")


def _notes(leaflet: Leaflet) -> frozenset[str]:
    """The ids of notes: links to them are set as notes are."""
    blocks = (block for section in leaflet.sections for block in section.blocks)
    return frozenset(
        item.id for block in blocks if isinstance(block, NotesBlock) for item in block.items
    )


def _gettext(words: NullTranslations, inline: InlineHtml) -> dict[str, Callable[..., Safe]]:
    """What `{% trans %}` calls: the templates' own words, in the edition's language."""

    def gettext(message: str, **values: object) -> Safe:
        return inline.message(words.gettext(message), values)

    def ngettext(singular: str, plural: str, n: int, **values: object) -> Safe:
        return inline.message(words.ngettext(singular, plural, n), {"num": n, **values})

    def pgettext(context: str, message: str, **values: object) -> Safe:
        return inline.message(words.pgettext(context, message), values)

    return {"gettext": gettext, "ngettext": ngettext, "pgettext": pgettext}


def _day(day: datetime.date, inline: InlineHtml, language: Language) -> Safe:
    """A day in the words of the language."""
    words = inline.plain(str(format_date(day, "long", language.locale)))
    return Safe('<time datetime="{}">{}</time>').format(day.isoformat(), words)


def _source_date(source: Source) -> str:
    """When a source was published, as exactly as it is known, in English like its title."""
    if source.date is None:
        return ""
    parts = [int(part) for part in source.date.split("-")]
    pattern = {1: "y", 2: "LLLL y", 3: "d MMMM y"}[len(parts)]
    day = datetime.date(*([*parts, 1, 1])[:3])
    return str(format_date(day, pattern, LANGUAGES[SOURCE].locale))


def _qr(address: str) -> Safe:
    """A QR code as inline SVG, error correction M (ISO/IEC 18004)."""
    import segno  # brings half of the standard library's network with it

    code = segno.make(address, error="m", micro=False)
    return Safe(code.svg_inline(border=0, omitsize=True, svgclass="qr", lineclass=None))
