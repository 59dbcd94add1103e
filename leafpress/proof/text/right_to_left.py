"""Whether a reader's text holds a block that runs from right to left.

No reader is asked for the order within a line there: poppler and pdfium work it out anew from where
glyphs stand, each by rules of its own, and what they make of it is no fault of the file, whose
order is asked of its tags (P040). They put Latin words and numbers elsewhere in a line, take a line
of many such words for one that runs from left to right, and a raised mark for a line's end. What
they are asked is every word of the script, letter for letter, joiners and vowel marks too, line
after line; and every number, Latin word and sign in these lines, each as often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from unicodedata import normalize

_LETTERS = (
    "\u0590-\u060b\u060d-\u061a\u061c-\u061e\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u08ff"
)
"""Letters and marks of the right-to-left blocks (UAX 9, table 4): no digits, no punctuation."""

_JOINERS = "\u200c\u200d"
_MARKS = re.compile(f"([\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed{_JOINERS}]+)")
"""Within a word pdfium takes them for pieces of their own (`CFX_BidiChar::AppendChar`)."""

_WORD = rf"[{_LETTERS}][{_LETTERS}{_JOINERS}]*"
_OTHER = rf"(?:(?![{_LETTERS}])[^\W\d_])"
_PIECE = re.compile(rf"(?P<word>{_WORD})|\d+|{_OTHER}+|[^\s{_JOINERS}]")
"""A word of the script; or a number, a word of another script, a sign."""

_BRACKETS = str.maketrans(")]}»›", "([{«‹")
"""pdfium mirrors them in what it turns around (`CPDF_TextPage::AddCharInfoByRLDirection`)."""


def runs_from_right(text: str) -> bool:
    """Whether most letters of a block run from right to left."""
    letters = sum(map(len, re.findall(_WORD, text)))
    return letters > len(re.findall(_OTHER, text))


class Line(NamedTuple):
    """A line, or a block: its words of the script in order, all else, and its page's number."""

    words: tuple[str, ...]
    others: Counter[str]
    page: int = 0

    @classmethod
    def of(cls, text: str, page: int = 0) -> Line:
        """The pieces of a text."""
        pieces = list(_PIECE.finditer(text))
        words = tuple(piece[0].rstrip(_JOINERS) for piece in pieces if piece["word"])
        others = Counter(piece[0].translate(_BRACKETS) for piece in pieces if not piece["word"])
        return cls(words, others, page)


@dataclass(frozen=True)
class LinesFromRight:
    """What a reader made of a file, line by line.

    Args:
        between: how many words of the script stand at most between what a page ends with and what
            the next begins with.
    """

    lines: tuple[Line, ...]
    between: float

    @classmethod
    def of(cls, pages: Iterable[Iterable[str]], between: float) -> LinesFromRight:
        """The lines of some pages."""
        lines = (Line.of(text, number) for number, page in enumerate(pages) for text in page)
        return cls(tuple(lines), between)

    def holds(self, text: str) -> bool:
        """Whether a block stands in it, also where a page's end cuts it in two."""
        block = Line.of(text)
        places = self._starts(block.words) if block.words else self._without_words(block.others)
        return any(block.others <= others for others in places)

    def _without_words(self, others: Counter[str]) -> Iterator[Counter[str]]:
        """What stands in each line with the next, as an address may be cut, and any of others."""
        for number, line in enumerate(self.lines):
            if not line.others.keys().isdisjoint(others):
                following = self.lines[number + 1 : number + 2]
                yield sum((next_.others for next_ in following), line.others)

    @cached_property
    def _ways(self) -> list[tuple[Counter[str], Counter[str]]]:
        """The words of each line, and what they are where it was read from its other end."""
        return [(Counter(line.words), Counter(map(_turned, line.words))) for line in self.lines]

    @cached_property
    def _by_word(self) -> dict[str, list[int]]:
        """The lines in which a word stands."""
        found: dict[str, list[int]] = {}
        for number, (as_is, turned) in enumerate(self._ways):
            for word in as_is | turned:
                found.setdefault(word, []).append(number)
        return found

    def _starts(self, words: tuple[str, ...]) -> Iterator[Counter[str]]:
        """All else in the lines of each place where words stand."""
        for number in self._by_word.get(words[0], []):
            before = self._others(number - 1, -1)
            for way in self._ways[number]:
                for count in range(1, min(len(words), way.total()) + 1):
                    if Counter(words[:count]) <= way:
                        rest = self._rest(words[count:], number)
                        yield from (before + others for others in rest)

    def _rest(self, words: tuple[str, ...], number: int) -> Iterator[Counter[str]]:
        """The same of a line in which a block goes on, and of those after it."""
        others = self.lines[number].others
        if not words:
            yield others + self._others(number + 1, 1)
            return
        for next_ in self._next(number, words[0]):
            count = min(len(words), len(self.lines[next_].words))
            if any(Counter(words[:count]) <= way for way in self._ways[next_]):
                rest = self._rest(words[count:], next_)
                yield from (others + beyond for beyond in rest)

    def _others(self, number: int, step: int) -> Counter[str]:
        """All else beside the lines of a block, whose first or last lines may have no word."""
        others: Counter[str] = Counter()
        while 0 <= number < len(self.lines):
            others += self.lines[number].others
            if self.lines[number].words:
                break
            number += step
        return others

    def _next(self, number: int, word: str) -> Iterator[int]:
        """The lines that words may go on with: the next, or those that hold it on the next page."""
        if number + 1 < len(self.lines):
            yield number + 1
        page = self.lines[number].page + 1
        first = self._first_lines.get(page, len(self.lines))
        if self.lines[number].words and self._count(number + 1, first) <= self.between:
            for next_ in self._by_word.get(word, []):
                is_there = self.lines[next_].page == page and next_ > number + 1
                if is_there and self._count(first, next_) <= self.between:
                    yield next_

    @cached_property
    def _first_lines(self) -> dict[int, int]:
        """The first line of each page."""
        numbers = range(len(self.lines) - 1, -1, -1)
        return {self.lines[number].page: number for number in numbers}

    def _count(self, start: int, end: int) -> int:
        return sum(len(line.words) for line in self.lines[start:end])


NO_LINES = LinesFromRight((), 0)


def _turned(word: str) -> str:
    """A word of a line that was read from the left: its letters before a mark come last there."""
    return normalize("NFC", "".join(reversed(_MARKS.split(word)))).strip(_JOINERS)
