"""A list as rows of cells: what its file says, before anybody knows which column is which."""

from __future__ import annotations

from dataclasses import dataclass, field

from leafpress.findings import Finding, Span


@dataclass(frozen=True, slots=True)
class ListCell:
    """One cell.

    Args:
        text: what it says, without blanks at its ends.
        trouble: why it must not be believed, in words that finish "this cell holds …".
        number: the spreadsheet stored a number, which has lost its leading zeros.
    """

    text: str = ""
    trouble: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row, numbered from 1 as a spreadsheet shows it."""

    number: int
    cells: tuple[ListCell, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all stands in it."""
        return not any(cell.text or cell.trouble for cell in self.cells)


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
