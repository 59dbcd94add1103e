"""A leaflet as a row of blocks: what plain text and braille are both written from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    """Of a list; also a row of a table, a word with its meaning, and a note."""
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line.

    Args:
        language: BCP 47.
        together: never broken over two lines: a telephone number, a number with its unit.
        isolate: runs from left to right, whatever is around it.
        call: leads to a telephone or an address, so that no full stop is put after it.
    """

    text: str
    language: str
    together: bool = False
    isolate: bool = False
    call: bool = False


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One block.

    Args:
        lines: what stands in lines of its own; the rows of a table have one a cell.
        level: of a heading (1 to 6), or of a list in lists (from 1).
        mark: before an item: `-`, `3.` or `[2]`; empty for the rows of a table.
        group: the list or table that it belongs to, counted from 1; 0 for none.
        box: the box that it stands in, counted from 1; 0 for none.
        leads: it leads into the next block, and is not parted from it.
        addresses: of web pages and e-mail that its words lead to, and do not name.
    """

    shape: Shape
    lines: tuple[Line, ...]
    level: int = 0
    mark: str = ""
    group: int = 0
    box: int = 0
    leads: bool = False
    addresses: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(said(line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Document:
    """A leaflet.

    Args:
        language: BCP 47.
        right_to_left: how its language is written.
        version: the version and the date, in words of its language; empty if it has none.
    """

    language: str
    right_to_left: bool
    blocks: tuple[Block, ...]
    version: Line = ()


def said(line: Line) -> str:
    """The words of a line."""
    return "".join(piece.text for piece in line)
