"""Boxes: most sizes are `auto` or a length, and few boxes float."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import inf
from typing import Any

_WIDE = (
    *("margin_left", "margin_right", "padding_left", "padding_right", "width", "max_width"),
    *("margin_top", "margin_bottom", "padding_top", "padding_bottom"),
)
"""Sizes that are parts of the width of what is around (CSS 2.2, 8.3 and 8.4)."""

_EDGES = ("border_top_width", "border_right_width", "border_bottom_width", "border_left_width")
_CORNERS = tuple(
    f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left")
)


_UNKNOWN = (None, False)
"""No style's width is None."""

Sizes = dict[str, Any]
"""Attributes of a box."""


def sizes(stock: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """`resolve_percentages`: used sizes of a box, as attributes.

    Boxes of one style in the same room have the same: they are kept on the style. Stock code does
    pages, boxes whose size counts their border, cells that share theirs, and what stands in the
    place of a box that is taken out of the flow, and is not a box: they are few.
    """
    from weasyprint.formatting_structure.boxes import Box, PageBox

    used_sizes = _used_sizes()

    def resolve(box: Any, containing_block: Any) -> None:  # named so by those who call it
        style = box.style
        if isinstance(containing_block, Box):
            room = containing_block.width, containing_block.height
        else:
            width, height = containing_block
            room = width, height
        kept = style.__dict__.setdefault("_sizes", {})
        named, found = kept.get(room, _UNKNOWN)
        # Layout of flex items gives a style another width after it was asked.
        if named is not style["width"]:
            found = _is_plain(style, room[1]) and used_sizes(style, *room)
            kept[room] = style["width"], found
        if found and isinstance(box, Box) and not isinstance(box, PageBox):
            box.__dict__.update(found)
        else:
            stock(box, containing_block)

    return resolve


def _is_plain(style: Any, height: Any) -> bool:
    """Whether a style's sizes are those that it names."""
    return bool(
        style["box_sizing"] == "content-box"
        and style["border_collapse"] != "collapse"
        and (height != "auto" or style["height"] == "auto")
    )


def _used_sizes() -> Callable[[Any, Any, Any], Sizes]:
    from weasyprint.css.properties import Dimension
    from weasyprint.layout.percent import percentage

    def used(style: Any, name: str, whole: Any) -> Any:
        value = style[name]
        if type(value) is Dimension:
            return whole * value.value / 100 if value.unit == "%" else value.value
        return value if value == "auto" else percentage(value, style, whole)

    def least(style: Any, name: str, whole: Any) -> Any:
        value = used(style, name, whole)
        return 0 if value == "auto" else value

    def used_sizes(style: Any, width: Any, height: Any) -> Sizes:
        own = {}
        for name in _WIDE:  # most are lengths, and not asked about by a call
            value = style[name]
            if type(value) is Dimension and value.unit != "%":
                own[name] = value.value
            else:
                own[name] = used(style, name, width)
        for name in _EDGES:
            own[name] = style[name]
        own["min_width"] = least(style, "min_width", width)
        within, most = (0, inf) if height == "auto" else (height, height)
        own["height"] = used(style, "height", height)
        own["min_height"] = least(style, "min_height", within)
        own["max_height"] = used(style, "max_height", most)
        return own

    return used_sizes


def corners(stock: Callable[[Any], None]) -> Callable[[Any], None]:
    """`resolve_radii_percentages`: hardly a box is round."""
    from weasyprint.formatting_structure.boxes import Box

    none = (0, "px")
    square = dict.fromkeys(_CORNERS, (0, 0))

    def resolve(box: Any) -> None:
        style = box.style
        own = style.__dict__
        if "_square" not in own:
            own["_square"] = all(none in style[name] for name in _CORNERS)
        if own["_square"] and isinstance(box, Box):
            box.__dict__.update(square)
        else:
            stock(box)

    return resolve


def in_flow(stock: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """`Box.is_in_normal_flow`: two questions in place of five."""

    def is_in_normal_flow(box: Any) -> bool:
        style = box.style
        if style["float"] == "none" and style["position"] in ("static", "relative"):
            return True
        return stock(box)

    return is_in_normal_flow


def fitting(_stock: Callable[[Any, Any, Any], Any]) -> Callable[[Any, Any, Any], Any]:
    """`shrink_to_fit`: how narrow a box can be matters only where it has not all the room."""
    from weasyprint.layout.preferred import max_content_width, min_content_width

    def fit(context: Any, box: Any, available_content_width: Any) -> Any:
        widest = max_content_width(context, box, outer=False)
        if widest < available_content_width:
            return widest
        narrowest = min_content_width(context, box, outer=False)
        return min(max(narrowest, available_content_width), widest)

    return fit


def in_order(_stock: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """`Box.descendants`: without a generator for each level that a box lies deep."""
    from weasyprint.formatting_structure.boxes import Box

    def descendants(box: Any, placeholders: bool = False) -> Iterator[Any]:
        waiting = [box]
        while waiting:
            box = waiting.pop()
            if isinstance(box, Box):
                yield box
                waiting += box.children[::-1]
            elif placeholders:
                yield from box.descendants(placeholders)
            else:
                yield box

    return descendants
