"""Whether everything has the room that it needs: on its page, its line, its sheet of a booklet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from leafpress.findings import Finding
from leafpress.pdf.booklet.imposition import MOST_SHEETS, SHEET, sheets
from leafpress.pdf.boxes import Area, TextRun
from leafpress.proof.layout.laid_out import MM, PICTURES, TOLERANCE, Layout, short

ENDS = 5 * MM
"""Points that print services keep free above and below (GOV.UK Notify: 5 mm)."""

TOUCH = 0.25
"""By this part of their type size letters of two lines may overlap: the boxes around letters that
slope or hang are larger than their strokes, and in Urdu a tail now and then touches the stroke
below it (by up to 0.22)."""


def inside_margins(layout: Layout) -> Iterator[Finding]:
    """Text stays inside the page's margins; what stands in the margins, inside the edges."""
    told: set[tuple[str, str]] = set()  # what stands on every page is told of the first
    for run in layout.runs:
        for edge, distance in _beyond_margins(layout, run).items():
            if distance > TOLERANCE and (run.text, edge) not in told:
                told.add((run.text, edge))
                facts = {"text": short(run.text), "edge": edge, "page": run.page}
                yield layout.finding("P014", distance=f"{distance:.0f} pt", **facts)


def _beyond_margins(layout: Layout, run: TextRun) -> dict[str, float]:
    """How far a piece of text stands over each edge; less than 0 where it does not."""
    page = layout.pages[run.page - 1]
    left, right, bottom = page.left, page.right, page.bottom
    if run.in_margin:
        sides = layout.rendering.markup.format.sides * MM
        left, right, bottom = sides, page.width - sides, page.height - ENDS
    return {
        "left": left - run.left,
        "right": run.right - right,
        "top": ENDS - run.top,
        "lower": run.bottom - bottom,
    }


def inside_boxes(layout: Layout) -> Iterator[Finding]:
    """Text stays inside the box, column or cell that it stands in."""
    for run in layout.runs:
        left, right = run.room
        beyond = max(left - run.left, run.right - right)
        if beyond > TOLERANCE and run.text.strip():
            facts = {"text": short(run.text), "page": run.page}
            yield layout.finding("P016", distance=f"{beyond:.0f} pt", **facts)


def pictures_inside(layout: Layout) -> Iterator[Finding]:
    """Pictures stay inside the page's margins."""
    for element in layout.elements:
        page = layout.pages[element.page - 1]
        beyond = max(page.left - element.left, element.right - page.right)
        if element.tag.endswith(PICTURES) and not element.in_margin and beyond > TOLERANCE:
            yield layout.finding("P018", page=element.page, distance=f"{beyond:.0f} pt")


def no_collision(layout: Layout) -> Iterator[Finding]:
    """No two lines are painted over each other."""
    for page, runs in groupby(layout.runs, key=attrgetter("page")):
        for one, other in _colliding(runs):
            facts = {"text": short(one.text), "other": short(other.text), "page": page}
            yield layout.finding("P022", **facts)


def _colliding(runs: Iterable[TextRun]) -> Iterator[tuple[TextRun, TextRun]]:
    """Pieces of different lines of which some letters overlap."""
    painted = ((run.ink.around, run) for run in runs)
    from_the_top = sorted(((area, run) for area, run in painted if area), key=_top)
    for number, (area, one) in enumerate(from_the_top):
        for below, other in from_the_top[number + 1 :]:
            if below[1] > area[3]:
                break
            most = TOUCH * min(one.size, other.size)
            if one.line != other.line and _overlap(area, below, most) and _touch(one, other, most):
                yield one, other


def _top(placed: tuple[Area, TextRun]) -> float:
    return placed[0][1]


def _touch(one: TextRun, other: TextRun, most: float) -> bool:
    return any(
        _overlap(letter, below, most) for letter in one.ink.letters for below in other.ink.letters
    )


def _overlap(one: Area, other: Area, most: float) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    return wide > most and min(one[3], other[3]) - max(one[1], other[1]) > most


def no_lonely_lines(layout: Layout) -> Iterator[Finding]:
    """No page ends with the first line of a paragraph, or begins with its last.

    In large print an emergency box may be cut anywhere: more of it stands on page 1.
    """
    exempt = _in_emergency(layout) if layout.rendering.markup.format.large else frozenset()
    paragraphs: dict[Any, list[tuple[int, str]]] = {}
    for page, block, words in layout.lines:
        if block not in exempt:
            text = "".join(word.text for word in words)
            paragraphs.setdefault(block, []).append((page, text))
    for paragraph in paragraphs.values():
        yield from _lonely_lines(layout, paragraph)


def _lonely_lines(layout: Layout, paragraph: list[tuple[int, str]]) -> Iterator[Finding]:
    """Of a paragraph, whose lines are told as page and words."""
    pages = [page for page, _ in paragraph]
    first, last, text = pages[0], pages[-1], short(paragraph[0][1])
    if first != last and pages.count(first) == 1:
        yield layout.finding("P023", text=text, where="at the foot of", page=first)
    if first != last and pages.count(last) == 1:
        yield layout.finding("P023", text=text, where="at the head of", page=last)


def _in_emergency(layout: Layout) -> frozenset[Any]:
    inside: set[Any] = set()
    for element in layout.rendering.root.iter():
        if "emergency" in element.attrib.get("class", "").split():
            inside |= set(element.iter())
    return frozenset(inside)


def thin_enough(layout: Layout) -> Iterator[Finding]:
    """A booklet has no more sheets than a stapler takes."""
    needed = len(sheets(len(layout.pages), right_to_left=False))
    if layout.rendering.markup.format.folded and needed > MOST_SHEETS:
        yield layout.finding("P025", sheets=needed, most=MOST_SHEETS)


def half_a_sheet(layout: Layout) -> Iterator[Finding]:
    """Pages of a booklet fit side by side on a sheet."""
    wide, high = SHEET[0] / 2, SHEET[1]
    page = max(layout.pages, key=attrgetter("width", "height"))
    beyond = max(page.width - wide, page.height - high)
    if layout.rendering.markup.format.folded and beyond > TOLERANCE:
        sizes = {"width": page.width, "height": page.height, "half": wide, "sheet": high}
        in_mm = {name: f"{size / MM:g}" for name, size in sizes.items()}
        yield layout.finding("P026", **in_mm)
