"""Braille for an embosser: pages of 25 lines of 40 cells.

The layout follows British practice, as far as it is told in UKAAF's B004 (“Guiding Principles for
the Presentation of Braille”, 2016): the number of the page at the top on the right, the title and
the headings of parts in the middle, headings below them from cell 5, paragraphs from cell 3, items
of lists from cell 1 with what runs over further in, tables in words. No word is split.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from leafpress.findings import Span
from leafpress.pages.render import Markup
from leafpress.plain.braille_lines import Cells, in_cells
from leafpress.plain.braille_tables import BLANK
from leafpress.plain.document import Block, Document, Line, Piece, Shape
from leafpress.plain.paging import (
    CELLS,
    LINES,
    BrailleRow,
    centred,
    filled,
    kept,
    pages,
    single_blanks,
)
from leafpress.plain.reading import read

_MIDDLE = 34
"""Most cells of a line in the middle: three stay free on both sides."""

BOX_LINE = "⠐" + "⠒" * (CELLS - 1)
"""Above and below a box: the horizontal line of UEB (Rules, 16.2), across the page."""

_DIGITS = dict(zip("1234567890", "⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚", strict=True))
_NUMBER_SIGN = "⠼"


@dataclass(frozen=True, slots=True)
class Brailled:
    """A leaflet in braille: what its lines were, their cells, and its pages of lines of cells."""

    lines: tuple[Line, ...]
    cells: Cells
    pages: list[list[str]]


def brailled(markup: Markup, grade: int, place: Span) -> Brailled:
    """An edition in braille of a grade, with what B004 wants said at its beginning.

    Raises:
        Problem: a character has no sign (P082); liblouis or a table is missing (B001, exit code 3).
    """
    document = _identified(read(markup), markup, grade)
    blocks = [_marked(block, document.language) for block in document.blocks]
    title = _title(blocks)
    lines = tuple(line for block in blocks for line in block.lines)
    cells = in_cells([*lines, title], document.language, grade, place)
    rows = single_blanks(list(_rows(blocks, cells)))
    return Brailled(lines, cells, _headed(pages(rows, LINES - 1), cells.of(title)))


def _identified(document: Document, markup: Markup, grade: int) -> Document:
    """The document, with its version, its language and who made the braille before its parts."""
    language = document.language
    note = f"{markup.language.native}. {markup.said['braille'].format(grade)}"
    told = [line for line in (document.version, (Piece(note, language),)) if line]
    blocks = list(document.blocks)
    parts = [i for i, each in enumerate(blocks) if each.shape is Shape.HEADING and each.level > 1]
    start = parts[0] if parts else len(blocks)
    blocks[start:start] = [Block(Shape.PARAGRAPH, (line,)) for line in told]
    return replace(document, blocks=tuple(blocks))


def _marked(block: Block, language: str) -> Block:
    """A block with its mark among its words. Dashes go: where an item begins shows it."""
    if block.mark in {"", "-"}:
        return block
    first = (Piece(f"{block.mark} ", language), *block.lines[0])
    return replace(block, lines=(first, *block.lines[1:]))


def _title(blocks: list[Block]) -> Line:
    """The title as it stands above each page: without capitals (B004, 6)."""
    for block in blocks:
        if block.shape is Shape.HEADING:
            return tuple(replace(each, text=each.text.lower()) for each in block.lines[0])
    return ()


def _headed(found: list[list[str]], title: str) -> list[list[str]]:
    """Pages with their number at the top on the right, and the title in the middle from page 2."""
    return [[_head(n, title if n > 1 else ""), *page] for n, page in enumerate(found, start=1)]


def page_number(number: int) -> str:
    """A number in cells: all codes of the language table write digits alike."""
    return _NUMBER_SIGN + "".join(_DIGITS[digit] for digit in str(number))


def _head(number: int, title: str) -> str:
    digits = page_number(number)
    start = (CELLS - len(title)) // 2
    fits = start > 0 and start + len(title) + 2 <= CELLS - len(digits)
    line = BLANK * start + title if title and fits else ""
    return line.ljust(CELLS - len(digits), BLANK) + digits


def _rows(blocks: list[Block], cells: Cells) -> Iterator[BrailleRow]:
    """All rows; those of a box between two lines."""
    for box, same in groupby(blocks, key=lambda block: block.box):
        rows = list(_inside(list(same), cells))
        if box:
            rows[-1] = replace(rows[-1], keep=True)
            yield from (
                BrailleRow(""),
                BrailleRow(BOX_LINE, keep=True),
                *rows,
                BrailleRow(BOX_LINE),
                BrailleRow(""),
            )
        else:
            yield from rows


def _inside(blocks: list[Block], cells: Cells) -> Iterator[BrailleRow]:
    """Rows, with a blank one before and after each list, and before a heading."""
    before: Block | None = None
    for group, same in groupby(blocks, key=lambda block: block.group):
        run = list(same)
        follows_heading = before is None or before.shape is Shape.HEADING
        if before is not None and not follows_heading and (group or before.group):
            yield BrailleRow("", keep=before.leads)
        deepest = max(block.level for block in run) if group else 0
        for block in run:
            if block.shape is Shape.HEADING and before is not None:
                yield BrailleRow("")
            yield from _block(block, cells, deepest)
            before = block


def _block(block: Block, cells: Cells, deepest: int) -> Iterator[BrailleRow]:
    lines = [cells.of(line) for line in block.lines]
    if block.shape is Shape.HEADING:
        yield from _heading(lines, block.level)
    elif block.shape is Shape.ITEM:
        first = 2 * block.level - 1
        over = 2 * deepest + 1
        yield from _held(filled(lines[0], first, over))
        for line in lines[1:]:
            yield from _held(filled(line, over, over + 2))
    else:
        found = [each for line in lines for each in filled(line, 3, 1)]
        yield from kept(found, next_too=True) if block.leads else _held(found)


def _heading(lines: list[str], level: int) -> Iterator[BrailleRow]:
    """Headings stay with two rows of what follows: see `_held`."""
    for line in lines:
        if level <= 2:
            yield from kept([*centred(line, _MIDDLE), ""], next_too=True)
        else:
            at = 5 if level == 3 else 7
            yield from kept(filled(line, at, at), next_too=True)


def _held(lines: list[str]) -> list[BrailleRow]:
    """Lines as rows; the first stays with the second, so that a heading keeps two rows."""
    return [
        BrailleRow(line, keep=index == 0 and len(lines) > 1) for index, line in enumerate(lines)
    ]
