"""What stands in a sheet and is not used: every column, every cell under no heading, every note.

A cell is read, or left unread on purpose, or told. One that our own tables understand as a need or
a language stops its row, unless the row says the same where it is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from leafpress.findings import Finding
from leafpress.mailing.lists.columns import SheetColumns, patients_in
from leafpress.mailing.lists.heading_kinds import ColumnKind, everyday_headings, kind_of
from leafpress.mailing.lists.languages import find_language
from leafpress.mailing.lists.mapping import Mapping
from leafpress.mailing.lists.needs import INTERPRETER, find_need, read_needs
from leafpress.mailing.lists.normalise import normalise
from leafpress.mailing.lists.overlooked import NEGATIVE, Meaning, Vocabulary, is_code, meanings
from leafpress.mailing.lists.sheet import EMPTY, ListCell, ListRow, ListSheet, column_letters
from leafpress.rules import finding

_PRINT = frozenset({"font", "print", "point", "points"})
"""Words in headings under which a number alone is a size."""

_CODES = 2
"""So many different codes of languages, and nothing else, make a column one of languages."""


_NAMED = 30
"""Columns that a message names: more are counted."""


@dataclass(frozen=True, slots=True)
class UnreadColumn:
    """A column that no field of a row comes from.

    Args:
        place: from 0.
        heading: as the list writes it; empty where it has none.
        kind: how its words are taken.
        filled: rows in which something stands, from 1 as a spreadsheet numbers them.
        ignored: the mapping says that it is left unread.
        own: needs and languages that the heading itself names, as "Large print?" does.
    """

    place: int
    heading: str
    kind: ColumnKind
    filled: tuple[int, ...]
    ignored: bool
    own: frozenset[Meaning] = frozenset()

    @property
    def is_everyday(self) -> bool:
        """Whether most lists have such a column, and nobody here needs it."""
        return normalise(self.heading) in everyday_headings()


@dataclass(frozen=True)
class UnreadParts:
    """Everything of a sheet that is seen and not used.

    Args:
        columns: those that nobody reads, empty ones too.
    """

    sheet: ListSheet
    at: SheetColumns
    mapping: Mapping
    columns: tuple[UnreadColumn, ...]

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary.of(self.mapping)

    def about_row(self, row: ListRow, fields: dict[str, str]) -> Iterator[Finding]:
        """Why a row is stopped by what nobody reads in it (E071, E072).

        Args:
            fields: what the row says where it is read.
        """
        span = self.sheet.span(row.number)
        seen = self._seen(row)
        bare = [column for column in seen if not column.heading]
        if bare:
            letters = [column_letters(column.place) for column in bare]
            yield finding("E072", span, columns=", ".join(letters), example=letters[0])
        for column in seen:
            lost = self._lost(self._meanings(column, _at(row, column.place)), fields)
            if column.heading and lost:
                yield finding("E071", span, where=f"the column “{column.heading}”", what=lost)
        for cell in row.cells:
            lost = self._lost(self._in_words(cell.comment), fields)
            if lost:
                yield finding("E071", span, where="a comment on a cell", what=lost)

    def about_sheet(self) -> Iterator[Finding]:
        """What is told once (E073, E074), and what nobody can tie to a row (E071)."""
        heading_row = self.sheet.rows[self.at.row - 1]
        for row in self.sheet.rows[: self.at.row - 1]:
            texts = [text for cell in row.cells for text in (cell.text, cell.comment)]
            yield from self._beside_rows(row, texts)
        yield from self._beside_rows(heading_row, [cell.comment for cell in heading_row.cells])
        told = [column for column in self.columns if column.filled and not column.ignored]
        headings = [column.heading for column in told if column.heading and not column.is_everyday]
        if headings:
            columns = ", ".join(f"“{heading}”" for heading in headings[:_NAMED])
            more = len(headings) - _NAMED
            columns += f" and {more} more" if more > 0 else ""
            yield finding("E073", self.sheet.span(self.at.row), columns=columns)
        comments = sum(bool(cell.comment) for row in self.sheet.rows for cell in row.cells)
        if comments:
            what = f"{comments} comments on cells, which are no part of a row"
            yield finding("E074", self.sheet.span(), what=what)

    def _seen(self, row: ListRow) -> list[UnreadColumn]:
        """The unread columns in which something stands in this row."""
        return [
            column for column in self.columns if not column.ignored and _at(row, column.place).text
        ]

    def _meanings(self, column: UnreadColumn, cell: ListCell) -> frozenset[Meaning]:
        named = _size(column, cell) | meanings(cell.text, column.kind, self._vocabulary)
        if column.own and normalise(cell.text) not in NEGATIVE:
            return named | column.own
        return named

    def _in_words(self, text: str) -> frozenset[Meaning]:
        return meanings(text, ColumnKind.NOTES, self._vocabulary) if text else frozenset()

    def _beside_rows(self, row: ListRow, texts: list[str]) -> Iterator[Finding]:
        """Needs and languages above the rows, which may be meant for all of them."""
        named = frozenset[Meaning]().union(*map(self._in_words, texts))
        lost = self._lost(named, {})
        if lost:
            where = "what stands above the rows"
            yield finding("E071", self.sheet.span(row.number), where=where, what=lost)

    def _lost(self, named: frozenset[Meaning], fields: dict[str, str]) -> str:
        """Which of these the row would be done without: "a need", "a language", or nothing."""
        if not named:
            return ""
        what = []
        if any(own.field == "need" and self._need_is_lost(own.value, fields) for own in named):
            what.append("a need")
        if any(own.field == "language" and self._is_other(own.value, fields) for own in named):
            what.append("a language")
        return " and ".join(what)

    def _need_is_lost(self, need: str, fields: dict[str, str]) -> bool:
        """Whether the row would get something else if the need stood where needs are read."""
        if need == INTERPRETER:
            return not fields.get("language")  # whoever needs one may not read English
        recorded = fields.get("need", "")
        without = read_needs(recorded, self.mapping.needs)
        beside = read_needs(f"{recorded}; {need}", self.mapping.needs)
        return (beside.format, beside.delivery, beside.problem) != (
            without.format,
            without.delivery,
            without.problem,
        )

    def _is_other(self, language: str, fields: dict[str, str]) -> bool:
        """Whether a language is not the one that the row is given."""
        text = fields.get("language", "")
        if not language:
            return not text  # only spoken: the row says what is read
        text = text or self.mapping.default_language
        words = self._vocabulary.languages.get(normalise(text), text)
        return find_language(words) != language


def unread_parts(sheet: ListSheet, columns: SheetColumns, mapping: Mapping) -> UnreadParts:
    """What of a sheet is seen and not used."""
    read = {place for places in columns.places.values() for place in places}
    width = len(sheet.rows[columns.row - 1].cells)  # rows that are longer are refused (E041)
    places = (place for place in range(width) if place not in read)
    own = Vocabulary.of(mapping)
    unread = tuple(_column(sheet, columns.row, place, mapping, own) for place in places)
    return UnreadParts(sheet, columns, mapping, unread)


def other_sheets(sheets: list[ListSheet], chosen: ListSheet, mapping: Mapping) -> Iterator[Finding]:
    """What stands on sheets that nobody reads: told; stopped where it is about patients (E071)."""
    others = [sheet for sheet in sheets if sheet is not chosen and not mapping.sheet]
    for sheet in others:
        where = f"the sheet “{sheet.title}”"
        yield finding("E074", sheet.span(), what=f"{where}, which nobody reads")
        columns = patients_in(sheet, mapping)
        if not columns:
            continue
        parts = unread_parts(sheet, columns, mapping)
        stopped = [own for row in sheet.rows[columns.row :] for own in parts.about_row(row, {})]
        if any(own.rule == "E071" for own in stopped):
            what = "needs or languages of patients"
            yield finding("E071", sheet.span(), where=where, what=what)


def _column(
    sheet: ListSheet, heading_row: int, place: int, mapping: Mapping, own: Vocabulary
) -> UnreadColumn:
    heading = _at(sheet.rows[heading_row - 1], place).text
    rows = [row for row in sheet.rows[heading_row:] if _at(row, place).text]
    ignored = {normalise(name) for name in mapping.ignore}
    name = heading or f"column {column_letters(place)}"
    codes = {_at(row, place).text for row in rows}
    kind = kind_of(heading)
    if len(codes) >= _CODES and all(is_code(code, own) for code in codes):
        kind = ColumnKind.NEEDS
    filled = tuple(row.number for row in rows)
    named = meanings(heading, ColumnKind.OTHER, own) if heading else frozenset[Meaning]()
    return UnreadColumn(place, heading, kind, filled, normalise(name) in ignored, named)


def _size(column: UnreadColumn, cell: ListCell) -> frozenset[Meaning]:
    """A number alone under a heading about print: "Font size", 24."""
    if not (cell.text.isascii() and cell.text.isdigit() and len(cell.text) == 2):
        return frozenset()
    if not _PRINT & set(normalise(column.heading).split()):
        return frozenset()
    need = find_need(f"{cell.text} point")
    return frozenset({Meaning("need", need.id)}) if need else frozenset()


def _at(row: ListRow, place: int) -> ListCell:
    return row.cells[place] if place < len(row.cells) else EMPTY
