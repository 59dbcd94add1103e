"""Lists as CSV, as spreadsheets and patient systems write it, with any usual separator.

The separator is the one that makes the headings fit: notes may hold more commas than the list has
semicolons. A quote that is never closed swallows the rows after it without a word; here it stops
the run.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice

from leafpress.findings import Problem, Span
from leafpress.mailing.lists.sheet import (
    EMPTY,
    MOST_CELLS,
    MOST_COLUMNS,
    ListCell,
    ListRow,
    ListSheet,
    unwrapped,
)
from leafpress.rules import finding

Fits = Callable[[ListRow], int]
"""How many cells of a row are headings that somebody reads: 0 for a row of anything else."""

_SEPARATORS = ",;\t|"

_FIELD_LIMIT = 1_000_000
"""Characters in a cell: more is no cell of an appointment list."""

_SAMPLE = 2_000_000
"""Characters in which the headings are looked for, once for each separator."""

_ROWS_TRIED = 40
"""Rows in which the headings are looked for: twice as many as may stand above them, since a wrong
separator may part them otherwise."""

_LINE_ENDS = re.compile(r"\r\n|\r|\n")


def read_csv(text: str, name: str, digest: str, fits: Fits) -> ListSheet:
    """The rows of a CSV file.

    Raises:
        Problem: its quotes do not match, or it has far too many cells (E031).
    """
    separator, text = _separator(text.lstrip("\ufeff"), fits)
    if text.count(separator) > MOST_CELLS:
        raise _far_too_many(f"more than {MOST_CELLS:,} cells", Span(name))
    rows = tuple(_rows(text, separator, name))
    _nothing_swallowed(rows, separator, name)
    return ListSheet(name, rows, digest)


def _far_too_many(what: str, span: Span) -> Problem:
    return Problem(finding("E031", span, problem=f"it has {what}"))


def _separator(text: str, fits: Fits) -> tuple[str, str]:
    """What stands between cells, and the text without Excel's `sep=;`, which Excel hides too."""
    declared = re.match(r"sep=(.)(?:\r\n|\r|\n)", text, re.IGNORECASE)
    if declared:
        text = text[declared.end() :]
    separators = [declared[1], *_SEPARATORS] if declared else [*_SEPARATORS]
    fitting = {separator: _fit(text[:_SAMPLE], separator, fits) for separator in separators}
    best = max(separators, key=lambda separator: fitting[separator])
    if fitting[best] or declared:
        return best, text
    # No headings that anybody knows: the separator that splits the most lines.
    sample = re.sub(r'"[^"\n]*"', "", "\n".join(text[:_SAMPLE].splitlines()[:_ROWS_TRIED]))
    return max(_SEPARATORS, key=sample.count), text


def _fit(sample: str, separator: str, fits: Fits) -> int:
    """How well some row fits as headings, when cells are parted so."""
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator, strict=True)
    best = 0
    try:
        for cells in islice(reader, _ROWS_TRIED):
            best = max(best, fits(_row(0, cells[:MOST_COLUMNS])))
    except csv.Error:
        pass  # of a cell that another separator does not make, or told when all rows are read
    return best


def _row(number: int, cells: list[str]) -> ListRow:
    return ListRow(number, tuple(_cell(text) if text else EMPTY for text in cells))


def _cell(text: str) -> ListCell:
    return ListCell(unwrapped(text))


def _rows(text: str, separator: str, name: str) -> Iterator[ListRow]:
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if len(cells) > MOST_COLUMNS:
                raise _far_too_many(f"more than {MOST_COLUMNS:,} columns", Span(name, number))
            yield _row(number, cells)
    except csv.Error:
        # The module's own words may quote the cell.
        problem = "a quotation mark is not closed, or stands inside a cell"
        raise Problem(finding("E031", Span(name, number + 1), problem=problem)) from None


def _nothing_swallowed(rows: tuple[ListRow, ...], separator: str, name: str) -> None:
    """Refuse a cell that holds whole rows.

    Raises:
        Problem: E031.
    """
    widths = Counter(len(row.cells) for row in rows if not row.is_empty)
    width = widths.most_common(1)[0][0] if widths else 0
    for row in rows:
        for place, cell in enumerate(row.cells):
            if "\n" not in cell.text and "\r" not in cell.text:
                continue
            counts = [line.count(separator) for line in _LINE_ENDS.split(cell.text)]
            if _are_rows(counts, place, len(row.cells), width) and width > 1:
                problem = "one cell holds what looks like several rows: a quotation mark is missing"
                raise Problem(finding("E031", Span(name, row.number), problem=problem))


def _are_rows(counts: list[int], place: int, cells: int, width: int) -> bool:
    """Whether a cell's lines have the separators of rows that lost their line ends.

    Args:
        counts: separators in each line of the cell.
        place: the cell's, from 0.
        cells: how many its row has; width: how many rows have.

    Its first line is the rest of its row, those between are whole rows, its last line is the
    beginning of a row, up to the same column if the widths agree. Notes rarely count so.
    """
    rest = counts[0] == width - 1 - place
    between = all(count == width - 1 for count in counts[1:-1])
    beginning = counts[-1] == place or (cells < width and 0 < counts[-1] < width)
    return rest and between and beginning and max(counts) > 0
