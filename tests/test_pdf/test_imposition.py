"""Which pages stand side by side: by example, and by folding paper that is not there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leafpress.pdf.booklet.imposition import Sheet, Side, sheets, sides

PAGES = st.integers(min_value=1, max_value=200)
DIRECTION = st.booleans()


def folded(stack: tuple[Sheet, ...], *, right_to_left: bool) -> list[int | None]:
    """The pages as a hand turns them.

    Each sheet is two leaves, which hang together at the fold. The sheets are laid on each other,
    the cover at the bottom with its front down, and folded upwards: the leaves of one half come in
    order from the outside in, those of the other from the inside out.
    """
    first = "left" if right_to_left else "right"
    last = "right" if right_to_left else "left"
    inwards = [(getattr(sheet.front, first), getattr(sheet.back, last)) for sheet in stack]
    outwards = [(getattr(each.back, first), getattr(each.front, last)) for each in reversed(stack)]
    return [page for leaf in (*inwards, *outwards) for page in leaf]


@given(PAGES, DIRECTION)
def test_folded_it_is_read_in_order(pages: int, right_to_left: bool) -> None:
    read = folded(sheets(pages, right_to_left=right_to_left), right_to_left=right_to_left)
    assert read[:pages] == list(range(1, pages + 1))
    assert read[pages:] == [None] * (-pages % 4)


@given(PAGES, DIRECTION)
def test_no_page_is_lost_or_printed_twice(pages: int, right_to_left: bool) -> None:
    imposed = sides(sheets(pages, right_to_left=right_to_left))
    halves = [half for side in imposed for half in (side.left, side.right)]
    assert sorted(filter(None, halves)) == list(range(1, pages + 1))
    assert len(halves) % 4 == 0
    assert len(halves) - pages < 4


@given(PAGES)
def test_right_to_left_is_the_mirror(pages: int) -> None:
    one, other = (sheets(pages, right_to_left=way) for way in (False, True))
    assert tuple(sheet.mirrored() for sheet in one) == other


@given(PAGES)
def test_pages_side_by_side_add_up(pages: int) -> None:
    """A printer's rule of thumb: two neighbours make one more than the whole."""
    padded = pages + -pages % 4
    for side in sides(sheets(pages, right_to_left=False)):
        if side.left is not None and side.right is not None:
            assert side.left + side.right == padded + 1


def test_by_hand() -> None:
    assert sheets(8, right_to_left=False) == (
        Sheet(Side(8, 1), Side(2, 7)),
        Sheet(Side(6, 3), Side(4, 5)),
    )
    assert sheets(6, right_to_left=True)[0] == Sheet(Side(1, None), Side(None, 2))
    assert sheets(1, right_to_left=False) == (Sheet(Side(None, 1), Side(None, None)),)


def test_a_booklet_has_pages() -> None:
    with pytest.raises(ValueError, match="0 pages"):
        sheets(0, right_to_left=False)
