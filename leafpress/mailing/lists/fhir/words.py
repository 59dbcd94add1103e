"""From coded concepts to the words of a list, and what in a Bundle speaks of communication at all.

A CodeableConcept says one thing in several ways: codes of several systems, a display for each, a
text (https://hl7.org/fhir/R4/datatypes.html#CodeableConcept). Each of them counts as words. Where
two of them mean different things, the record is unclear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from leafpress.mailing.lists.fhir.values import Resource, UnclearRecord, objects, text, value_keys
from leafpress.mailing.lists.languages import NOT_WRITTEN, find_language
from leafpress.mailing.lists.mapping import Mapping
from leafpress.mailing.lists.needs import NEEDS, NOTHING, find_need
from leafpress.mailing.lists.normalise import normalise, split_cell
from leafpress.translation.language import LANGUAGES

WRITTEN_FORMATS = "PreferredWrittenCommunicationFormat"
"""UK Core's code system whose codes are bare numbers: 11 large print, 12 braille, 13 audio tape."""

_NUMBER = re.compile(r"\d{1,3}")
"""A code that means something in its own system only."""

_TWO_SCRIPTS = frozenset({"chinese", "zh"})
"""Words of `NOT_WRITTEN` that a better word beside them makes clear."""

_OF_LANGUAGES = re.compile("bcp|639|lang|rfc:?(?:3066|5646)", re.IGNORECASE)
"""Systems whose codes are those of languages."""

_EVERYDAY = frozenset(
    {"audio", "download", "downloadable", "e mail", "email", "moon", "text", "text only", "lp"}
)
"""Words of needs that a free text may hold without meaning a need."""

_SPOKEN_OF = (
    "interpret",
    "translat",
    "sign language",
    "large font",
    "bigger print",
    "can t read",
    "cannot read",
    "unable to read",
    "accessible information",
    "accessible format",
    "languag",
    "literacy",
)
"""What a sentence about language or needs says, beside the words of needs and languages."""

_NAMES = re.compile(
    r"communicat|languag|interpret|accessib|adjustment|braille|large print|easy read|literacy"
    r"|disab|impair|hearing|vision|visual|sight|deaf|blind|sign lang|translat|\breading\b"
    r"|\bneeds?\b|preferenc|contact method|written|correspond|\bformat\b"
    r"|\bfont|\bprint"
)
"""Names of extensions, elements and questions that are about communication."""

_THERAPY = re.compile("speech (?:and )?language|language therap")
"""A service that says nothing of the language that somebody reads."""

_INTERPRETING = re.compile(r"interpret|translat|sign lang|\bbsl\b")

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def concept(extension: Resource) -> Resource:
    """The value of an extension as a CodeableConcept, in whichever type it is written.

    Raises:
        UnclearRecord: it has several values, or one that holds no words.
    """
    keys = value_keys(extension)
    if len(keys) != 1:
        raise UnclearRecord("an extension has no value, or several")
    return as_concept(extension, keys[0])


def as_concept(holder: Resource, key: str) -> Resource:
    """What stands under `key` as a CodeableConcept: a concept, one coding, or only a text."""
    value = holder.get(key)
    if isinstance(value, str):
        return {"text": value}
    if isinstance(value, dict):
        is_coding = "coding" not in value and ("code" in value or "display" in value)
        return {"coding": [value]} if is_coding else value
    raise UnclearRecord(f"its `{key}` holds no words")


def spellings(own: Resource) -> list[str]:
    """Every word for a concept: codes, then displays, then its text."""
    codings = objects(own, "coding")
    words = [text(coding, key) for key in ("code", "display") for coding in codings]
    return list(dict.fromkeys(filter(None, (*words, text(own, "text")))))


def needs_of(own: Resource, mapping: Mapping, *, bare_codes: bool = False) -> list[str]:
    """The needs that a concept names, as a list's cell would; words that mean none as they are.

    Args:
        bare_codes: codes that are numbers count without their system: the place says which.

    Raises:
        UnclearRecord: it has no words.
    """
    words = spellings(own)
    if not words:
        raise UnclearRecord("a need is recorded without a code or a word")
    meant = [word for word in words if _means_need(word, own, mapping, bare_codes)]
    if not meant:
        return [
            f"code {word}" if _NUMBER.fullmatch(word) else _in_a_cell(word) for word in words[:1]
        ]
    by_need = {_need(word, mapping): word for word in reversed(meant)}
    return [_in_a_cell(word) for word in meant if word in by_need.values()]


def _need(word: str, mapping: Mapping) -> object:
    own = {normalise(own): meaning for own, meaning in mapping.needs.items()}
    meaning = own.get(normalise(word), word)
    return find_need(meaning) or normalise(meaning)


def _means_need(word: str, own: Resource, mapping: Mapping, bare_codes: bool) -> bool:
    if normalise(word) in map(normalise, mapping.needs):
        return True
    if _NUMBER.fullmatch(word) and not _of_written_formats(word, own, bare_codes):
        return False
    return find_need(word) is not None or normalise(word) in NOTHING


def _of_written_formats(word: str, own: Resource, bare_codes: bool) -> bool:
    """Whether a bare number is a code of UK Core's system for written formats."""
    for coding in objects(own, "coding"):
        system = text(coding, "system")
        if text(coding, "code") == word:
            return WRITTEN_FORMATS in system or (bare_codes and not system)
    return bare_codes


def _in_a_cell(word: str) -> str:
    """A word that a list's cell does not part into several."""
    return word if split_cell(word) == [word] else normalise(word)


def language_of(own: Resource, mapping: Mapping) -> str:
    """The word for the one language that a concept names; a word that means none as it is.

    Raises:
        UnclearRecord: it has no words, or they mean different languages.
    """
    words = spellings(own)
    if not words:
        raise UnclearRecord("a language is recorded without a code or a word")
    foreign = _foreign_codes(own)
    meant = {tag_of(word, mapping): word for word in reversed(words) if word not in foreign}
    meant.pop("", None)
    signed = [word for word in words if normalise(word) in _signed()]
    if len(meant) > 1 or (meant and signed):
        raise UnclearRecord("one language is recorded in words that mean different ones")
    return next(iter(meant.values()), words[0] if words[0] not in foreign else words[-1])


def _foreign_codes(own: Resource) -> frozenset[str]:
    """Codes of systems that are not of languages, where a display says what they mean."""
    return frozenset(
        text(coding, "code")
        for coding in objects(own, "coding")
        if text(coding, "display")
        and text(coding, "system")
        and not _OF_LANGUAGES.search(text(coding, "system"))
    )


def tag_of(word: str, mapping: Mapping) -> str:
    """The tag of the language that a word means; empty if it means none."""
    own = {normalise(own): tag for own, tag in mapping.languages.items()}
    return find_language(own.get(normalise(word), word)) or ""


@cache
def _signed() -> frozenset[str]:
    return frozenset(map(normalise, NOT_WRITTEN)) - _TWO_SCRIPTS


def name_speaks(name: str) -> bool:
    """Whether the name of an extension or element is about communication, language or needs."""
    return bool(_NAMES.search(normalise(_CAMEL.sub(" ", name))))


def word_speaks(word: str) -> bool:
    """Whether a code, display or text means a need or a language by our tables."""
    if not _NUMBER.fullmatch(word) and find_need(word):
        return True
    return mentions(word)


def mentions(sentence: str) -> bool:
    """Whether a free text speaks of a need or a language."""
    words = _THERAPY.sub(" ", normalise(sentence))
    return bool(_mentioned().search(words))


def mentions_interpreting(sentence: str) -> bool:
    """Whether a role or a name is that of somebody who interprets."""
    return bool(_INTERPRETING.search(normalise(sentence)))


@cache
def _mentioned() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, _vocabulary()), key=len, reverse=True))
    stems = "|".join(map(re.escape, _SPOKEN_OF))
    return re.compile(rf"\b(?:(?:{words})\b|\d\d ?(?:pt|point)\b|{stems})")


def _vocabulary() -> Iterator[str]:
    """Words of needs, and names of languages that are no other words of English."""
    for need in NEEDS.values():
        for word in map(normalise, (need.id, *need.words)):
            if word not in _EVERYDAY and not word.isdigit():
                yield word
    for row in LANGUAGES.values():
        names = [normalise(row.english), normalise(row.native)]
        if not row.pseudo and not names[0].startswith("english"):
            yield from (name for name in names if len(name) >= len("urdu"))
