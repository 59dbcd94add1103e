"""Whether a booklet can be printed, folded and stapled."""

from __future__ import annotations

from collections.abc import Iterator

from leafpress.findings import Finding
from leafpress.pdf.booklet.booklet import SHEET
from leafpress.pdf.booklet.imposition import MOST_SHEETS, sheets
from leafpress.proof.layout.laid_out import MM, TOLERANCE, Layout


def thin_enough(layout: Layout) -> Iterator[Finding]:
    """No more sheets than a stapler takes."""
    needed = len(sheets(len(layout.pages), right_to_left=False))
    if layout.rendering.markup.format.folded and needed > MOST_SHEETS:
        yield layout.finding("P025", sheets=needed, most=MOST_SHEETS)


def half_a_sheet(layout: Layout) -> Iterator[Finding]:
    """Pages fit side by side on a sheet."""
    wide, high = SHEET[0] / 2, SHEET[1]
    page = max(layout.pages, key=lambda each: (each.width, each.height))
    beyond = max(page.width - wide, page.height - high)
    if layout.rendering.markup.format.folded and beyond > TOLERANCE:
        sizes = {"width": page.width, "height": page.height, "half": wide, "sheet": high}
        yield layout.finding("P026", **{key: f"{each / MM:g}" for key, each in sizes.items()})
