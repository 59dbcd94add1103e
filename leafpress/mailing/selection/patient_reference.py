"""Whether a letter holds a patient's reference, and the file names that references make.

A leaflet must never get behind the wrong letter. So a reference is found only as a whole word:
`A12` stands neither in `A123` nor in `A12-3`, `1234` neither in `01/1234` nor in `0001234`. Blanks
and hyphens inside it may differ (`943 476 5919`, `943-476-5919`) where it is long enough.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from stdnum.gb import nhs

from leafpress.system import digest
from leafpress.system.portable import RESERVED

_STRONG = 6
"""Letters and digits from which a reference is its own proof; shorter ones may be any words."""

_SHORTEST = 3
_SHORTEST_NUMBER = 4
"""`12` stands in every date. Shorter references cannot be checked, and are refused."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_NHS = re.compile(r"\d{10}")
_RUNS = re.compile(r"[^\W\d_]+|\d+")
_WORDS = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[\ufffe\x02][ \t]*[\r\n]*[ \t]*|[-\u00ad\u2010\u2011][ \t]*[\r\n]+[ \t]*")
"""A hyphen at a line's end: pdfium writes U+FFFE or U+0002 where it took one away."""

_BEFORE = r"(?<!\w)(?<!\w[-/_])(?<!\d[.,:'])"
_AFTER = r"(?!\w)(?![-/_]\w)(?![.,:']\d)"
_NO_NUMBER_BEFORE, _NO_NUMBER_AFTER = r"(?<!\d )", r"(?! \d)"
"""A short number beside another is a group of a telephone or NHS number, not a reference."""

_GAP = "[ -]?"
_WORDS_OF_ONE = 4
"""Most words that one reference is written as: `RX1 123 456 7`."""


def comparable(text: str) -> str:
    """Text in one spelling: compatibility forms, capitals, ASCII digits, `-`, single blanks.

    Line ends stay; what cannot be seen (marks of direction, zero widths) goes.
    """
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"[^\S\n]+", " ", "".join(map(_comparable_character, text))).upper().strip()


@lru_cache(4096)
def _comparable_character(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Pd" or character == "\u2212":
        return "-"
    if kind == "Nd":
        return str(unicodedata.decimal(character))
    if character in "\n\r":
        return "\n"
    if kind in ("Cc", "Zs"):
        return " "
    return "" if kind == "Cf" else character


def readings(text: str) -> tuple[str, ...]:
    """A letter's text as it may be meant: hyphens at lines' ends stay, or go."""
    hyphenated = comparable(_BREAK.sub("-", text))
    closed = comparable(_BREAK.sub("", text))
    return tuple(dict.fromkeys((hyphenated, closed)))


def match_key(reference: str) -> str:
    """Its letters and digits: references with the same one look alike to a person."""
    return "".join(_WORDS.findall(comparable(reference)))


def weakness(reference: str) -> str:
    """Why a reference cannot be checked against a letter, in words; empty when it can."""
    spelling = match_key(reference)
    if not spelling:
        return "there is no reference"
    if not any(character.isdigit() for character in spelling):
        return "the reference has no digit, so it may be any word"
    if len(spelling) < _SHORTEST or (spelling.isdigit() and len(spelling) < _SHORTEST_NUMBER):
        return "the reference is so short that it stands in any letter"
    return "the reference looks like a year" if _YEAR.fullmatch(spelling) else ""


def has_wrong_check_digit(reference: str) -> bool:
    """Whether a reference has ten digits, as NHS numbers have, and the last one is wrong.

    The check digit is computed modulo 11 (NHS Data Dictionary, "NHS number"). Hospitals' own
    numbers may have ten digits too, so that this is no proof of anything.
    """
    number = match_key(reference)
    return _NHS.fullmatch(number) is not None and not nhs.is_valid(number)


@lru_cache(8192)
def pattern(reference: str, *, exact: bool = False) -> re.Pattern[str]:
    """What finds a reference in a text that `readings` made.

    Args:
        exact: blanks and hyphens have to be as written, since another reference looks like it.
    """
    spelling = comparable(reference)
    short = spelling.isdigit() and len(spelling) <= _STRONG
    inner = re.escape(spelling).replace(r"\ ", " ").replace(" ", r"\s")
    if not exact and len(match_key(reference)) >= _STRONG:
        inner = _loosened(spelling)
    before, after = (_NO_NUMBER_BEFORE, _NO_NUMBER_AFTER) if short else ("", "")
    return re.compile(f"{_BEFORE}{before}{inner}{after}{_AFTER}")


def _loosened(spelling: str) -> str:
    """Blanks and hyphens between groups may come and go; other signs stay."""
    if _NHS.fullmatch(spelling):
        spelling = f"{spelling[:3]} {spelling[3:6]} {spelling[6:]}"
    if re.search(r"[^\w -]|_", spelling):
        return re.escape(spelling).replace(r"\ ", r"[\s-]?").replace(r"\-", "[ -]?")
    words = [_GAP.join(_RUNS.findall(word)) for word in re.split(r"[ -]", spelling)]
    return r"[\s-]?".join(words)


def holds(texts: tuple[str, ...], reference: str, *, exact: bool = False) -> bool:
    """Whether one of the readings of a letter holds the reference as a whole word."""
    return any(pattern(reference, exact=exact).search(text) for text in texts)


def lost_zeros(texts: tuple[str, ...], reference: str) -> bool:
    """Whether the letter has the reference with zeros before it, as spreadsheets lose them."""
    spelling = comparable(reference)
    with_zeros = re.compile(rf"(?<![\w])0+{re.escape(spelling)}(?!\w)")
    return spelling.isdigit() and any(with_zeros.search(text) for text in texts)


def names_another(texts: tuple[str, ...], reference: str, known: dict[str, str]) -> bool:
    """Whether a letter names another patient of the list.

    Args:
        known: references of the list that are long enough to be their own proof, by `match_key`.
    """
    own = match_key(reference)
    for text in texts:
        for candidate in _keys_in(text):
            if candidate != own and candidate in known and holds((text,), known[candidate]):
                return True
    return False


def _keys_in(text: str) -> Iterator[str]:
    """What may be a reference's key: one word, or a few that follow each other."""
    words = _WORDS.findall(text)
    for start in range(len(words)):
        candidate = ""
        for word in words[start : start + _WORDS_OF_ONE]:
            candidate += word
            yield candidate


def is_strong(reference: str) -> bool:
    """Whether a reference is long enough to mean somebody wherever it stands."""
    spelling = match_key(reference)
    return len(spelling) >= _STRONG and sum(map(str.isdigit, spelling)) >= _SHORTEST


_RESERVED = RESERVED | {"receipts", "summary", "documents"}
"""Names that Windows keeps for itself, and our own."""

_LONGEST_NAME = 60


def file_name(reference: str, *, apart: str = "") -> str:
    """A safe file name: letters, digits, blanks, `-` and `_`, and a mark where that changed it.

    Args:
        apart: what tells it from another of the same name.
    """
    name = re.sub(r"[^A-Za-z0-9_ -]+|  +", "_", unicodedata.normalize("NFKC", reference))
    short = name[:_LONGEST_NAME].strip("_- ")
    if short == reference and not apart and short.casefold() not in _RESERVED:
        return short
    mark = digest.of_text(f"{reference}\0{apart}")[:8]
    return f"{short or 'letter'}-{mark}"
