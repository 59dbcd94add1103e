"""By what letters and editions are chosen: the same for all rows of a run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from leafpress.mailing.lists.mapping import STANDARD, Mapping
from leafpress.mailing.lists.normalise import normalise
from leafpress.mailing.options import MailingOptions, RowOutcome
from leafpress.mailing.selection.editions import AvailableEditions
from leafpress.mailing.selection.letters import LetterFolder


@dataclass(frozen=True, slots=True)
class Criteria:
    """By what letters and editions are chosen.

    Args:
        codes: the clinic's codes, as `normalise` writes them, and their leaflets.
        fallbacks, standard, way, channel: as in `MailingOptions`.
    """

    editions: AvailableEditions
    letters: LetterFolder
    mapping: Mapping
    codes: dict[str, tuple[str, ...]]
    fallbacks: tuple[str, ...]
    standard: str
    way: RowOutcome
    channel: str

    @classmethod
    def of(cls, options: MailingOptions) -> Criteria:
        """Those of a run.

        Raises:
            Problem: the manifest of the editions cannot be read (E047).
        """
        enclosures = options.clinic.enclosures
        return cls(
            AvailableEditions.read(options.editions, options.today, options.sources),
            LetterFolder(options.letters),
            options.mapping or STANDARD,
            _spellings(enclosures.codes) if enclosures else {},
            options.fallbacks,
            options.standard,
            options.way,
            options.channel,
        )


def _spellings(codes: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The clinic's codes as lists may spell them; those that then are one only as they stand."""
    count = Counter(normalise(code) for code in codes)
    loose = {}
    for code, leaflets in codes.items():
        if count[normalise(code)] == 1:
            loose[normalise(code)] = leaflets
    return {**loose, **codes}
