"""Computed values: most properties are given by nobody, and come from the parent or the table.

A box is asked for the same properties as every other. The first of them that is asked for
(`_FIRST`) brings all that no rule names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

Missing = Callable[[Any, str], Any]
"""`__missing__` of a style: computes a property the first time that it is asked for."""

_FIRST = frozenset({"counter_reset", "box_sizing"})
"""What is asked of an element before anything else that most are asked for: when its box is made,
and when it is laid out (`quick_sizes.sizes`)."""

_SIDES = ("top", "right", "bottom", "left")
_CORNERS = ("top_left", "top_right", "bottom_right", "bottom_left")
_ASKED = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in _SIDES),
    *(f"border_{corner}_radius" for corner in _CORNERS),
    *("box_sizing", "height", "width", "max_width", "max_height", "min_width", "min_height"),
    *("border_image_source", "mask_border_source", "background_image", "background_color"),
    *("box_shadow", "bookmark_level", "bookmark_state", "appearance", "outline_offset"),
    *("outline_color", "outline_style", "overflow", "transform", "opacity"),
    *("box_decoration_break", "column_width", "column_count", "continue", "max_lines"),
    *("counter_reset", "counter_set", "counter_increment", "string_set", "anchor", "content"),
    *("vertical_align", "break_after", "break_before"),
)
"""Properties with a value of their own that most boxes are asked for: counted in a leaflet."""

_NO_LINES = {
    **{f"border_{side}_width": f"border_{side}_style" for side in _SIDES},
    "outline_width": "outline_style",
}
"""Widths that are 0 where there is no style of line (CSS Backgrounds 3, 3.3)."""

_KEYWORDS_OF_PARENTS = (
    *("lang", "direction", "white_space", "border_collapse", "visibility", "image_orientation"),
    *("color", "color_scheme", "font_family", "font_style", "font_stretch", "font_weight"),
    *("font_variant_caps", "font_variation_settings", "font_variant_ligatures"),
    *("font_variant_position", "font_variant_numeric", "font_variant_alternates"),
    *("font_variant_east_asian", "font_feature_settings", "font_language_override"),
    *("font_kerning", "text_transform", "hyphens", "overflow_wrap"),
)
"""Inherited ones that are no lengths."""

_LENGTHS_OF_PARENTS = ("font_size", "line_height", "letter_spacing", "word_spacing", "text_indent")
"""Inherited lengths: they may be parts of the page's, which is there when boxes are laid out."""


def _is_special(name: str) -> bool:
    """Whether stock code gives a property more thought than the cascade asks for."""
    return name in {"position", "float", "display", "page"} or name.startswith("text_decoration_")


def _initial() -> dict[str, Any]:
    """Values of properties that are neither inherited nor computed from their initial value."""
    from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

    computed = {*INHERITED, *INITIAL_NOT_COMPUTED}
    return {
        name: value
        for name, value in INITIAL_VALUES.items()
        if name not in computed and not _is_special(name)
    }


def _inherited() -> frozenset[str]:
    from weasyprint.css.properties import INHERITED

    return frozenset(name for name in INHERITED if not _is_special(name))


def _logical() -> Mapping[str, tuple[str, ...]]:
    """What may be said in place of a property, in either direction of writing."""
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS

    return {
        name: tuple({function(block="ttb", inline=direction) for direction in ("ltr", "rtl")})
        for name, function in PHYSICAL_FUNCTIONS.items()
    }


def _filler(logical: Mapping[str, tuple[str, ...]]) -> Callable[[Any], None]:
    """Gives an element's style what most boxes are asked for, where no rule names it."""
    initial, inherited = _initial(), _inherited()
    common = {name: initial[name] for name in _ASKED if name in initial}
    common.update((line, initial[line]) for line in _NO_LINES.values())
    common.update(dict.fromkeys(_NO_LINES, 0))
    keywords = [name for name in _KEYWORDS_OF_PARENTS if name in inherited]
    said_by: dict[str, list[str]] = {name: [name] for name in (*common, *keywords)}
    for name in common:
        for other in logical.get(name, ()):
            said_by.setdefault(other, []).append(name)
    for width, line in _NO_LINES.items():
        for other in (line, *logical.get(line, ())):
            said_by[other].append(width)

    def fill(style: Any) -> None:
        values = common.copy()
        if style.parent_style is not None:
            values.update(zip(keywords, map(style.parent_style.__getitem__, keywords), strict=True))
        for other in said_by.keys() & style.cascaded.keys():
            for name in said_by[other]:
                values.pop(name, None)
        values.update(style)
        style.update(values)

    return fill


def _said(stock: Missing) -> Missing:
    """What a rule says of a property itself, or its initial value: most often a plain one."""
    from weasyprint.css.computed_values import COMPUTER_FUNCTIONS
    from weasyprint.css.functions import check_math
    from weasyprint.css.properties import INITIAL_VALUES
    from weasyprint.css.tokens import Pending

    @cache
    def is_pending(kind: type) -> bool:  # `isinstance` is slow for an abstract class
        return issubclass(kind, Pending)

    def said(style: Any, name: str) -> Any:
        value = style.cascaded[name][0] if name in style.cascaded else INITIAL_VALUES[name]
        kind: Any = type(value)
        if kind is str:
            is_plain = value not in ("inherit", "initial")
        else:
            is_plain = not is_pending(kind) and not check_math(value)
        if not is_plain or _is_special(name) or name.startswith("__"):
            return stock(style, name)
        if name in COMPUTER_FUNCTIONS:
            value = COMPUTER_FUNCTIONS[name](style, name, value)
        style[name] = value
        return value

    return said


def _to_compute() -> frozenset[str]:
    """Properties whose initial value is computed, such as widths of borders."""
    from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED

    return frozenset(name for name in INITIAL_NOT_COMPUTED - INHERITED if not _is_special(name))


def computed(stock: Missing) -> Missing:
    """For elements: what no rule names in any way is the parent's value or the initial one."""
    from weasyprint.css.functions import check_math

    initial, inherited, logical = _initial(), _inherited(), _logical()
    fill, said, to_compute = _filler(logical), _said(stock), _to_compute()

    def missing(style: Any, name: str) -> Any:
        cascaded = style.cascaded
        if name in _FIRST:
            fill(style)
            if name in style:
                return style[name]
        if name in logical and not cascaded.keys().isdisjoint(logical[name]):
            return stock(style, name)
        if name in cascaded or name in to_compute:
            return said(style, name)
        if name in initial:
            value = style[name] = initial[name]
            return value
        parent = style.parent_style
        value = parent[name] if parent is not None and name in inherited else None
        if value is None or (type(value) is not str and check_math(value)):
            return stock(style, name)
        style[name] = value
        return value

    return missing


def anonymous(stock: Missing) -> Missing:
    """For boxes that stand for no element."""
    from weasyprint.css.properties import INITIAL_VALUES

    initial, inherited = _initial(), _inherited()
    common = {name: initial[name] for name in _ASKED if name in initial}
    common.update({name: INITIAL_VALUES[name] for name in ("float", "position")})
    keywords = [name for name in _KEYWORDS_OF_PARENTS if name in inherited]

    def fill(style: Any, names: Sequence[str], values: dict[str, Any]) -> None:
        own = dict(style)
        style.update(values)
        style.update(zip(names, map(style.parent_style.__getitem__, names), strict=True))
        style.update(own)

    def missing(style: Any, name: str) -> Any:
        if "lang" not in style:
            fill(style, keywords, common)
        if name == "font_size":
            fill(style, _LENGTHS_OF_PARENTS, {})
        if name in style:
            value = style[name]
        elif name in inherited:
            value = style[name] = style.parent_style[name]
        elif name in initial:
            value = style[name] = initial[name]
        else:
            return stock(style, name)
        return value

    return missing


def solved_once(stock: Callable[[Any, Any, str, Any], Any]) -> Callable[[Any, Any, str, Any], Any]:
    """`Pending.solve`: a declaration with the same words for its variables says the same.

    Declarations live as long as their style sheet. Pictures are solved each time, since computing
    changes them in place.
    """
    from tinycss2 import serialize  # type: ignore[import-untyped]  # tinycss2 has no types

    def solve(pending: Any, tokens: Any, wanted_key: str, base_url: Any) -> Any:
        if "image" in wanted_key:
            return stock(pending, tokens, wanted_key, base_url)
        known = pending.__dict__.setdefault("_solved", {})
        key = serialize(tokens), wanted_key, base_url
        if key not in known:
            known[key] = stock(pending, tokens, wanted_key, base_url)
        return known[key]

    return solve


def colours_once(stock: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """`color4.parse_color`: a colour that is a word or a number is always the same one."""
    known: dict[tuple[str, str], Any] = {}

    def parse(input: Any) -> Any:
        kind = getattr(input, "type", "")
        if kind not in ("ident", "hash"):
            return stock(input)
        key = kind, input.value
        if key not in known:
            known[key] = stock(input)
        return known[key]

    return parse
