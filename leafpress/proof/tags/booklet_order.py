"""In which order the pages of a file are read: those of a booklet stand in pairs, to be folded.

Worked out from the paper, as a hand turns it, and not from the table of
`pdf/booklet/imposition.py`: a proof that shares the writer's arithmetic proves less.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_DUPLEX = "/DuplexFlipShortEdge"
"""A file that is to be printed on both sides and turned on the short edge is a booklet."""


@dataclass(frozen=True, slots=True)
class ReaderPage:
    """A piece of a file's page that a reader sees as one page. Points from the top left corner.

    Args:
        page: the page of the file, from 0.
        left, right: its edges.
    """

    page: int
    left: float
    right: float
    height: float

    def holds(self, page: int, left: float) -> bool:
        """Whether what is drawn from `left` on a page stands on this part."""
        return page == self.page and self.left <= max(left, 0.0) < self.right


def is_booklet(pdf: Any) -> bool:
    """Whether a file says that it is printed as a booklet."""
    return str(pdf.Root.get("/ViewerPreferences", {}).get("/Duplex", "")) == _DUPLEX


def parts(pdf: Any, *, right_to_left: bool) -> tuple[ReaderPage, ...]:
    """All parts of a file in the order in which they are read."""
    pages = list(pdf.pages)
    if not is_booklet(pdf):
        return tuple(_part(number, page, 0, 1) for number, page in enumerate(pages))
    turned = list(_turned(len(pages)))
    halves = ((number, half != right_to_left) for number, half in turned)
    return tuple(_part(n, pages[n], 0.5 * half, 0.5 + 0.5 * half) for n, half in halves)


def _turned(sides: int) -> Iterator[tuple[int, bool]]:
    """Each side of the paper and whether its right half is meant, as a booklet is leafed through.

    Of each sheet the front, which lies outside, comes before the back. On the way in the right
    half of a front is met, and behind it the left one of its back; on the way out the other two.
    """
    for front in range(0, sides, 2):
        yield front, True
        yield front + 1, False
    for front in reversed(range(0, sides, 2)):
        yield front + 1, True
        yield front, False


def _part(number: int, page: Any, start: float, end: float) -> ReaderPage:
    left, bottom, right, top = (float(each) for each in page.mediabox)
    return ReaderPage(number, start * (right - left), end * (right - left), top - bottom)
