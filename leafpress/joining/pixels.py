"""How many pixels pictures have: what a reader makes room for, whatever they are packed to."""

from __future__ import annotations

import re
from collections.abc import Callable

from pikepdf import Stream

from leafpress.joining.limits import PIXELS
from leafpress.joining.unpacking import filters
from leafpress.pdf_objects import Excess, integer_at

_IN_PLACE = re.compile(rb"\bBI\b([^(]{1,400}?)\bID\b", re.DOTALL)
_SIDE = re.compile(rb"/(?:W|H|Width|Height)[\0\s]+(\d{1,9})")
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG's frame, whose head says its size (ISO 10918-1, table B.1)."""
_HEAD = re.compile(rb"ihdr(.{4})(.{4})", re.DOTALL)
"""The head of a JPEG 2000 (ISO 15444-1, I.5.3.1)."""
_START = 100_000
"""Bytes of a JPEG 2000 in which its own head is looked for."""


def of_picture(picture: Stream) -> int:
    """The pixels of a picture: as its dictionary says, or as it says itself if that is more.

    Raises:
        Excess: more than anybody's eyes need.
    """
    width, height = integer_at(picture, "/Width"), integer_at(picture, "/Height")
    return _bounded(max((width or 0) * (height or 0), _own(picture)))


def _own(picture: Stream) -> int:
    """What a picture says itself: readers believe that, not the dictionary."""
    names = filters(picture)
    measure = _MEASURES.get(names[0]) if len(names) == 1 else None
    return 0 if measure is None else measure(bytes(picture.read_raw_bytes()))


def _of_jpeg(data: bytes) -> int:
    """By the head of its frame; segments before it are passed over by their lengths (B.1.1.4)."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:  # a marker
        if data[at + 1] in _FRAMES:
            height, width = data[at + 5 : at + 7], data[at + 7 : at + 9]
            return int.from_bytes(height, "big") * int.from_bytes(width, "big")
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return 0


def _of_jpeg_2000(data: bytes) -> int:
    head = _HEAD.search(data[:_START])
    return 0 if head is None else int.from_bytes(head[1], "big") * int.from_bytes(head[2], "big")


_MEASURES: dict[str, Callable[[bytes], int]] = {
    "/DCTDecode": _of_jpeg,
    "/DCT": _of_jpeg,
    "/JPXDecode": _of_jpeg_2000,
}


def in_place(content: bytes) -> int:
    """The pixels of all pictures that stand between operators (ISO 32000-1, 8.9.7).

    Raises:
        Excess: more than anybody's eyes need.
    """
    count = 0
    for entries in _IN_PLACE.findall(content) if b"BI" in content else ():
        sides = [int(side) for side in _SIDE.findall(entries)]
        if len(sides) == 2:  # width and height
            count += _bounded(sides[0] * sides[1])
    return count


def _bounded(count: int) -> int:
    if count > PIXELS:
        raise Excess(f"a picture of {count // 1_000_000} million pixels")
    return count
