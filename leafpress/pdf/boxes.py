"""WeasyPrint's pages as plain facts: what stands where, in which type.

The page boxes are private to WeasyPrint; this module is the only one that reads them for the
layout checks. Lengths are in points from the page's top left corner.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from leafpress.pages.colour import Color
from leafpress.pdf.layout import Rendering
from leafpress.pdf.text.ink import Outlines, Painted, dropped_blank

_PX = 0.75
"""CSS pixels to points."""


Area = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_PAPER: Color = (1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class LaidOutPage:
    """A page's size and the area that its margins leave."""

    number: int
    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class LaidOutElement:
    """A box of an element on a page.

    `id`, `classes` and `source` (the `src` of a picture) are those of the HTML.
    """

    page: int
    tag: str
    id: str
    classes: tuple[str, ...]
    left: float
    top: float
    right: float
    bottom: float
    in_margin: bool
    source: str = ""


@dataclass(frozen=True, slots=True)
class TextRun:
    """A piece of text on one line. `top` and `bottom` are the line's: fonts are taller.

    `color` and `background`, which is that of the nearest element that has one, are sRGB from 0
    to 1. `room` is the left and right edge of the box that the line stands in. `ink` is what each
    letter covers; `line` is the same for all pieces of one line.
    """

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    families: tuple[str, ...]
    weight: int
    heading: bool
    in_margin: bool
    color: Color
    background: Color
    room: tuple[float, float]
    ink: Painted
    line: int


def pages(rendering: Rendering) -> tuple[LaidOutPage, ...]:
    """Every page."""
    return tuple(
        _page(number, page._page_box)
        for number, page in enumerate(rendering.document.pages, start=1)
    )


def _page(number: int, box: Any) -> LaidOutPage:
    left, top = box.content_box_x() * _PX, box.content_box_y() * _PX
    return LaidOutPage(
        number,
        box.margin_width() * _PX,
        box.margin_height() * _PX,
        left,
        top,
        left + box.width * _PX,
        top + box.height * _PX,
    )


class Seen(NamedTuple):
    """A box and where it is.

    Args:
        room: the left and right edge of what it stands in, lines and what is in them apart.
    """

    page: int
    box: Any
    in_margin: bool
    background: Color = _PAPER
    room: tuple[float, float] = (0.0, 0.0)


def elements(every: Iterable[Seen]) -> Iterator[LaidOutElement]:
    """Every element's boxes, page by page, outermost first.

    Args:
        every: what `seen` gives.
    """
    for seen in every:
        box = seen.box
        if box.element is not None and not type(box).__name__.startswith("Text"):
            yield _element(seen.page, box, seen.in_margin)


def _element(number: int, box: Any, in_margin: bool) -> LaidOutElement:
    left, top = box.border_box_x() * _PX, box.border_box_y() * _PX
    right, bottom = left + box.border_width() * _PX, top + box.border_height() * _PX
    attributes = box.element.attrib
    classes = tuple(attributes.get("class", "").split())
    tag = box.element_tag
    return LaidOutElement(
        number,
        tag,
        attributes.get("id", ""),
        classes,
        left,
        top,
        right,
        bottom,
        in_margin,
        attributes.get("src", ""),
    )


def runs(every: Iterable[Seen]) -> Iterator[TextRun]:
    """Every piece of text, page by page, in the order of the HTML.

    Args:
        every: what `seen` gives.
    """
    line: Any = None
    outlines = Outlines()
    for seen in every:
        kind = type(seen.box).__name__
        if kind == "LineBox":
            line = seen.box
        if kind == "TextBox" and seen.box.text and seen.box.text.strip():
            yield _run(seen, line or seen.box, outlines)


def _run(seen: Seen, line: Any, outlines: Outlines) -> TextRun:
    box, style = seen.box, seen.box.style
    left, top = (box.position_x + dropped_blank(box)) * _PX, line.position_y * _PX
    return TextRun(
        seen.page,
        box.text,
        left,
        top,
        left + box.width * _PX,
        top + line.height * _PX,
        style["font_size"] * _PX,
        tuple(style["font_family"]),
        int(style["font_weight"]),
        box.element_tag.split("::")[0] in {"h1", "h2", "h3", "h4"},
        seen.in_margin,
        _over(style["color"], seen.background),
        seen.background,
        seen.room,
        Painted(box, outlines, _PX),
        id(line),
    )


def seen(rendering: Rendering) -> tuple[Seen, ...]:
    """Every box, page by page, outermost first: read once for all who ask."""
    every: list[Seen] = []
    for number, page in enumerate(rendering.document.pages, start=1):
        box = page._page_box
        ground = _over(box.style["background_color"], _PAPER)
        for child in box.children:
            around = Seen(number, box, type(child).__name__ == "MarginBox", ground)
            _see(child, around, _room_in(around), every)
    return tuple(every)


def _see(box: Any, around: Seen, room: tuple[float, float], every: list[Seen]) -> None:
    """Enter a box, which stands in another, and all that stands in it."""
    box = getattr(box, "_box", box)  # an absolutely placed box stands behind a placeholder
    background = _over(box.style["background_color"], around.background)
    own = Seen(around.page, box, around.in_margin, background, room)
    every.append(own)
    children = getattr(box, "children", ())
    if children:
        inner = _room_in(own)
        for child in children:
            _see(child, own, inner, every)


def _room_in(seen: Seen) -> tuple[float, float]:
    box = seen.box
    if type(box).__name__ in {"LineBox", "InlineBox", "TextBox"}:
        return seen.room
    left = box.content_box_x() * _PX
    return left, left + box.width * _PX


def _over(color: Any, below: Color) -> Color:
    """A colour as it looks on another one."""
    alpha = color.alpha
    if not alpha:
        return below
    red, green, blue = (
        alpha * top + (1 - alpha) * under
        for top, under in zip(color.to("srgb").coordinates, below, strict=True)
    )
    return red, green, blue
