"""What the page for staff shows, as plain values: leaflets, languages, files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from leafpress.findings import Verdict
from leafpress.pages.formats import FORMATS
from leafpress.press.edition import Entry
from leafpress.translation.direction import isolated
from leafpress.translation.language import LANGUAGES, SOURCE, Language

if TYPE_CHECKING:
    from leafpress.press.manifest import Manifest


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One file. `verdict` says in words what programs found, `stale` why it is not the newest."""

    file: str
    format: str
    extent: str
    version: str
    date: str
    review: str
    verdict: str
    stale: str


@dataclass(frozen=True, slots=True)
class Group:
    """One leaflet in one language. `title` is in that language, each piece in its own order."""

    language: Language
    title: str
    rows: tuple[EditionRow, ...]


@dataclass(frozen=True, slots=True)
class ListedLeaflet:
    """One leaflet in every language. `title` is in English where there is an English edition."""

    id: str
    title: str
    groups: tuple[Group, ...]


Named = tuple[str, Entry]


def shelf(manifest: Manifest) -> tuple[ListedLeaflet, ...]:
    """Every leaflet that is built, in the order in which `build.py list` names them."""
    entries = sorted(filter(_is_known, manifest.entries.items()), key=_place)
    groups = groupby(entries, key=lambda each: each[1].leaflet)
    return tuple(_leaflet(id_, list(found)) for id_, found in groups)


def _is_known(named: Named) -> bool:
    """Whether there still is such a format and language: manifests can be older than both."""
    return named[1].format in FORMATS and named[1].language in LANGUAGES


def _place(named: Named) -> tuple[str, int, int]:
    entry = named[1]
    language, format_ = list(LANGUAGES).index(entry.language), list(FORMATS).index(entry.format)
    return entry.leaflet, language, format_


def _leaflet(id_: str, entries: list[Named]) -> ListedLeaflet:
    titles = {entry.language: entry.title for _, entry in entries}
    groups = groupby(entries, key=lambda each: each[1].language)
    title = isolated(titles.get(SOURCE, id_), LANGUAGES[SOURCE].direction)
    return ListedLeaflet(id_, title, tuple(_group(tag, titles[tag], rows) for tag, rows in groups))


def _group(tag: str, title: str, rows: Iterable[Named]) -> Group:
    language = LANGUAGES[tag]
    return Group(language, isolated(title, language.direction), tuple(map(_row, rows)))


def _row(named: Named) -> EditionRow:
    file, entry = named
    return EditionRow(
        file,
        FORMATS[entry.format].title,
        entry.extent,
        entry.version,
        entry.date,
        entry.review,
        in_words(entry.verdicts.values()),
        " ".join(each.partition("\n")[0] for each in entry.stale),
    )


def in_words(verdicts: Iterable[str]) -> str:
    """What verdicts come to. Only when all were asked and all pass is it a pass."""
    found = set(verdicts)
    if Verdict.FAIL in found:
        return "Failed: do not hand out"
    return "Passed" if found == {Verdict.PASS} else "Not checked yet"
