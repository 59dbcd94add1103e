"""Near sentences: which known English a new one was probably made from, as `msgmerge` guesses.

Comparing every sentence with every other letter by letter takes a minute for a leaflet of 500. So
the few that share most words are found by an index, and only those are compared.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import nlargest

ALIKE = 0.6
"""How alike two texts are at least, of 1: what `msgmerge` asks (gettext 0.22, FUZZY_THRESHOLD)."""

_STEM = 4
"""Letters by which words are taken for the same: plurals, endings and most slips of the pen."""

_TRIED = 2
"""How many of those that share most words are compared."""

_SHORT = 6
"""Words: shorter texts are compared letter by letter, longer ones word by word."""

_WORD = re.compile(r"\w+|[^\w\s]+")


@dataclass(frozen=True, slots=True)
class NearText:
    """A known text.

    Args:
        likeness: how alike it is, of 1.
    """

    text: str
    likeness: float


class NearTexts:
    """Known texts, to be asked for the nearest to another."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = list(dict.fromkeys(texts))
        self._words = [_WORD.findall(text.casefold()) for text in self._texts]
        stems = list(map(_stems, self._words))
        self._sizes = list(map(len, stems))
        self._holders: dict[str, list[int]] = defaultdict(list)
        for number, own in enumerate(stems):
            for stem in own:
                self._holders[stem].append(number)

    def nearest(self, text: str) -> NearText | None:
        """The nearest text; None where none is near. The text itself is the nearest of all."""
        words = _WORD.findall(text.casefold())
        best = self._sharing(_stems(words))
        compared = [NearText(self._texts[n], self._likeness(text, words, n)) for n in best]
        near = [known for known in compared if known.likeness >= ALIKE]
        return max(near, key=lambda known: known.likeness, default=None)

    def _sharing(self, stems: frozenset[str]) -> list[int]:
        """The texts that share most stems, of those of both texts (Dice's coefficient)."""
        shared = Counter[int]()
        for stem in stems:
            shared.update(self._holders.get(stem, ()))
        own, sizes = len(stems), self._sizes
        return nlargest(_TRIED, shared, key=lambda n: (shared[n] / (own + sizes[n]), -n))

    def _likeness(self, text: str, words: list[str], number: int) -> float:
        if min(len(words), len(self._words[number])) < _SHORT:
            pair = (text.casefold(), self._texts[number].casefold())
            return SequenceMatcher(None, *pair, autojunk=False).ratio()
        return SequenceMatcher(None, words, self._words[number], autojunk=False).ratio()


def _stems(words: list[str]) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in words)
