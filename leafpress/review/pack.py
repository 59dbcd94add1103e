"""The pack that a person works on: a folder of files that all say the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from leafpress.approval.approvals import Approvals, approvals_of
from leafpress.approval.messages import SHARED
from leafpress.content.root import Root
from leafpress.findings import Problem
from leafpress.press.edition import BuildOptions
from leafpress.review import memory, redline
from leafpress.review.notes_at_rows import notes_at
from leafpress.review.pictures import drawn_pages, of_rows
from leafpress.review.returned import FOLDER
from leafpress.review.rows import current, rows
from leafpress.review.word_pack import WordPack, as_docx
from leafpress.review.xliff import as_xliff
from leafpress.translation import glossary
from leafpress.translation.language import Language

File = tuple[str, bytes]
"""A file's name and bytes."""


def files(options: BuildOptions, subject: str, language: Language) -> Iterator[File]:
    """Every file of a pack.

    Raises:
        Problem: the leaflet, its catalogue or the records have errors.
    """
    approvals = approvals_of(options.project(), options.today)
    records = approvals.records(subject)
    if records.findings:
        raise Problem(*records.findings)
    word = _word(approvals, options, subject, language)
    name = f"{subject}-{language.tag}"
    yield f"{name}.docx", as_docx(word)
    yield "redline.html", redline.page(approvals, subject, language, options.today).encode()
    if language.is_source:
        return
    yield f"{name}.xliff", as_xliff(subject, language, word.rows)
    yield f"{name}.po", current(approvals, subject, language)
    yield f"{subject}.tmx", _memory(approvals, subject, language)
    terms = glossary.path_of(approvals.project.root, language)
    if terms.exists():
        yield "glossary.csv", terms.read_bytes()


def _word(
    approvals: Approvals, options: BuildOptions, subject: str, language: Language
) -> WordPack:
    every = rows(approvals, subject, language)
    shown = of_rows(every, drawn_pages(options, subject, language.tag))
    pictures = {row.number: picture for row, picture in shown if picture}
    title = "Words that all leaflets share"
    if subject != SHARED:
        title = str(approvals.english(subject).title)
    notes, general = notes_at(approvals, subject) if language.is_source else ({}, ())
    version = approvals.version(subject)
    made = options.today
    return WordPack(subject, language, title, version, made, every, pictures, notes, general)


def _memory(approvals: Approvals, subject: str, language: Language) -> bytes:
    """Approved pairs; none while the translation is not whole."""
    try:
        messages = list(memory.approved(approvals, subject, language))
    except Problem:
        messages = []
    return memory.as_tmx(language, iter(messages))[0]


def folder_of(root: Root, subject: str, language: Language) -> Path:
    """Where a pack goes when nobody says otherwise."""
    return root.home / FOLDER / f"{subject}-{language.tag}"
