"""Whether a sentence is in the language of its catalogue, as `lingua` hears it.

Lingua is asked where it is installed. It knows which languages are near; a text in Latin letters
in a catalogue of another script is found without it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from leafpress.findings import Finding
from leafpress.translation.checks.pair import SentencePair
from leafpress.translation.language import Language, built

if TYPE_CHECKING:
    from lingua import LanguageDetector

_NEAR = ("en", "cs", "sk", "ga", "de", "fr", "es", "ar", "fa", "hi")
"""Beside our own: languages that are near to them, and those that translators often work in.
All of lingua's 75 would take a gigabyte of memory."""

_FEWEST_WORDS = 4
_FEWEST_LETTERS = 20
"""Shorter texts are names and titles, of which lingua knows little."""

_SURE = 0.6
"""How sure lingua has to be of another language, of 1, and at most half as sure of the right one.
Measured on the 2,500 sentences of our four languages: none is heard as another with more than
0.48, but for a list of medicines and a name."""

_ASIDE = re.compile(r"\([^)]*\)|\{[^}]*\}|[“„«][^”»]*[”»]|https?://\S+|\d+")
"""What is often in another language: a name in brackets or quotes."""


def check(pair: SentencePair, language: Language) -> Iterator[Finding]:
    """Sentences in another language (T034); what was left in English as a whole is T016."""
    if pair.translation == pair.english:
        return
    for _, sentence in pair.sentences:
        text = _ASIDE.sub(" ", sentence)
        if _is_short(text):
            continue
        other = _other_script(text, language) or _heard(text, language)
        if other:
            yield pair.found("T034", language=language.english, other=other)
            return


def _is_short(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    return len(text.split()) < _FEWEST_WORDS or letters < _FEWEST_LETTERS


def _other_script(text: str, language: Language) -> str:
    """The script of most letters, in words, if the language is not written in it."""
    script, count = _scripts(text).most_common(1)[0]
    own = next(iter(_scripts(language.native)))
    if script == own or 2 * count < sum(_scripts(text).values()):
        return ""
    return f"a language in {script.capitalize()} letters"


def _scripts(text: str) -> Counter[str]:
    """The letters of a text by their script, as their Unicode names begin: `ARABIC LETTER …`."""
    letters = filter(str.isalpha, text)
    return Counter(unicodedata.name(letter, "OTHER").split()[0] for letter in letters)


def _heard(text: str, language: Language) -> str:
    """The language that lingua hears, if it is sure; empty where it cannot be asked."""
    detector = _detector(language.tag)
    if detector is None:
        return ""
    rows = detector.compute_language_confidence_values(text)
    values = {row.language.iso_code_639_1.name.lower(): row.value for row in rows}
    heard = max(values, key=values.__getitem__)
    own = values[_code(language.tag)]
    if heard == _code(language.tag) or values[heard] < _SURE or own > _SURE / 2:
        return ""
    return str(rows[0].language.name.capitalize())


def is_asked(language: Language) -> bool:
    """Whether lingua is installed, and knows the language."""
    return _detector(language.tag) is not None


@cache
def _detector(tag: str) -> LanguageDetector | None:
    try:
        from lingua import IsoCode639_1, LanguageDetectorBuilder
    except ImportError:
        return None
    if not hasattr(IsoCode639_1, _code(tag).upper()):
        return None
    codes = {_code(each) for each in (*_NEAR, *built(), tag)}
    known = [getattr(IsoCode639_1, code.upper()) for code in sorted(codes)]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*known).build()


def _code(tag: str) -> str:
    """ISO 639-1, as lingua names languages: `zh` of `zh-Hans`."""
    return tag.partition("-")[0]
