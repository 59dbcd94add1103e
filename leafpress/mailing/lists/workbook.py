"""Lists as XLSX workbooks. What a spreadsheet does to references is told, not guessed away."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from leafpress.findings import Finding, Problem, Span
from leafpress.mailing.lists.sheet import ListCell, ListRow, ListSheet
from leafpress.rules import finding

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_UNPACKED = 300_000_000
"""Bytes. A list of 100,000 rows has about 40 million."""

_CELLS = 3_000_000
"""Cells of a sheet, empty ones too: 100,000 rows of 30."""

_EXACT = 10**15
"""Excel keeps 15 digits of a number; the rest of a longer one is invented."""

_ZEROS = re.compile(r"0+")


def read_workbook(data: bytes, name: str, digest: str) -> list[ListSheet]:
    """Every visible sheet of a workbook that holds anything.

    Raises:
        Problem: it is no workbook, or far too large (E031).
    """
    import openpyxl

    try:
        _refuse_bombs(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts of a workbook that hold no cells
            shown = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
            formulas = openpyxl.load_workbook(io.BytesIO(data))
    except Exception as error:  # openpyxl lets through whatever its parsers raise
        problem = f"it is not a workbook that can be opened ({type(error).__name__})"
        raise Problem(finding("E031", Span(name), problem=problem)) from None
    for sheet in shown.worksheets:
        if sheet.max_row * sheet.max_column > _CELLS:
            problem = "there are cells far below or beside the others: delete them"
            raise Problem(finding("E031", Span(name), problem=problem))
    return [
        _sheet(sheet, formulas[sheet.title], name, digest)
        for sheet in shown.worksheets
        if sheet.sheet_state == "visible" and any(map(any, sheet.iter_rows(values_only=True)))
    ]


def _refuse_bombs(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(info.file_size for info in archive.infolist()) > _UNPACKED:
            raise ValueError("too large")


def _sheet(shown: Worksheet, formulas: Worksheet, name: str, digest: str) -> ListSheet:
    rows = tuple(_rows(shown, formulas))
    findings = (*_hidden(shown, name, rows), *_merged(shown, name))
    return ListSheet(name, rows, digest, shown.title, findings)


def _rows(shown: Worksheet, formulas: Worksheet) -> Iterator[ListRow]:
    pairs = zip(shown.iter_rows(), formulas.iter_rows(), strict=True)
    for number, (values, unevaluated) in enumerate(pairs, start=1):
        yield ListRow(number, tuple(map(_cell, values, unevaluated)))


def _cell(shown: Any, unevaluated: Any) -> ListCell:
    value = shown.value
    if shown.data_type == "e":
        return ListCell(str(value), "an error of the spreadsheet")
    if unevaluated.data_type == "f" and value is None:
        return ListCell("", "a formula whose result was never saved")
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return ListCell("" if value is None else str(value).strip())
    if isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        return ListCell(str(value), "a date or time")
    return _number(value, shown.number_format)


def _number(value: float, number_format: str) -> ListCell:
    if abs(value) >= _EXACT:
        trouble = "a number too long for a spreadsheet, so its last digits are lost"
        return ListCell(str(value), trouble)
    if value != int(value):
        return ListCell(str(value), number=True)
    text = str(int(value))
    # A format of zeros alone (0000000) shows the leading zeros that the number has lost.
    if _ZEROS.fullmatch(number_format):
        text = text.zfill(len(number_format))
    return ListCell(text, number=True)


def _hidden(sheet: Worksheet, name: str, rows: tuple[ListRow, ...]) -> Iterator[Finding]:
    full = {row.number for row in rows if not row.is_empty}
    hidden = [n for n, row in sheet.row_dimensions.items() if row.hidden and n in full]
    if hidden:
        yield finding("E032", Span(name), count=len(hidden))


def _merged(sheet: Worksheet, name: str) -> Iterator[Finding]:
    """Cells that reach over several rows: all but the first would be read as empty."""
    for area in sheet.merged_cells.ranges:
        if area.max_row > area.min_row:
            yield finding("E033", Span(name, area.max_row), first=area.min_row)
