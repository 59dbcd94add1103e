"""Which pieces of a text must keep their own order, or stay on one line.

WeasyPrint does nothing for `<bdi>` without `dir`, so "250 mg" in Urdu would print as "mg 250"
and the groups of a telephone number in reverse: such pieces are wrapped in `dir="ltr"`.
Which pieces they are says `translation/direction.py`. No-break spaces are used where there is
no markup only: text that is copied or searched in a page should hold plain blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from leafpress.translation.direction import (
    END,
    LEFT_TO_RIGHT,
    LEFT_TO_RIGHT_PIECE,
    is_right_to_left,
    pieces,
    sided,
)
from leafpress.translation.language import Language

NO_BREAK = "\xa0"
"""Keeps a number whole. Between digits it also keeps their groups in order from left to right,
where a plain blank in a right-to-left line turns them round (Unicode's UAX 9, rule W4)."""

_BREAKABLE = frozenset(" /–-")
"""Where a line may be broken inside such a piece."""

_WORD = r"[^\s/–()-]{1,9}"
_JOINED = rf"(?<![^\s(]){_WORD}(?:[/–-]{_WORD})+(?![^\s)])"
"""Short words with a slash, a dash or a hyphen between them: `afu/iau`, `6–12`, `X-ray`. Broken
behind it, they look like two words and are read out as such; behind a hyphen, poppler takes them
for one word that was split, and drops the hyphen."""

_TOGETHER = re.compile(
    r"(?:\+?\d+ ?)?(?:\(\+?\d+\) ?)?\d[\d ]*\d(?:[ ]?(?:mg|ml|°C|%))?(?![/–\d-])"
    rf"|\d+(?:[.,]\d+)?[ ](?:mg|ml|%)|{_JOINED}"
)
"""Digits in groups, numbers with units, and joined words: never broken over two lines."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text: `isolate` needs `dir="ltr"`, `together` must not be broken."""

    text: str
    isolate: bool = False
    together: bool = False


def segments(text: str, language: Language) -> Iterator[Segment]:
    """`text` in pieces; joined, they are `text` again."""
    turned = language.direction == "rtl"
    places = pieces(text, "rtl") if turned else (each.span() for each in _TOGETHER.finditer(text))
    end = 0
    for start, stop in places:
        if start > end:
            yield Segment(text[end:start])
        yield Segment(text[start:stop], isolate=turned, together=_is_together(text[start:stop]))
        end = stop
    if end < len(text):
        yield Segment(text[end:])


def _is_together(piece: str) -> bool:
    return not _BREAKABLE.isdisjoint(piece) and _TOGETHER.fullmatch(piece) is not None


def is_left_to_right(text: str) -> bool:
    """Whether the whole text is one left-to-right run, such as `NHS 111`."""
    return LEFT_TO_RIGHT_PIECE.fullmatch(text) is not None


def as_plain_text(text: str, language: Language) -> str:
    """Lines without markup, fit to be read: pieces in their order, and numbers whole.

    Args:
        text: lines in `language`, without isolates.
    """
    return "\n".join(_plain_line(line, language) for line in text.split("\n"))


def _plain_line(line: str, language: Language) -> str:
    if language.direction == "rtl" and not is_right_to_left(line):
        return line  # in another language as a whole
    parts = []
    for segment in segments(line, language):
        words = segment.text.replace(" ", NO_BREAK) if segment.together else segment.text
        parts.append(f"{LEFT_TO_RIGHT}{words}{END}" if segment.isolate else words)
    return sided("".join(parts))
