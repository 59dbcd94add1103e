"""What the page for staff shows, as plain values: leaflets, languages, files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from leafpress.findings import Verdict
from leafpress.pages.formats import FORMATS
from leafpress.press.edition import Entry, Withdrawal
from leafpress.press.freshness import first_lines
from leafpress.translation.direction import isolated
from leafpress.translation.language import AWAITED, LANGUAGES, SOURCE, Language

if TYPE_CHECKING:
    from leafpress.press.manifest import Manifest


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One file. `verdict` says in words what programs found, `stale` why it is not the newest.

    Args:
        untried: nobody has tried to make a newer one yet.
        state: where it stands between draft and approved, and who lets it out if it is a draft.
        mark: why it must not be handed out, in a word or two; empty where it may be.
    """

    file: str
    format: str
    extent: str
    version: str
    date: str
    review: str
    verdict: str
    stale: str
    untried: bool
    state: str
    mark: str


@dataclass(frozen=True, slots=True)
class Group:
    """One leaflet in one language. `title` is in that language, each piece in its own order.

    Args:
        missing: what its editions need before they may be handed out.
    """

    language: Language
    title: str
    rows: tuple[EditionRow, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedLeaflet:
    """One leaflet in every language. `title` is in English where there is an English edition."""

    id: str
    title: str
    groups: tuple[Group, ...]


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


Named = tuple[str, Entry]

_DRAFT = ("", "draft")
"""States of what nobody has checked (`approval.states.State`, which is heavy to import)."""


@dataclass(frozen=True, slots=True)
class Shelves:
    """What may be handed out, what must not be (drafts, what is out of date), what is gone.

    Args:
        trials: who lets drafts out, and until when, each once.
    """

    to_hand_out: tuple[ListedLeaflet, ...]
    not_yet: tuple[ListedLeaflet, ...]
    withdrawn: tuple[WithdrawnLeaflet, ...]
    trials: tuple[str, ...]


def shelves(manifest: Manifest) -> Shelves:
    """Everything that the page shows."""
    entries = manifest.entries.values()
    trials = dict.fromkeys(entry.let_out_as for entry in entries if entry.trial)
    return Shelves(
        shelf(manifest, lambda entry: not why_not(entry)),
        shelf(manifest, lambda entry: bool(why_not(entry))),
        withdrawn(manifest),
        tuple(sorted(trials)),
    )


def why_not(entry: Entry) -> str:
    """Why an edition must not be handed out, in a word or two; empty where it may be."""
    if not entry.given_out:
        return "Draft" if entry.state in _DRAFT else f"Not approved: {entry.state}"
    if entry.stale:
        return "Out of date"
    return "Failed" if Verdict.FAIL in entry.verdicts.values() else ""


def shelf(
    manifest: Manifest, wanted: Callable[[Entry], bool] = lambda _entry: True
) -> tuple[ListedLeaflet, ...]:
    """Every leaflet that is built, in the order in which `build.py list` names them.

    Args:
        wanted: which editions are shown.
    """
    known = [named for named in manifest.entries.items() if _is_known(named)]
    entries = sorted((named for named in known if wanted(named[1])), key=_place)
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
    grouped = tuple(_group(tag, titles[tag], list(found)) for tag, found in groups)
    return ListedLeaflet(id_, title, grouped)


def _group(tag: str, title: str, entries: list[Named]) -> Group:
    missing = dict.fromkeys(each for _, entry in entries for each in entry.missing)
    language = LANGUAGES[tag]
    shown = isolated(title, language.direction)
    return Group(language, shown, tuple(map(_row, entries)), tuple(missing))


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
        first_lines(entry.stale),
        entry.untried,
        entry.given_as or "not known: built by an older version",
        why_not(entry),
    )


def in_words(verdicts: Iterable[str]) -> str:
    """What verdicts come to. Only when all were asked and all pass is it a pass."""
    found = set(verdicts)
    if Verdict.FAIL in found:
        return "Failed: do not hand out"
    return "Passed" if found == {Verdict.PASS} else "Not checked yet"


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
    language = LANGUAGES.get(tag) or AWAITED.get(tag)
    return language.english if language else tag


def _format_name(format_id: str) -> str:
    format_ = FORMATS.get(format_id)
    return format_.title if format_ else format_id
