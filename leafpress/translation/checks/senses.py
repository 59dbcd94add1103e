"""Words that decide what a sentence asks of a patient: lost, the rest reads as well as before.

`words/senses.toml` has a row a sense, with its English words; `words/<language>.toml` lists, for
each sense, what may stand for it. A language without a list is not checked.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from leafpress.findings import Finding
from leafpress.translation.checks.pair import SentencePair, normal
from leafpress.translation.language import Language

_FOLDER = Path(__file__).with_name("words")

_NOTHING = r"(?!)"
"""Matches no text."""

_MARKS = r"\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff\u200c\u200d"
"""Vowel signs and accents of our scripts, which Python's `\\w` leaves out; not the danda `।`."""

_LETTER = rf"[\w{_MARKS}’']"


@dataclass(frozen=True, slots=True)
class Sense:
    """What a word decides.

    Args:
        rule: what is found where only one of the two sentences says it.
        counted: whether a translation has to say it as often as the English.
        english: its English words.
        exceptions: English phrases in which such a word is something else.
        allows: other English words that a translation may say with this sense.
        answers: words of which a translation has to hold one.
        idioms: phrases of the language in which its words say something else.
        adds: words that a translation may hold only where the English has the sense.
    """

    name: str
    rule: str
    counted: bool
    english: re.Pattern[str]
    exceptions: re.Pattern[str]
    allows: re.Pattern[str]
    answers: re.Pattern[str]
    idioms: re.Pattern[str]
    adds: re.Pattern[str]

    def fault(self, english: str, translation: str) -> tuple[str, str] | None:
        """The word that only one of the sentences has, and which of them lacks it."""
        source, target = english, self.idioms.sub(" ", normal(translation))
        asked = self.english.search(self.exceptions.sub(" ", source))
        if asked:
            return None if self._is_answered(source, target) else (asked.group(), "translation")
        added = self.adds.search(target)
        if added and not self.english.search(source) and not self.allows.search(source):
            return added.group(), "English"
        return None

    def _is_answered(self, source: str, target: str) -> bool:
        """Whether the translation says it, and, of what is counted, as often."""
        times = len(self.english.findall(self.exceptions.sub(" ", source))) if self.counted else 1
        return len(self.answers.findall(target)) >= times


def has_words(language: Language) -> bool:
    """Whether there is a list of words for a language."""
    return (_FOLDER / f"{language.folder}.toml").exists()


@cache
def senses_of(language: Language) -> tuple[Sense, ...]:
    """The senses that can be looked for in a language; none where it has no list."""
    if not has_words(language):
        return ()
    own = _table(language.folder)
    rows = _table("senses").items()
    return tuple(_sense(name, row, own) for name, row in rows if name in own["answers"])


def _sense(name: str, row: dict[str, Any], own: dict[str, Any]) -> Sense:
    return Sense(
        name,
        row["rule"],
        row.get("counted", False),
        english=_pattern(row["english"]),
        exceptions=_pattern(row.get("except", [])),
        allows=_pattern(row.get("allows", [])),
        answers=_pattern(own["answers"][name]),
        idioms=_pattern(own.get("idioms", {}).get(name, [])),
        adds=_pattern(own["adds"].get(name, [])),
    )


def check(pair: SentencePair, language: Language) -> Iterator[Finding]:
    """Words of weight that only one of the two sentences has."""
    for sense in senses_of(language):
        for english, translation in pair.sentences:
            fault = sense.fault(english, translation)
            if fault:
                word, lacks = fault
                yield pair.found(sense.rule, word=word, sense=sense.name, lacks=lacks)


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Whole words; `*` stands for any letters, and a blank for any blanks."""
    longest_first = sorted(words, key=len, reverse=True)
    pieces = "|".join(map(_piece, longest_first)) or _NOTHING
    return re.compile(rf"(?<!{_LETTER})(?:{pieces})(?!{_LETTER})", re.IGNORECASE)


def _piece(word: str) -> str:
    escaped = re.escape(normal(word))
    return escaped.replace(r"\*", f"{_LETTER}*").replace(r"\ ", r"[\s\xa0]+")
