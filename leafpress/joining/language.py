"""The language of a file that names it only where its words stand.

A file without a language in its root may still say it of every word, on elements or in the
marks on its pages (ISO 14289-1, 7.2). What then belongs to no place, as its title and bookmarks,
takes the language that most of its content has. One word without: nothing is concluded.
"""

from __future__ import annotations

from collections import Counter

from pikepdf import Dictionary, Stream

from leafpress.joining import marked_content
from leafpress.pdf_objects import ObjectRef, object_ref


class ContentLanguages:
    """The languages of the content of one tree, noted element by element."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._unnamed: dict[ObjectRef, tuple[Dictionary | Stream, set[int]]] = {}
        self._unknown = False

    def spoken_words(self, language: str) -> None:
        """An element has words to be read aloud, in `language` ("" if nothing says which)."""
        self._unknown |= not language

    def content(self, owner: Dictionary | Stream, mcid: int, language: str) -> None:
        """An element has content in `language`: `mcid` on a page or in a form."""
        if language:
            self._counts[language] += 1
        else:
            self._unnamed.setdefault(object_ref(owner), (owner, set()))[1].add(mcid)

    def most_used(self) -> str:
        """The language of most content; "" as long as some is in nobody knows which.

        Raises:
            pikepdf.PdfError: a page's content cannot be read.
            WrongShape: a page's content is no stream.
        """
        if self._unknown or self._is_too_long():
            return ""
        for owner, mcids in self._unnamed.values():
            languages = marked_content.languages(owner)
            for mcid in mcids:
                self._counts.update(languages.get(mcid, ()))
        if "" in self._counts:
            return ""
        return max(self._counts, key=self._order, default="")

    def _is_too_long(self) -> bool:
        """Whether there is more content than is read for languages."""
        size = 0
        for owner, _ in self._unnamed.values():
            size += len(marked_content.content(owner))
            if size > marked_content.EXACT:
                return True
        return False

    def _order(self, language: str) -> tuple[int, str]:
        return self._counts[language], language
