"""Editions past their review, and what is remembered of all that were withdrawn."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

from leafpress.findings import Finding, Problem
from leafpress.press.edition import Edition, Entry, Withdrawal
from leafpress.press.manifest import Manifest

if TYPE_CHECKING:
    from leafpress.content.model import Leaflet


class Withdrawn(Problem):
    """A leaflet must not be handed out any more: nothing else is wrong with it.

    Args:
        since, reason, remarks: as in `Withdrawal`; without remarks its review is overdue.
    """

    def __init__(self, *findings: Finding, since: str, reason: str, remarks: str = "") -> None:
        super().__init__(*findings)
        self.since, self.reason, self.remarks = since, reason, remarks

    def withdrawal(self, edition: Edition, leaflet: Leaflet) -> Withdrawal:
        """What is remembered of an edition of the leaflet."""
        names = (edition.leaflet, edition.language, edition.format)
        facts = (leaflet.title, leaflet.version, self.since, self.reason)
        return Withdrawal(*names, *facts, overdue=not self.remarks, remarks=self.remarks)


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
            withdrawal = withdrawal_of(entry, _day_after(review), _why(review))
            manifest.withdraw(output, replace(withdrawal, overdue=True))


def _day_after(review: datetime.date) -> str:
    return (review + datetime.timedelta(days=1)).isoformat()


def _why(review: datetime.date) -> str:
    return f"its review was due on {review.isoformat()}"
