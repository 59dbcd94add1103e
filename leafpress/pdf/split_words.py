"""Words that a line breaks in two, for want of room. Large print splits no words (UKAAF G003)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from leafpress.pages import fonts
from leafpress.pdf.layout import Rendering
from leafpress.pdf.tags.reading import descend, words_of
from leafpress.pdf.text.line_ends import LineEnds

LineOfWords = tuple[int, Any, list[Any]]
"""The page from 1, the element that a line stands in, its text boxes."""


def split_words(rendering: Rendering, every: Iterable[LineOfWords]) -> Iterator[tuple[int, str]]:
    """The page, and the word with a stroke where its line ends: `Donaudampf|schiff`.

    A hyphen, a slash or a place that the HTML names (`<wbr>`) may end a line, and so may every
    Chinese character: only between two letters or digits is a word split.
    """
    if fonts.TYPEFACES[rendering.markup.language.script].unspaced:
        return
    ends = LineEnds(rendering.root)
    last: dict[Any, Any] = {}
    for number, block, line in every:
        before = last.get(ends.owner(line[0], block))
        ends.line(block, line)
        if before and before not in ends.blanks and _joins(before.text[-1:] + line[0].text[:1]):
            yield number, f"{before.text.split()[-1]}|{line[0].text.split()[0]}"
        last[ends.owner(line[-1], block)] = line[-1]


def _joins(pair: str) -> bool:
    return len(pair) == 2 and all(unicodedata.category(each)[0] in "LMN" for each in pair)


def lines(rendering: Rendering) -> Iterator[LineOfWords]:
    """Every line with words, with the element that it stands in.

    Lines in margins and repeated heads of tables are left out: they are no new words.
    """
    heads: set[Any] = set()
    for number, page in enumerate(rendering.document.pages, start=1):
        for child in page._page_box.children:
            if type(child).__name__ != "MarginBox":
                words: list[tuple[Any, list[Any]]] = []
                _within(child, None, heads, words)
                yield from ((number, *line) for line in words)
                heads |= {each.element for each in descend(child) if _is_head(each)}


def _is_head(box: Any) -> bool:
    return bool(getattr(box, "is_header", False))


def _within(box: Any, block: Any, heads: set[Any], found: list[tuple[Any, list[Any]]]) -> None:
    """Enter the lines of a box."""
    box = getattr(box, "_box", box)  # an absolutely placed box stands behind a placeholder
    name = type(box).__name__
    if _is_head(box) and box.element in heads:
        return
    if name == "LineBox":
        words = [each for each in words_of(box) if each.text.strip()]
        if words:
            found.append((block, words))
    elif not name.startswith("Inline") or name == "InlineBlockBox":
        block = block if box.element is None else box.element
    for child in getattr(box, "children", ()):
        _within(child, block, heads, found)
