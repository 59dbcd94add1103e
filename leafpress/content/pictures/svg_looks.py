"""What in an SVG picture is drawn otherwise by the layout program or by one of a PDF's readers.

Each was drawn by WeasyPrint 70, pdfium 151 and poppler 22.12, and compared with Chromium.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from leafpress.content.pictures import svg_values as values
from leafpress.content.pictures.svg_properties import ATTRIBUTES, BELONGS, problems
from leafpress.content.pictures.svg_reader import SHAPES, SvgElement
from leafpress.findings import Finding
from leafpress.rules import finding

Elements = dict[str, SvgElement]
"""The elements of a picture by id."""

Trouble = tuple[str, str]
"""What is used, and what comes of it."""

_MARKED = ("marker-start", "marker-mid", "marker-end")
_CLIPS = SHAPES | {"use", "text", "tspan", "title", "desc"}
_HIDDEN = SHAPES | {"g", "text", "tspan", "use"}
_COORDINATES = {"linearGradient": ("x2",), "radialGradient": ("cx", "cy", "r")}
"""What a gradient in the picture's own units has to say: what is left out counts as a part of the
shape for WeasyPrint, and of the picture for browsers."""

_LONGEST_CHAIN = 8
"""Gradients that take after each other."""

_MITRED = 'half-transparent mitred corners are cut off: write `stroke-linejoin="round"`'


def check(root: SvgElement, ids: Elements) -> Iterator[Finding]:
    """What is not drawn alike everywhere (L106, L112)."""
    for element in root.descend():
        yield from _said(element)
        for look in LOOKS:
            for what, why in look(element, ids):
                yield finding("L106", element.span, what=what, why=why)
    yield from _outermost(root)


def _said(element: SvgElement) -> Iterator[Finding]:
    attributes = element.attributes.items()
    for name, value, words in problems(element.name, attributes, element.style):
        shown = value.strip()[:40]
        if words:
            yield finding("L112", element.span, name=name, value=shown, words=words)
        else:
            what = f"`{name}: {shown}`" if shown else f"`{name}`"
            yield finding("L106", element.span, what=what, why=_why(name, element.name))


def _why(name: str, element: str) -> str:
    if name in BELONGS and element not in BELONGS[name]:
        return f"it does not belong to `<{element}>`, and what stands inside would take it over"
    if name in ATTRIBUTES:
        return "it may stand as an attribute, and not in `style=`"
    return "it is left out, or drawn otherwise than in browsers"


def _outermost(root: SvgElement) -> Iterator[Finding]:
    """On `<svg>` itself browsers take some attributes for the page's."""
    for name in ("x", "y"):
        if values.length(root.attributes.get(name, "0")):
            yield finding("L106", root.span, what=f"`{name}` of `<svg>`", why="browsers ignore it")
    if "transform" in root.attributes:
        why = "it is turned about another point than in browsers"
        yield finding("L106", root.span, what="`transform` of `<svg>`", why=why)


def _gradients(element: SvgElement, ids: Elements) -> Iterator[Trouble]:
    target = ids.get(values.reference(element.value("fill")))
    if target is None or target.name not in _COORDINATES:
        return
    facts = _with_others(target, ids)
    if facts.get("gradientUnits") != "userSpaceOnUse":
        yield (
            f"the gradient `{target.value('id')}` measured by the shape",
            'poppler draws nothing: write `gradientUnits="userSpaceOnUse"` and coordinates',
        )
        return
    names = _COORDINATES[target.name]
    missing = [name for name in names if name not in facts]
    parts = [
        name
        for name in ("x1", "y1", "x2", "y2", "cx", "cy", "r", "fx", "fy", "fr")
        if facts.get(name, "").strip().endswith("%")
    ]
    if missing or parts:
        yield (
            f"the gradient `{target.value('id')}` with {', '.join(missing + parts)} in percent",
            "it is measured by the shape and not by the picture: write numbers",
        )


def _with_others(gradient: SvgElement, ids: Elements) -> dict[str, str]:
    """What a gradient says, and what it takes over from those it leads to."""
    facts: dict[str, str] = {}
    for _ in range(_LONGEST_CHAIN):
        facts = {**gradient.attributes, **facts}
        further = ids.get(gradient.value("href").lstrip("#"))
        if further is None:
            break
        gradient = further
    return facts


def _clipping(element: SvgElement, _: Elements) -> Iterator[Trouble]:
    if element.name != "clipPath":
        return
    for inside in element.children:
        if inside.name not in _CLIPS:
            yield (
                f"`<{inside.name}>` in `<clipPath>`",
                "browsers do not clip by it: use shapes only",
            )


def _markers(element: SvgElement, _: Elements) -> Iterator[Trouble]:
    if element.name not in {"path", "polyline", "polygon", "use"}:
        return
    if all(element.holds(name, "none") == "none" for name in _MARKED):
        return
    letters = [letter for letter, _rest in values.pieces(element.value("d")) or ()]
    plain = set("".join(letters).lower()) <= set("mlhvc") and len(letters) > 0
    if element.name != "path" or not plain or "".join(letters).lower().count("m") > 1:
        why = "arrows point elsewhere: use `<line>`, or one open path of M, L, H, V and C"
        yield f"markers on `<{element.name}>`", why


def _opacity(element: SvgElement, _: Elements) -> Iterator[Trouble]:
    opacity = element.value("opacity")
    if not values.is_part(opacity) or opacity in {"1", "1.0", "100%", "0"}:
        return
    for inside in element.descend():
        if inside.name == "text":
            yield "`opacity` around text", "some of it is cut off: write `fill-opacity`"
        if _has_corners(inside):
            yield "`opacity`", _MITRED
        if any(inside.holds(name, "none") != "none" for name in _MARKED):
            yield "`opacity` with markers", "they may be cut off: write `fill-opacity`"


def _has_corners(element: SvgElement) -> bool:
    mitred = element.holds("stroke-linejoin") not in {"round", "bevel"}
    return element.name in {"path", "polyline", "polygon"} and mitred and _line(element)


def _line(element: SvgElement) -> bool:
    return element.holds("stroke", "none") != "none" and element.holds("stroke-width") != "0"


def _seen_through(element: SvgElement, _: Elements) -> Iterator[Trouble]:
    """The inner half of a half-transparent line lies on its own filling."""
    through = element.holds("stroke-opacity", "1") not in {"1", "1.0", "100%"}
    filled = element.holds("fill", "black") != "none" and element.name != "line"
    if element.name in SHAPES | {"use"} and through and filled and _line(element):
        why = "pdfium and poppler draw it otherwise: draw line and filling as two shapes"
        yield "`stroke-opacity` on a filled shape", why


def _sizes(element: SvgElement, ids: Elements) -> Iterator[Trouble]:
    if element.name == "ellipse" and not {"rx", "ry"} <= set(element.attributes):
        yield "`<ellipse>` without `rx` and `ry`", "it is not drawn"
    target = ids.get(element.value("href").lstrip("#")) if element.name == "use" else None
    if target is None or target.name != "symbol" or "viewBox" not in target.attributes:
        return
    if not {"width", "height"} <= set(element.attributes):
        why = "it is drawn at another size: write `width` and `height`"
        yield f"`<use>` of the symbol `{target.value('id')}`", why


def _anchors(element: SvgElement, _: Elements) -> Iterator[Trouble]:
    if element.name == "tspan" and element.holds("text-anchor", "start") != "start":
        why = "it is drawn elsewhere: write one `<text>` for each"
        yield f"`text-anchor: {element.holds('text-anchor')}` with `<tspan>`", why


def _handed_down(element: SvgElement, _: Elements) -> Iterator[Trouble]:
    """What WeasyPrint hands down though it holds for one element only."""
    inside = [child for child in element.descend() if child is not element]
    if element.name == "text" and "textLength" in element.attributes and inside:
        yield "`textLength` around `<tspan>`", "each gets that length: write one `<text>` for each"
    aspect = [child for child in inside if "viewBox" in child.attributes]
    if "preserveAspectRatio" in element.attributes:
        for child in aspect:
            if "preserveAspectRatio" not in child.attributes:
                why = "write `preserveAspectRatio` there too: it would take over the outer one"
                yield f"`<{child.name}>` in a fitted `<{element.name}>`", why


def _hidden(element: SvgElement, _: Elements) -> Iterator[Trouble]:
    """Browsers hide shapes, groups and text; what is only referred to, and the whole, they draw."""
    if element.name not in _HIDDEN and element.value("display") == "none":
        yield f"`display: none` of `<{element.name}>`", "browsers draw it all the same: delete it"


LOOKS: tuple[Callable[[SvgElement, Elements], Iterator[Trouble]], ...] = (
    _gradients,
    _clipping,
    _markers,
    _opacity,
    _seen_through,
    _sizes,
    _anchors,
    _handed_down,
    _hidden,
)
