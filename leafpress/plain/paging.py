"""Cells in rows, and rows on pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from leafpress.plain.braille_tables import BLANK, NO_BREAK

CELLS, LINES = 40, 25


@dataclass(frozen=True, slots=True)
class BrailleRow:
    """A line of cells. `keep`: it stands on the page of the row after it."""

    cells: str
    keep: bool = False


def filled(cells: str, first: int, later: int, most: int = CELLS) -> list[str]:
    """Cells in lines of `most` cells at most, that begin at cell `first`, then at cell `later`.

    Words are not split; only one that is longer than a line is, since it must stand somewhere.
    """
    found, line = list[str](), BLANK * (first - 1)
    begins = len(line)
    for word in _words(cells, most - later + 1):
        blank = BLANK if len(line) > begins else ""
        if len(line + blank + word) > most and len(line) > begins:
            found.append(line)
            line, blank = BLANK * (later - 1), ""
            begins = len(line)
        line += blank + word
    return [each.replace(NO_BREAK, BLANK) for each in (*found, line)]


def _words(cells: str, longest: int) -> Iterator[str]:
    for word in cells.split(BLANK):
        yield from (word[at : at + longest] for at in range(0, len(word), longest))


def centred(cells: str, most: int) -> list[str]:
    """Cells in lines in the middle of the page."""
    lines = filled(cells, 1, 1, most)
    return [BLANK * ((CELLS - len(line)) // 2) + line for line in lines]


def single_blanks(rows: list[BrailleRow]) -> list[BrailleRow]:
    """Rows with one blank row where several follow each other."""
    found: list[BrailleRow] = []
    for row in rows:
        if found and not found[-1].cells and not row.cells:
            found[-1] = replace(row, keep=row.keep or found[-1].keep)
        else:
            found.append(row)
    return found


def pages(rows: list[BrailleRow], height: int) -> list[list[str]]:
    """Rows on pages of `height` rows at most: none begins with a blank row, or ends with one.

    A row that is kept with the next goes to the next page with it, unless all rows of a page are.
    """
    found, rest = list[list[str]](), _stripped(rows)
    while rest:
        end = _end(rest, height)
        found.append([row.cells for row in _stripped(rest[:end])])
        rest = _stripped(rest[end:])
    return found


def _end(rows: list[BrailleRow], height: int) -> int:
    if len(rows) <= height:
        return len(rows)
    end = height
    while end and rows[end - 1].keep:
        end -= 1
    return end or height


def _stripped(rows: list[BrailleRow]) -> list[BrailleRow]:
    """Rows without the blank ones at both ends."""
    start, end = 0, len(rows)
    while start < end and not rows[start].cells:
        start += 1
    while start < end and not rows[end - 1].cells:
        end -= 1
    return rows[start:end]


def kept(lines: list[str], *, next_too: bool = False) -> list[BrailleRow]:
    """Lines as rows that stay on one page, with the row after them if `next_too`."""
    rows = [BrailleRow(line, keep=True) for line in lines]
    return rows if next_too else [*rows[:-1], replace(rows[-1], keep=False)]
