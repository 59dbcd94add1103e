"""Which of the listed sources a section rests on: their numbers, printed as its last line."""

from __future__ import annotations

import datetime
from itertools import chain

from babel import Locale

from leafpress.content.model import Leaflet, Section
from leafpress.translation.language import Language

_DIRECTIONS = str.maketrans("", "", "\u200e\u200f")
"""CLDR puts these between the entries of some lists; our markup says the direction itself."""


def numbers(leaflet: Leaflet, section: Section, language: Language) -> str:
    """“2, 5”: where the section's sources, and its blocks', stand in the list; may be empty.

    DISCERN, item 4, asks that a reader can tell which source stands behind which words. The
    section that lists the sources has no such line.
    """
    if any(block.kind == "sources" for block in section.blocks):
        return ""
    used = {*section.sources, *chain.from_iterable(block.sources for block in section.blocks)}
    places = (str(n) for n, source in enumerate(leaflet.sources, start=1) if source.id in used)
    return _between(language).join(places)


def listed_in(leaflet: Leaflet) -> str:
    """The id of the section that lists the sources; empty if none does."""
    sections = (each for each in leaflet.sections if any(b.kind == "sources" for b in each.blocks))
    return next((section.id for section in sections), "")


def read_since(leaflet: Leaflet) -> datetime.date | None:
    """The day since which every source, or a copy of it, was read; None if one has no such day.

    DISCERN, item 5, asks how old the sources are, and many pages bear no date.
    """
    days = [source.seen for source in leaflet.sources if source.seen]
    return min(days) if len(days) == len(leaflet.sources) else None


def _between(language: Language) -> str:
    """What the language writes between the entries of a list: “, ”, or “، ” (CLDR, or its row)."""
    if language.either:
        return language.either[1]
    pattern = str(Locale.parse(language.locale).list_patterns["standard"]["middle"])
    return pattern.format("", "").translate(_DIRECTIONS)
