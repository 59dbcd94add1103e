"""What staff have to set when they print a file."""

from __future__ import annotations

import math

from leafpress.pages.formats import FORMATS, Kind
from leafpress.press.edition import Entry

_OF_A_SHEET, _OF_A_FOLDED_SHEET = 2, 4
"""Pages."""


def printing(entry: Entry) -> str:
    """How many sheets of A4 it takes, and how they are turned; empty where it has no pages.

    The back of a sheet that is folded stands on its head unless it is turned at the short edge
    (docs/booklets.md).
    """
    format_ = FORMATS[entry.format]
    if format_.kind is not Kind.PDF or not entry.pages:
        return ""
    pages, edge = (_OF_A_FOLDED_SHEET, "short") if format_.folded else (_OF_A_SHEET, "long")
    sheets = math.ceil(entry.pages / pages)
    return f"{sheets} sheet{'' if sheets == 1 else 's'}, flipped on the {edge} edge"
