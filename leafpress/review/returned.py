"""What a returned file says, row by row, whatever kind of file it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from leafpress.findings import Finding, Problem, Span
from leafpress.review.rows import ReviewRow
from leafpress.rules import finding

FOLDER = "review"
"""Where packs lie, below the project: they are no part of it (`.gitignore`)."""

CONFIRM = "right"
"""The remark that says that a guess is right as it stands."""

MAX_BYTES = 60_000_000
"""Bytes of a returned file: a pack with 200 pictures has 2 MB, a thesaurus of pictures more."""


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """One row of a returned file.

    Args:
        place: the file, and the line by which a person finds the row: its number where it has one.
        number: which row it says it is; 0 where it does not.
        code: what the row was when it was sent; "" in files that hold none.
        english: as it stands in the file; None where the file has none beside the words.
        words: the translation as it is now, in one line.
        remark: "" where nobody wrote any.
        place_column: what stands in the column that says where it is printed; "" where none is.
        notes_column: what stands in the column of notes for a clinician.
        confirmed: whether a person said that a guess is right.
        unfinished: whether it is marked as not finished.
    """

    place: Span
    number: int
    code: str
    english: str | None
    words: str
    remark: str = ""
    place_column: str = ""
    notes_column: str = ""
    confirmed: bool = False
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A returned file.

    Args:
        subject: the leaflet that it says it is about, or "shared"; "" where it does not say.
        language: its tag; "" where it does not say.
        findings: what is wrong with the file itself, and what of it nobody reads.
    """

    name: str
    subject: str
    language: str
    rows: tuple[ReturnedRow, ...]
    findings: tuple[Finding, ...] = field(default=())


Known = Callable[[str, str], tuple[ReviewRow, ...]]
"""The rows of a subject in a language, as they are in the project now."""


def unreadable(name: str, problem: str) -> Problem:
    """A file that cannot be read at all (S030)."""
    return Problem(finding("S030", Span(name), problem=problem))


def bytes_of(path: Path, name: str) -> bytes:
    """The bytes of a returned file.

    Raises:
        Problem: it cannot be read, or is too large (S030).
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise unreadable(name, (error.strerror or str(error)).lower()) from error
    if len(data) > MAX_BYTES:
        raise unreadable(name, f"it has more than {MAX_BYTES:,} bytes")
    return data
