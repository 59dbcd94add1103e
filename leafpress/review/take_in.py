"""A returned file, read, compared and checked: what it would write, or why it may not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from leafpress.approval.approvals import Approvals
from leafpress.approval.messages import SHARED
from leafpress.content import originals
from leafpress.content.root import Root
from leafpress.findings import ExitCode, Finding, Problem, Severity, sort
from leafpress.review import compare
from leafpress.review.compare import Comparison, RowChange, RowRemark, short
from leafpress.review.new_catalogue import faults, written
from leafpress.review.po_reader import read_catalogue_file
from leafpress.review.proposals import proposals, with_answers
from leafpress.review.returned import FOLDER, ReturnedFile, bytes_of, unreadable
from leafpress.review.rows import (
    ReviewRow,
    current,
    domain_of,
    one_line,
    rows,
)
from leafpress.review.word_reader import read_docx
from leafpress.review.xliff_reader import read_xliff
from leafpress.translation.catalogue import path_of
from leafpress.translation.language import LANGUAGES, SOURCE, Language

ENDINGS = (".docx", ".xliff", ".xlf", ".po")
"""Files that can be taken in."""


@dataclass(frozen=True)
class TakenIn:
    """What a returned file comes to.

    Args:
        findings: what stops it; with errors or doubts nothing is written.
        warnings: what a person should know, and that stops nothing.
        guesses: rows that are still guesses.
        target: the file that is written.
        data: its bytes; what stands there now where nothing changes.
    """

    subject: str
    language: Language
    changes: tuple[RowChange, ...]
    remarks: tuple[RowRemark, ...]
    findings: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    guesses: tuple[int, ...]
    target: Path
    data: bytes

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.changes or self.remarks)


def take_in(
    approvals: Approvals, path: Path, name: str, language: str, accepted: Iterable[int] = ()
) -> TakenIn:
    """A returned file against the project as it is now. Writes nothing.

    Args:
        name: how findings call the file.
        language: its tag, where the command line says one.
        accepted: rows whose doubts a person has looked at, by the number behind the file's name.

    Raises:
        Problem: the file cannot be read or is no pack of this project (S030), or a catalogue has
            errors.
    """
    returned = _read(approvals, path, name, language)
    own = LANGUAGES[returned.language]
    every = rows(approvals, returned.subject, own)
    comparison = compare.compare(every, returned)
    if own.is_source:
        return _of_english(approvals, returned, comparison)
    return _of_translation(approvals, returned, comparison, frozenset(accepted))


def _read(approvals: Approvals, path: Path, name: str, language: str) -> ReturnedFile:
    data = bytes_of(path, name)
    ending = path.suffix.lower()
    if ending == ".docx":
        returned = read_docx(data, name)
        returned = replace(returned, language=returned.language or language)
        _require(approvals, name, returned.subject, returned.language, language)
        return returned

    def known(subject: str, tag: str) -> tuple[ReviewRow, ...]:
        _require(approvals, name, subject, tag, language)
        return rows(approvals, subject, LANGUAGES[tag])

    if ending in (".xliff", ".xlf"):
        return read_xliff(data, name, known)
    if ending == ".po":
        return read_catalogue_file(data, name, known)
    raise unreadable(name, f"it ends in “{ending}”, and should in one of {', '.join(ENDINGS)}")


def _require(approvals: Approvals, name: str, subject: str, tag: str, asked: str) -> None:
    """A subject and language that there are, and that were meant.

    Raises:
        Problem: not so (S030).
    """
    if subject not in (*approvals.project.leaflet_ids(), SHARED):
        raise unreadable(name, f"it is about the leaflet “{subject}”, which there is not")
    if tag not in LANGUAGES or LANGUAGES[tag].pseudo:
        raise unreadable(name, f"its language is “{tag}”, and there is none of that name")
    if asked and asked != tag:
        raise unreadable(name, f"its language is “{tag}”, and not “{asked}”")


def _of_english(approvals: Approvals, returned: ReturnedFile, found: Comparison) -> TakenIn:
    """A clinician's remarks and proposals, kept for the author."""
    target = approvals.project.root.home / FOLDER / f"{returned.subject}-{SOURCE}-remarks.md"
    old = target.read_text(encoding="utf-8") if target.exists() else ""
    found = with_answers(approvals, returned, found)
    page = "\n".join(proposals(approvals.today, returned.name, found))
    stops = [each for each in found.findings if each.severity is Severity.ERROR]
    warned = [each for each in found.findings if each not in stops]
    return TakenIn(
        returned.subject,
        LANGUAGES[SOURCE],
        found.changes,
        found.remarks,
        sort(stops),
        sort(warned),
        (),
        target,
        (old if page in old else old + page).encode(),
    )


def _of_translation(
    approvals: Approvals, returned: ReturnedFile, found: Comparison, accepted: frozenset[int]
) -> TakenIn:
    language, project = LANGUAGES[returned.language], approvals.project
    before = current(approvals, returned.subject, language)
    after = written(before, returned.subject, language, found, approvals.today)
    doubts = [each for number, each in found.doubts if number not in accepted]
    stops, warned = [*doubts], [each for number, each in found.doubts if number in accepted]
    for change, fault in faults(before, after, project.root, found.changes):
        is_doubt = fault.severity is not Severity.ERROR
        (warned if is_doubt and change.place.line in accepted else stops).append(fault)
    for fault in found.findings:
        (stops if fault.severity is Severity.ERROR else warned).append(fault)
    return TakenIn(
        returned.subject,
        language,
        found.changes,
        found.remarks,
        sort(stops),
        sort(warned),
        found.guesses,
        project.root.target(path_of(project.root, domain_of(returned.subject), language)),
        after,
    )


def save(root: Root, taken: TakenIn) -> None:
    """Write what was taken in.

    Raises:
        Problem: it cannot be written (B004).
    """
    originals.store(root, taken.target, taken.data)


def require_sound(taken: TakenIn) -> None:
    """Stop where something was lost.

    Raises:
        Problem: with everything that stops it.
    """
    if taken.findings:
        raise Problem(*taken.findings, code=ExitCode.FINDINGS)


def lines(taken: TakenIn) -> Iterator[str]:
    """What it changes, for a person to look at."""
    for change in taken.changes:
        yield f"row {change.row.number}: {short(change.row.english)}"
        yield f"  was: {change.row.words or '(nothing)'}"
        same = change.words == one_line(change.row.words)
        yield "  is right as it is" if same else f"  now: {change.words}"
    for remark in taken.remarks:
        yield f"row {remark.row.number}, remark: {remark.text}"
    for number in taken.guesses:
        yield f"row {number}: still a guess, since nobody changed it or said that it is right"
