"""What has changed in a leaflet since it was signed last, and what was built before it.

Only what records say: sign-offs hold the words that somebody agreed to, `out/current/issued.txt`
holds which copies were built, and not their words.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leafpress.findings import Problem
from leafpress.press import issued

if TYPE_CHECKING:
    from leafpress.approval.approvals import Approvals
    from leafpress.approval.history import ChangedPart, ShownChange
    from leafpress.content.project import Project
    from leafpress.press.issued import IssuedCopy
    from leafpress.press.manifest import Manifest

SHOWN = 12
"""Changes that a row shows: with more of them nobody reads a table, and `history` says them all."""

Place = tuple[str, str]
"""A leaflet's id and a language's tag."""


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """What is known of one leaflet in one language.

    Args:
        signed: the day on which somebody signed words of it last; None where nobody has.
        parts: what is not as it was when it was signed.
        broken: the records of its sign-offs cannot be relied on, and nothing was compared.
    """

    signed: datetime.date | None = None
    parts: tuple[ChangedPart, ...] = ()
    broken: bool = False

    @property
    def changes(self) -> tuple[ShownChange, ...]:
        """Every change of every part."""
        return tuple(change for part in self.parts for change in part.changes)

    @property
    def safety(self) -> int:
        """How many of them are about safety."""
        return sum(change.safety for change in self.changes)

    @property
    def uncompared(self) -> bool:
        """Whether a part has errors as it is now, so that nobody can say what changed in it."""
        return any(not part.changes for part in self.parts)

    @property
    def said(self) -> str:
        """All of it in a line, for a table."""
        if self.broken:
            return "not known: the records of sign-offs have errors"
        if self.signed is None:
            return "not known: nobody has signed it"
        if self.uncompared:
            return "not known: it has errors"
        if not self.changes:
            return "nothing"
        about = f", {self.safety} about safety" if self.safety else ""
        return f"{len(self.changes)} text{'' if len(self.changes) == 1 else 's'}{about}"


UNKNOWN = ChangeNote()


def notes(
    project: Project, today: datetime.date, leaflets: Iterable[str]
) -> Iterator[tuple[Place, ChangeNote]]:
    """A note for each leaflet and language in which somebody has signed something."""
    from leafpress.approval.approvals import approvals_of  # heavy, and only for pages to write

    known = set(project.leaflet_ids())
    approvals = approvals_of(project, today)
    for id_ in leaflets:
        if id_ in known:
            yield from _of_leaflet(approvals, id_)


def _of_leaflet(approvals: Approvals, id_: str) -> Iterator[tuple[Place, ChangeNote]]:
    from leafpress.approval import history
    from leafpress.translation.language import LANGUAGES

    if approvals.records(id_).findings:
        yield from (((id_, tag), ChangeNote(broken=True)) for tag in LANGUAGES)
        return
    try:
        parts = tuple(history.changed_parts(approvals, id_))
    except Problem:  # clinic.yaml or the contacts have errors, which a build has said
        return
    days: dict[str, datetime.date] = {}
    for (_, tag), entry in history.signed_last(approvals, id_).items():
        days[tag] = max(entry.date, days.get(tag, entry.date))
    for tag, day in days.items():
        own = tuple(part for part in parts if part.language == tag)
        yield (id_, tag), ChangeNote(day, own)


def copies_before(manifest: Manifest) -> dict[Place, IssuedCopy]:
    """The newest copy with other words than what stands there now, by leaflet and language.

    None where no copy was ever written down, or the list cannot be read, which has a finding of
    its own (B014).
    """
    try:
        listed = issued.read(manifest.folder).copies
    except Problem:
        return {}
    found: dict[Place, IssuedCopy] = {}
    for copy in listed:
        now = manifest.entries.get(copy.output)
        if now is not None and now.code and now.code != copy.code:
            found[copy.leaflet, copy.language] = copy
    return found
