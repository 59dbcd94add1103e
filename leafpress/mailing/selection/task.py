"""What goes to a worker and what comes back: small, and fit to send between processes."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from leafpress.findings import Finding, Span
from leafpress.mailing.output.email_text import Words
from leafpress.mailing.selection.choose import Choice


class Way(StrEnum):
    """How letter and leaflets are put together."""

    JOINED = "joined"
    """One PDF: the letter, then the leaflets."""
    SEPARATE = "separate"
    """A folder with the letter and the leaflets, as they were."""
    EML = "eml"
    """An e-mail with all of them attached."""


@dataclass(frozen=True, slots=True)
class Task:
    """One row that may be done.

    Args:
        name: of its output, without ending.
        channel: what the output is checked for; empty for none.
        exact, rivals: see `letters.Check`.
    """

    row: int
    place: Span
    reference: str
    letter: Path
    choice: Choice
    way: Way
    channel: str
    name: str
    email: str = ""
    exact: bool = False
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """What is the same for all rows of a run.

    Args:
        words: of e-mails, by language; empty in a run without any.
    """

    out: Path
    today: datetime.date
    strict: bool
    repair: bool
    sender: str
    sender_name: str
    words: dict[str, Words]
    others: dict[str, str]


@dataclass(frozen=True, slots=True)
class Output:
    """A file that was written: its name below the output folder, and what it was then."""

    name: str
    digest: str
    size: int
    time: int


@dataclass(frozen=True, slots=True)
class Result:
    """What a worker made of a task.

    Args:
        errors: why it was refused; then there are no outputs.
        group: letters of one making with the same leaflets; empty where nothing is claimed.
        code: of a fault that stops the whole run, such as a full disk.
    """

    outputs: tuple[Output, ...] = ()
    letter_digest: str = ""
    way: str = ""
    pages: int = 0
    claims: tuple[str, ...] = ()
    group: str = ""
    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = field(default=())
    code: int = 0
