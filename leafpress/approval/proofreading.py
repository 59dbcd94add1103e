"""Braille that is proofread: what made it, and who has read it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from leafpress.approval.entry import BrailleCode, Person
from leafpress.approval.states import Coverage
from leafpress.translation.language import LANGUAGES


def code_of(language: str, grade: int, liblouis: str) -> BrailleCode | None:
    """What makes braille of a grade in a language; None where there is no table for it.

    Args:
        liblouis: its version, such as `3.24.0`.
    """
    table = LANGUAGES[language].braille[grade - 1]
    if not table:
        return None
    return BrailleCode.model_validate({"grade": grade, "table": table, "liblouis": liblouis})


@dataclass(frozen=True, slots=True)
class Proofreading:
    """Who has read the braille as it is now, and on which day last; nobody: `by` is empty.

    Args:
        changed: a braille reader has read it, and words have changed since.
    """

    by: tuple[Person, ...]
    on: datetime.date | None
    changed: bool = False

    @property
    def said(self) -> str:
        """Who and when, in words for staff; empty where nobody has."""
        people = "; ".join(f"{person.name}, {person.role}" for person in self.by)
        return f"{people}, on {self.on}" if people else ""


def read_so_far(coverage: Coverage) -> Proofreading:
    """Who has read it, from what is signed of it."""
    if not coverage.is_complete:
        return Proofreading((), None, changed=coverage.was_complete)
    days = [entry.date for entry in coverage.entries]
    return Proofreading(tuple(coverage.signers.values()), max(days))
