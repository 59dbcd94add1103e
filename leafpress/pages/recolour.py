"""Pictures in the colours of a format: an SVG cannot see the page's style sheet.

A colour becomes that of its step on a format's scale of lightness, so that pictures which a clinic
adds follow as well. Photographs (PNG) stay as they are.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from tinycss2.color3 import parse_color  # type: ignore[import-untyped]  # it has no types

from leafpress.pages.colour import luminance
from leafpress.pages.formats import Scale

_SVG = "http://www.w3.org/2000/svg"
_PAINTS = ("fill", "stroke", "stop-color", "color", "flood-color")
_STYLE = re.compile(rf"(?P<name>{'|'.join(_PAINTS)})\s*:\s*(?P<value>[^;]+)")


def recoloured(svg: bytes, scale: Scale) -> bytes:
    """An SVG in the colours of `scale`.

    Raises:
        xml.etree.ElementTree.ParseError: it is no XML (`content/figures.py` refuses such before).
    """
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(svg)  # noqa: S314  # content/figures.py refused entities before
    if "fill" not in root.attrib:
        root.set("fill", "#000000")  # what SVG takes for granted, as the first to be recoloured
    for element in root.iter():
        for name in _PAINTS:
            if name in element.attrib:
                element.set(name, _moved(element.attrib[name], scale))
        if "style" in element.attrib:
            element.set("style", _STYLE.sub(lambda m: _style(m, scale), element.attrib["style"]))
    return bytes(ElementTree.tostring(root, encoding="utf-8"))


def _style(match: re.Match[str], scale: Scale) -> str:
    return f"{match['name']}: {_moved(match['value'], scale)}"


def _moved(value: str, scale: Scale) -> str:
    """The colour of `value`'s step; `none`, `currentColor` and references stay."""
    color = parse_color(value.strip())
    if not isinstance(color, tuple):
        return value
    light = luminance(color[:3])
    return next(there for step, there in scale if light <= step)
