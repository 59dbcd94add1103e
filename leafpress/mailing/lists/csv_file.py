"""Lists as CSV, as spreadsheets and patient systems write it: any usual separator and encoding.

A quote that is never closed swallows the rows after it without a word; here it stops the run.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from leafpress.findings import Finding, Problem, Span
from leafpress.mailing.lists.sheet import ListCell, ListRow, ListSheet
from leafpress.rules import finding

_SEPARATORS = ",;\t|"
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_FIELD_LIMIT = 1_000_000
"""Characters in a cell: more is no cell of an appointment list."""


def read_csv(data: bytes, name: str, digest: str) -> ListSheet:
    """The rows of a CSV file.

    Raises:
        Problem: it is not text, or its quotes do not match (E031).
    """
    text, findings = _decoded(data, name)
    if "\0" in text:
        raise Problem(finding("E031", Span(name), problem="it is not a file of text"))
    separator, text = _separator(text)
    rows = tuple(_rows(text, separator, name))
    _nothing_swallowed(rows, separator, name)
    return ListSheet(name, rows, digest, findings=findings)


def _decoded(data: bytes, name: str) -> tuple[str, tuple[Finding, ...]]:
    encoding = next((name for mark, name in _BOMS.items() if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), (finding("E039", Span(name), encoding="Windows-1252"),)
    except UnicodeDecodeError:
        problem = "its letters are in an encoding that is not known"
        raise Problem(finding("E031", Span(name), problem=problem)) from None


def _separator(text: str) -> tuple[str, str]:
    """What stands between cells, and the text without Excel's `sep=;`, which Excel hides too."""
    declared = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    if declared:
        return declared[1], text[declared.end() :]
    # The separator that splits the most lines; titles above the headings have none.
    sample = re.sub(r'"[^"\n]*"', "", "\n".join(text.splitlines()[:20]))
    return max(_SEPARATORS, key=sample.count), text


def _rows(text: str, separator: str, name: str) -> Iterator[ListRow]:
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield ListRow(number, tuple(ListCell(cell.strip()) for cell in cells))
    except csv.Error:
        # The module's own words may quote the cell.
        problem = "a quotation mark is not closed, or stands inside a cell"
        raise Problem(finding("E031", Span(name, number + 1), problem=problem)) from None


def _nothing_swallowed(rows: tuple[ListRow, ...], separator: str, name: str) -> None:
    """Refuse a cell that holds what looks like whole rows.

    Raises:
        Problem: E031.
    """
    width = max((len(row.cells) for row in rows), default=0)
    for row in rows:
        for cell in row.cells:
            lines = cell.text.splitlines()
            most = max((line.count(separator) for line in lines), default=0)
            if len(lines) > 1 and width > 1 and most >= max(1, width - 2):
                problem = "one cell holds what looks like several rows: a quotation mark is missing"
                raise Problem(finding("E031", Span(name, row.number), problem=problem))
