"""Whether an edition's pages are fit to print. A check is a function in a list."""

from __future__ import annotations

from collections.abc import Iterator

from leafpress.findings import Finding, sort
from leafpress.pdf.layout import Rendering
from leafpress.proof.layout import space_checks, type_checks
from leafpress.proof.layout.laid_out import PICTURES, Check, Layout, short


def emergency_first(layout: Layout) -> Iterator[Finding]:
    """The first emergency box says on page 1 whom to call, and ends where its format allows."""
    emergency = [element for element in layout.elements if "emergency" in element.classes]
    first = [element for element in emergency if element.id == emergency[0].id]
    whom = [element.page for element in layout.elements if "says-whom" in element.classes]
    begins = max((each.page for each in first[:1]), default=1)
    begins = max([begins, *whom[:1]])
    last = layout.rendering.markup.format.emergency_ends
    if first and (begins > 1 or first[-1].page > last):
        facts = {"first": begins, "page": first[-1].page, "last": last}
        yield layout.finding("P010", **facts)


def page_count(layout: Layout) -> Iterator[Finding]:
    """No more pages than a reader will read and a clinic will post."""
    markup = layout.rendering.markup
    least = markup.format.pages[0]
    most = markup.format.most_pages(source=markup.language.is_source)
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
            yield layout.finding("P013", heading=short(lowest.text), page=page.number)


def no_blank_page(layout: Layout) -> Iterator[Finding]:
    """No page without anything on it."""
    used = {run.page for run in layout.runs if not run.in_margin}
    used |= {each.page for each in layout.elements if each.tag.endswith(PICTURES)}
    for page in layout.pages:
        if page.number not in used:
            yield layout.finding("P019", page=page.number)


CHECKS: tuple[Check, ...] = (
    emergency_first,
    page_count,
    last_page_filled,
    no_stranded_heading,
    no_blank_page,
    space_checks.inside_margins,
    space_checks.inside_boxes,
    space_checks.pictures_inside,
    space_checks.no_collision,
    space_checks.no_lonely_lines,
    space_checks.thin_enough,
    space_checks.half_a_sheet,
    type_checks.no_split_words,
    type_checks.large_enough,
    type_checks.large_enough_in_pictures,
    type_checks.enough_contrast,
    type_checks.declared_fonts,
)


def check(rendering: Rendering) -> tuple[Finding, ...]:
    """Everything that is wrong with an edition's pages."""
    layout = Layout(rendering)
    return sort([found for each in CHECKS for found in each(layout)])
