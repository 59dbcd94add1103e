"""A picture of 100 people, drawn by us: ten rows of ten, as many filled in as the words say.

Those who count are solid, the others are outlines, so that the picture is read without colour.
Tens are easier to count than a scattered hundred (CDC Clear Communication Index, item 17). One
square block is read as one hundred: twice five columns looked like two pictures to a reader
(docs/quality/independent-rating.md).
"""

from __future__ import annotations

from markupsafe import Markup as Safe

from leafpress.pages.formats import Format, Kind
from leafpress.pages.recolour import recoloured

ACROSS = 10
ALL = 100

_INK = "#12344d"
_HEAD = "a2 2 0 1 0 4 0a2 2 0 1 0-4 0z"
_BODY = "v-1.2a3.3 3.3 0 0 1 6.6 0v1.2z"


def drawn(count: int, format_: Format, *, right_to_left: bool) -> Safe:
    """SVG of 100 people of whom `count` are filled in, from the side where reading begins.

    Args:
        count: 0 to 100.
    """
    solid = _figures(range(count), right_to_left=right_to_left)
    outlined = _figures(range(count, ALL), right_to_left=right_to_left)
    # A web page's style sheet says the colour, which follows dark pages too.
    ink = "currentColor" if format_.kind is Kind.WEB else _INK
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" class="hundred">'
        f'<path fill="{ink}" stroke="{ink}" stroke-width="0.5" d="{solid}"/>'
        f'<path fill="none" stroke="{ink}" stroke-width="0.5" d="{outlined}"/></svg>'
    )
    if format_.scale:
        svg = recoloured(svg.encode(), format_.scale).decode()
    return Safe(svg)


def _figures(places: range, *, right_to_left: bool) -> str:
    return "".join(_figure(place, right_to_left=right_to_left) for place in places) or "M0 0"


def _figure(place: int, *, right_to_left: bool) -> str:
    """A head and a body in the square of a place, counted from 0."""
    row, column = divmod(place, ACROSS)
    x = 10 * (ACROSS - 1 - column if right_to_left else column)
    y = 10 * row
    return f"M{x + 3:g} {y + 2.6:g}{_HEAD}M{x + 1.7:g} {y + 9.3:g}{_BODY}"
