"""Whether everything on a page has the room that it needs."""

from __future__ import annotations

from collections.abc import Iterator

from leafpress.findings import Finding
from leafpress.proof.laid_out import MM, PICTURES, TOLERANCE, Layout, short

ENDS = 5 * MM
"""Points that print services keep free above and below (GOV.UK Notify: 5 mm)."""


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
