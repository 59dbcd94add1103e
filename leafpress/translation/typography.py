"""Which pieces of a text must keep their own order, or stay on one line.

WeasyPrint does nothing for `<bdi>` without `dir`, so "250 mg" in Urdu would print as "mg 250"
and the groups of a telephone number in reverse: such pieces are wrapped in `dir="ltr"`.
No-break spaces are not used, since text that is copied or searched should hold plain blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from leafpress.translation.language import Language

_LATIN = "A-Za-zÀ-ɏ"
_LEFT_TO_RIGHT = re.compile(
    rf"\+?[{_LATIN}0-9](?:[{_LATIN}0-9°%&.,'’:/@+–-]|[ ](?=[{_LATIN}0-9&]))*(?<![.,:–-])"
)
"""A run of Latin words, numbers with units, telephone numbers and times."""

_PLAIN_NUMBER = re.compile(r"\d+")
_BREAKABLE = frozenset(" /–")
"""Where a line may be broken inside such a piece."""

_JOINED = r"(?<![^\s(])[^\s/–()]{1,9}(?:[/–][^\s/–()]{1,9})+(?![^\s)])"
"""Short words with a slash or a dash between them: `afu/iau`, `6–12`. Broken behind it, they look
like two words, and are read out as such."""

_TOGETHER = re.compile(
    rf"\+?\d[\d ]*\d(?:[ ]?(?:mg|ml|°C|%))?(?![/–\d])|\d+(?:[.,]\d+)?[ ](?:mg|ml|%)|{_JOINED}"
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
    pattern = _LEFT_TO_RIGHT if language.direction == "rtl" else _TOGETHER
    end = 0
    for match in pattern.finditer(text):
        segment = _segment(match[0], language)
        if segment.isolate or segment.together:
            if match.start() > end:
                yield Segment(text[end : match.start()])
            yield segment
            end = match.end()
    if end < len(text):
        yield Segment(text[end:])


def _segment(run: str, language: Language) -> Segment:
    together = not _BREAKABLE.isdisjoint(run) and _TOGETHER.fullmatch(run) is not None
    isolate = language.direction == "rtl" and not _PLAIN_NUMBER.fullmatch(run)
    return Segment(run, isolate, together)


def is_left_to_right(text: str) -> bool:
    """Whether the whole text is one left-to-right run, such as `NHS 111`."""
    return _LEFT_TO_RIGHT.fullmatch(text) is not None
