"""Values in an SVG picture that every program reads alike: numbers, paths, transforms, colours.

Narrower than SVG 2, which browsers read: each form was drawn by WeasyPrint 70, looked at in
pdfium and poppler, and compared with Chromium. `tests/test_content/test_svg_looks.py` repeats it.
"""

from __future__ import annotations

import re

LARGEST = 100_000
"""No picture of ours is 1,000 units wide; beyond this, programs lose digits or much time."""

_NUMBER = r"[-+]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][-+]?[0-9]++)?"
"""No group is possessive: Python 3.11.2, Debian 12's, then takes "0E" for a number (gh-106052)."""

_NUMBERS = re.compile(_NUMBER)
_LENGTH = re.compile(rf"({_NUMBER})(?:px|pt|pc|mm|cm|in|em|%)?")
"""Without `rem`, `ex`, `ch`, `vw`, `calc()` and capitals, which WeasyPrint reads otherwise."""

_BETWEEN = re.compile(r"[ \t\r\n]*(?:,[ \t\r\n]*)?")
_REFERENCE = re.compile(r"url\(\s*(['\"]?)#([\w.:-]+)\1\s*\)")
_PIECE = re.compile(r"([A-DF-Za-df-z])([^A-DF-Za-df-z]*)")
"""A letter of a path and its numbers; e and E belong to numbers."""

_ARC = re.compile(
    rf"\s*({_NUMBER})[\s,]*({_NUMBER})[\s,]*{_NUMBER}[\s,]*[01][\s,]*[01][\s,]*"
    rf"{_NUMBER}[\s,]*{_NUMBER}[\s,]*"
)
"""One arc. Its two flags may run together with what follows (SVG 2, 9.3.9)."""

_COUNTS = {"m": 2, "z": 0, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2}
_TRANSFORM = re.compile(r"\s*([a-zA-Z]+)\s*\(([^()]*)\)[\s,]*")
_TRANSFORMS = {
    "translate": (1, 2),
    "scale": (1, 2),
    "rotate": (1, 3),
    "skewX": (1,),
    "skewY": (1,),
    "matrix": (6,),
}
"""How many numbers each takes. Units, `translateX()` and the like are for style sheets."""


def numbers(value: str) -> list[float] | None:
    """The numbers of a list with blanks or commas between them; None if it is anything else."""
    place, read = 0, []
    value = value.strip()
    while place < len(value):
        match = _NUMBERS.match(value, place)
        if match is None or not abs(number := float(match[0])) <= LARGEST:
            return None
        read.append(number)
        between = _BETWEEN.match(value, match.end())
        place = between.end() if between else match.end()
    return None if value.endswith(",") else read


def sizes_in(text: str) -> list[float]:
    """All numbers that stand in a text, without their signs."""
    return [abs(float(digits)) for digits in _NUMBERS.findall(text)]


def is_number(value: str) -> bool:
    """Whether it is one number, without a unit."""
    read = numbers(value)
    return read is not None and len(read) == 1


def length(value: str) -> float | None:
    """The number of a length, whatever its unit; None if it is none that all programs know."""
    match = _LENGTH.fullmatch(value.strip())
    if match is None or not abs(float(match[1])) <= LARGEST:
        return None
    return float(match[1])


def is_length(value: str) -> bool:
    """Whether it is a length."""
    return length(value) is not None


def is_size(value: str) -> bool:
    """Whether it is a length that something can have."""
    read = length(value)
    return read is not None and read >= 0


def are_lengths(value: str) -> bool:
    """Whether all are lengths of 0 or more, and there is one at least."""
    parts = value.replace(",", " ").split()
    return bool(parts) and all(is_size(part) for part in parts)


def are_numbers(value: str) -> bool:
    """Whether it is a list of numbers, and not empty."""
    return bool(numbers(value))


def are_points(value: str) -> bool:
    """Whether it is a list of pairs."""
    read = numbers(value)
    return read is not None and len(read) % 2 == 0


def are_two(value: str) -> bool:
    """Whether it is two numbers."""
    read = numbers(value)
    return read is not None and len(read) == 2


def is_box(value: str) -> bool:
    """Whether it is a `viewBox`: four numbers, with a width and a height above 0."""
    read = numbers(value)
    return read is not None and len(read) == 4 and min(read[2:]) > 0


def is_part(value: str) -> bool:
    """Whether it is a part of a whole: 0 to 1, or 0 % to 100 %."""
    plain = value.strip()
    read = numbers(plain.removesuffix("%"))
    most = 100 if plain.endswith("%") else 1
    return read is not None and len(read) == 1 and 0 <= read[0] <= most


def is_weight(value: str) -> bool:
    """Whether it is a weight of letters that does not depend on others."""
    plain = value.strip()
    return plain in {"normal", "bold"} or (plain.isascii() and plain.isdigit() and len(plain) < 5)


def is_colour(value: str) -> bool:
    """Whether it is an opaque colour that can be recoloured for other formats (CSS Color 3)."""
    from tinycss2.color3 import parse_color  # type: ignore[import-untyped]  # it has no types

    colour = parse_color(value.strip())
    return isinstance(colour, tuple) and colour[3] == 1


def is_paint(value: str) -> bool:
    """Whether it is what a surface can be filled with."""
    return value.strip() == "none" or is_reference(value) or is_colour(value)


def is_line_paint(value: str) -> bool:
    """Whether it is what a line can be drawn with."""
    return value.strip() == "none" or is_colour(value)


def reference(value: str) -> str:
    """The id in `url(#id)`, with or without quotation marks; empty without one."""
    match = _REFERENCE.fullmatch(value.strip())
    return match[2] if match else ""


def is_reference(value: str) -> bool:
    """Whether it is `url(#id)`."""
    return bool(reference(value))


def is_link(value: str) -> bool:
    """Whether it is `#id`."""
    return re.fullmatch(r"#[\w.:-]+", value.strip()) is not None


def is_transform(value: str) -> bool:
    """Whether it is a list of transforms with plain numbers, none of which makes nothing of it."""
    place, value = 0, value.strip()
    if value == "none":
        return True
    while place < len(value):
        match = _TRANSFORM.match(value, place)
        if match is None or not _turns(match[1], numbers(match[2])):
            return False
        place = match.end()
    return not value.endswith(",")


def _turns(name: str, read: list[float] | None) -> bool:
    if read is None or len(read) not in _TRANSFORMS.get(name, ()):
        return False
    if name == "matrix":
        return read[0] * read[3] != read[1] * read[2]
    return name != "scale" or 0 not in read


def pieces(path: str) -> list[tuple[str, str]] | None:
    """A path's letters, each with the text of its numbers; None if programs stop inside it."""
    path = path.strip()
    found = _PIECE.findall(path)
    if "".join(letter + rest for letter, rest in found) != path:
        return None
    if found and found[0][0] not in "mM":
        return None
    return found if all(_draws(letter, rest) for letter, rest in found) else None


def _draws(letter: str, rest: str) -> bool:
    if letter in "aA":
        return _arcs(rest)
    read, count = numbers(rest), _COUNTS.get(letter.lower())
    if read is None or count is None:
        return False
    return len(read) == 0 if count == 0 else bool(read) and len(read) % count == 0


def _arcs(rest: str) -> bool:
    """Whether all are arcs with radii above 0: after others WeasyPrint 70 loses its place."""
    place = 0
    while place < len(rest):
        match = _ARC.match(rest, place)
        if match is None or float(match[1]) <= 0 or float(match[2]) <= 0:
            return False
        place = match.end()
    return place > 0


def is_path(value: str) -> bool:
    """Whether all programs draw the whole path."""
    return pieces(value) is not None
