"""How sentences end, and words that stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from leafpress.findings import Finding
from leafpress.translation.checks.pair import SentencePair, bare, normal
from leafpress.translation.language import LANGUAGES, SOURCE, Language

_BLANKS = " \t\n\xa0\u200e\u200f\u2069"
_CLOSING = "\"'”’»)]*_"
"""What may stand behind the mark that ends a sentence, beside the quotation marks of a language."""

_ENDS = frozenset(".?!:;…")
"""Marks that end an English sentence or lead to what follows; languages have others (`ends`)."""

_LEADS_ON = re.compile(r"\b(?:at|by|for|if|on|to)$")
"""How an English text ends that an address or a list follows: a colon may stand there."""

_MARK = r"\s,;:.?!()“”„«»،؛؟۔।॥。፣፤።"

_DOUBLED = re.compile(rf"(?<![^{_MARK}])([^\W\d_][^{_MARK}]*)\s+\1(?![^{_MARK}])", re.IGNORECASE)
"""The same word twice, with nothing but blanks between."""


@dataclass(frozen=True, slots=True)
class EndMarks:
    """A language's habits.

    Args:
        ends: its own marks for the English ones that it writes otherwise, as `۔` for `.`.
        closing: what may stand behind them.
        doubled: words that it says twice on purpose.
    """

    ends: dict[str, str]
    closing: str
    doubled: frozenset[str]

    def of(self, mark: str) -> str:
        """The mark for an English one."""
        return self.ends.get(mark, mark)

    def end(self, text: str) -> str:
        """The mark that ends a text; empty where a letter or a name in braces does."""
        last = bare(text).rstrip(self.closing)[-1:]
        return last if last in _ENDS or last in self.ends.values() else ""


@cache
def marks_of(language: Language) -> EndMarks:
    """What the row of a language says."""
    closing = _BLANKS + _CLOSING + language.quotes
    return EndMarks(dict(language.ends), closing, frozenset(map(normal, language.doubled)))


def check(pair: SentencePair, language: Language) -> Iterator[Finding]:
    """Ends that differ, and doubled words."""
    marks = marks_of(language)
    yield from _ends(pair, marks)
    yield from _doubled(pair, marks)


def _ends(pair: SentencePair, marks: EndMarks) -> Iterator[Finding]:
    expected = marks.of(marks_of(LANGUAGES[SOURCE]).end(pair.english))
    actual = marks.end(pair.translation)
    leads_on = actual == ":" and _LEADS_ON.search(bare(pair.english))
    if actual != expected and not leads_on:
        facts = {"actual": _named(actual), "expected": _named(expected)}
        yield pair.found("T032", **facts)


def _named(mark: str) -> str:
    return f"with “{mark}”" if mark else "without a mark"


def _doubled(pair: SentencePair, marks: EndMarks) -> Iterator[Finding]:
    if _DOUBLED.search(bare(pair.english)):
        return
    for word in _DOUBLED.findall(normal(bare(pair.translation))):
        if word.casefold() not in marks.doubled:
            yield pair.found("T033", word=word)
