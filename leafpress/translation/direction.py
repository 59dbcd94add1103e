"""Pieces of a line that run the other way: found by a grammar, and kept in their own order.

In a right-to-left line the Unicode Bidirectional Algorithm (UAX 9) turns around what a reader
takes for one piece: "(020) 7946 0001" becomes "7946 0001 (020)", "-5 °C" becomes "C° 5-". Such a
piece needs a direction of its own: `dir="ltr"` in a page (`typography.segments`), and isolates
where there is no markup (`isolated`): bookmarks, titles, e-mails, plain text.

A piece begins with a letter, a figure or a sign before one, and goes on as long as what follows
is tied to it. All expressions are linear: each alternative begins with another character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from leafpress.translation.language import Direction

LEFT_TO_RIGHT, RIGHT_TO_LEFT, END = "\u2066", "\u2067", "\u2069"
"""LRI and RLI begin an isolate, PDI ends it (UAX 9, 2.4.2)."""

RIGHT_TO_LEFT_MARK = "\u200f"
"""RLM: a line that begins or ends without a letter of its language keeps to its side."""

OPAQUE = "\ufffc"
"""OBJECT REPLACEMENT CHARACTER: a place in a text that has an order of its own already."""

_TURNED = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff"
"""The blocks of scripts that run from right to left (UAX 9, table 4)."""

_ATOM = rf"[^\W_{_TURNED}]"
"""A letter or figure of any other script, also ² and ₂ and ½."""

_OTHER_LETTER = rf"[^\W\d_{_TURNED}]"
_MARK = "[\u0300-\u036f\u0900-\u109f\u200d]"
"""What follows a letter of Latin or of an Indic script and belongs to it."""

_BLANK = "[ \u00a0\u2007\u2009\u202f]"
_MONEY = "£$€¥¢\u20a0-\u20cf"
_COMPARED = "<>≤≥±∓≈~"
_BEFORE = rf"{_MONEY}{_COMPARED}=≠≮≯×÷√#№§@°*.→←"
"""Signs that belong to what follows them without a blank."""

_TIES = rf"{_BEFORE}\-‐‑‒–—−+,:;'’‘\"”/\\_&%‰·•⋅|?!^′″…‥↔⇒⇐∼" + "\u200b"
"""Signs that tie two letters or figures between which nothing else stands."""

_OPERATORS = r"+−×÷=<>≤≥≠≈±∓~/→←↔⇒&·*|@"
"""Signs that tie with a blank at either side, too. A dash does so between numbers only: between
words it is a dash of the sentence around them."""

_UNITS = "mg ml g kg mcg µg μg mm cm m km l am pm % °C °F °".split()  # noqa: SIM905  # a table

_ABBREVIATIONS = "No no Nr ext Ext Tel tel vs approx max min".split()  # noqa: SIM905  # a table
"""Before a number, their full stop ends no sentence."""

_EXTENSION = r"(?:ext|Ext|x|option)\b"


def _one_of(pieces: list[str]) -> str:
    return "(?:" + "|".join(pieces) + ")"


_AFTER_NUMBER = _one_of(
    [r"(?<=\d)", *(rf"(?<=\d{blank}{unit})" for blank in ("", " ") for unit in _UNITS)]
)
_AFTER_ABBREVIATION = _one_of([rf"(?<=\b{word})" for word in _ABBREVIATIONS])

_INSIDE = rf"(?=[^()\[\]{_TURNED}]*{_ATOM})[^()\[\]{_TURNED}{OPAQUE}]*"
"""What stands in brackets that hold letters or figures of the other direction only."""

_SIGN = rf"(?:[{_MONEY}{_COMPARED}№]{_BLANK}?|[{_BEFORE}]|(?<!\w)[-−–+])"
_WEB = r"(?:https?://|www\.|mailto:)[!-~]*[\w/]"
_FIRST = _one_of(
    [
        rf"{_SIGN}{{1,3}}(?={_ATOM})",
        rf"{_SIGN}{{0,3}}\({_INSIDE}\)(?=[{_TIES}]{{0,4}}{_ATOM})",
        rf"\((?:\+\d{{1,4}}|0\d{{1,5}}|\d{{3,6}})\)(?={_BLANK}\d)",  # an area code: (020) 7946 0001
        rf"(?={_ATOM})",
    ]
)
_NEXT = _one_of(
    [
        _ATOM,
        _MARK,
        rf"[{_TIES}]{{1,4}}(?={_ATOM})",
        rf"[{_TIES}]{{0,2}}{_BLANK}?(?=[(\[])[(\[]{_INSIDE}[)\]]",
        rf"['’]?{_BLANK}+(?:[#@{_MONEY}°{_COMPARED}+−-]|&{_BLANK})?(?={_ATOM})",
        rf"{_BLANK}?(?:[{_OPERATORS}]|->|=>){_BLANK}?[{_BEFORE}−-]?(?={_ATOM})",
        rf"{_AFTER_NUMBER}{_BLANK}[-‐‑‒–—x:]{_BLANK}(?=[{_BEFORE}+−-]?\d)",
        rf"{_AFTER_ABBREVIATION}\.{_BLANK}(?=\d)",
        rf"(?<=[^\W\d_])[.,:;!?]{_BLANK}(?={_OTHER_LETTER})",  # in a name or a sentence
        rf",{_BLANK}(?={_EXTENSION})",
        rf"[%‰°+#×′″™®℃℉{_MONEY}]",
        rf"{_BLANK}(?:[%‰°℃℉]|[{_MONEY}](?!\w))",
    ]
)

LEFT_TO_RIGHT_PIECE = re.compile(rf"{_WEB}|{_FIRST}{_NEXT}+")
"""Letters, numbers and their signs, as one piece."""

_RIGHT_TO_LEFT_PIECE = re.compile(rf"[{_TURNED}](?:[^\w(\[{OPAQUE}]*[{_TURNED}])*")
"""Words of a right-to-left script, in a line of another."""

_PLAIN_NUMBER = re.compile("[0-9]+")
"""It is read from the left in any line, and needs nothing."""

_STARTS, _CONTROLS = "[\u2066-\u2068]", "\u2066-\u2069"
_INNER = f"{_STARTS}[^{_CONTROLS}]*{END}"
_ISOLATE = re.compile(f"{_STARTS}(?:[^{_CONTROLS}]|{_INNER})*{END}")
"""An isolate, with others in it as `embedded` makes them."""

_ADDED = dict.fromkeys(map(ord, (LEFT_TO_RIGHT, RIGHT_TO_LEFT, END, RIGHT_TO_LEFT_MARK)))


_WHOLE = re.compile(r"\s*(\S(?:.*\S)?)\s*", re.DOTALL)
_LETTER = re.compile(_OTHER_LETTER)
_OWN_LETTER = re.compile(f"[{_TURNED}{OPAQUE}]")


def pieces(text: str, direction: Direction) -> Iterator[tuple[int, int]]:
    """Where the pieces of a line begin and end that run the other way; never a plain number.

    Args:
        direction: the line's. A right-to-left line of nothing but words of another script, as
            a name or a sentence in English, is one piece, with its full stops.
    """
    if direction == "rtl" and _LETTER.search(text) and not _OWN_LETTER.search(text):
        yield from (match.span(1) for match in _WHOLE.finditer(text))
        return
    pattern = LEFT_TO_RIGHT_PIECE if direction == "rtl" else _RIGHT_TO_LEFT_PIECE
    for match in pattern.finditer(text):
        if not _PLAIN_NUMBER.fullmatch(match[0]):
            yield match.span()


def isolated(text: str, direction: Direction) -> str:
    """A text for a place without markup: each piece that runs the other way in an isolate.

    Done twice it changes nothing more; `bare` undoes it.
    """
    parts, end = [], 0
    for ready in _ISOLATE.finditer(text):
        parts += [_isolated(text[end : ready.start()], direction), ready[0]]
        end = ready.end()
    return "".join([*parts, _isolated(text[end:], direction)])


def _isolated(text: str, direction: Direction) -> str:
    start = LEFT_TO_RIGHT if direction == "rtl" else RIGHT_TO_LEFT
    parts, end = [], 0
    for first, last in pieces(text, direction):
        parts += [text[end:first], start, text[first:last], END]
        end = last
    return "".join([*parts, text[end:]])


def embedded(text: str, direction: Direction, around: Direction) -> str:
    """A text in a line of another language: whole, and in its own direction.

    Args:
        direction: the text's.
        around: the line's.
    """
    fit = isolated(text, direction)
    if direction == around:
        return fit
    return (RIGHT_TO_LEFT if direction == "rtl" else LEFT_TO_RIGHT) + fit + END


def sided(line: str) -> str:
    """A line of plain text: marked at an end where a program would take it for the other side's.

    Programs look at the first letter outside isolates, or take every line for left to right.
    Lines without a right-to-left letter outside isolates stay as they are.
    """
    outside = _ISOLATE.sub(OPAQUE, line).strip()
    if not is_right_to_left(outside):
        return line
    before = "" if _runs_from_the_right(outside[0]) else RIGHT_TO_LEFT_MARK
    after = "" if _runs_from_the_right(outside[-1]) else RIGHT_TO_LEFT_MARK
    return f"{before}{line}{after}"


def is_right_to_left(line: str) -> bool:
    """Whether a line has any letter that runs from right to left."""
    return any(map(_runs_from_the_right, line))


def _runs_from_the_right(character: str) -> bool:
    is_mark = character == RIGHT_TO_LEFT_MARK
    return is_mark or unicodedata.bidirectional(character) in {"R", "AL"}


def bare(text: str) -> str:
    """A text without what `isolated`, `embedded` and `sided` added: to compare and to search."""
    return text.translate(_ADDED)


_STRAY = re.compile(
    rf"{_ATOM}*{_OTHER_LETTER}{_ATOM}*"  # a letter
    rf"|\d+[%‰°+#{_MONEY}]|[#{_MONEY}{_COMPARED}]\d+|(?<!\w)[-−+]\d+"  # a number and its sign
    rf"|\d+{_BLANK}?[{_OPERATORS}]{_BLANK}?\d+"  # two numbers
)
"""What a right-to-left line turns around for certain: wider than the grammar, which it checks."""


def stray(text: str) -> str:
    """The first piece of a right-to-left line that nothing keeps in order; empty without any."""
    outside = _ISOLATE.sub(OPAQUE, text)
    for start, end in pieces(outside, "rtl"):
        return outside[start:end]
    match = _STRAY.search(outside)
    return match[0] if match else ""
