"""What a line of a format holds, and what follows: a table or a list, an address in pieces.

All depends on a format's row: the width of its lines and its type size. Lengths are in points.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from leafpress.content import inline
from leafpress.content.blocks import ContactsBlock, DiaryBlock, TableBlock
from leafpress.content.region import Directory
from leafpress.pages.formats import Format

CHARACTER = 0.5
"""Width of a character against type size. Measured in our leaflets: 0.44 in running text of
Latin and Bengali, 0.49 in large Urdu, 0.48 to 0.50 in bold, which heads of tables are."""

LEAST_COLUMN = 12
"""Characters that a column of a table holds at least: with fewer, most lines hold one word."""

LEAST_TICK = 3
"""Characters that a column holds in which only ticks are made: at 14 pt, 7 mm."""

CELL = 12.0
"""What a cell's padding takes of its column (`styles/blocks.css`)."""

TICK_CELL = 3.0
"""The same of a cell in which only ticks are made."""

SHORT = 12
"""Up to so many characters a cell stays on one line: “Any time”, “GP or 111”."""

NAME = 24
"""Up to so many characters the name of a service stays on one line, wherever it stands."""

Columns = Sequence[Sequence[str]]
"""The texts of a table, column by column, heads included, as they are printed."""


def points(format_: Format) -> float:
    """The width of a line."""
    return format_.width * 72 / 25.4


def line(format_: Format) -> float:
    """How many characters a line of running text holds."""
    return points(format_) / (CHARACTER * format_.body)


def lines(text: str, format_: Format) -> int:
    """How many lines a text needs; words that do not fit leave about a tenth of a line."""
    return math.ceil(1.1 * len(text) / line(format_))


def holds(format_: Format, columns: Columns) -> bool:
    """Whether a table of these texts is readable: wide columns, and no word wider than its own."""
    characters = (points(format_) - CELL * len(columns)) / (CHARACTER * format_.table)
    needed = sum(_needed(column, format_) for column in columns)
    return characters / len(columns) >= LEAST_COLUMN and needed <= characters


def holds_ticks(format_: Format, columns: Columns) -> bool:
    """Whether columns of one width, in which only ticks are made, hold the words in them.

    A character more than the longest has, since a single word may be of wide letters only.
    """
    column = (points(format_) / len(columns) - TICK_CELL) / (CHARACTER * format_.table)
    longest = max(_longest(text, format_) for texts in columns for text in texts)
    return column >= max(LEAST_TICK, longest + 1)


def is_short(text: str, most: int, format_: Format) -> bool:
    """Whether a cell's text stays on one line; in large print every column may be needed."""
    return len(text) <= most and not format_.large


def _needed(column: Sequence[str], format_: Format) -> int:
    """The characters that a column holds at least: its longest piece, and no thread of words."""
    longest_text = max(map(len, column), default=0)
    longest_piece = max((_longest(text, format_) for text in column), default=0)
    return max(longest_piece, min(longest_text, LEAST_COLUMN))


def _longest(text: str, format_: Format) -> int:
    """The characters of a cell's longest piece that is never broken."""
    if is_short(text, SHORT, format_):
        return len(text)
    return max(map(len, text.split()), default=0)


def tabular(
    block: TableBlock | DiaryBlock | ContactsBlock, directory: Directory, format_: Format
) -> bool:
    """Whether a block may become a table in this format."""
    texts = columns(block, directory)
    if isinstance(block, DiaryBlock) and block.ticks:
        return holds_ticks(format_, texts)
    return holds(format_, texts)


def columns(block: TableBlock | DiaryBlock | ContactsBlock, directory: Directory) -> Columns:
    """The texts of a block that may become a table."""
    if isinstance(block, ContactsBlock):
        return _of_contacts(block, directory)
    if isinstance(block, DiaryBlock):
        return [[_printed(head, directory)] for head in block.columns]
    rows = (block.columns, *block.cells)
    return [[_printed(cell, directory) for cell in column] for column in zip(*rows, strict=True)]


def _of_contacts(block: ContactsBlock, directory: Directory) -> Columns:
    """Numbers are never broken, so that each counts as one word; headings are short words."""
    listed = directory.listed(block.contacts)
    numbers = [
        each.replace(" ", "-")
        for contact in listed
        for each in (contact.telephone, contact.sms, contact.email, contact.web)
        if each
    ]
    names, purposes = [str(each.name) for each in listed], [str(each.purpose) for each in listed]
    return [names, [each.removeprefix("https://") for each in numbers], purposes]


def _printed(text: str, directory: Directory) -> str:
    return inline.PLACEHOLDER.sub(lambda match: str(directory[match[1]].short), inline.plain(text))


_PIECE = re.compile(r"[.]?[^/@&?=.]{0,24}[/@&?=]*")
"""Between the pieces an address may go on in the next line: after a slash, before a dot, and after
24 characters without either, which fit on every line."""

ROOM = 0.75
"""What lists, boxes and cells leave of a line."""


def address(text: str, format_: Format) -> Markup:
    """A web or e-mail address; one that is longer than a line may be broken at its joints."""
    return escape(text) if len(text) <= ROOM * line(format_) else jointed(text)


def jointed(text: str) -> Markup:
    """An address that may be broken at its joints."""
    pieces = Markup("<wbr>").join(map(escape, filter(None, _PIECE.findall(text))))
    return Markup('<span class="jointed">{}</span>').format(pieces)
