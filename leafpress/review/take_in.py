"""A returned file, read, compared and checked: what it would write, or why it may not."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from babel.messages import Catalog

from leafpress.approval.approvals import Approvals
from leafpress.approval.messages import SHARED
from leafpress.findings import ExitCode, Finding, Problem, Severity, sort
from leafpress.review import compare
from leafpress.review.compare import Comparison, RowChange, RowRemark, short
from leafpress.review.notes_at_rows import notes_at
from leafpress.review.po_reader import read_catalogue_file
from leafpress.review.returned import ReturnedFile, bytes_of, unreadable
from leafpress.review.rows import (
    Key,
    ReviewRow,
    current,
    domain_of,
    one_line,
    parsed,
    rows,
    strings_of,
)
from leafpress.review.word_reader import read_docx
from leafpress.review.xliff_reader import read_xliff
from leafpress.rules import finding
from leafpress.system.files import write
from leafpress.translation import glossary
from leafpress.translation.catalogue import Catalogue, path_of, read_catalogue
from leafpress.translation.extract import as_po
from leafpress.translation.language import LANGUAGES, SOURCE, Language
from leafpress.translation.po_lines import entries

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
        accepted: rows whose doubts a person has looked at.

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
    """A clinician's remarks and proposals, as a page for the author, who writes the English."""
    root = approvals.project.root
    target = root / "review" / f"{returned.subject}-{SOURCE}-remarks.md"
    old = target.read_bytes() if target.exists() else b""
    found = replace(found, remarks=(*found.remarks, *_in_notes(approvals, returned)))
    lines = "\n".join(_proposals(approvals.today, returned.name, found))
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
        old + lines.encode(),
    )


def _in_notes(approvals: Approvals, returned: ReturnedFile) -> Iterator[RowRemark]:
    """What somebody wrote into the column of notes, as an answer to them."""
    notes, _ = notes_at(approvals, returned.subject)
    every = {row.number: row for row in rows(approvals, returned.subject, LANGUAGES[SOURCE])}
    for each in returned.rows:
        row = every.get(each.number)
        sent = one_line(" ".join(notes.get(row.english, ()))) if row else ""
        if row and each.notes_column != sent:
            yield RowRemark(row, each.notes_column.replace(sent, "", 1).strip())


def _proposals(today: datetime.date, name: str, found: Comparison) -> Iterator[str]:
    yield f"# {Path(name).name}, taken in on {today}\n"
    rows_said = {change.row.number: change.row for change in found.changes}
    rows_said |= {remark.row.number: remark.row for remark in found.remarks}
    for number, row in sorted(rows_said.items()):
        yield f"- Row {number}, {row.place}"
        yield f"  - words: {row.english}"
        for change in found.changes:
            if change.row.number == number:
                yield f"  - proposed: {change.words}"
        for remark in found.remarks:
            if remark.row.number == number:
                yield f"  - remark: {remark.text}"
    yield ""


def _of_translation(
    approvals: Approvals, returned: ReturnedFile, found: Comparison, accepted: frozenset[int]
) -> TakenIn:
    language, project = LANGUAGES[returned.language], approvals.project
    before = current(approvals, returned.subject, language)
    after = _written(before, returned.subject, language, found, approvals.today)
    doubts = [each for number, each in found.doubts if number not in accepted]
    stops, warned = [*doubts], [each for number, each in found.doubts if number in accepted]
    for change, fault in _faults(before, after, approvals, returned.subject, found.changes):
        is_doubt = fault.severity is not Severity.ERROR
        (warned if is_doubt and change.row.number in accepted else stops).append(fault)
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
        path_of(project.locales, domain_of(returned.subject), language),
        after,
    )


def _written(
    before: bytes, subject: str, language: Language, found: Comparison, today: datetime.date
) -> bytes:
    """The catalogue with the new words and remarks, and everything else as it was."""
    catalog = parsed(before, subject, language)
    for change in found.changes:
        _set(catalog, change.row.key, change.words)
    for remark in found.remarks:
        _add_remark(catalog, remark, today)
    return as_po(catalog)


def _set(catalog: Catalog, key: Key, words: str) -> None:
    context, english, form = key
    message = catalog.get(english, context)
    if message is None:
        raise AssertionError("a row is of a message of its catalogue")
    strings = list(strings_of(message))
    strings[form] = words
    message.string = strings[0] if not isinstance(message.id, (list, tuple)) else tuple(strings)
    message.flags.discard("fuzzy")


def _add_remark(catalog: Catalog, remark: RowRemark, today: datetime.date) -> None:
    """A remark as a translator's comment, once however often a file is taken in."""
    context, english, _ = remark.row.key
    message = catalog.get(english, context)
    known = " ".join(message.user_comments) if message else ""
    if message and remark.text not in known:
        message.user_comments = [*message.user_comments, f"remark, {today}: {remark.text}"]


def _faults(
    before: bytes,
    after: bytes,
    approvals: Approvals,
    subject: str,
    changes: Sequence[RowChange],
) -> Iterator[tuple[RowChange, Finding]]:
    """What `check` says of the changed rows and did not say of them before; and their lengths."""
    by_key = {change.row.key: change for change in changes}
    language = LANGUAGES[changes[0].row.language] if changes else LANGUAGES[SOURCE]
    if not changes:
        return
    locales = approvals.project.locales
    old = {
        (key, fault.rule, fault.sentence)
        for key, fault in _checked(before, subject, locales, language)
    }
    for key, fault in _checked(after, subject, locales, language):
        change = by_key.get(key)
        if change and (key, fault.rule, fault.sentence) not in old:
            yield change, replace(fault, span=change.place)
    for change in changes:
        length, limit = len(change.words), change.row.limit
        if limit and length > limit:
            facts = {"role": "translation", "length": length, "limit": limit}
            yield change, finding("T014", change.place, **facts)


def _checked(
    data: bytes, subject: str, locales: Path, language: Language
) -> Iterator[tuple[Key, Finding]]:
    """Everything that is found in a catalogue of these bytes, by the row it is about."""
    with tempfile.TemporaryDirectory() as folder:
        path = path_of(Path(folder), domain_of(subject), language)
        write(path, data, sync=False)
        terms = glossary.path_of(locales, language)
        if terms.exists():
            write(glossary.path_of(Path(folder), language), terms.read_bytes(), sync=False)
        catalogue = read_catalogue(Path(folder), domain_of(subject), language)
    if catalogue.digest == "unreadable":
        raise Problem(*catalogue.findings)
    yield from _by_row(catalogue, data)


def _by_row(catalogue: Catalogue, data: bytes) -> Iterator[tuple[Key, Finding]]:
    keys: dict[int, Key] = {}
    for entry in entries(data.decode()):
        for form, line in entry.strings.items():
            keys[line] = (entry.context or None, entry.message, form)
    for fault in catalogue.findings:
        key = keys.get(fault.span.line)
        if key:
            yield key, fault


def save(taken: TakenIn) -> None:
    """Write what was taken in.

    Raises:
        Problem: it cannot be written (B004).
    """
    write(taken.target, taken.data)


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
