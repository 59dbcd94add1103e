"""What was withdrawn, as the page for staff tells it: each reason and day once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leafpress.pages.formats import FORMATS
from leafpress.press.edition import Entry, Withdrawal
from leafpress.translation.language import LANGUAGES, SOURCE

if TYPE_CHECKING:
    from leafpress.press.manifest import Manifest


@dataclass(frozen=True, slots=True)
class WithdrawnLeaflet:
    """Editions of a leaflet that must not be handed out any more, for one reason, since one day.

    Args:
        languages: their names in English; `formats` by their titles.
    """

    title: str
    languages: tuple[str, ...]
    formats: tuple[str, ...]
    since: str
    reason: str


def withdrawn(manifest: Manifest) -> tuple[WithdrawnLeaflet, ...]:
    """What was withdrawn, by leaflet; the editions of which the same is said stand together."""
    groups: dict[tuple[str, str, str], list[Withdrawal]] = defaultdict(list)
    for _, row in sorted(manifest.withdrawn.items()):
        groups[row.leaflet, row.since, row.reason].append(row)
    titles = _titles((*manifest.withdrawn.values(), *manifest.entries.values()))
    return tuple(_withdrawn_leaflet(groups[key], titles) for key in sorted(groups))


def _titles(rows: Iterable[Entry | Withdrawal]) -> dict[str, str]:
    """The English titles of leaflets."""
    return {row.leaflet: row.title for row in rows if row.language == SOURCE}


def _withdrawn_leaflet(rows: list[Withdrawal], titles: dict[str, str]) -> WithdrawnLeaflet:
    first = rows[0]
    languages = {_language_name(row.language) for row in rows}
    formats = {_format_name(row.format) for row in rows}
    return WithdrawnLeaflet(
        titles.get(first.leaflet, first.leaflet),
        tuple(sorted(languages)),
        tuple(sorted(formats)),
        first.since,
        first.reason,
    )


def _language_name(tag: str) -> str:
    """In English; a language that is not made any more may have only its tag."""
    language = LANGUAGES.get(tag)
    return language.english if language else tag


def _format_name(format_id: str) -> str:
    format_ = FORMATS.get(format_id)
    return format_.title if format_ else format_id
