"""Words that a line breaks in two, for want of room. Large print splits no words (UKAAF G003)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from leafpress.pages import fonts
from leafpress.pdf.layout import Rendering
from leafpress.pdf.tags.reading import descend, words_of
from leafpress.pdf.text.line_ends import LineEnds


def split_words(rendering: Rendering) -> Iterator[tuple[int, str]]:
    """The page, and the word with a stroke where its line ends: `Donaudampf|schiff`.

    A hyphen, a slash or a place that the HTML names (`<wbr>`) may end a line, and so may every
    Chinese character: only between two letters or digits is a word split.
    """
    if fonts.TYPEFACES[rendering.markup.language.script].unspaced:
        return
    ends = LineEnds(rendering.root)
    last: dict[Any, Any] = {}
    for number, block, line in lines(rendering):
        before = last.get(ends.owner(line[0], block))
        ends.line(block, line)
        if before and before not in ends.blanks and _joins(before.text[-1:] + line[0].text[:1]):
            yield number, f"{before.text.split()[-1]}|{line[0].text.split()[0]}"
        last[ends.owner(line[-1], block)] = line[-1]


def _joins(pair: str) -> bool:
    return len(pair) == 2 and all(unicodedata.category(each)[0] in "LMN" for each in pair)


def lines(rendering: Rendering) -> Iterator[tuple[int, Any, list[Any]]]:
    """Every line with words, with the element that it stands in.

    Lines in margins and repeated heads of tables are left out: they are no new words.
    """
    heads: set[Any] = set()
    for number, page in enumerate(rendering.document.pages, start=1):
        for child in page._page_box.children:
            if type(child).__name__ != "MarginBox":
                yield from ((number, *line) for line in _within(child, None, frozenset(heads)))
                heads |= {each.element for each in descend(child) if _is_head(each)}


def _is_head(box: Any) -> bool:
    return bool(getattr(box, "is_header", False))


def _within(box: Any, block: Any, heads: frozenset[Any]) -> Iterator[tuple[Any, list[Any]]]:
    box = getattr(box, "_box", box)  # an absolutely placed box stands behind a placeholder
    name = type(box).__name__
    if _is_head(box) and box.element in heads:
        return
    if name == "LineBox":
        words = [each for each in words_of(box) if each.text.strip()]
        if words:
            yield block, words
    elif not name.startswith("Inline") or name == "InlineBlockBox":
        block = block if box.element is None else box.element
    for child in getattr(box, "children", ()):
        yield from _within(child, block, heads)
