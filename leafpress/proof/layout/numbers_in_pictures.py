"""How large the numbers in a picture are printed: a picture grows and shrinks with its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from lxml import etree

from leafpress.pdf.boxes import LaidOutElement

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_TEXT = "{http://www.w3.org/2000/svg}text"


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
    sizes = [float(text.get("font-size", "16").removesuffix("px")) for text in root.iter(_TEXT)]
    width = float(root.get("viewBox", "0 0 0 0").split()[2])
    return min(sizes) / width if sizes and width else None
