"""Whether everything on a page has the room that it needs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from leafpress.findings import Finding
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
    said: set[tuple[str, str]] = set()  # what stands on every page is said of the first
    sides = layout.rendering.markup.format.sides * MM
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
                facts = {"text": short(run.text), "edge": edge, "page": run.page}
                yield layout.finding("P014", distance=f"{distance:.0f} pt", **facts)


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
    for page, found in groupby(layout.runs, key=attrgetter("page")):
        for one, other in _colliding([run for run in found if run.ink]):
            facts = {"text": short(one.text), "other": short(other.text), "page": page}
            yield layout.finding("P022", **facts)


def _colliding(runs: list[TextRun]) -> Iterator[tuple[TextRun, TextRun]]:
    """Pieces of different lines of which some letters overlap."""
    around = sorted(((_around(run.ink), run) for run in runs), key=lambda each: each[0][1])
    for number, (area, one) in enumerate(around):
        for below, other in around[number + 1 :]:
            if below[1] > area[3]:
                break
            most = TOUCH * min(one.size, other.size)
            if one.line != other.line and _overlap(area, below, most) and _touch(one, other, most):
                yield one, other


def _around(ink: tuple[Area, ...]) -> Area:
    lefts, tops, rights, bottoms = zip(*ink, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _touch(one: TextRun, other: TextRun, most: float) -> bool:
    return any(_overlap(letter, each, most) for letter in one.ink for each in other.ink)


def _overlap(one: Area, other: Area, most: float) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    return wide > most and min(one[3], other[3]) - max(one[1], other[1]) > most
