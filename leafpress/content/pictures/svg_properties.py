"""What an SVG picture may say of its shapes: attributes and properties, and their values.

An allow-list, as there is one of elements: what is not named here is ignored by WeasyPrint 70 or
drawn otherwise than by browsers, and nobody would be told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from leafpress.content.pictures import svg_values as values

Test = Callable[[str], bool]


class AllowedValue(NamedTuple):
    """What may be said: a test, and the words for it."""

    test: Test
    words: str


def _one_of(*words: str) -> AllowedValue:
    return AllowedValue(lambda value: value.strip() in words, f"`{'` or `'.join(words)}`")


_ANYTHING = AllowedValue(lambda _: True, "anything")
_NUMBER = AllowedValue(values.is_number, "a number without a unit")
_NUMBERS = AllowedValue(values.are_numbers, "numbers")
_LENGTH = AllowedValue(values.is_length, "a length such as 12, 12px, 4mm or 10%")
_SIZE = AllowedValue(values.is_size, "a length of 0 or more such as 12, 12px, 4mm or 10%")
_PART = AllowedValue(values.is_part, "a number from 0 to 1")
_COLOUR = AllowedValue(values.is_colour, "an opaque colour such as #12344d or navy")
_DASHES = AllowedValue(
    lambda value: value.strip() == "none" or values.are_lengths(value), "lengths of 0 or more"
)
_OPAQUE = AllowedValue(lambda value: value.strip() in {"1", "1.0", "100%"}, "1")
_PLACE = AllowedValue(
    lambda value: values.is_part(value) and not 0 < float(value.strip().strip("%")) < 0.001,
    "0, or a number from 0.001 to 1",
)
"""PDF files are written with six decimals: two stops would stand in one place."""

_NOT_MOVED = AllowedValue(lambda _: False, "left out, with the coordinates as they come out by it")
"""Poppler leaves a scaled gradient out, and WeasyPrint draws seams through a turned one."""
_LETTER_SPACE = AllowedValue(
    lambda value: value.strip() == "normal" or values.is_length(value), "a length"
)

INHERITED: Mapping[str, AllowedValue] = {
    "fill": AllowedValue(
        values.is_paint, "`none`, an opaque colour such as #12344d, or `url(#…)` of a gradient"
    ),
    "stroke": AllowedValue(values.is_line_paint, "`none`, or an opaque colour such as #12344d"),
    "fill-rule": _one_of("nonzero", "evenodd"),
    "fill-opacity": _PART,
    "stroke-opacity": _PART,
    "stroke-width": _SIZE,
    "stroke-linecap": _one_of("butt", "round", "square"),
    "stroke-linejoin": _one_of("miter", "round", "bevel"),
    "stroke-miterlimit": AllowedValue(
        lambda value: values.is_number(value) and float(value) >= 1, "a number of 1 or more"
    ),
    "stroke-dasharray": _DASHES,
    "stroke-dashoffset": _LENGTH,
    "marker-start": AllowedValue(
        lambda v: v.strip() == "none" or values.is_reference(v), "`url(#…)`"
    ),
    "marker-mid": AllowedValue(
        lambda v: v.strip() == "none" or values.is_reference(v), "`url(#…)`"
    ),
    "marker-end": AllowedValue(
        lambda v: v.strip() == "none" or values.is_reference(v), "`url(#…)`"
    ),
    "visibility": _one_of("visible", "hidden"),
    "font-family": AllowedValue(
        lambda value: not set("()\\;{}") & set(value), "the names of families"
    ),
    "font-size": _SIZE,
    "font-weight": AllowedValue(values.is_weight, "`normal`, `bold`, or a number"),
    "font-style": _one_of("normal", "italic", "oblique"),
    "text-anchor": _one_of("start", "middle", "end"),
    "letter-spacing": _LETTER_SPACE,
}
"""Properties of shapes and text that what stands inside inherits."""

OWN: Mapping[str, AllowedValue] = {
    "opacity": _PART,
    "display": _one_of("inline", "block", "none"),
    "overflow": _one_of("visible", "hidden"),
    "clip-path": AllowedValue(
        lambda v: v.strip() == "none" or values.is_reference(v), "`url(#…)` of a clipPath"
    ),
    "stop-color": _COLOUR,
    "stop-opacity": _OPAQUE,
}
"""Properties that an element has for itself."""

UNCHANGED: Mapping[str, AllowedValue] = {
    "clip": _one_of("auto"),
    "clip-rule": _one_of("nonzero"),
    "mask": _one_of("none"),
    "filter": _one_of("none"),
    "marker": _one_of("none"),
    "paint-order": _one_of("normal"),
    "vector-effect": _one_of("none"),
    "mix-blend-mode": _one_of("normal"),
    "isolation": _one_of("auto"),
    "color-interpolation": _one_of("auto", "sRGB"),
    "direction": _one_of("ltr"),
    "unicode-bidi": _one_of("normal"),
    "writing-mode": _one_of("horizontal-tb", "lr-tb", "lr"),
    "text-decoration": _one_of("none"),
    "text-decoration-line": _one_of("none"),
    "text-transform": _one_of("none"),
    "text-shadow": _one_of("none"),
    "dominant-baseline": _one_of("auto", "alphabetic"),
    "alignment-baseline": _one_of("auto", "baseline", "alphabetic"),
    "baseline-shift": _one_of("baseline", "0"),
    "word-spacing": _one_of("normal", "0", "0px"),
    "font-stretch": _one_of("normal"),
    "font-variant": _one_of("normal"),
    "font-variant-ligatures": _one_of("normal"),
    "font-variant-caps": _one_of("normal"),
    "font-variant-numeric": _one_of("normal"),
    "font-variant-position": _one_of("normal"),
    "font-variant-alternates": _one_of("normal"),
    "font-variant-east-asian": _one_of("normal"),
    "font-feature-settings": _one_of("normal"),
    "font-variation-settings": _one_of("normal"),
    "font-size-adjust": _one_of("none"),
    "text-orientation": _one_of("mixed"),
    "shape-padding": _one_of("0"),
    "shape-margin": _one_of("0"),
}
"""What drawing programs write though it changes nothing, and may not change anything."""

WITHOUT_EFFECT = frozenset(
    [
        *("color", "color-rendering", "shape-rendering", "text-rendering", "image-rendering"),
        *("color-interpolation-filters", "flood-color", "flood-opacity", "lighting-color"),
        *("solid-color", "solid-opacity", "enable-background", "pointer-events", "cursor"),
        *("line-height", "text-align", "text-indent", "font-kerning", "white-space"),
        *("text-decoration-style", "text-decoration-color", "text-decoration-thickness"),
    ]
)
"""Properties that change nothing in a picture of shapes and numbers."""

PROPERTIES: Mapping[str, AllowedValue] = {
    **INHERITED,
    **OWN,
    **UNCHANGED,
    **dict.fromkeys(WITHOUT_EFFECT, _ANYTHING),
}
"""What may stand in `style=`, and as an attribute as well."""

_ALIGNED = [f"x{x}Y{y}" for x in ("Min", "Mid", "Max") for y in ("Min", "Mid", "Max")]
_ASPECTS = {"none", *_ALIGNED, *(f"{a} meet" for a in _ALIGNED), *(f"{a} slice" for a in _ALIGNED)}
_ASPECT = AllowedValue(lambda value: value in _ASPECTS, "as in `xMidYMid meet`, or `none`")

ATTRIBUTES: Mapping[str, AllowedValue] = {
    **PROPERTIES,
    "viewBox": AllowedValue(values.is_box, "four numbers, of which width and height are above 0"),
    "preserveAspectRatio": _ASPECT,
    "width": _SIZE,
    "height": _SIZE,
    **dict.fromkeys(("r", "rx", "ry", "fr"), _SIZE),
    **dict.fromkeys(("x", "y", "cx", "cy", "x1", "y1", "x2", "y2", "fx", "fy"), _LENGTH),
    "d": AllowedValue(
        values.is_path,
        "a path that starts with M, whose letters have all their numbers, and whose arcs have "
        "radii above 0",
    ),
    "points": AllowedValue(values.are_points, "pairs of numbers"),
    "transform": AllowedValue(
        values.is_transform, "`translate()`, `rotate()` and the like with plain numbers"
    ),
    "transform-origin": AllowedValue(values.are_two, "two numbers"),
    "href": AllowedValue(values.is_link, "`#…`"),
    "offset": _PLACE,
    "gradientTransform": _NOT_MOVED,
    "gradientUnits": _one_of("userSpaceOnUse", "objectBoundingBox"),
    "spreadMethod": _one_of("pad"),
    "clipPathUnits": _one_of("userSpaceOnUse"),
    "markerUnits": _one_of("strokeWidth", "userSpaceOnUse"),
    "markerWidth": _SIZE,
    "markerHeight": _SIZE,
    "refX": _NUMBER,
    "refY": _NUMBER,
    "orient": AllowedValue(
        lambda value: value in {"auto", "auto-start-reverse"} or values.is_number(value),
        "`auto`, `auto-start-reverse` or a number",
    ),
    **dict.fromkeys(("dx", "dy", "rotate"), _NUMBERS),
    "textLength": _SIZE,
    "lengthAdjust": _one_of("spacing", "spacingAndGlyphs"),
    **dict.fromkeys(
        ("id", "class", "version", "baseProfile", "role", "tabindex", "lang", "focusable"),
        _ANYTHING,
    ),
}
"""What may stand as an attribute of any element."""

IN_TEXT: Mapping[str, AllowedValue] = {"x": _NUMBERS, "y": _NUMBERS}
"""Attributes that are lists in text."""

_GRADIENTS = ("linearGradient", "radialGradient")
_TEXTS = ("text", "tspan")

BELONGS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("viewBox", "preserveAspectRatio"), ("svg", "symbol", "marker")),
    **dict.fromkeys(("width", "height"), ("svg", "rect", "use", "symbol")),
    **dict.fromkeys(("x", "y"), ("svg", "rect", "use", *_TEXTS)),
    "r": ("circle", "radialGradient"),
    **dict.fromkeys(("rx", "ry"), ("rect", "ellipse")),
    **dict.fromkeys(("cx", "cy"), ("circle", "ellipse", "radialGradient")),
    **dict.fromkeys(("x1", "y1", "x2", "y2"), ("line", "linearGradient")),
    **dict.fromkeys(("fx", "fy", "fr"), ("radialGradient",)),
    "d": ("path",),
    "points": ("polyline", "polygon"),
    "href": ("use", *_GRADIENTS),
    "offset": ("stop",),
    **dict.fromkeys(("gradientTransform", "gradientUnits", "spreadMethod"), _GRADIENTS),
    "clipPathUnits": ("clipPath",),
    **dict.fromkeys(
        ("markerUnits", "markerWidth", "markerHeight", "refX", "refY", "orient"), ("marker",)
    ),
    **dict.fromkeys(("dx", "dy", "rotate", "textLength", "lengthAdjust"), _TEXTS),
}
"""Where an attribute may stand: WeasyPrint 70 hands nearly all of them down to what is inside."""

_FREE = ("data-", "aria-")


def is_free(name: str) -> bool:
    """Whether an attribute is for others, and drawn by nobody."""
    return name.startswith(_FREE)


def problems(
    element: str, attributes: Iterable[tuple[str, str]], style: Iterable[tuple[str, str]]
) -> Iterable[tuple[str, str, str]]:
    """What an element says that is not drawn alike: name, value, and what could be drawn.

    The last is empty where the name itself is unknown.
    """
    table = {**ATTRIBUTES, **IN_TEXT} if element in {"text", "tspan"} else ATTRIBUTES
    for name, value in attributes:
        if is_free(name):
            continue
        elsewhere = element not in BELONGS.get(name, (element,))
        yield from _problem(name, value, None if elsewhere else table.get(name))
    for name, value in style:
        if not name.startswith("-inkscape-"):
            yield from _problem(name, value, PROPERTIES.get(name))


def _problem(name: str, value: str, allowed: AllowedValue | None) -> Iterable[tuple[str, str, str]]:
    if allowed is None:
        yield name, value, ""
    elif not allowed.test(value) and not (name in INHERITED and value.strip() == "inherit"):
        yield name, value, allowed.words
