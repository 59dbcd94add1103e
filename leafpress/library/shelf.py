"""What the page for staff shows, as plain values: leaflets, languages, files."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from leafpress.findings import Verdict
from leafpress.library.due import DueLeaflet, due
from leafpress.library.needs import NEED_OF, NEEDS, OTHER, SHORT, Need
from leafpress.library.printing import printing
from leafpress.library.withdrawals import WithdrawnLeaflet, withdrawn
from leafpress.pages.formats import FORMATS
from leafpress.press.edition import Entry
from leafpress.press.freshness import first_lines
from leafpress.translation.direction import isolated
from leafpress.translation.language import LANGUAGES, SOURCE, Language

if TYPE_CHECKING:
    from leafpress.press.manifest import Manifest


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One file. `verdict` says in words what programs found, `stale` why it is not the newest.

    Args:
        untried: nobody has tried to make a newer one yet.
        state: where it stands between draft and approved, and who lets it out if it is a draft.
        mark: why it must not be handed out, in a word or two; empty where it may be.
        need: which column it stands in.
        short: as much of the format's title as a link in that column shows.
        printing: how many sheets it takes, and how they are turned; empty where there are none.
        machine: nobody has signed its translation.
        failed: programs found a fault in it.
        unproved: programs have not looked at all of it, and found no fault in the rest.
    """

    file: str
    format: str
    short: str
    need: str
    extent: str
    version: str
    date: str
    review: str
    verdict: str
    stale: str
    untried: bool
    state: str
    mark: str
    machine: bool
    failed: bool
    unproved: bool
    printing: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One leaflet in one language. `title` is in that language, each piece in its own order.

    Args:
        missing: what its editions need before they may be handed out.
        titles: that of every edition, as it is.
    """

    language: Language
    title: str
    rows: tuple[EditionRow, ...]
    missing: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    @property
    def marks(self) -> tuple[str, ...]:
        """Why some of its files must not be handed out, each once."""
        return tuple(dict.fromkeys(row.mark for row in self.rows if row.mark))

    @property
    def states(self) -> tuple[str, ...]:
        """Where its files stand: where most of them do, then the others by format."""
        return self._summed("state")

    @property
    def verdicts(self) -> tuple[str, ...]:
        """What programs found, likewise."""
        return self._summed("verdict")

    @property
    def versions(self) -> tuple[tuple[str, str, str], ...]:
        """Version, its day, and the day of its review: one, unless files are out of date."""
        return tuple(dict.fromkeys((row.version, row.date, row.review) for row in self.rows))

    @property
    def is_failed(self) -> bool:
        """Whether programs found a fault in one of its files."""
        return any(row.failed for row in self.rows)

    @property
    def is_unproved(self) -> bool:
        """Whether programs have not looked at one of its files, or not at all of it."""
        return any(row.unproved for row in self.rows)

    @property
    def is_machine(self) -> bool:
        """Whether a machine's translation, which nobody has signed, is among its files."""
        return any(row.machine for row in self.rows)

    def of_need(self, need: Need) -> tuple[EditionRow, ...]:
        """Its files for one need."""
        return tuple(row for row in self.rows if row.need == need.id)

    def _summed(self, name: str) -> tuple[str, ...]:
        formats: dict[str, list[str]] = defaultdict(list)
        for row in self.rows:
            formats[getattr(row, name)].append(row.format)
        (most, _), *others = sorted(formats.items(), key=lambda row: -len(row[1]))
        return (most, *(f"{', '.join(titles)}: {words}" for words, titles in others))


@dataclass(frozen=True, slots=True)
class ListedLeaflet:
    """One leaflet in every language. `title` is in English where there is an English edition."""

    id: str
    title: str
    groups: tuple[Group, ...]

    @property
    def english(self) -> tuple[str, ...]:
        """Its titles in English, those of easy read among them: staff search by them."""
        own = [group.titles for group in self.groups if group.language.is_source]
        return tuple(title for titles in own for title in titles)

    @property
    def needs(self) -> tuple[Need, ...]:
        """Its columns: those in which a file stands."""
        present = {row.need for group in self.groups for row in group.rows}
        return tuple(need for need in NEEDS if need.id in present)


Named = tuple[str, Entry]

_DRAFT = ("", "draft")
"""States of what nobody has checked (`approval.states.State`, which is heavy to import)."""


@dataclass(frozen=True, slots=True)
class Shelves:
    """What may be handed out, what must not be (drafts, what is out of date), what is gone.

    Args:
        trials: who lets drafts out, and until when, each once.
        due: what has to be reviewed soon.
    """

    to_hand_out: tuple[ListedLeaflet, ...]
    not_yet: tuple[ListedLeaflet, ...]
    withdrawn: tuple[WithdrawnLeaflet, ...]
    trials: tuple[str, ...]
    due: tuple[DueLeaflet, ...] = ()


def shelves(manifest: Manifest, today: datetime.date) -> Shelves:
    """Everything that the page shows."""
    entries = manifest.entries.values()
    trials = dict.fromkeys(entry.let_out_as for entry in entries if entry.trial)
    return Shelves(
        shelf(manifest, lambda entry: not why_not(entry)),
        shelf(manifest, lambda entry: bool(why_not(entry))),
        withdrawn(manifest),
        tuple(sorted(trials)),
        due(entries, today),
    )


def in_order(
    leaflets: tuple[ListedLeaflet, ...], first: Sequence[str]
) -> tuple[ListedLeaflet, ...]:
    """The leaflets, with the languages that `first` names first, in its order.

    The others follow: English, then by what they call themselves.
    """
    order = {tag: number for number, tag in enumerate(first)}

    def place(group: Group) -> tuple[int, bool, str]:
        language = group.language
        return order.get(language.tag, len(order)), not language.is_source, language.native

    return tuple(
        replace(leaflet, groups=tuple(sorted(leaflet.groups, key=place))) for leaflet in leaflets
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
    titles = _own_titles(entries)
    groups = groupby(entries, key=lambda each: each[1].language)
    title = isolated(titles.get(SOURCE, id_), LANGUAGES[SOURCE].direction)
    grouped = tuple(_group(tag, titles[tag], list(found)) for tag, found in groups)
    return ListedLeaflet(id_, title, grouped)


def _own_titles(entries: list[Named]) -> dict[str, str]:
    """The title in each language; that of easy read, which is shorter, only if it has no other."""
    rows = [entry for _, entry in entries]
    rows.sort(key=lambda entry: not FORMATS[entry.format].easy_read)
    return {entry.language: entry.title for entry in rows}


def _group(tag: str, title: str, entries: list[Named]) -> Group:
    missing = dict.fromkeys(each for _, entry in entries for each in entry.missing)
    language, rows = LANGUAGES[tag], tuple(map(_row, entries))
    titles = dict.fromkeys(entry.title for _, entry in entries)
    return Group(language, isolated(title, language.direction), rows, (*missing,), (*titles,))


def _row(named: Named) -> EditionRow:
    file, entry = named
    name = FORMATS[entry.format].title
    return EditionRow(
        file,
        name,
        SHORT.get(entry.format, name),
        NEED_OF.get(entry.format, OTHER),
        entry.extent,
        entry.version,
        entry.date,
        entry.review,
        in_words(entry.verdicts.values()),
        first_lines(entry.stale),
        entry.untried,
        entry.given_as or "not known: built by an older version",
        why_not(entry),
        entry.machine,
        _sum(entry.verdicts.values()) is Verdict.FAIL,
        _sum(entry.verdicts.values()) is Verdict.NOT_CHECKED,
        printing(entry),
    )


def _sum(verdicts: Iterable[str]) -> Verdict:
    """What verdicts come to. Only when all were asked and all pass is it a pass."""
    found = set(verdicts)
    if Verdict.FAIL in found:
        return Verdict.FAIL
    return Verdict.PASS if found == {Verdict.PASS} else Verdict.NOT_CHECKED


_IN_WORDS = {
    Verdict.FAIL: "Failed: do not hand out",
    Verdict.PASS: "Passed",
    Verdict.NOT_CHECKED: "Not checked yet",
}


def in_words(verdicts: Iterable[str]) -> str:
    """What verdicts come to, in words."""
    return _IN_WORDS[_sum(verdicts)]


def files(leaflets: tuple[ListedLeaflet, ...]) -> int:
    """How many files there are."""
    return sum(len(group.rows) for leaflet in leaflets for group in leaflet.groups)
