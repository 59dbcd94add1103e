"""What a text that nobody reads would have meant: needs and languages of our own tables.

A cell as a whole, or a clear part of it. Signs of everyday life are no needs: `12` is braille
under "AIS code", and a room elsewhere; `Polish Road` is no language, "speaks Polish" names one.
What is in doubt counts: a row that is stopped is looked at, a need that is lost is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from leafpress.mailing.lists.heading_kinds import ColumnKind
from leafpress.mailing.lists.languages import (
    ELSEWHERE,
    NOT_WRITTEN,
    find_language,
    language_names,
)
from leafpress.mailing.lists.mapping import Mapping
from leafpress.mailing.lists.needs import INTERPRETER, NOTHING, find_need, need_words
from leafpress.mailing.lists.normalise import normalise, split_cell
from leafpress.translation.language import SOURCE

NEGATIVE = NOTHING | {
    *("n", "false", "0", "f", "not required", "not needed", "none required", "none needed"),
    *("no interpreter", "no interpreter required", "no interpreter needed"),
}
"""What stands under a heading such as "Large print?" for those who do not need it."""

_EVERYDAY = frozenset(
    {
        *("audio", "audio file", "text", "text only", "moon", "download", "downloadable"),
        *("email", "e mail", "by email", "by e mail", "to download", "downloadable format"),
        *("black and yellow", "bilingual", "two languages"),
    }
)
"""Words of the table of needs that mean something else in most columns: reminders by text, a
surname, an address for e-mail. They count where the heading is about needs."""

_ONLY_WITH_OTHERS = frozenset({"interpreter"})
"""A need as a whole cell; in a sentence ("interpreter booked at 10") it may be none."""

_SHORT = 3
"""Letters of codes (`ur`, `LP`), which are also initials, and of numbers such as UK Core's 12."""

_ONLY_LANGUAGES = """
    urdu punjabi panjabi gujarati bengali bangla sylheti mirpuri pahari hindi farsi cymraeg polski
    pashto dari tigrinya amharic mandarin cantonese sorani swahili lingala malayalam telugu yoruba
    igbo tagalog makaton
"""
"""Names that mean a language in any sentence. "Polish", "English" and "French" need words beside
them that say so."""

_BEFORE = (
    r"(?:speaks?|speaking|spoken|understands?|languages?|tongue|only|mainly|fluent|needs?"
    r"|requires?|wants?|interpreter|translator|native)(?: (?:is|in|for|only|mainly|a|an))?"
)
_BEFORE_LETTERS = (
    r"(?:reads?|writes?|prefers?|letters?|leaflets?|information|info|correspondence|documents?"
    r"|written|printed|translated?|translation|copy|copies|version)"
    r"(?: (?:only|mainly|best|please|(?:(?:to|should|must) )?be|is|are))?(?: (?:in|into|to))?"
)
_AFTER = (
    r"(?:speaking|speakers?|only|interpreter|translator|translation|leaflets?|letters?|language"
    r"|version|reader|please|needed|required|preferred|copy|edition|information|info|spoken)"
)

_POINTS = re.compile(
    r"\b(\d\d) ?(?:pt|point)\b(?! (?:scale|score|test|list|plan|turn|harness|road|street|close"
    r"|lane|avenue|drive|way|court|house))"
)
"""A size of print inside a sentence, as `normalise` writes it; there are scores and addresses."""

_FONT = re.compile(
    r"\b(?:font|(?:font|print|text|letter|type) size) (\d\d)\b|\b(\d\d) (?:font|size font)\b"
)
"""The same by name: nobody wears trousers in this size."""

_DIGITS_OF_SIZES = re.compile(r"\b\d{1,3}(?=(?:pt|point|points)\b)")
"""The number of `24pt`."""


_NO_ENGLISH = re.compile(
    r"\b(?:no|non|little|poor|limited|basic) english\b"
    r"|\b(?:not|t|cannot|unable to) (?:speak|read|understand|write)\w* (?:\w+ )?english\b"
)
"""Who does not read English, and what instead is not said."""

_LARGER = re.compile(
    r"\b(?:larger?|big|bigger|giant|enlarged) (?:size )?(?:print|font|type|text|letters)\b"
)
"""Other words for large print, in sentences: as a recorded need they are not understood (E051)."""

_LANG_CODE = re.compile(r"\blang(?:uage code| code)? ([a-z]{2,3})\b")
"""A code with what it is: "Lang: ur"."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A need or language that a text names.

    Args:
        field: "need" or "language".
        value: the need's name; the language's tag, its name where we have no tag, or "" where
            it is only spoken.
    """

    field: str
    value: str


@dataclass(frozen=True)
class Vocabulary:
    """A clinic's own words for needs and languages, as `normalise` writes them."""

    needs: dict[str, str]
    languages: dict[str, str]

    @classmethod
    def of(cls, mapping: Mapping) -> Vocabulary:
        """Those of a mapping file."""
        needs = {normalise(word): meaning for word, meaning in mapping.needs.items()}
        languages = {normalise(word): meaning for word, meaning in mapping.languages.items()}
        return cls(needs, languages)

    @cached_property
    def marks(self) -> frozenset[str]:
        """A text without any of these words means nothing: most cells are done with that."""
        return _marks() | {_longest_word(word) for word in (*self.needs, *self.languages)}


def meanings(text: str, kind: ColumnKind, own: Vocabulary) -> frozenset[Meaning]:
    """Every need and language that a text names, in a column of this kind."""
    if own.marks.isdisjoint(_DIGITS_OF_SIZES.sub("", normalise(text)).split()):
        return frozenset()
    before_brackets = text.partition("(")[0].strip()
    whole = _whole(text, kind, own) or _whole(before_brackets, kind, own)
    if whole:
        return frozenset({whole})
    return frozenset(_of_pieces(text, kind, own)) | _inside(normalise(text), kind)


def is_code(text: str, own: Vocabulary) -> bool:
    """Whether a text is a language's code of two or three letters."""
    spelling = normalise(text)
    return len(spelling) <= _SHORT and find_language(own.languages.get(spelling, text)) is not None


def _of_pieces(text: str, kind: ColumnKind, own: Vocabulary) -> list[Meaning]:
    """Those of its pieces; of a text that names other things too, only where that is usual."""
    pieces = [part for piece in split_cell(text) for part in re.split(r"/|\band\b|\. ", piece)]
    understood = [_whole(piece, kind, own) for piece in pieces]
    strange = [
        piece
        for piece, meaning in zip(pieces, understood, strict=True)
        if meaning is None and normalise(piece) not in NOTHING
    ]
    if strange and kind not in (ColumnKind.NEEDS, ColumnKind.NOTES):
        return []
    return [meaning for meaning in understood if meaning]


def _whole(text: str, kind: ColumnKind, own: Vocabulary) -> Meaning | None:
    """What a text means as a whole."""
    spelling = normalise(text)
    if spelling in NOTHING or (kind is not ColumnKind.NEEDS and _is_everyday(spelling)):
        return None
    need = find_need(own.needs.get(spelling, text))
    if need:
        return Meaning("need", need.id)
    if kind is ColumnKind.NAMES:
        return None
    tag = find_language(own.languages.get(spelling, text))
    if tag:
        return Meaning("language", tag)
    return _without_tag(spelling)


def _without_tag(spelling: str) -> Meaning | None:
    if spelling in NOT_WRITTEN:
        return Meaning("language", "")
    return Meaning("language", spelling) if spelling in ELSEWHERE else None


def _is_everyday(spelling: str) -> bool:
    if spelling == "bsl":
        return False
    return spelling in _EVERYDAY or (spelling.isascii() and len(spelling) <= _SHORT)


@lru_cache(maxsize=100_000)
def _inside(spelling: str, kind: ColumnKind) -> frozenset[Meaning]:
    """What a sentence names, as `normalise` writes it."""
    return frozenset((*_needs_inside(spelling, kind), *_languages_inside(spelling, kind)))


def _needs_inside(spelling: str, kind: ColumnKind) -> Iterator[Meaning]:
    if _LARGER.search(spelling):
        yield Meaning("need", "large print")
    for match in _need_pattern().finditer(spelling):
        # `Braille House` is an address; nobody lives in `Large Print House`.
        word = match[0]
        need = find_need(word)
        if need and need.id == INTERPRETER and spelling[: match.start()].endswith("no "):
            continue  # "no interpreter required" is a usual phrase
        if need and (kind is not ColumnKind.NAMES or " " in word or word.isdigit()):
            yield Meaning("need", need.id)
    patterns = (_FONT,) if kind is ColumnKind.NAMES else (_FONT, _POINTS)
    for pattern in patterns:
        for size in pattern.finditer(spelling):
            points = next(filter(None, size.groups()))
            need = find_need(f"{points} point")
            if need:
                yield Meaning("need", need.id)


def _languages_inside(spelling: str, kind: ColumnKind) -> Iterator[Meaning]:
    if _NO_ENGLISH.search(spelling):
        yield Meaning("language", "")
        spelling = _NO_ENGLISH.sub(" ", spelling)
    codes = (find_language(match[1]) for match in _LANG_CODE.finditer(spelling))
    yield from (Meaning("language", tag) for tag in codes if tag)
    for match in _spoken_pattern().finditer(spelling):
        yield _language(next(filter(None, match.groups())))
    if kind is not ColumnKind.NAMES:
        for match in _clear_pattern().finditer(spelling):
            yield _language(match[0])


def _language(name: str) -> Meaning:
    tag = find_language(name)
    return Meaning("language", tag) if tag else _without_tag(name) or Meaning("language", name)


@cache
def _marks() -> frozenset[str]:
    """One word of each phrase of ours, the longest, and those of sizes of print."""
    phrases = {*need_words(), *language_names(), *NOT_WRITTEN, *ELSEWHERE, *_ONLY_LANGUAGES.split()}
    sizes = {"pt", "point", "points", "font", "size", "print", "least", "larger", "more", "above"}
    sizes |= {"type", "text", "letters", "english", "lang"}
    return frozenset(map(_longest_word, phrases)) | sizes


def _longest_word(phrase: str) -> str:
    return max(phrase.split() or [""], key=len)


@cache
def _need_pattern() -> re.Pattern[str]:
    """Words of the table of needs that are clear inside a sentence."""
    words = (normalise(word) for word in need_words())
    return _any_of(
        word
        for word in words
        if not _is_everyday(word) and word not in _EVERYDAY | _ONLY_WITH_OTHERS
    )


@cache
def _spoken_pattern() -> re.Pattern[str]:
    """A language with words beside it that say that it is spoken or read."""
    names = {*language_names(), *NOT_WRITTEN, *ELSEWHERE}
    names = {name for name in names if len(name) > _SHORT or not name.isascii()}
    english = {name for name in names if find_language(name) == SOURCE}
    others = _alternatives(names - english - {"interpreter", "interpreter required"})
    written = _alternatives({*(names - english), *english})
    return re.compile(
        rf"\b{_BEFORE} ({others})\b|\b{_BEFORE_LETTERS} ({written})\b|\b({others}) {_AFTER}\b"
    )


@cache
def _clear_pattern() -> re.Pattern[str]:
    """Languages that need no words beside them: by names of their own script, too."""
    native = [name for name in language_names() if not name.isascii()]
    return _any_of([*native, *_ONLY_LANGUAGES.split()])


def _any_of(words: Iterator[str] | list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_alternatives(set(words))})\b")


def _alternatives(words: set[str]) -> str:
    """Words for a pattern, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))
