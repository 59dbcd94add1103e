"""Whether a language's catalogues say the same thing in the same words, and only that."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from leafpress.findings import Finding
from leafpress.translation.checks.pair import SentencePair, short

_TABLE = Path(__file__).with_name("words") / "english.toml"

_WORDS = re.compile(r"\{[\w-]+\}|%\(\w+\)[sd]|[^\W_]+")
"""Words, and placeholders as words."""

_END = re.compile(r"[\s.?!:;۔؟।。？！።፤·]+$")


def check(pairs: Sequence[SentencePair]) -> Iterator[Finding]:
    """One English in two translations (T030), two English in one translation (T031)."""
    yield from _two_ways(pairs)
    yield from _alike(pairs)


def _two_ways(pairs: Sequence[SentencePair]) -> Iterator[Finding]:
    """The same English, translated differently: told at each but the first."""
    for group in _groups(pairs, lambda pair: (pair.context, pair.form, _ended(pair.english))):
        first = group[0]
        for pair in group[1:]:
            if _ended(pair.translation) != _ended(first.translation):
                facts = {"other": short(first.translation), "place": first.span}
                yield pair.found("T030", **facts)


def _alike(pairs: Sequence[SentencePair]) -> Iterator[Finding]:
    """English that differs by more than little words, translated alike."""
    for group in _groups(pairs, lambda pair: (pair.context, _ended(pair.translation))):
        first = group[0]
        for pair in group[1:]:
            if _differs(pair.english, first.english):
                facts = {"other": short(first.english), "place": first.span}
                yield pair.found("T031", **facts)


def _groups(
    pairs: Sequence[SentencePair], key: Callable[[SentencePair], Hashable]
) -> list[list[SentencePair]]:
    groups = defaultdict(list)
    for pair in pairs:
        groups[key(pair)].append(pair)
    return list(groups.values())


def _ended(text: str) -> str:
    """A text without the mark at its end, and without capitals."""
    return _END.sub("", text).casefold()


def _differs(one: str, other: str) -> bool:
    """Whether each text has a word that the other lacks, or one of them a word that tells."""
    ours, theirs = _weighty(one), _weighty(other)
    telling = (ours ^ theirs) & _english().telling
    return bool(telling or (ours - theirs and theirs - ours))


def _weighty(text: str) -> set[str]:
    english = _english()
    words = _WORDS.findall(text.casefold())
    return {english.alike.get(word, word) for word in words} - english.little


@dataclass(frozen=True, slots=True)
class _English:
    """What `words/english.toml` says."""

    little: frozenset[str]
    telling: frozenset[str]
    alike: dict[str, str]


@cache
def _english() -> _English:
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    alike = {word: words[0] for words in table["alike"] for word in words}
    return _English(frozenset(table["little"]), frozenset(table["telling"]), alike)
