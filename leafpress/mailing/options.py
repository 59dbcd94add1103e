"""What a run is asked to do."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from leafpress.content.clinic import Clinic
from leafpress.content.root import CLINIC, Root
from leafpress.mailing.cluster.address import ClusterAddress
from leafpress.mailing.lists.mapping import Mapping
from leafpress.press.hand_out import SourceCheck
from leafpress.press.signed import SignedCheck


class RowOutcome(StrEnum):
    """What becomes of a row. The first three are the ways to put letter and leaflets together."""

    JOINED = "joined"
    """One PDF: the letter, then the leaflets."""
    SEPARATE = "separate"
    """A folder with the letter and the leaflets, as they were."""
    EML = "eml"
    """An e-mail with all of them attached."""
    REFUSED = "refused"
    REPEATED = "repeated"
    """The same as an earlier row, which has the receipt."""

    @property
    def is_finished(self) -> bool:
        """Whether there is a file for the row."""
        return self in (RowOutcome.JOINED, RowOutcome.SEPARATE, RowOutcome.EML)


@dataclass(frozen=True)
class MailingOptions:
    """What to do, and with what.

    Args:
        root: of the project: e-mails take their words from its templates and catalogues.
        appointments: the list's file; of a folder that is served, the folder.
        letters, out, editions: folders.
        mapping: which column is which; None for our own headings.
        way: how letter and leaflets are put together: joined, separate or eml.
        channel: what finished files are checked for; "" for nothing.
        fallbacks: what may be given in place of what cannot be met, in order.
        standard: the format for rows without a need.
        strict: warnings about a letter refuse it.
        repair: damaged letters are mended, where that can be done.
        fhir: `documents.json` is written too.
        jobs: workers.
        cluster: where other machines do the rows; None for this one alone.
        seconds: longest time for one letter.
        receipts: a folder of earlier runs' receipts, to count copies of what is withdrawn; None
            where nobody named one.
        clinic_file: where `clinic` was read; None for `clinic.yaml` in the project.
    """

    root: Root
    appointments: Path
    letters: Path
    out: Path
    editions: Path
    clinic: Clinic
    today: datetime.date
    mapping: Mapping | None = None
    way: RowOutcome = RowOutcome.JOINED
    channel: str = ""
    fallbacks: tuple[str, ...] = ()
    standard: str = "a4"
    strict: bool = False
    repair: bool = False
    fhir: bool = False
    jobs: int = 1
    seconds: float = 60
    clinic_file: Path | None = None
    receipts: Path | None = None
    cluster: ClusterAddress | None = None

    @property
    def sources(self) -> SourceCheck:
        """What the editions are compared with before they are given out."""
        return SourceCheck(self.editions, self.root, self._clinic_file)

    @property
    def signed(self) -> SignedCheck:
        """The sign-offs that count."""
        return SignedCheck(self.root, self._clinic_file, self.today)

    @property
    def _clinic_file(self) -> Path:
        return self.clinic_file or self.root.file(CLINIC)
