"""Editions past their review, and what is remembered of all that were withdrawn."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from leafpress.findings import Finding, Problem
from leafpress.press.edition import Edition, Entry, Withdrawal
from leafpress.press.manifest import Manifest

if TYPE_CHECKING:
    from leafpress.content.model import Leaflet


class Withdrawn(Problem):
    """A leaflet must not be handed out any more: nothing else is wrong with it.

    Args:
        since, reason: as in `Withdrawal`.
    """

    def __init__(self, *findings: Finding, since: str, reason: str) -> None:
        super().__init__(*findings)
        self.since, self.reason = since, reason

    def withdrawal(self, edition: Edition, leaflet: Leaflet) -> Withdrawal:
        """What is remembered of an edition of the leaflet."""
        names = (edition.leaflet, edition.language, edition.format)
        return Withdrawal(*names, leaflet.title, leaflet.version, self.since, self.reason)


def expired(found: Finding, review: datetime.date) -> Withdrawn:
    """What stops a leaflet that is past its review."""
    return Withdrawn(found, since=_day_after(review), reason=_why(review))


def withdrawal_of(entry: Entry, since: datetime.date | str, reason: str) -> Withdrawal:
    """What is remembered of an edition that was built."""
    return Withdrawal(
        entry.leaflet,
        entry.language,
        entry.format,
        entry.title,
        entry.version,
        str(since),
        reason,
    )


def withdraw_expired(manifest: Manifest, today: datetime.date) -> None:
    """Withdraw what is past its review, and was not built anew: nobody asked, or it failed."""
    for output, entry in list(manifest.entries.items()):
        review = datetime.date.fromisoformat(entry.review)
        if review < today:
            manifest.withdraw(output, withdrawal_of(entry, _day_after(review), _why(review)))


def _day_after(review: datetime.date) -> str:
    return (review + datetime.timedelta(days=1)).isoformat()


def _why(review: datetime.date) -> str:
    return f"its review was due on {review.isoformat()}"
