"""Pictures in the colours of a format, or of a dark page: an SVG cannot see the page's style sheet.

A colour becomes that of its step on a format's scale of lightness, so that pictures which a clinic
adds follow as well. Photographs (PNG) stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from colorsys import hls_to_rgb, rgb_to_hls
from xml.etree import ElementTree

from tinycss2.color3 import parse_color  # type: ignore[import-untyped]  # it has no types

from leafpress.pages.colour import Color, luminance
from leafpress.pages.formats import Scale

_SVG = "http://www.w3.org/2000/svg"
_PAINTS = ("fill", "stroke", "stop-color", "color", "flood-color")
_STYLE = re.compile(rf"(?P<name>{'|'.join(_PAINTS)})\s*:\s*(?P<value>[^;]+)")

Repaint = Callable[[Color], str]
"""What a colour becomes, as CSS writes it."""

DARK_PAPER = "#12181e"
"""The paper of a dark web page (`templates/styles/web.css`): white becomes this."""

_WHITE = 0.98
"""From this luminance a colour is paper, and not a tint."""

_LIGHTEST, _SPAN = 0.92, 0.8
"""Lightness (HSL) from 0 to 1 becomes 0.92 to 0.12: lines keep 3:1 to their ground."""


def recoloured(svg: bytes, scale: Scale) -> bytes:
    """An SVG in the colours of `scale`.

    Raises:
        xml.etree.ElementTree.ParseError: it is no XML (`content/figures.py` refuses such before).
    """
    return _repainted(svg, lambda color: _step(color, scale))


def darkened(svg: bytes) -> bytes:
    """An SVG for a dark page: what was dark is light, and hues stay.

    Raises:
        xml.etree.ElementTree.ParseError: it is no XML (`content/figures.py` refuses such before).
    """
    return _repainted(svg, _turned)


def _repainted(svg: bytes, repaint: Repaint) -> bytes:
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(svg)  # noqa: S314  # content/figures.py refused entities before
    if "fill" not in root.attrib:
        root.set("fill", "#000000")  # what SVG takes for granted, as the first to be recoloured
    for element in root.iter():
        for name in _PAINTS:
            if name in element.attrib:
                element.set(name, _moved(element.attrib[name], repaint))
        if "style" in element.attrib:
            element.set("style", _STYLE.sub(lambda m: _style(m, repaint), element.attrib["style"]))
    return bytes(ElementTree.tostring(root, encoding="utf-8"))


def _style(match: re.Match[str], repaint: Repaint) -> str:
    return f"{match['name']}: {_moved(match['value'], repaint)}"


def _moved(value: str, repaint: Repaint) -> str:
    """What `value` becomes; `none`, `currentColor` and references stay."""
    color = parse_color(value.strip())
    return repaint(color[:3]) if isinstance(color, tuple) else value


def _step(color: Color, scale: Scale) -> str:
    """The colour of `color`'s step."""
    light = luminance(color)
    return next(there for step, there in scale if light <= step)


def _turned(color: Color) -> str:
    """The same hue, light where it was dark."""
    if luminance(color) >= _WHITE:
        return DARK_PAPER
    hue, lightness, saturation = rgb_to_hls(*color)
    turned = hls_to_rgb(hue, _LIGHTEST - _SPAN * lightness, saturation)
    return "#" + "".join(f"{round(255 * channel):02x}" for channel in turned)
