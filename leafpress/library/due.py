"""What has to be reviewed soon, so that nobody is surprised when a leaflet is withdrawn."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from leafpress.press.edition import Entry
from leafpress.translation.language import LANGUAGES, SOURCE

DAYS = 90
"""How far ahead the library looks: a clinician's review, a translation and its revision take weeks
(our own choice, from the review of the web pages, section 3.1)."""


@dataclass(frozen=True, slots=True)
class DueLeaflet:
    """A leaflet whose last day is near.

    Args:
        languages: their names in English.
        review: the day after which it is withdrawn, as 2026-11-22.
    """

    title: str
    languages: tuple[str, ...]
    review: str


def due(entries: Iterable[Entry], today: datetime.date) -> tuple[DueLeaflet, ...]:
    """What is due within `DAYS` days, the soonest first."""
    until = (today + datetime.timedelta(days=DAYS)).isoformat()
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.review <= until and entry.language in LANGUAGES:
            groups[entry.review, entry.leaflet].append(entry)
    return tuple(_row(review, groups[review, id_]) for review, id_ in sorted(groups))


def _row(review: str, entries: list[Entry]) -> DueLeaflet:
    titles = {entry.language: entry.title for entry in entries}
    names = (language.english for tag, language in LANGUAGES.items() if tag in titles)
    return DueLeaflet(titles.get(SOURCE, entries[0].leaflet), tuple(names), review)
