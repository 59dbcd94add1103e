"""The catalogue as a returned file would make it, and what `check` says of that."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from babel.messages import Catalog

from leafpress.content.root import Root
from leafpress.findings import Finding, Problem
from leafpress.review.compare import Comparison, RowChange, RowRemark
from leafpress.review.rows import UNREADABLE, Key, domain_of, parsed, strings_of
from leafpress.system.files import write
from leafpress.translation import glossary
from leafpress.translation.catalogue import Catalogue, path_of, read_catalogue
from leafpress.translation.checks.pair import NAME, SentencePair, meant_by
from leafpress.translation.checks.run import check_pair
from leafpress.translation.language import LANGUAGES, Language
from leafpress.translation.po_lines import entries
from leafpress.translation.po_writer import as_po

_LENGTH = "T014"


def written(
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


def faults(
    before: bytes, after: bytes, root: Root, changes: Sequence[RowChange]
) -> Iterator[tuple[RowChange, Finding]]:
    """What `check` says of the changed rows and did not say of them before.

    What is too long is said in any case: somebody has just looked at it, and left it so.

    Args:
        before: the catalogue as it is; `after` as it would be.
        locales: the folder that holds the glossary.
    """
    if not changes:
        return
    by_key = {change.row.key: change for change in changes}
    subject, language = changes[0].row.subject, LANGUAGES[changes[0].row.language]
    known = _checked(before, subject, root, language)
    old = {(key, fault.rule, fault.sentence) for key, fault in known}
    for key, fault in _checked(after, subject, root, language):
        change = by_key.get(key)
        is_new = fault.rule == _LENGTH or (key, fault.rule, fault.sentence) not in old
        if change and is_new:
            yield change, replace(fault, span=change.place)
    for change in changes:
        yield from ((change, fault) for fault in _of_sense(change, language))


def _of_sense(change: RowChange, language: Language) -> Iterator[Finding]:
    """What a person should look at in one changed row, and had not to look at before."""
    row = change.row
    if NAME in row.comments:
        return
    pair = SentencePair(
        change.place,
        domain_of(row.subject),
        row.key[0],
        row.english,
        change.words,
        meant=meant_by(row.comments),
    )
    old = check_pair(replace(pair, translation=row.words), language) if row.words else ()
    known = {fault.rule for fault in old}
    yield from (fault for fault in check_pair(pair, language) if fault.rule not in known)


def _checked(
    data: bytes, subject: str, root: Root, language: Language
) -> Iterator[tuple[Key, Finding]]:
    """Everything that is found in a catalogue of these bytes, by the row it is about."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Root(Path(folder))
        path = path_of(scratch, domain_of(subject), language)
        write(path, data, sync=False)
        terms = glossary.path_of(root, language)
        if terms.exists():
            write(glossary.path_of(scratch, language), terms.read_bytes(), sync=False)
        catalogue = read_catalogue(scratch, domain_of(subject), language)
    if catalogue.digest == UNREADABLE:
        raise Problem(*catalogue.findings)
    yield from _by_row(catalogue, data)


def _by_row(catalogue: Catalogue, data: bytes) -> Iterator[tuple[Key, Finding]]:
    keys: dict[int, Key] = {}
    for entry in entries(data.decode()):
        for form, line in entry.lines.items():
            keys[line] = (entry.context or None, entry.message, form)
    for fault in catalogue.findings:
        key = keys.get(fault.span.line)
        if key:
            yield key, fault
