"""The language of a file that names it only where its words stand.

A file without a language in its catalogue may still say it of every word, on elements or in the
marks on its pages (ISO 14289-1, 7.2). What then belongs to no place, as its title and bookmarks,
takes the language that most of its content has. One word without: nothing is concluded.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from typing import Any

from leafpress.joining import marked_content
from leafpress.joining.limits import key_of


class Tongues:
    """The languages of the content of one tree, heard element by element."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._silent: dict[tuple[int, int], tuple[Any, set[int]]] = {}
        self._unknown = False

    def words(self, language: str) -> None:
        """An element has words to be read aloud, in `language` ("" if nothing says which)."""
        self._unknown |= not language

    def content(self, owner: Any, mcid: int, language: str) -> None:
        """An element has content in `language`: `mcid` on a page or in a form."""
        if language:
            self._counts[language] += 1
        else:
            self._silent.setdefault(key_of(owner), (owner, set()))[1].add(mcid)

    def main(self) -> str:
        """The language of most content; "" as long as some is in nobody knows which.

        Raises:
            pikepdf.PdfError: a page's content cannot be read.
        """
        if self._unknown or self._too_long():
            return ""
        for owner, mcids in self._silent.values():
            said = marked_content.languages(owner)
            self._counts.update(each for mcid in mcids for each in said.get(mcid, ()))
        return "" if "" in self._counts else max(self._counts, key=self._order, default="")

    def _too_long(self) -> bool:
        sizes = accumulate(len(marked_content.content(owner)) for owner, _ in self._silent.values())
        return any(size > marked_content.EXACT for size in sizes)

    def _order(self, language: str) -> tuple[int, str]:
        return self._counts[language], language
