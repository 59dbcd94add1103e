"""Grounds and outlines: hardly a box has any, and each is asked for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def grounds(stock: Callable[..., None]) -> Callable[..., None]:
    """`layout_box_backgrounds`: a style is asked once whether there is anything to paint."""
    from weasyprint.draw.color import get_color
    from weasyprint.layout import background

    def has_ground(style: Any) -> bool:
        return bool(
            style["border_image_source"][0] != "none"
            or style["mask_border_source"][0] != "none"
            or style["visibility"] == "hidden"
            or any(kind != "none" for kind, _ in style["background_image"])
            or get_color(style, "background_color").alpha
            or style["box_shadow"]
        )

    def lay_out(
        page: Any,
        box: Any,
        get_image: Any,
        layout_children: bool = True,
        style: Any = None,
    ) -> None:
        own = box.style.__dict__
        if "_has_ground" not in own:
            own["_has_ground"] = has_ground(box.style)
        if own["_has_ground"] or style is not None or box is page:
            stock(page, box, get_image, layout_children, style)
            return
        background.resolve_radii_percentages(box)
        if layout_children:
            for child in box.all_children():
                lay_out(page, child, get_image)
        box.background = None

    return lay_out


def outlines(stock: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """`draw_outline`: a box without a line around it has perhaps one inside."""
    from weasyprint.formatting_structure.boxes import Box

    def draw(stream: Any, box: Any) -> None:
        if box.style["outline_width"]:
            stock(stream, box)
            return
        for child in box.children:
            if isinstance(child, Box):
                draw(stream, child)

    return draw
