"""Whether an edition's pages are fit to print. A check is a function in a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from leafpress.findings import Finding, Span, sort
from leafpress.pages import fonts
from leafpress.pdf import boxes
from leafpress.pdf.layout import Rendering
from leafpress.pdf.split_words import split_words
from leafpress.proof.numbers_in_pictures import numbers_in
from leafpress.rules import finding

_MM = 72 / 25.4

ENDS = 5 * _MM
"""Points that print services keep free above and below (GOV.UK Notify: 5 mm)."""

CONTRAST = 7.0
"""WCAG 2.2, 1.4.6 (level AAA), whatever the size of the text."""

_PICTURES = ("img", "svg")

TOLERANCE = 0.6
"""Points by which a box may miss an edge: rounding of Pango's units, and hanging punctuation."""


@dataclass(frozen=True)
class Layout:
    """A rendering, read once."""

    rendering: Rendering

    @cached_property
    def pages(self) -> tuple[boxes.Page, ...]:
        """Every page."""
        return boxes.pages(self.rendering)

    @cached_property
    def elements(self) -> tuple[boxes.Element, ...]:
        """Every element."""
        return tuple(boxes.elements(self.rendering))

    @cached_property
    def runs(self) -> tuple[boxes.Run, ...]:
        """Every piece of text."""
        return tuple(boxes.runs(self.rendering))

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


def emergency_first(layout: Layout) -> Iterator[Finding]:
    """The first emergency box says on page 1 whom to call, and ends where its format allows."""
    emergency = [element for element in layout.elements if "emergency" in element.classes]
    first = [element for element in emergency if element.id == emergency[0].id]
    whom = [element.page for element in layout.elements if "whom" in element.classes]
    begins = max((each.page for each in first[:1]), default=1)
    begins = max([begins, *whom[:1]])
    last = layout.rendering.markup.format.emergency_ends
    if first and (begins > 1 or first[-1].page > last):
        facts = {"first": begins, "page": first[-1].page, "last": last}
        yield layout.finding("P010", **facts)


def page_count(layout: Layout) -> Iterator[Finding]:
    """No more pages than a reader will read and a clinic will post."""
    least, most = layout.rendering.markup.format.pages
    if not least <= len(layout.pages) <= most:
        yield layout.finding("P011", pages=len(layout.pages), least=least, most=most)


def last_page_filled(layout: Layout) -> Iterator[Finding]:
    """The last page is worth its sheet."""
    last = layout.pages[-1]
    bottoms = [run.bottom for run in layout.runs if run.page == last.number and not run.in_margin]
    filled = (max(bottoms, default=last.top) - last.top) / (last.bottom - last.top)
    if len(layout.pages) > 1 and filled < layout.rendering.markup.format.filled:
        yield layout.finding("P012", percent=round(100 * filled))


def no_stranded_heading(layout: Layout) -> Iterator[Finding]:
    """No heading is the last thing on a page."""
    for page in layout.pages:
        on_page = [run for run in layout.runs if run.page == page.number and not run.in_margin]
        lowest = max(on_page, key=lambda run: run.bottom, default=None)
        if lowest and lowest.heading and page is not layout.pages[-1]:
            yield layout.finding("P013", heading=_short(lowest.text), page=page.number)


def inside_margins(layout: Layout) -> Iterator[Finding]:
    """Text stays inside the page's margins; what stands in the margins, inside the edges."""
    said: set[tuple[str, str]] = set()  # what stands on every page is said of the first
    sides = layout.rendering.markup.format.sides * _MM
    for run in layout.runs:
        page = layout.pages[run.page - 1]
        left, right = (sides, page.width - sides) if run.in_margin else (page.left, page.right)
        bottom = page.height - ENDS if run.in_margin else page.bottom
        top = ENDS
        beyond = {
            "left": left - run.left,
            "right": run.right - right,
            "top": top - run.top,
            "lower": run.bottom - bottom,
        }
        for edge, distance in beyond.items():
            if distance > TOLERANCE and (run.text, edge) not in said:
                said.add((run.text, edge))
                facts = {"text": _short(run.text), "edge": edge, "page": run.page}
                yield layout.finding("P014", distance=f"{distance:.0f} pt", **facts)


def inside_boxes(layout: Layout) -> Iterator[Finding]:
    """Text stays inside the box, column or cell that it stands in."""
    for run in layout.runs:
        left, right = run.room
        beyond = max(left - run.left, run.right - right)
        if beyond > TOLERANCE and run.text.strip():
            facts = {"text": _short(run.text), "page": run.page}
            yield layout.finding("P016", distance=f"{beyond:.0f} pt", **facts)


def pictures_inside(layout: Layout) -> Iterator[Finding]:
    """Pictures stay inside the page's margins."""
    for element in layout.elements:
        page = layout.pages[element.page - 1]
        beyond = max(page.left - element.left, element.right - page.right)
        if element.tag.endswith(_PICTURES) and not element.in_margin and beyond > TOLERANCE:
            yield layout.finding("P018", page=element.page, distance=f"{beyond:.0f} pt")


def no_blank_page(layout: Layout) -> Iterator[Finding]:
    """No page without anything on it."""
    used = {run.page for run in layout.runs if not run.in_margin}
    used |= {each.page for each in layout.elements if each.tag.endswith(_PICTURES)}
    for page in layout.pages:
        if page.number not in used:
            yield layout.finding("P019", page=page.number)


def large_enough(layout: Layout) -> Iterator[Finding]:
    """No text is smaller than the format's least."""
    least = layout.rendering.markup.format.smallest
    for run in layout.runs:
        if run.size < least - 0.05:
            facts = {"text": _short(run.text), "page": run.page}
            yield layout.finding("P015", size=f"{run.size:.1f}", least=f"{least:g}", **facts)


def no_split_words(layout: Layout) -> Iterator[Finding]:
    """Words stand whole on their line, unless they are wider than it."""
    for page, word in split_words(layout.rendering):
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
    said: set[tuple[boxes.Color, boxes.Color]] = set()
    for run in layout.runs:
        ratio = contrast(run.color, run.background)
        if ratio < CONTRAST and (run.color, run.background) not in said:
            said.add((run.color, run.background))
            facts = {"text": _short(run.text), "page": run.page, "least": f"{CONTRAST:g}"}
            yield layout.finding("P017", ratio=f"{ratio:.1f}", **facts)


def contrast(one: boxes.Color, other: boxes.Color) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: boxes.Color) -> float:
    """WCAG 2.2, "relative luminance"."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def declared_fonts(layout: Layout) -> Iterator[Finding]:
    """Families and weights are those of the table: anything else would be replaced, unseen."""
    faces = fonts.faces(layout.rendering.markup.language.script)
    weights = {face.family: [f.weight for f in faces if f.family == face.family] for face in faces}
    for families, weight in {(run.families, run.weight) for run in layout.runs}:
        for family in families:
            if family not in weights:
                yield finding("P004", layout.where(family), family=family)
            elif weight not in weights[family]:
                known = ", ".join(map(str, weights[family]))
                yield layout.finding("P005", family=family, weight=weight, known=known)


CHECKS: tuple[Check, ...] = (
    emergency_first,
    page_count,
    last_page_filled,
    no_stranded_heading,
    inside_margins,
    inside_boxes,
    pictures_inside,
    no_blank_page,
    no_split_words,
    large_enough,
    large_enough_in_pictures,
    enough_contrast,
    declared_fonts,
)


def check(rendering: Rendering) -> tuple[Finding, ...]:
    """Everything that is wrong with an edition's pages."""
    layout = Layout(rendering)
    return sort([found for each in CHECKS for found in each(layout)])


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:38] + "…"
