"""In which states rows of the library are looked for, and how many files meet each need."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from leafpress.library.changed import ChangeNote
from leafpress.library.needs import NEEDS, Need
from leafpress.library.shelf import Group, Shelves
from leafpress.translation.language import Language


@dataclass(frozen=True, slots=True)
class StateFilter:
    """One state.

    Args:
        id: in addresses of the library (`#state=draft`).
        title: in the list to choose from.
        fits: whether a leaflet in a language is in it; None where the page's script finds out,
            by the day on which it is read.
    """

    id: str
    title: str
    fits: Callable[[Group, ChangeNote], bool] | None


STATES = (
    StateFilter("give", "May be handed out", lambda group, _note: not group.marks),
    StateFilter("draft", "Draft", lambda group, _note: "Draft" in group.marks),
    StateFilter("machine", "Machine translation", lambda group, _note: group.is_machine),
    StateFilter("changed", "Changed since signed", lambda _group, note: bool(note.changes)),
    StateFilter("old", "Out of date", lambda group, _note: "Out of date" in group.marks),
    StateFilter("failed", "Failed", lambda group, _note: group.is_failed),
    StateFilter("unproved", "Not checked by programs", lambda group, _note: group.is_unproved),
    StateFilter("due", "Review within 90 days", None),
)


def states_of(group: Group, note: ChangeNote) -> tuple[str, ...]:
    """The ids of all states that a leaflet in a language is in."""
    return tuple(state.id for state in STATES if state.fits and state.fits(group, note))


@dataclass(frozen=True, slots=True)
class LanguageTotal:
    """How many files there are in a language, by need: those to hand out, and all."""

    language: Language
    ready: Counter[str]
    all: Counter[str]

    def of(self, need: Need) -> str:
        """The numbers of one need, in words; nothing where there is no file."""
        every = self.all[need.id]
        return f"{self.ready[need.id]} of {every}" if every else ""


def totals(shelf: Shelves, languages: Iterable[Language]) -> tuple[LanguageTotal, ...]:
    """A row a language."""
    ready = _counted(group for leaflet in shelf.to_hand_out for group in leaflet.groups)
    others = _counted(group for leaflet in shelf.not_yet for group in leaflet.groups)
    return tuple(
        LanguageTotal(row, ready[row.tag], ready[row.tag] + others[row.tag]) for row in languages
    )


def _counted(groups: Iterable[Group]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for group in groups:
        counts[group.language.tag].update(row.need for row in group.rows)
    return counts


def needs_met(rows: Iterable[LanguageTotal]) -> tuple[Need, ...]:
    """The columns of the totals: those in which a file stands."""
    met = {need for row in rows for need in row.all}
    return tuple(need for need in NEEDS if need.id in met)
