"""A row that may be done, and what came of it: small, and fit to send between processes."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from leafpress.findings import Finding, Span
from leafpress.mailing.lists.appointments import Appointment
from leafpress.mailing.options import RowOutcome
from leafpress.mailing.output.folder import OutputFile
from leafpress.mailing.selection.choose import Choice
from leafpress.mailing.selection.letters import LetterStamp


@dataclass(frozen=True, slots=True)
class Task:
    """One row that may be done.

    Args:
        way: how letter and leaflets are put together.
        channel: what the output is checked for; empty for none.
        name: of its output, without ending.
        exact, rivals: see `letters.PatientIdentity`.
        warnings: about the row, from before it is done.
    """

    appointment: Appointment
    span: Span
    letter: Path
    choice: Choice
    way: RowOutcome
    channel: str
    name: str
    exact: bool = False
    rivals: tuple[str, ...] = ()
    warnings: tuple[Finding, ...] = ()

    @property
    def row(self) -> int:
        """Its number in the list."""
        return self.appointment.row

    @property
    def reference(self) -> str:
        """The patient's."""
        return self.appointment.reference


@dataclass(frozen=True, slots=True)
class RowResult:
    """What came of a task. The journal holds these, a line each.

    Args:
        key: a digest of everything that it was made from but the letter's bytes.
        day: when it was done, as 2026-11-22.
        letter_stamp: the letter's, from before it was read.
        letter_digest: SHA-256 in hex; empty where it was refused.
        errors: why it was refused; then there are no outputs.
        group: letters of one making with the same leaflets; empty where nothing is claimed.
        judged: what veraPDF said of this very file, by claim; empty when it was not asked.
        dropped: claims that were withheld, since a file of its making did not keep them.
    """

    key: str
    day: str
    letter_stamp: LetterStamp = (0, 0, 0)
    letter_digest: str = ""
    outcome: RowOutcome = RowOutcome.REFUSED
    outputs: tuple[OutputFile, ...] = ()
    pages: int = 0
    claims: tuple[str, ...] = ()
    group: str = ""
    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    judged: dict[str, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
