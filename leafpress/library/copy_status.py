"""What is said of each copy that was ever built: current, replaced, withdrawn, or nobody knows."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from leafpress.library.shelf import why_not
from leafpress.press.edition import Withdrawal
from leafpress.press.issued import IssuedCopy

if TYPE_CHECKING:
    from leafpress.press.manifest import Manifest


class CopyStatus(StrEnum):
    """What became of a copy."""

    CURRENT = "current"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"
    """Nobody may give it out as it is now: a draft, out of date, changed and not checked again."""


@dataclass(frozen=True, slots=True)
class CopyPage:
    """What the page about a copy says.

    Args:
        newer: which copy is current in its place.
        withdrawal: of its edition.
        trial: the last day on which it is given out as a draft.
    """

    copy: IssuedCopy
    status: CopyStatus
    newer: IssuedCopy | None = None
    withdrawal: Withdrawal | None = None
    trial: datetime.date | None = None


def pages(copies: tuple[IssuedCopy, ...], manifest: Manifest) -> Iterator[CopyPage]:
    """A page for each code; one that came back is spoken of once."""
    newest = {copy.output: copy for copy in copies}
    by_code = {copy.code: copy for copy in copies}
    for copy in by_code.values():
        yield _page(copy, newest[copy.output], manifest)


def _page(copy: IssuedCopy, newest: IssuedCopy, manifest: Manifest) -> CopyPage:
    entry = manifest.entries.get(copy.output)
    if entry is None or why_not(entry):
        withdrawal = _withdrawal(copy, manifest)
        status = CopyStatus.WITHDRAWN if withdrawal else CopyStatus.UNKNOWN
        return CopyPage(copy, status, withdrawal=withdrawal)
    if entry.code == copy.code:
        last = datetime.date.fromisoformat(entry.trial[-1]) if entry.trial else None
        return CopyPage(copy, CopyStatus.CURRENT, trial=last)
    if entry.code != newest.code:
        return CopyPage(copy, CopyStatus.UNKNOWN)
    return CopyPage(copy, CopyStatus.REPLACED, newer=newest)


def _withdrawal(copy: IssuedCopy, manifest: Manifest) -> Withdrawal | None:
    """Of its edition; or of the whole leaflet in its language, which somebody withdrew by name."""
    own = manifest.withdrawn.get(copy.output)
    whole = (
        row
        for row in manifest.withdrawn.values()
        if row.remarks and (row.leaflet, row.language) == (copy.leaflet, copy.language)
    )
    return own or next(whole, None)
