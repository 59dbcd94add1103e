"""How many copies of a leaflet were given, by the receipts of earlier runs that were kept.

Nothing of a patient comes out of this: leaflets, languages, days and counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from leafpress.mailing.reports.receipts import Receipt, receipts_file
from leafpress.press.edition import Withdrawal
from leafpress.system.digest import of_bytes
from leafpress.translation.language import LANGUAGES

FILE = "receipts.json"


@dataclass(frozen=True, slots=True)
class FoundReceipts:
    """One file of receipts.

    Args:
        receipts: None where nobody can read it.
        is_copy: whether the same bytes stood in an earlier folder: a backup, not another night.
            They hold the digests of list and letters, and the day of each letter.
    """

    path: Path
    receipts: tuple[Receipt, ...] | None
    is_copy: bool = False


def receipts_below(folder: Path) -> Iterator[FoundReceipts]:
    """Every `receipts.json` in a folder, or below it; one at a time, for a year's do not fit."""
    known: set[str] = set()
    for path in sorted(folder.rglob(FILE)):
        try:
            data = path.read_bytes()
            receipts = receipts_file().validate_json(data).receipts
        except (OSError, ValidationError):
            yield FoundReceipts(path, None)
            continue
        digest = of_bytes(data)
        yield FoundReceipts(path, receipts, digest in known)
        known.add(digest)


@dataclass(frozen=True, slots=True)
class CopiesGiven:
    """The copies of one leaflet in one language.

    Args:
        versions: of the leaflet, each once.
        first, last: the days between which they were given, as 2026-11-22.
    """

    leaflet: str
    language: str
    number: int
    versions: tuple[str, ...]
    first: str
    last: str

    @property
    def sentence(self) -> str:
        """As staff are told."""
        copies = "1 copy" if self.number == 1 else f"{self.number} copies"
        days = f"on {self.first}"
        if self.first != self.last:
            days = f"from {self.first} to {self.last}"
        versions = ", ".join(self.versions)
        return f"{copies} in {language_name(self.language)}, {days} (version {versions})"


@dataclass(frozen=True, slots=True)
class GivenBefore:
    """What the receipts below a folder say.

    Args:
        files: how many were read, a file and its copies as one.
        unread: files of receipts that nobody can read, and that are not counted.
    """

    copies: tuple[CopiesGiven, ...] = ()
    files: int = 0
    unread: tuple[Path, ...] = ()

    def of(self, leaflet: str, languages: Iterable[str]) -> tuple[CopiesGiven, ...]:
        """The copies of one leaflet in some languages."""
        tags = set(languages)
        own = (copies for copies in self.copies if copies.leaflet == leaflet)
        return tuple(copies for copies in own if copies.language in tags)


def given_before(folder: Path) -> GivenBefore:
    """What every `receipts.json` in a folder, or below it, says."""
    rows: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    files, unread = 0, []
    for found in receipts_below(folder):
        if found.receipts is None:
            unread.append(found.path)
        elif not found.is_copy:
            files += 1
            for receipt in found.receipts:
                _enter(receipt, rows)
    copies = tuple(_copies(key, rows[key]) for key in sorted(rows))
    return GivenBefore(copies, files, tuple(unread))


def _enter(receipt: Receipt, rows: dict[tuple[str, str], list[tuple[str, str]]]) -> None:
    if not receipt.verdict.is_finished:
        return
    for leaflet, version in zip(receipt.leaflets, receipt.leaflet_versions, strict=False):
        rows[leaflet, receipt.language].append((receipt.day, version))


def _copies(key: tuple[str, str], rows: list[tuple[str, str]]) -> CopiesGiven:
    days = [day for day, _ in rows]
    versions = dict.fromkeys(version for _, version in sorted(rows))
    return CopiesGiven(*key, len(rows), tuple(versions), min(days), max(days))


@dataclass(frozen=True, slots=True)
class WithdrawnRow:
    """A leaflet that must not be given any more, in one language, as the summary names it.

    Args:
        since: the first day; `copies` what the receipts say, in words.
    """

    title: str
    language: str
    since: str
    reason: str
    copies: str


def withdrawn_rows(
    withdrawn: Iterable[Withdrawal], before: GivenBefore | None
) -> tuple[WithdrawnRow, ...]:
    """What is withdrawn, each leaflet and language once.

    Args:
        before: None where no receipts are known.
    """
    rows = {}
    for row in sorted(withdrawn, key=lambda own: (own.leaflet, own.language, own.format)):
        known = before.of(row.leaflet, [row.language]) if before else ()
        copies = "; ".join(own.sentence for own in known) or "none"
        language = language_name(row.language)
        rows[row.leaflet, row.language, row.since] = WithdrawnRow(
            row.title, language, row.since, row.reason, copies if before else "not known"
        )
    return tuple(rows.values())


def language_name(tag: str) -> str:
    """In English; a language that is not made any more may have only its tag."""
    language = LANGUAGES.get(tag)
    return language.english if language else tag
