"""An edition laid out, as the checks of its pages see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from leafpress.findings import Finding, Span
from leafpress.pdf import boxes
from leafpress.pdf.layout import Rendering
from leafpress.pdf.split_words import LineOfWords, lines
from leafpress.rules import finding

MM = 72 / 25.4
"""Points."""

PICTURES = ("img", "svg")

TOLERANCE = 0.6
"""Points by which a box may miss an edge: rounding of Pango's units, and hanging punctuation."""


@dataclass(frozen=True)
class Layout:
    """A rendering, read once."""

    rendering: Rendering

    @cached_property
    def pages(self) -> tuple[boxes.LaidOutPage, ...]:
        """Every page."""
        return boxes.pages(self.rendering)

    @cached_property
    def elements(self) -> tuple[boxes.LaidOutElement, ...]:
        """Every element."""
        return tuple(boxes.elements(self._seen))

    @cached_property
    def runs(self) -> tuple[boxes.TextRun, ...]:
        """Every piece of text."""
        return tuple(boxes.runs(self._seen))

    @cached_property
    def lines(self) -> tuple[LineOfWords, ...]:
        """Every line with words, with its page and the element that it stands in."""
        return tuple(lines(self.rendering))

    @cached_property
    def _seen(self) -> tuple[boxes.Seen, ...]:
        return boxes.seen(self.rendering)

    def where(self, words: str) -> Span:
        """The line of a style sheet that holds `words`; the edition where none does."""
        for style in self.rendering.markup.styles:
            for number, line in enumerate(style.text.splitlines(), start=1):
                if words in line:
                    return Span(style.name, number)
        return self.rendering.place

    def finding(self, rule: str, **facts: object) -> Finding:
        """A finding about this edition."""
        return finding(rule, self.rendering.place, **facts)


Check = Callable[[Layout], Iterator[Finding]]


def short(text: str) -> str:
    """How a piece of text is called in a finding."""
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:38] + "…"
