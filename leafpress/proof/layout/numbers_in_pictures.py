"""How large the numbers in a picture are printed: a picture grows and shrinks with its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import hypot
from pathlib import Path
from typing import Any

from lxml import etree

from leafpress.pdf.boxes import LaidOutElement

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_TEXT = "{http://www.w3.org/2000/svg}text"
_TSPAN = "{http://www.w3.org/2000/svg}tspan"

_INITIAL = 16.0
"""The `font-size` of a picture that sets none: `medium` (CSS Fonts 3, 3.5)."""

_STYLED = re.compile(r"(?:^|;)\s*font-size\s*:\s*([^;!]+)")
_LENGTH = re.compile(r"\s*([0-9.]+(?:[eE][-+]?\d+)?)\s*(px|pt|pc|mm|cm|in|em|rem|%)?\s*")
_PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_TRANSFORM = re.compile(r"(matrix|scale)\s*\(([^)]*)\)")


def numbers_in(element: LaidOutElement, resources: Mapping[str, Path]) -> float | None:
    """Size in points of the smallest number in the picture of an `img`; None if it has none."""
    path = resources.get(element.source)
    if not path or path.suffix != ".svg":
        return None
    share = _share(path, path.stat().st_mtime_ns)
    return None if share is None else share * (element.right - element.left)


@lru_cache(maxsize=256)
def _share(path: Path, _changed: int) -> float | None:
    """Size of the smallest text against the picture's width."""
    root = etree.parse(path, _PARSER).getroot()
    sizes = [size for size in _sizes(root, _INITIAL, 1.0) if size]
    width = float(root.get("viewBox", "0 0 0 0").replace(",", " ").split()[2])
    return min(sizes) / width if sizes and width else None


def _sizes(element: Any, inherited: float, scale: float) -> Iterator[float]:
    """The sizes of the texts in an element, as they are drawn: inherited, styled and transformed.

    A picture has no style sheet (L042), so that nothing else decides.
    """
    size = _size(element, inherited)
    scale *= _scale(element.get("transform", ""))
    if element.tag in {_TEXT, _TSPAN} and (element.text or "").strip():
        yield size * scale
    for child in element:
        yield from _sizes(child, size, scale)


def _size(element: Any, inherited: float) -> float:
    """`font-size` in units of the picture: `style=` goes before the attribute."""
    styled = _STYLED.search(element.get("style", ""))
    written = styled[1] if styled else element.get("font-size", "")
    length = _LENGTH.fullmatch(written)
    if length is None:
        return inherited
    number, unit = float(length[1]), length[2] or "px"
    if unit in _PIXELS:
        return number * _PIXELS[unit]
    return number * {"em": inherited, "%": inherited / 100}.get(unit, _INITIAL)


def _scale(transform: str) -> float:
    """By how much a transformation makes letters higher or, where that is less, wider."""
    scale = 1.0
    for name, arguments in _TRANSFORM.findall(transform):
        numbers = [float(each) for each in arguments.replace(",", " ").split()]
        if name == "scale":
            scale *= min(map(abs, numbers))
        elif len(numbers) == 6:
            scale *= min(hypot(*numbers[:2]), hypot(*numbers[2:4]))
    return scale
