"""Where a line ends between two words: there the text needs a blank that nobody sees.

Layout drops the blank at which it breaks a line. A reader that takes the text from the tags
would glue the words together. Lines also break inside words, at a hyphen or between Chinese
characters, so the words of the HTML decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

_BLANKS = re.compile(r"[ \t\n\r\f]+")


class LineEnds:
    """Reads the pages' text boxes in order, and notes after which of them a blank belongs."""

    def __init__(self, root: Any) -> None:
        self._parents = {child: parent for parent in root.iter() for child in parent}
        self.blanks: set[Any] = set()
        """Text boxes after whose words a blank has to be painted."""
        self._words: dict[Any, _Words] = {}
        self._last: dict[Any, tuple[Any, bool]] = {}

    def line(self, block: Any, line: list[Any]) -> None:
        """Read a line: text boxes that stand in one line of the element `block`.

        Items of a list that runs in share lines, and each has words of its own.
        """
        for owner, words in groupby(line, key=lambda box: self.owner(box, block)):
            self._read(owner, list(words))

    def owner(self, box: Any, block: Any) -> Any:
        """The block that words in a line of `block` belong to: an item may be set inside a line."""
        element = box.element
        while element is not block and element in self._parents and not _is_block(element):
            element = self._parents[element]
        return element

    def _read(self, block: Any, line: list[Any]) -> None:
        seen = [(box, *self._blanks_around(block, box)) for box in line]
        painted = [each for each in seen if each[0].text.strip("\n")]
        if not painted:
            return
        first, last = painted[0], painted[-1]
        if block in self._last:
            box, after = self._last[block]
            if after or first[1]:
                self.blanks.add(box)
        self._last[block] = (last[0], last[2])

    def _blanks_around(self, block: Any, box: Any) -> tuple[bool, bool]:
        """Whether the HTML has a blank before and after these words that layout dropped."""
        if "::" in box.element_tag:
            return False, False
        words = self._words.get(block)
        if words is None:
            words = self._words[block] = _Words(block)
        return words.take(box.text)


class _Words:
    """A block's text without that of blocks inside it, read from start to end."""

    def __init__(self, block: Any) -> None:
        self._text = _BLANKS.sub(" ", "".join(_inline(block)))
        self._lower = self._text.lower()
        self._at = 0

    def take(self, words: str) -> tuple[bool, bool]:
        """Read `words`; whether blanks that they do not hold stand before and after them."""
        wanted = _BLANKS.sub(" ", words).strip(" ")
        start = self._text.find(wanted, self._at)
        if start < 0:  # style sheets may have changed its case
            start = self._lower.find(wanted.lower(), self._at)
        if start < 0:
            return False, not words.endswith(("-", "\u2010", "/", "\u200b", "\u00ad"))
        self._at = start + len(wanted)
        before = self._text[start - 1 : start] == " "
        after = self._text[self._at : self._at + 1] == " "
        return before and words[:1] != " ", after and words[-1:] != " "


_BLOCK_TAGS = (
    "address article aside blockquote caption div dl fieldset figcaption figure footer form h1 h2 "
    "h3 h4 h5 h6 header hr img li main nav ol p pre section svg table ul"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
"""Elements that are no part of the line around them."""


def _is_block(element: Any) -> bool:
    return str(element.tag).rpartition("}")[2] in _BLOCKS


def _inline(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if str(child.tag).rpartition("}")[2] == "br":
            yield " "
        elif _is_block(child):
            yield "\ufffc"
        else:
            yield from _inline(child)
        yield child.tail or ""
