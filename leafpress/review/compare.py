"""What a returned file changes, and what it lost on its way."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leafpress.findings import Finding, Span
from leafpress.review.returned import CONFIRM, ReturnedFile, ReturnedRow
from leafpress.review.rows import ReviewRow, one_line
from leafpress.review.word_pack import more_than_place
from leafpress.rules import finding
from leafpress.translation.language import SOURCE

SHORTEST = 0.6
"""Of its old length: a translation that is shorter has probably lost words, and a person looks. Of
537 changes that were made to the shipped catalogues in earnest, 16 are doubted (with sentences)."""

FEW_WORDS = 25
"""Characters: shorter texts may shrink to anything, and may be alike by chance."""

_SENTENCE_END = re.compile('[.!?۔।؟。！？]+(?:[\\s"”’)*»]|$)')
_MARK = re.compile(r"^\d+\. ")


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that is to be written: other words, or a guess that is right.

    Args:
        place: where it stands in the returned file.
    """

    row: ReviewRow
    words: str
    place: Span


@dataclass(frozen=True, slots=True)
class RowRemark:
    """What somebody wrote beside a row."""

    row: ReviewRow
    text: str


@dataclass(frozen=True)
class Comparison:
    """What a returned file comes to.

    Args:
        findings: what stops it.
        doubts: what stops it unless a person accepts the row, by the number behind the file's name.
        guesses: rows that are still guesses.
    """

    changes: tuple[RowChange, ...]
    remarks: tuple[RowRemark, ...]
    findings: tuple[Finding, ...]
    doubts: tuple[tuple[int, Finding], ...] = ()
    guesses: tuple[int, ...] = ()


def compare(rows: Sequence[ReviewRow], returned: ReturnedFile) -> Comparison:
    """What a file changes in rows as they are in the project now."""
    own = {row.number: row for row in rows}
    pairs = [(own.get(each.number), each) for each in returned.rows]
    found = [*returned.findings, *_rows_lost(own, returned)]
    counted = Counter(each.number for each in returned.rows)
    changes: list[RowChange] = []
    for row, each in pairs:
        faults = list(_faults(row, each, rows))
        found += faults
        if row and not faults and counted[row.number] == 1 and _is_changed(row, each):
            changes.append(RowChange(row, each.words, each.place))
    said = [(row, _remark(row, each)) for row, each in pairs if row]
    remarks = [RowRemark(row, text) for row, text in said if text]
    doubts = () if _is_english(rows) else tuple(_doubts(changes, rows))
    unread = {change.row.number for change in changes}
    guesses = tuple(row.number for row in rows if row.guess and row.number not in unread)
    return Comparison(tuple(changes), tuple(remarks), tuple(found), doubts, guesses)


def _is_english(rows: Sequence[ReviewRow]) -> bool:
    return any(row.language == SOURCE for row in rows)


def _rows_lost(own: dict[int, ReviewRow], returned: ReturnedFile) -> Iterator[Finding]:
    """Rows that are not there (S031), or more than once (S032)."""
    counted = Counter(each.number for each in returned.rows)
    for number, row in own.items():
        if not counted[number]:
            yield finding("S031", Span(returned.name), row=number, english=short(row.english))
        elif counted[number] > 1:
            places = [each.place for each in returned.rows if each.number == number]
            yield finding("S032", places[-1], row=number, times=counted[number])


def short(text: str) -> str:
    """The beginning of a text, for a message."""
    return text if len(text) <= 60 else text[:57].rstrip() + "…"


def _faults(
    row: ReviewRow | None, each: ReturnedRow, rows: Sequence[ReviewRow]
) -> Iterator[Finding]:
    """What is wrong with one returned row, before its words are looked at."""
    if row is None:
        words = short(each.english or each.words)
        yield finding("S034", each.place, english=words, advice=_NOT_OURS)
        return
    if each.english is not None and each.english != one_line(row.english):
        other = [r.number for r in rows if one_line(r.english) == each.english]
        advice = f"it is that of row {other[0]}: cells have slipped" if other else _NOT_OURS
        yield finding("S034", each.place, english=short(each.english), advice=advice)
        return
    if each.unfinished and not row.guess:
        yield finding("S043", each.place, row=row.number)
        return
    if each.words == one_line(row.words) or _is_as_sent(row, each):
        return
    if each.code and each.code != row.code(row.words):
        yield finding("S039", each.place, row=row.number)
    elif each.unfinished:
        yield finding("S043", each.place, row=row.number)
    elif not each.words:
        yield finding("S038", each.place, row=row.number)
    elif not _is_english(rows):
        yield from _digits(row, each)


_NOT_OURS = "it was edited, or the leaflet has changed since the file was made"


def _is_as_sent(row: ReviewRow, each: ReturnedRow) -> bool:
    """Whether nobody has touched its words since the file was made.

    OmegaT writes a translation that is the English itself (“Paracetamol”) as none.
    """
    if not each.words and one_line(row.words) == one_line(row.english):
        return True
    return bool(each.code) and each.code == row.code(each.words)


def _is_changed(row: ReviewRow, each: ReturnedRow) -> bool:
    if row.guess and each.confirmed:
        return bool(each.words)
    return each.words != one_line(row.words) and not _is_as_sent(row, each)


def _remark(row: ReviewRow, each: ReturnedRow) -> str:
    """What somebody wrote beside a row, in whichever column; “right” is an answer, no remark."""
    is_answer = row.guess and each.remark.casefold().strip(" .") == CONFIRM
    own = "" if is_answer else each.remark
    return one_line(f"{own} {more_than_place(each.place_column, row)}")


def _digits(row: ReviewRow, each: ReturnedRow) -> Iterator[Finding]:
    """Digits that are not those of keypads and labels (S041)."""
    digits = {d for d in each.words if unicodedata.category(d) == "Nd" and d not in "0123456789"}
    new = digits - set(row.words)
    if new:
        yield finding("S041", each.place, digits=", ".join(sorted(new)))


def _doubts(
    changes: Sequence[RowChange], rows: Sequence[ReviewRow]
) -> Iterator[tuple[int, Finding]]:
    """Rows whose words are probably another's (S036), or of which a part is gone (S037)."""
    new = {change.row.number: change.words for change in changes}
    holders: dict[str, ReviewRow] = {one_line(row.words): row for row in rows if row.words}
    for change in changes:
        row = change.row
        holder = holders.get(change.words)
        if holder and _is_of_another(row, holder, new):
            facts = {"row": row.number, "other": holder.number, "at": change.place.line}
            yield change.place.line, finding("S036", change.place, **facts)
        problem = _what_is_gone(row, change.words)
        if problem:
            at = change.place.line
            yield at, finding("S037", change.place, problem=problem, at=at)


def _is_of_another(row: ReviewRow, holder: ReviewRow, new: dict[int, str]) -> bool:
    """Short labels may be alike, unless the other row has got other words in exchange."""
    if holder.number == row.number or one_line(holder.english) == one_line(row.english):
        return False
    return len(holder.words) >= FEW_WORDS or holder.number in new


def _what_is_gone(row: ReviewRow, words: str) -> str:
    old = one_line(row.words)
    before, now = _sentences(old or row.english), _sentences(words)
    if now < before:
        return (
            f"it has {now} sentences, and had {before}"
            if old
            else (f"it has {now} sentences, and the English has {before}")
        )
    if words.count("(") != words.count(")") and old.count("(") == old.count(")"):
        return "a bracket has no other half"
    if len(old) >= FEW_WORDS and len(words) < SHORTEST * len(old):
        return f"it has {len(words)} characters, and had {len(old)}"
    return ""


def _sentences(text: str) -> int:
    return len(_SENTENCE_END.findall(_MARK.sub("", text)))
