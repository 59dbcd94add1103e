"""A line that is too wide only by the blank at its end is not too wide.

WeasyPrint 70 breaks such a piece of text after its first word when an element follows. Of
"Someone took such a medicine, and there is <strong>any one</strong>" the first word stands alone.
So it is with Pango 1.50 (Debian 12). With 1.56 (Debian 13) the blank hangs by itself; then what
stock code finds is right, and handed on: each line is asked, no version.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

FirstLine = tuple[Any, int, int | None, float, float, float]
"""The layout, its length in bytes, where to go on (None: all is in it), width, height, baseline."""

_WRAPS_AND_COLLAPSES = ("normal", "pre-line")
"""Values of `white-space` (CSS Text 3, section 3)."""


def with_blank_at_its_end(stock: Callable[..., FirstLine]) -> Callable[..., FirstLine]:
    """`split_first_line` that lets the blank at the end of a text hang over the end of its line."""

    def split(
        text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **more: Any
    ) -> FirstLine:
        found = stock(text, style, context, max_width, *rest, **more)
        words = text.rstrip(" ")
        hangs = found[2] is not None and words and words != text
        if (
            not hangs
            or max_width in (None, inf)
            or style["white_space"] not in _WRAPS_AND_COLLAPSES
        ):
            return found
        _, _, more_to_come, width, *_ = stock(words, style, context, max_width, *rest, **more)
        if more_to_come is not None or width > max_width:
            return found
        whole = stock(text, style, context, None, *rest, **more)
        blank = stock(" ", style, context, None, *rest, **more)
        if whole[3] - blank[3] <= max_width:  # letters may stand otherwise before a blank
            return whole
        return stock(words, style, context, width - 1, *rest, **more)

    return split
