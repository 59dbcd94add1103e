"""Lists as XLSX workbooks. What a spreadsheet does to references is told, not guessed away."""

from __future__ import annotations

import datetime
import io
import math
import re
import warnings
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from leafpress.findings import Finding, Problem, Span
from leafpress.mailing.lists.number_format import show_number, show_text
from leafpress.mailing.lists.ooxml import prepare_package, text_boxes
from leafpress.mailing.lists.sheet import (
    EMPTY,
    MOST_CELLS,
    STRUCK_OUT,
    ListCell,
    ListRow,
    ListSheet,
    column_letters,
    unwrapped,
)
from leafpress.rules import finding

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_EXACT = 10**15
"""Excel keeps 15 digits of a number; the rest of a longer one is invented."""

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
"""How workbooks write what XML cannot hold: `_x000D_` is a line end (ECMA-376, 22.9.2.19)."""


def read_workbook(data: bytes, name: str, digest: str) -> list[ListSheet]:
    """Every visible sheet of a workbook that holds anything.

    Raises:
        Problem: it is no workbook, or far too large (E031).
    """
    shown, formulas, boxes = _opened(prepare_package(data, name), name)
    for sheet in shown.worksheets:
        if sheet.max_row * sheet.max_column > MOST_CELLS:
            problem = "there are cells far below or beside the others: delete them"
            raise Problem(finding("E031", Span(name), problem=problem))
    filled = [sheet for sheet in shown.worksheets if any(map(any, sheet.values))]
    if all(sheet.sheet_state != "visible" for sheet in filled):
        raise Problem(
            finding("E031", Span(name), problem="nothing stands on any sheet that is seen")
        )
    beside = tuple(_beside_the_sheets(filled, boxes, name))
    return [
        _sheet(sheet, formulas[sheet.title], ListSheet(name, (), digest, findings=beside))
        for sheet in filled
        if sheet.sheet_state == "visible"
    ]


def _opened(package: bytes, name: str) -> tuple[Workbook, Workbook, int]:
    """The workbook with its values, with its formulas, and how many text boxes it has."""
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts of a workbook that hold no cells
            shown = openpyxl.load_workbook(io.BytesIO(package), data_only=True, rich_text=True)
            formulas = openpyxl.load_workbook(io.BytesIO(package))
        return shown, formulas, text_boxes(package)
    except Exception as error:  # openpyxl lets through whatever its parsers raise
        problem = (
            f"the workbook is not written as Excel writes it ({type(error).__name__}): open it in "
            "Excel or LibreOffice, and save it anew as .xlsx"
        )
        raise Problem(finding("E031", Span(name), problem=problem)) from None


def _beside_the_sheets(filled: Sequence[Worksheet], boxes: int, name: str) -> Iterator[Finding]:
    """What a workbook holds beside the sheets that are seen."""
    hidden = [sheet.title for sheet in filled if sheet.sheet_state != "visible"]
    if hidden:
        yield finding("E074", Span(name), what=f"{len(hidden)} hidden sheets, which nobody reads")
    if boxes:
        yield finding("E074", Span(name), what="text boxes, which nobody reads")


def _sheet(shown: Worksheet, formulas: Worksheet, blank: ListSheet) -> ListSheet:
    """One sheet; `blank` says what is the same for all."""
    rows = tuple(_rows(shown, formulas))
    name = blank.name
    own = (*_hidden_rows(shown, name, rows), *_hidden_columns(shown, name, rows))
    findings = (*blank.findings, *own, *_merged(shown, name))
    return ListSheet(name, rows, blank.digest, shown.title, findings)


def _rows(shown: Worksheet, formulas: Worksheet) -> Iterator[ListRow]:
    pairs = zip(shown.iter_rows(), formulas.iter_rows(), strict=False)
    for number, (values, unevaluated) in enumerate(pairs, start=1):
        yield ListRow(number, tuple(map(_cell, values, unevaluated)))


def _cell(shown: Any, unevaluated: Any) -> ListCell:
    """A cell with everything about it that a reader of the sheet sees."""
    cell = _value(shown, unevaluated)
    comment = shown.comment.text.strip() if shown.comment and shown.comment.text else ""
    if cell.text and _is_struck_out(shown):
        return ListCell(cell.text, STRUCK_OUT, comment=comment)
    if comment:
        return ListCell(cell.text, cell.trouble, cell.number, comment)
    return cell


def _is_struck_out(shown: Any) -> bool:
    """Whether a line goes through the cell, or through a part of its words."""
    if shown.has_style and shown.font and shown.font.strike:
        return True
    pieces = shown.value if isinstance(shown.value, list) else []
    fonts = [piece.font for piece in pieces if not isinstance(piece, str) and str(piece).strip()]
    return any(font is not None and font.strike for font in fonts)


def _value(shown: Any, unevaluated: Any) -> ListCell:
    value = shown.value
    if value is None:
        return _unsaved(str(unevaluated.value)) if unevaluated.data_type == "f" else EMPTY
    if shown.data_type == "e":
        return ListCell(str(value), "an error of the spreadsheet")
    if isinstance(value, bool):
        return ListCell(str(value).upper(), "a tick or a truth value, not words")
    if isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        return ListCell(str(value), "a date or time")
    if isinstance(value, (int, float)):
        return _number(value, shown.number_format)
    return ListCell(show_text(_text(str(value)), shown.number_format))


def _unsaved(formula: str) -> ListCell:
    """A formula without a result; `="0030612"` says itself what it is."""
    constant = unwrapped(formula)
    if constant != formula.strip():
        return ListCell(constant)
    return ListCell("", "a formula whose result was never saved")


def _text(value: str) -> str:
    return unwrapped(_ESCAPED.sub(_unescaped, value))


def _unescaped(code: re.Match[str]) -> str:
    letter = chr(int(code[1], 16))
    return (
        "\N{REPLACEMENT CHARACTER}" if letter == "\0" or "\ud800" <= letter <= "\udfff" else letter
    )


def _number(value: float, number_format: str) -> ListCell:
    if not math.isfinite(value) or abs(value) >= _EXACT:
        trouble = "a number too long for a spreadsheet, so its last digits are lost"
        return ListCell(str(value), trouble)
    if value != int(value):
        return ListCell(str(value), number=True)
    digits = str(int(value))
    if value < 0:
        return ListCell(digits, number=True)
    text = show_number(digits, number_format)
    if text is None:
        trouble = "a number with letters that its format adds in a way that is not followed"
        return ListCell(digits, trouble, number=True)
    return ListCell(text, number=True)


def _hidden_rows(sheet: Worksheet, name: str, rows: tuple[ListRow, ...]) -> Iterator[Finding]:
    full = {row.number for row in rows if not row.is_empty}
    hidden = [n for n, row in sheet.row_dimensions.items() if row.hidden and n in full]
    if hidden:
        yield finding("E032", Span(name), count=len(hidden))


def _hidden_columns(sheet: Worksheet, name: str, rows: tuple[ListRow, ...]) -> Iterator[Finding]:
    hidden = [own for own in sheet.column_dimensions.values() if own.hidden]
    places: set[int] = set()
    for own in hidden:
        places |= set(range((own.min or 1) - 1, min(own.max or 0, sheet.max_column)))
    filled = [place for place in sorted(places) if any(_says(row, place) for row in rows)]
    if filled:
        letters = ", ".join(map(column_letters, filled))
        yield finding("E074", Span(name), what=f"hidden columns ({letters}), read like all others")


def _says(row: ListRow, place: int) -> bool:
    return place < len(row.cells) and bool(row.cells[place].text)


def _merged(sheet: Worksheet, name: str) -> Iterator[Finding]:
    """Cells that reach over several rows: all but the first would be read as empty."""
    for area in sheet.merged_cells.ranges:
        if area.max_row > area.min_row:
            yield finding("E033", Span(name, area.max_row), first=area.min_row)
