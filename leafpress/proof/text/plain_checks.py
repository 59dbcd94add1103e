"""Plain text and braille, read back: nothing is lost, and nothing is too long.

The words that are looked for are those of `blocks.of_markup`, which shares no code with what
writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from leafpress.findings import Finding, Span
from leafpress.plain import brf
from leafpress.plain.braille import BOX_LINE, Brailled, page_number
from leafpress.plain.braille_tables import BLANK, NO_BREAK
from leafpress.plain.paging import CELLS, LINES
from leafpress.plain.text import WIDTH, width
from leafpress.proof.tags import blocks
from leafpress.rules import finding

_MARK = re.compile(r"^ *\u200f?(?:-|\d+\.|\[\d+\]) ", re.MULTILINE)
_NUMBER = re.compile(r" \(\+?\d[\d ]*\)")
_NOTE = re.compile(r"\[(\d+)\]")


def text(html: str, written: str, place: Span) -> Iterator[Finding]:
    """Words of a page that a plain text lacks (P080), and lines that are too long (P081)."""
    for words in _lost(html, written):
        yield finding("P080", place, words=words[:80])
    for number, line in enumerate(written.split("\n"), start=1):
        if width(line) > WIDTH and " " in _MARK.sub("", line).strip():
            yield finding("P081", place, line=number, columns=width(line), most=WIDTH)


def _lost(html: str, written: str) -> Iterator[str]:
    """Blocks whose words do not stand in the text, one after the other.

    Heads of tables are said again in every row, so they may stand anywhere after what is before.
    """
    readings = [_Reading(_bare(words)) for words in (_MARK.sub("", written), written)]
    for line in blocks.of_markup(html):
        wanted = _bare(line.text)
        # In both, so that both go on: a line may begin with “67. ”, where a sentence ends.
        found = [reading.finds(wanted, goes_on=line.type != "TH") for reading in readings]
        if not any(found):
            yield line.text


@dataclass
class _Reading:
    """A text that is read from its start, without the marks of lists or with them."""

    words: str
    at: int = 0

    def finds(self, wanted: str, *, goes_on: bool) -> bool:
        """Whether the words stand in what was not read yet; what goes on is read up to there."""
        found = self.words.find(wanted, self.at)
        if found >= 0 and goes_on:
            self.at = found + len(wanted)
        return found >= 0


def _bare(words: str) -> str:
    """Words without what plain text adds: numbers that links hide, and brackets about notes."""
    return blocks.plain(_NOTE.sub(r"\1", _NUMBER.sub("", blocks.plain(words))))


def braille(brailled: Brailled, data: bytes, place: Span) -> Iterator[Finding]:
    """Cells that a file lacks or has too many of (P080), and pages of a wrong size (P083)."""
    try:
        pages = brf.decode(data)
    except ValueError as error:
        yield finding("P083", place, problem=f"this is no ASCII braille: {error}")
        return
    for problem in _sizes(pages):
        yield finding("P083", place, problem=problem)
    body = (row for page in pages for row in page[1:] if row != BOX_LINE)
    there = "".join(body).replace(BLANK, "")
    at = 0
    for line in brailled.lines:
        wanted = re.sub(f"[{BLANK}{NO_BREAK}]", "", brailled.cells.of(line))
        if not there.startswith(wanted, at):
            yield finding("P080", place, words="".join(piece.text for piece in line)[:80])
            return
        at += len(wanted)
    if at < len(there):
        yield finding("P083", place, problem="there are cells in it that no words stand for")


def _sizes(pages: list[list[str]]) -> Iterator[str]:
    for number, page in enumerate(pages, start=1):
        if len(page) > LINES:
            yield f"page {number} has {len(page)} lines, more than {LINES}"
        if any(len(row) > CELLS for row in page):
            yield f"page {number} has a line of more than {CELLS} cells"
        if not page or not page[0].endswith(BLANK + page_number(number)):
            yield f"page {number} does not have its number at the top on the right"
