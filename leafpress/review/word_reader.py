"""A returned Word file, row by row."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn
from lxml import etree

from leafpress.findings import Finding, Span
from leafpress.review.cell_reader import CellReader, read_cell
from leafpress.review.returned import CONFIRM, ReturnedFile, ReturnedRow, unreadable
from leafpress.review.rows import one_line
from leafpress.review.word_pack import FIRST_HEADING, headings, is_ours
from leafpress.rules import finding
from leafpress.translation.language import LANGUAGES, SOURCE, Language

MAX_UNPACKED = 300_000_000
"""Bytes of everything in the file, unpacked: a file of 2 MB can hold a thousand times that."""

_PACK = re.compile(r"Pack: (\S+) / (\S+)")
_NUMBER = re.compile(r"(\d{1,5})\s*([0-9a-f]{8})")


_BROKEN = (
    AttributeError,
    EOFError,
    IndexError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    struct.error,
    zlib.error,
)
"""What python-docx and zipfile raise for parts that are missing, damaged or locked."""


def read_docx(data: bytes, name: str) -> ReturnedFile:
    """A returned Word file.

    Raises:
        Problem: it is no Word file, or no pack (S030).
    """
    document = _opened(data, name)
    body = document.element.body
    if body is None:
        raise unreadable(name, "it has no text")
    tables = [child for child in body if child.tag == qn("w:tbl")]
    mine = [table for table in tables if _heading(table) == FIRST_HEADING]
    if len(mine) != 1:
        problem = (
            f"it has {len(mine)} tables that begin with “{FIRST_HEADING}”, and should have one"
        )
        raise unreadable(name, problem)
    subject, language = _of_pack(body)
    comments = _comments(document)
    columns = _Columns.of(mine[0], language, name)
    found: list[Finding] = []
    rows = tuple(_rows(mine[0], columns, comments, found))
    language_of = LANGUAGES.get(language, LANGUAGES[SOURCE])
    outside = [*_lines_outside(body, mine[0], language_of), *_comments_outside(mine[0], comments)]
    found += [finding("S042", Span(name), words=words[:80]) for words in outside]
    return ReturnedFile(name, subject, language, rows, tuple(found))


def _opened(data: bytes, name: str) -> Any:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            size = sum(info.file_size for info in archive.infolist())
        if size > MAX_UNPACKED:
            raise unreadable(name, f"it unpacks to more than {MAX_UNPACKED:,} bytes")
        return docx.Document(BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, etree.LxmlError) as error:
        raise unreadable(name, f"it is no Word file (.docx): {error}") from error
    except _BROKEN as error:
        raise unreadable(name, f"its parts do not fit together: {error}") from error


def _heading(table: Any) -> str:
    cells = list(table.iter(qn("w:tc")))
    return read_cell(cells[0]).words if cells else ""


def _of_pack(body: Any) -> tuple[str, str]:
    """Which leaflet and language the file says it is about."""
    for paragraph in body.iter(qn("w:p")):
        text = "".join(part.text or "" for part in paragraph.iter(qn("w:t")))
        match = _PACK.fullmatch(text.strip())
        if match:
            return match[1], match[2]
    return "", ""


def _comments(document: Any) -> dict[str, str]:
    """The words of comments by id. Whose they are is not kept."""
    try:
        return {str(comment.comment_id): one_line(comment.text) for comment in document.comments}
    except (AttributeError, KeyError, ValueError):
        return {}


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column is which, and what the file is called."""

    count: int
    has_english: bool
    name: str

    @classmethod
    def of(cls, table: Any, language: str, name: str) -> _Columns:
        """By the headings, which have to be those that were sent.

        Raises:
            Problem: columns were moved, added or removed (S030).
        """
        first = table.find(qn("w:tr"))
        cells = [read_cell(cell).words for cell in _cells_of(first)] if first is not None else []
        known = LANGUAGES.get(language)
        if known and tuple(cells) != headings(known):
            expected = ", ".join(headings(known))
            raise unreadable(name, f"the columns are {', '.join(cells)}, and should be {expected}")
        return cls(len(cells), known is None or not known.is_source, name)


def _cells_of(row: Any) -> list[Any]:
    """The cells of a row, also those in content controls."""
    cells = []
    for child in row:
        if child.tag == qn("w:tc"):
            cells.append(child)
        elif child.tag == qn("w:sdt"):
            cells += child.iter(qn("w:tc"))
    return cells


def _rows(
    table: Any, columns: _Columns, comments: dict[str, str], found: list[Finding]
) -> Iterator[ReturnedRow]:
    every = [row for row in table.iter(qn("w:tr")) if _table_of(row) is table]
    for position, row in enumerate(every[1:], 1):
        cells = [read_cell(cell) for cell in _cells_of(row)]
        numbered = _NUMBER.fullmatch(cells[0].words) if cells else None
        place = Span(columns.name, int(numbered[1]) if numbered else 0)
        if numbered is None or len(cells) != columns.count:
            found.append(_broken(cells, position, place, columns))
            continue
        found += _strange(row, cells, place)
        yield _returned(cells, numbered, place, columns, comments)


def _table_of(row: Any) -> Any:
    return next(row.iterancestors(qn("w:tbl")), None)


def _broken(cells: list[CellReader], position: int, place: Span, columns: _Columns) -> Finding:
    said = " | ".join(cell.words for cell in cells)[:60]
    problem = f"line {position} of the table (“{said}”) has no row number and code"
    if len(cells) != columns.count:
        problem = f"line {position} of the table (“{said}”) has {len(cells)} cells, and not "
        problem += str(columns.count)
    return finding("S033", place, problem=problem)


def _strange(row: Any, cells: list[CellReader], place: Span) -> Iterator[Finding]:
    """What of a row nobody could read; the picture of the place is ours."""
    properties = row.find(qn("w:trPr"))
    marks = (
        [properties.find(qn(mark)) for mark in ("w:ins", "w:del")] if properties is not None else []
    )
    if any(cell.tracked for cell in cells) or any(mark is not None for mark in marks):
        yield finding("S035", place)
    for cell in (*cells[:3], *cells[4:]):
        for what in dict.fromkeys(cell.strange):
            yield finding("S040", place, what=what)


def _returned(
    cells: list[CellReader],
    numbered: re.Match[str],
    place: Span,
    columns: _Columns,
    comments: dict[str, str],
) -> ReturnedRow:
    _, second, third, fourth, last = cells
    said = [comments.get(id_, "") for cell in cells for id_ in cell.comments]
    remark = one_line(" ".join([last.words, *said]))
    confirmed = last.words.casefold().strip(" .!“”\"'") == CONFIRM
    is_pair = columns.has_english
    return ReturnedRow(
        place,
        int(numbered[1]),
        numbered[2],
        second.words if is_pair else None,
        third.words if is_pair else second.words,
        remark=remark,
        place_column=fourth.words,
        notes_column="" if is_pair else third.words,
        confirmed=confirmed,
    )


def _lines_outside(body: Any, table: Any, language: Language) -> Iterator[str]:
    """Words beside the table that were not sent: nobody would read them."""
    is_after = False
    for child in body:
        if child is table:
            is_after = True
            continue
        words = one_line("".join(part.text or "" for part in child.iter(qn("w:t"))))
        is_sent = not is_after and (language.is_source or is_ours(words, language))
        if words and not is_sent:
            yield words


def _comments_outside(table: Any, comments: dict[str, str]) -> list[str]:
    """Comments that stand at no row."""
    inside = {mark.get(qn("w:id")) for mark in table.iter(qn("w:commentReference"))}
    return [words for id_, words in comments.items() if id_ not in inside and words]
