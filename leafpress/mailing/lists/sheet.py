"""A list as rows of cells: what its file says, before anybody knows which column is which."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from leafpress.findings import Finding, Span

MOST_CELLS = 3_000_000
"""Cells of a list, empty ones too: 100,000 rows of 30."""

MOST_COLUMNS = 16_384
"""Cells of a row: as many as a spreadsheet has columns (A to XFD)."""

_WRAPPED = re.compile(r'="([^"]*)"')
"""How programs keep a spreadsheet from changing a number: `="0030612"`."""


@dataclass(frozen=True, slots=True)
class ListCell:
    """One cell.

    Args:
        text: what it says, without blanks at its ends.
        trouble: why it must not be believed, in words that finish "this cell holds …".
        number: the spreadsheet stored a number, which has lost its leading zeros.
        comment: what a note that hangs on the cell says.
    """

    text: str = ""
    trouble: str = ""
    number: bool = False
    comment: str = ""


EMPTY = ListCell()
"""The cell in which nothing stands: one for all, since most cells of some lists are empty."""


STRUCK_OUT = "struck out"
"""The trouble of a cell with a line through it."""


def column_letters(place: int) -> str:
    """How a spreadsheet calls a column (from 0): A to Z, then AA and AB."""
    letters = ""
    while place >= 0:
        letters = chr(ord("A") + place % 26) + letters
        place = place // 26 - 1
    return letters


def unwrapped(text: str) -> str:
    """A cell's text without blanks at its ends, and without `="…"` about it."""
    text = text.strip()
    wrapped = _WRAPPED.fullmatch(text)
    return wrapped[1].strip() if wrapped else text


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row, numbered from 1 as a spreadsheet shows it."""

    number: int
    cells: tuple[ListCell, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all stands in it."""
        return not any(cell.text or cell.trouble or cell.comment for cell in self.cells)


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A table as it stands in its file; headings are a row like any other.

    Args:
        name: how findings call the list.
        title: the sheet's name in a workbook.
        digest: SHA-256 of the file.
    """

    name: str
    rows: tuple[ListRow, ...]
    digest: str
    title: str = ""
    findings: tuple[Finding, ...] = field(default=())

    def span(self, row: int = 0) -> Span:
        """Where findings about a row say they are; 0 for the whole sheet."""
        return Span(self.name, row)
