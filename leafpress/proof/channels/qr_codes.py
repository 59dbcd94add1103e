"""QR codes on a drawn page: counted by the squares in three of their corners.

A row or column through such a square meets dark and light in the proportion 1:1:3:1:1, whatever
the size (ISO/IEC 18004, "finder pattern"). The codes are not read: only how many there are matters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from math import hypot

from PIL import Image

_RUNS = re.compile(b"\x00+|\xff+")
_SHAPE = (1, 1, 3, 1, 1)
_LEAST = 12
"""Pixels across a corner square: seven modules of half a millimetre are 14."""

_STEP = 3
"""Rows from one look to the next: the dark middle of a corner square is six pixels high or more."""

_MOST = 60
"""Corner squares that are looked at: more is a picture, not codes."""

Place = tuple[float, float, float]
"""Across, down, and the size of a module, in pixels."""


def count(grey: Image.Image) -> int:
    """How many QR codes a page shows, `grey` being an image of mode L."""
    image = grey.point(lambda value: 255 if value > 127 else 0)
    corners = _corners(image)
    found = 0
    while three := next((each for each in combinations(corners, 3) if _is_code(each)), None):
        found += 1
        corners = [each for each in corners if each not in three]
    return found


def _corners(image: Image.Image) -> list[Place]:
    width, height = image.size
    rows = image.tobytes()
    found: list[Place] = []
    for y in range(0, height, _STEP):
        for x, module in _squares(rows[y * width : (y + 1) * width]):
            if len(found) < _MOST and not any(_near((x, y), each) for each in found):
                column = image.crop((int(x), 0, int(x) + 1, height)).tobytes()
                for middle, size in _squares(column):
                    if abs(middle - y) < 1.5 * module and abs(size - module) < 0.5 * module:
                        found.append((x, middle, (size + module) / 2))
                        break
    return found


def _near(place: tuple[float, float], other: Place) -> bool:
    return hypot(place[0] - other[0], place[1] - other[1]) < 4 * other[2]


def _squares(line: bytes) -> Iterator[tuple[float, float]]:
    """Middles of 1:1:3:1:1 on a line of pixels, and the size of their modules."""
    runs = [(each.start(), each.end()) for each in _RUNS.finditer(line)]
    for i in range(len(runs) - 4):
        start, end = runs[i][0], runs[i + 4][1]
        module = (end - start) / 7
        if line[start] or end - start < _LEAST:
            continue
        lengths = [b - a for a, b in runs[i : i + 5]]
        wrong = (abs(n - part * module) for n, part in zip(lengths, _SHAPE, strict=True))
        if all(each <= max(0.6 * module, 1) for each in wrong):
            yield (runs[i + 2][0] + runs[i + 2][1]) / 2, module


def _is_code(three: tuple[Place, ...]) -> bool:
    """Whether three squares stand as the corners of one code: alike, and at a right angle."""
    modules = [each[2] for each in three]
    if max(modules) > 1.4 * min(modules):
        return False
    short, middle, long = sorted(hypot(a[0] - b[0], a[1] - b[1]) for a, b in combinations(three, 2))
    least, most = 14 * min(modules) * 0.8, 170 * max(modules)  # versions 1 to 40
    return (
        least < short
        and long < 1.5 * most
        and middle < 1.15 * short
        and abs(long - hypot(short, middle)) < 0.1 * long
    )
