"""A line's pieces of HTML, with those that run the other way or stay together in spans.

A piece may reach over markup, as in "**300** mg": it is looked for in the words alone, and its
span goes around the marks. One that begins outside the marks and ends inside cannot have a span;
`direction_check` finds it on the page (P098).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from markupsafe import Markup, escape

from leafpress.translation.direction import OPAQUE
from leafpress.translation.language import Language
from leafpress.translation.typography import segments


@dataclass(frozen=True, slots=True)
class InlinePiece:
    """Words, or a piece of markup.

    Args:
        words: what is read in the line; `OPAQUE` for what has an order of its own.
        markup: it, as HTML.
        depth: 1 for what opens an element, -1 for what closes one, else 0.
    """

    words: str
    markup: Markup
    depth: int = 0


@dataclass(frozen=True, slots=True)
class _Span:
    """A span to be put around the words from one place of the line to another."""

    start: int
    end: int
    opener: Markup


def of_words(text: str) -> InlinePiece:
    """A piece of plain words."""
    return InlinePiece(text, escape(text))


def whole(markup: Markup) -> InlinePiece:
    """A piece that is finished, such as the name of a service."""
    return InlinePiece(OPAQUE, markup)


def ordered(line: Sequence[InlinePiece], language: Language) -> Markup:
    """A line as HTML, each piece of it in its own order."""
    spans = list(_spans("".join(piece.words for piece in line), language))
    cut = list(_cut(line, spans))
    places = list(_places(cut, spans))
    if len(places) < len(spans) and (loose := list(_loosened(line))) != line:
        return ordered(loose, language)
    before = {first: span.opener for span, (first, _) in places}
    after = {last: Markup("</span>") for _, (_, last) in places}
    nothing = Markup("")
    parts = (
        before.get(number, nothing) + piece.markup + after.get(number, nothing)
        for number, piece in enumerate(cut)
    )
    return nothing.join(parts)


def _spans(words: str, language: Language) -> Iterator[_Span]:
    end = 0
    for segment in segments(words, language):
        start, end = end, end + len(segment.text)
        attributes = ' dir="ltr"' if segment.isolate else ""
        if segment.together:
            attributes += ' class="together"'
        if attributes:
            yield _Span(start, end, Markup(f"<span{attributes}>"))  # constants


def _cut(line: Sequence[InlinePiece], spans: Sequence[_Span]) -> Iterator[InlinePiece]:
    """The pieces, with words cut where a span begins or ends."""
    edges = sorted({edge for span in spans for edge in (span.start, span.end)})
    at = 0
    for piece in line:
        end = at + len(piece.words)
        inside = [edge - at for edge in edges if at < edge < end]
        if inside:
            cuts = zip([0, *inside], [*inside, len(piece.words)], strict=True)
            yield from (of_words(piece.words[start:stop]) for start, stop in cuts)
        else:
            yield piece
        at = end


def _places(
    cut: Sequence[InlinePiece], spans: Sequence[_Span]
) -> Iterator[tuple[_Span, tuple[int, int]]]:
    """Each span that can be, with the numbers of the first and the last piece in it."""
    ends = list(accumulate(len(piece.words) for piece in cut))
    for span in spans:
        inside = [n for n, end in enumerate(ends) if span.start < end <= span.end]
        filled = [number for number in inside if cut[number].words]
        place = _balanced(cut, filled[0], filled[-1])
        if place:
            yield span, place


def _loosened(line: Sequence[InlinePiece]) -> Iterator[InlinePiece]:
    """The line with its pieces parted where marks stand between two words.

    Between a number and its unit, or a name and its number, nothing is parted.
    """
    words = [piece.words for piece in line]
    for number, piece in enumerate(line):
        before, after = "".join(words[:number]), "".join(words[number + 1 :])
        is_between = before[-1:].isspace() or after[:1].isspace()
        is_word = before.rstrip()[-1:].isalpha() and after.lstrip()[:1].isalpha()
        if piece.depth and not piece.words and is_between and is_word:
            yield replace(piece, words=OPAQUE)
        else:
            yield piece


def _balanced(cut: Sequence[InlinePiece], first: int, last: int) -> tuple[int, int] | None:
    """`first` and `last`, so far apart that each element between them is whole; else None."""
    depths = list(accumulate(piece.depth for piece in cut[first : last + 1]))
    missing = -min(0, *depths)
    opened = depths[-1] + missing
    first, last = first - missing, last + opened
    if first < 0 or last >= len(cut):
        return None
    before, after = cut[first : first + missing], cut[last - opened + 1 : last + 1]
    is_whole = all(piece.depth == 1 and not piece.words for piece in before)
    is_closed = all(piece.depth == -1 and not piece.words for piece in after)
    return (first, last) if is_whole and is_closed else None
