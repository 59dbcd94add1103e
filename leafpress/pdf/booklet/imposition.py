"""Imposition: which pages stand side by side on the sheets of a booklet that is folded and stapled.

All sheets make one signature (saddle stitch): each lies inside the one before it. Pages count from
1 in the order in which they are read.
"""

from __future__ import annotations

from dataclasses import dataclass

SHEET = (297 * 72 / 25.4, 210 * 72 / 25.4)
"""A4, landscape, in points."""

SIDES = 2
"""Of a sheet."""
PAGES_A_SHEET = 2 * SIDES

MOST_SHEETS = 16
"""More of 80 g paper than that do not stay folded, and are more than an office stapler takes."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet: the number of the page in each half; None for a blank half."""

    left: int | None
    right: int | None

    def mirrored(self) -> Side:
        """With its halves changed over."""
        return Side(self.right, self.left)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet, turned over on its short edge: a left half backs a right half."""

    front: Side
    back: Side

    def mirrored(self) -> Sheet:
        """For a booklet that opens the other way."""
        return Sheet(self.front.mirrored(), self.back.mirrored())


def sheets(pages: int, *, right_to_left: bool) -> tuple[Sheet, ...]:
    """The sheets of a booklet, from the cover to the middle; blanks stand at the end.

    Args:
        pages: how many pages there are, from 1.
        right_to_left: whether it opens from the other side: the first page is then on the left.

    Raises:
        ValueError: there is no page.
    """
    if pages < 1:
        raise ValueError(f"a booklet of {pages} pages")
    padded = pages + -pages % PAGES_A_SHEET
    waiting = [page if page <= pages else None for page in range(1, padded + 1)]
    found: list[Sheet] = []
    while waiting:
        first, second, *inside, before_last, last = waiting
        found.append(Sheet(front=Side(last, first), back=Side(second, before_last)))
        waiting = inside
    return tuple(sheet.mirrored() if right_to_left else sheet for sheet in found)


def sides(imposed: tuple[Sheet, ...]) -> tuple[Side, ...]:
    """Every side in the order in which a printer takes them."""
    return tuple(side for sheet in imposed for side in (sheet.front, sheet.back))
