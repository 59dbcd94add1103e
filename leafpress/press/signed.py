"""Whether the sign-offs at hand let an edition be given out, whatever its manifest says.

A manifest is a file that anybody can edit. Where the leaflets and their records are here, they are
asked anew before an edition is given to anybody.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from leafpress.content.root import Root
from leafpress.findings import Problem
from leafpress.pages.formats import FORMATS
from leafpress.press.edition import Entry
from leafpress.translation.language import LANGUAGES

if TYPE_CHECKING:
    from leafpress.approval.approvals import Approvals
    from leafpress.approval.hand_out import Decision

_BY_A_TRANSLATOR = frozenset({"translated", "revised"})
"""States of words in another language that somebody has signed."""

SHOWN = 2
"""How much of what is missing one sentence names: `build.py status` says the rest."""


@dataclass(frozen=True)
class SignedCheck:
    """The sign-offs of the project at hand, on a day.

    Args:
        root: of the project.
        clinic: the clinic's file, whose rule counts.
    """

    root: Root
    clinic: Path
    today: datetime.date

    @cached_property
    def _approvals(self) -> Approvals:
        from leafpress.approval.approvals import Approvals  # heavy: only where leaflets are here
        from leafpress.content.project import Project

        return Approvals(Project.at(self.root, self.clinic), self.today)

    @cached_property
    def _known(self) -> dict[tuple[str, str, str], str]:
        return {}

    def faults(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """The rules that forbid to give an edition out, by what its manifest says, and by records.

        Each comes with the reason, as a clause.
        """
        if entry.is_past_trial(self.today):
            yield "E101", f"its trial ended on {entry.trial[-1]}"
        elif not entry.state:
            yield "E102", "it was built by an older version, which knew nothing of sign-offs"
        elif not entry.given_out:
            yield "E100", _why_not(entry.state, entry.missing)
        elif other := self._otherwise(entry):
            yield "E103", other

    def are_words_signed(self, language: str) -> bool:
        """Whether a translator answers for the words that all leaflets and e-mails share."""
        if not self.root.holds("leaflets"):
            return False
        from leafpress.approval.messages import SHARED, SignedPart

        try:
            decision = self._approvals.part(SHARED, SignedPart.WORDS, language)
        except Problem:
            return False
        return decision.state in _BY_A_TRANSLATOR and not (decision.reasons or decision.changed)

    def _decision(self, entry: Entry) -> Decision:
        """What the sign-offs say of an edition; braille as its manifest says that it was made."""
        from leafpress.approval.proofreading import code_of

        format_, names = FORMATS[entry.format], (entry.leaflet, entry.language)
        made_by = entry.versions.get("liblouis", "?")
        code = code_of(entry.language, format_.grade, made_by) if format_.grade else None
        return self._approvals.decision(*names, easy_read=format_.easy_read, braille=code)

    def _otherwise(self, entry: Entry) -> str:
        """What the sign-offs say, where the manifest says something else; asked once a run."""
        key = (entry.leaflet, entry.language, entry.format)
        if key not in self._known:
            self._known[key] = self._compared(entry)
        return self._known[key]

    def _compared(self, entry: Entry) -> str:
        if not self.root.file(f"leaflets/{entry.leaflet}.yaml").is_file():
            return ""
        if not _is_made(entry):
            return "it is not made in this language or format any more"
        try:
            decision = self._decision(entry)
        except Problem as problem:
            return problem.findings[0].sentence
        return _difference(entry, decision)


def _is_made(entry: Entry) -> bool:
    """Whether there still is such a language and format, and a table if it is braille."""
    if entry.format not in FORMATS or entry.language not in LANGUAGES:
        return False
    grade = FORMATS[entry.format].grade
    return not grade or bool(LANGUAGES[entry.language].braille[grade - 1])


def _difference(entry: Entry, decision: Decision) -> str:
    if not decision.is_allowed:
        return _why_not(str(decision.state), decision.reasons)
    facts = (str(decision.state), decision.trial_facts, bool(decision.changed))
    if facts != (entry.state, entry.trial, entry.changed):
        return f"they say “{decision.state}”, and its manifest “{entry.given_as}”"
    if decision.proofread_facts != entry.proofread:
        return f"they say “{decision.state}”, and its manifest “{entry.given_as}”"
    return ""


def _why_not(state: str, missing: tuple[str, ...]) -> str:
    """The state, and the first of what is missing."""
    more = len(missing) - SHOWN
    listed = "; ".join(missing[:SHOWN])
    rest = f"; and {more} more" if more > 0 else ""
    return f"{state} ({listed}{rest})" if missing else state
