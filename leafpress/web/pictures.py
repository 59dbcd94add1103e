"""Pictures in the page itself: as large as they are drawn, and once more for dark pages."""

from __future__ import annotations

import mimetypes
import re
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from lxml import html

from leafpress.pages.recolour import darkened

DARK = "screen and (prefers-color-scheme: dark)"
"""When the dark picture is shown. Paper stays white."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PNG_SIZE = slice(16, 24)
"""Width and height in a PNG file, four bytes each (PNG, third edition, 11.2.1)."""

MOST_ICON = 10_000
"""Bytes of a logo that is the icon of the tab as well: a larger one would double the page's own."""


def embed(root: Any, resources: Mapping[str, Path]) -> None:
    """Put every picture into the page, with its size, so that nothing moves while it loads."""
    for image in list(root.iter("img")):
        address = image.get("src")
        path = resources[address]
        data = path.read_bytes()
        width, height = size(data)
        image.set("src", as_data(_kind(path), data))
        image.set("width", str(width))
        image.set("height", str(height))
        if path.suffix == ".svg" and not address.startswith("clinic/"):
            _add_dark(image, data)


def add_icon(root: Any, logo: Path) -> None:
    """The clinic's logo as the icon of the browser's tab, if it is small."""
    data = logo.read_bytes()
    if len(data) <= MOST_ICON:
        icon = html.Element("link", {"rel": "icon", "href": as_data(_kind(logo), data)})
        root.find("head").append(icon)


def size(data: bytes) -> tuple[int, int]:
    """Width and height of an SVG or PNG, in pixels of CSS.

    `content/figures.py` has refused whatever has neither size nor `viewBox`.
    """
    if data.startswith(b"\x89PNG"):
        sides = data[_PNG_SIZE]
        return int.from_bytes(sides[:4]), int.from_bytes(sides[4:])
    svg = ElementTree.fromstring(data)  # noqa: S314  # content/figures.py refused entities before
    box = svg.get("viewBox") or f"{svg.get('width', '1')} {svg.get('height', '1')}"
    width, height = _NUMBER.findall(box)[-2:]
    return round(float(width)), round(float(height))


def as_data(kind: str, data: bytes) -> str:
    """A file as an address that holds it (RFC 2397)."""
    return f"data:{kind};base64,{b64encode(data).decode()}"


def _kind(path: Path) -> str:
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def _add_dark(image: Any, svg: bytes) -> None:
    """Offer the picture in the colours of a dark page, too."""
    picture = html.Element("picture")
    image.getparent().replace(image, picture)
    picture.tail, image.tail = image.tail, None
    address = as_data("image/svg+xml", darkened(svg))
    picture.append(html.Element("source", {"media": DARK, "srcset": address}))
    picture.append(image)
