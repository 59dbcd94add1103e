"""Whether type can be read: its size, its contrast, its fonts, its words."""

from __future__ import annotations

from collections.abc import Iterator

from leafpress.findings import Finding
from leafpress.pages import fonts
from leafpress.pages.colour import Color, contrast
from leafpress.pdf.split_words import split_words
from leafpress.proof.layout.laid_out import Layout, short
from leafpress.proof.layout.numbers_in_pictures import numbers_in
from leafpress.rules import finding

CONTRAST = 7.0
"""WCAG 2.2, 1.4.6 (level AAA), whatever the size of the text."""


def large_enough(layout: Layout) -> Iterator[Finding]:
    """No text is smaller than the format's least."""
    least = layout.rendering.markup.format.smallest
    for run in layout.runs:
        if run.size < least - 0.05:
            facts = {"text": short(run.text), "page": run.page}
            yield layout.finding("P015", size=f"{run.size:.1f}", least=f"{least:g}", **facts)


def no_split_words(layout: Layout) -> Iterator[Finding]:
    """Words stand whole on their line, unless they are wider than it."""
    for page, word in split_words(layout.rendering, layout.lines):
        yield layout.finding("P050", word=word, page=page)


def large_enough_in_pictures(layout: Layout) -> Iterator[Finding]:
    """Numbers in pictures are as large as the smallest text."""
    least = layout.rendering.markup.format.smallest
    for element in layout.elements:
        size = numbers_in(element, layout.rendering.markup.resources)
        if size is not None and size < least - 0.05:
            facts = {"file": element.source.rpartition("/")[2], "page": element.page}
            yield layout.finding("P051", size=f"{size:.1f}", least=f"{least:g}", **facts)


def enough_contrast(layout: Layout) -> Iterator[Finding]:
    """Text stands out from what is behind it."""
    told: set[tuple[Color, Color]] = set()
    for run in layout.runs:
        ratio = contrast(run.color, run.background)
        if ratio < CONTRAST and (run.color, run.background) not in told:
            told.add((run.color, run.background))
            facts = {"text": short(run.text), "page": run.page, "least": f"{CONTRAST:g}"}
            yield layout.finding("P017", ratio=f"{ratio:.1f}", **facts)


def declared_fonts(layout: Layout) -> Iterator[Finding]:
    """Families and weights are those that the page has: others would be replaced, unseen."""
    resources = layout.rendering.markup.resources
    faces = [face for face in fonts.FACES if face.url in resources]
    weights = {face.family: [f.weight for f in faces if f.family == face.family] for face in faces}
    for families, weight in {(run.families, run.weight) for run in layout.runs}:
        for family in families:
            if family not in weights:
                yield finding("P004", layout.where(family), family=family)
            elif weight not in weights[family]:
                known = ", ".join(map(str, weights[family]))
                yield layout.finding("P005", family=family, weight=weight, known=known)
