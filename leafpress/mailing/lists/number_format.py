"""What a spreadsheet shows of a number or text: zeros in front, and letters that its format adds.

`0000000` shows 30612 as `0030612`, `"RX"000000` as `RX030612`, `000 000 0000` parts an NHS number.
ECMA-376 Part 1, 18.8.31. Formats that change more than that are not followed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_PIECES = re.compile(
    r'"(?P<quoted>[^"]*)"'
    r"|\\(?P<escaped>.)"
    r"|_(?P<skipped>.)"  # a blank as wide as this letter
    r"|\*(?P<filled>.)"  # fills the cell with this letter
    r"|\[\$(?P<currency>[^\]-]*)(?:-[0-9A-Fa-f]*)?\]"
    r"|\[(?P<colour>Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color ?\d+)\]"
    r"|(?P<digit>[0#?])"
    r"|(?P<text>@)"
    r"|(?P<plain>[-+ ():/!^&'~{}<>=$£€])"
    r"|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)

_SECTION_END = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|(;)', re.DOTALL)


_LONGEST = 255
"""Letters of a format: spreadsheets allow no more."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """A section of a format: literal texts, `0` and `#` for digits, `@` for a text.

    Args:
        known: nothing else stands in it.
    """

    pieces: tuple[tuple[str, str], ...]
    known: bool

    @property
    def adds(self) -> bool:
        """Whether it shows letters or digits that the cell does not hold."""
        literals = "".join(text for kind, text in self.pieces if kind == "literal")
        return any(letter.isalnum() for letter in literals)


def show_number(digits: str, number_format: str) -> str | None:
    """What is shown of a whole number that is not negative; None if that cannot be told.

    A format that only parts thousands, or says nothing, shows the digits as they are.
    """
    shape = _shape(_sections(number_format)[0])
    places = sum(kind == "digit" for kind, _ in shape.pieces)
    if not shape.known or not places:
        return None if shape.adds else digits
    return _filled(shape, digits, places)


def show_text(text: str, number_format: str) -> str:
    """What is shown of a text: formats such as `"RX"@` add to it."""
    for section in _sections(number_format):
        shape = _shape(section)
        if shape.known and any(kind == "text" for kind, _ in shape.pieces):
            return "".join(text if kind == "text" else own for kind, own in shape.pieces)
    return text


def _filled(shape: _Shape, digits: str, places: int) -> str:
    """The digits in their places from the right; what is too many stands in the first place."""
    padded = digits.rjust(places, "\0")
    rest = [padded[: len(padded) - places + 1], *padded[len(padded) - places + 1 :]]
    shown = []
    for kind, piece in shape.pieces:
        if kind == "digit":
            own = rest.pop(0)
            shown.append(own.replace("\0", "0" if piece == "0" else ""))
        else:
            shown.append(piece)
    return "".join(shown).strip()


@lru_cache(maxsize=1000)
def _sections(number_format: str) -> list[str]:
    """The parts of a format: for positive numbers, negative ones, zero and texts."""
    number_format = number_format[:_LONGEST]
    sections, start = [], 0
    for end in _SECTION_END.finditer(number_format):
        if end[1]:
            sections.append(number_format[start : end.start()])
            start = end.end()
    return [*sections, number_format[start:]]


@lru_cache(maxsize=1000)
def _shape(section: str) -> _Shape:
    section = re.sub("general", "#", section, flags=re.IGNORECASE)
    pieces, known = [], True
    for piece in _PIECES.finditer(section):
        kind = piece.lastgroup or "other"
        text = piece[kind] or ""
        if kind == "digit":
            pieces.append(("digit", text))
        elif kind == "text":
            pieces.append(("text", ""))
        elif kind in ("quoted", "escaped", "plain", "currency"):
            pieces.append(("literal", text))
        elif kind == "skipped":
            pieces.append(("literal", " "))
        elif kind == "other":
            known = False
    return _Shape(tuple(pieces), known)
