"""Plain text: for e-mail, for programs that read aloud, and for interpreters.

Paragraphs, lists and headings stand as WCAG's techniques T1, T2 and T3 for plain text ask: one
blank line between paragraphs, a mark before each item, two blank lines before a heading and one
after it. Nothing is drawn with characters, since programs that read aloud read those too.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from leafpress.plain.document import Block, Document, Line, Shape, said
from leafpress.translation.direction import END, LEFT_TO_RIGHT, is_right_to_left, isolated, sided
from leafpress.translation.typography import NO_BREAK

WIDTH = 72
"""Columns: mail programs break lines after 78 (RFC 5322, 2.1.1), and answers put marks before."""

SMALL_HEADING = 4
"""Headings from this level on stand inside a box where they are of one: those over its signs."""


def write(document: Document) -> str:
    """The whole text: NFC, lines of `WIDTH` columns at most that end in LF."""
    parts: list[str] = []
    before: Block | None = None
    for block in document.blocks:
        parts += [""] * _blank_lines(before, block)
        parts += _lines(block, document)
        before = block
    return unicodedata.normalize("NFC", "\n".join(parts) + "\n")


def _blank_lines(before: Block | None, block: Block) -> int:
    if before is None:
        return 0
    if block.shape is Shape.HEADING:
        return 2
    is_one_list = block.group and block.group == before.group
    return 0 if is_one_list and block.mark and before.mark else 1


def _lines(block: Block, document: Document) -> Iterator[str]:
    indent = "  " * _levels(block)
    mark = f"{block.mark} " if block.mark else ""
    for line in block.lines:
        words = _words(line, document)
        for wrapped in wrap(words, WIDTH - len(indent + mark)):
            text = sided(mark + wrapped) if document.right_to_left else mark + wrapped
            yield indent + text
            mark = " " * len(mark)
    yield from (indent + mark + address for address in block.addresses)


def _levels(block: Block) -> int:
    """How many levels a block is indented: inside a box, and in lists inside lists."""
    if block.shape is Shape.HEADING and block.level < SMALL_HEADING:
        return 0
    levels = 1 if block.box else 0
    if block.shape is Shape.ITEM:
        levels += max(0, block.level - 1)
    return levels


def _words(line: Line, document: Document) -> str:
    turned = document.right_to_left and is_right_to_left(said(line))
    parts = []
    for piece in line:
        text = piece.text.replace(" ", NO_BREAK) if piece.together else piece.text
        parts.append(_in_order(text, piece.isolate) if turned else text)
    return "".join(parts)


def _in_order(text: str, is_left_to_right: bool) -> str:
    """A piece of a right-to-left line."""
    return f"{LEFT_TO_RIGHT}{text}{END}" if is_left_to_right else isolated(text, "rtl")


def wrap(text: str, columns: int) -> Iterator[str]:
    """Lines of no more than so many columns; a longer word has a line of its own.

    A piece that runs from left to right ends with its line, and begins again in the next.
    """
    line, used = "", 0
    for word in text.split(" "):
        if not line:
            line, used = word, width(word)
        elif used + 1 + width(word) <= columns:
            line, used = f"{line} {word}", used + 1 + width(word)
        elif line.count(LEFT_TO_RIGHT) > line.count(END):
            yield line + END
            line, used = LEFT_TO_RIGHT + word, width(word)
        else:
            yield line
            line, used = word, width(word)
    yield line


def width(text: str) -> int:
    """Columns that a text takes in a row of equal ones (Unicode's UAX 11; marks take none)."""
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
