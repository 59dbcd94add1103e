"""What stands on a PDF's pages, by marked-content sequence: read from the finished file.

Written apart from `pdf/`, which wrote the file: a proof that shares the writer's mistakes proves
nothing. What our pages use is understood, text in composite fonts with two-byte codes; and of
others' files what says itself which letters it stands for (`to_unicode`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import isfinite
from typing import Any

import pikepdf

from leafpress.pdf_objects import (
    dictionary_at,
    entries_of,
    instructions,
    integer_at,
    integer_of,
    name_at,
    text_at,
    value_at,
)
from leafpress.proof.tags.to_unicode import Texts, code_bytes, texts_of

_PAINTING = frozenset(["f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "INLINE IMAGE"])
"""Operators that paint; pikepdf calls a whole inline image `INLINE IMAGE`."""
_SHOWING = frozenset({"Tj", "TJ", "'", '"'})
_INKLESS = frozenset({3, 7})
"""Modes of rendering in which text is not painted."""
_OTHERWISE = frozenset({"/Lang", "/Alt", "/E"})
"""Properties of a mark that we put on elements only, where they are compared with the markup."""
_POINTS = {"Tm": slice(4, 6), "re": slice(0, 2), "m": slice(0, 2)}
"""Operators that say where the next thing begins, and which of their operands do so."""

Point = tuple[float, float]


@dataclass(slots=True)
class Marks:
    """One page: the pieces of each MCID, and what is wrong with its marks.

    Args:
        pieces: by MCID, the text of each code, in the order in which it is drawn.
        starts: by MCID, where its first ink is: points from the left and lower edges.
        twice: MCIDs that begin more than once.
        inside: MCIDs that begin inside other tagged content, or inside an artifact.
        unmarked: how many operators paint outside any mark.
        artifacts: the text of artifacts, with their subtype.
        unreadable: codes without a text of their own (no entry in ToUnicode, or .notdef).
        unseen: how often text is shown that leaves no ink (ISO 32000-1, 9.3.6).
        lettered: MCIDs with a form that shows text, as a picture with numbers has.
        said_otherwise: what marks say instead of their words, or of their language.
    """

    pieces: dict[int, list[str]] = field(default_factory=dict)
    starts: dict[int, Point] = field(default_factory=dict)
    twice: set[int] = field(default_factory=set)
    inside: set[int] = field(default_factory=set)
    unmarked: int = 0
    artifacts: list[tuple[str, str]] = field(default_factory=list)
    unreadable: int = 0
    unseen: int = 0
    lettered: set[int] = field(default_factory=set)
    said_otherwise: set[str] = field(default_factory=set)


def read(page: pikepdf.Page) -> Marks:
    """The marks of a page.

    Raises:
        pikepdf.PdfError: the content cannot be parsed.
        WrongShape: it is no content.
    """
    reader = _Reader(page)
    for instruction in instructions(page.obj):
        reader.take(str(instruction.operator), list(instruction.operands))
    return reader.marks


@dataclass(slots=True)
class _Open:
    """A marked-content sequence that has begun."""

    tag: str
    mcid: int | None
    actual: str | None
    subtype: str
    pieces: list[str] = field(default_factory=list)


class _GraphicsState:
    """Where on a page things are drawn, as far as a proof asks."""

    def __init__(self) -> None:
        self._matrix = pikepdf.Matrix()
        self._saved: list[pikepdf.Matrix] = []
        self._point: Point = (0.0, 0.0)

    def take(self, operator: str, operands: list[Any]) -> None:
        """Follow one operator (ISO 32000-1, 8.4.4, 8.5.2 and 9.4.2), if it has its numbers."""
        if operator == "q":
            self._saved.append(self._matrix)
        elif operator == "Q" and self._saved:
            self._matrix = self._saved.pop()
        elif operator == "cm":
            numbers = _numbers(operands, 6)
            self._matrix = pikepdf.Matrix(*numbers) @ self._matrix if numbers else self._matrix
            self._point = (0.0, 0.0)
        elif operator in _POINTS:
            right_up = _numbers(operands[_POINTS[operator]], 2)
            self._point = (right_up[0], right_up[1]) if right_up else self._point

    @property
    def point(self) -> Point:
        """Where the next thing begins, in points from the left and lower edges of the page."""
        right, up = self._matrix.transform(self._point)
        return float(right), float(up)


def _numbers(operands: Sequence[object], count: int) -> list[float]:
    """Operands as numbers; none where they are not as many, or no numbers."""
    numbers = [float(operand) for operand in operands if isinstance(operand, int | float | Decimal)]
    is_whole = len(operands) == len(numbers) == count and all(map(isfinite, numbers))
    return numbers if is_whole else []


class _Reader:
    def __init__(self, page: pikepdf.Page) -> None:
        self.marks = Marks()
        resources = dictionary_at(page.obj, "/Resources")
        fonts = entries_of(dictionary_at(resources, "/Font"))
        self._fonts = {name: (texts_of(font), code_bytes(font)) for name, font in fonts.items()}
        self._properties = dictionary_at(resources, "/Properties")
        self._forms = entries_of(dictionary_at(resources, "/XObject"))
        self._shows: dict[str, bool] = {}
        self._font: tuple[Texts, int] = ({}, 2)
        self._invisible = False
        self._open: list[_Open] = []
        self._state = _GraphicsState()

    def take(self, operator: str, operands: list[Any]) -> None:
        """Follow one operator."""
        self._state.take(operator, operands)
        if operator in _SHOWING or operator in _PAINTING:
            self._place()
        first = operands[0] if operands else None
        if operator in {"BDC", "BMC"}:
            self._begin(str(first or ""), operands[1] if len(operands) > 1 else None)
        elif operator == "EMC":
            self._end()
        elif operator == "Tf":
            self._font = self._fonts.get(str(first), ({}, 2))
        elif operator == "Tr":
            self._invisible = integer_of(first) in _INKLESS
        elif operator in _SHOWING:
            self._show(operands[-1] if operands else None)
        elif operator in _PAINTING and not self._open:
            self.marks.unmarked += 1
        elif operator == "Do" and self._mcid is not None and self._shows_text(str(first)):
            self.marks.lettered.add(self._mcid)

    @property
    def _mcid(self) -> int | None:
        """The number of the content that is being painted."""
        mcids = (mark.mcid for mark in self._open if mark.mcid is not None)
        return next(mcids, None)

    def _place(self) -> None:
        """Remember where an MCID begins."""
        if self._mcid is not None:
            self.marks.starts.setdefault(self._mcid, self._state.point)

    def _shows_text(self, name: str) -> bool:
        """Whether a form shows text. Each is read once, however often it is painted."""
        if name not in self._shows:
            form = self._forms.get(name)
            self._shows[name] = isinstance(form, pikepdf.Stream) and _is_lettered(form)
        return self._shows[name]

    def _begin(self, tag: str, properties: object) -> None:
        if isinstance(properties, pikepdf.Name):
            properties = value_at(self._properties, str(properties))
        entries = properties if isinstance(properties, pikepdf.Dictionary) else pikepdf.Dictionary()
        self.marks.said_otherwise |= _OTHERWISE & set(entries.keys())
        mcid = integer_at(entries, "/MCID")
        actual = text_at(entries, "/ActualText") if "/ActualText" in entries else None
        subtype = name_at(entries, "/Subtype").removeprefix("/")
        if mcid is not None and mcid in self.marks.pieces:
            self.marks.twice.add(mcid)
        if mcid is not None:
            if any(mark.mcid is not None or mark.tag == "Artifact" for mark in self._open):
                self.marks.inside.add(mcid)
            self.marks.pieces.setdefault(mcid, [])
        self._open.append(_Open(tag.removeprefix("/"), mcid, actual, subtype))

    def _end(self) -> None:
        if not self._open:
            self.marks.unmarked += 1
            return
        mark = self._open.pop()
        pieces = mark.pieces if mark.actual is None else [mark.actual]
        if mark.mcid is not None:
            self.marks.pieces[mark.mcid] += pieces
        elif mark.tag == "Artifact":
            self.marks.artifacts.append((mark.subtype, logical(pieces)))
        elif self._open:
            self._open[-1].pieces += pieces

    def _show(self, operand: Any) -> None:
        if not self._open:
            self.marks.unmarked += 1
            return
        self.marks.unseen += self._invisible
        strings = operand if isinstance(operand, pikepdf.Array) else [operand]
        for string in strings:
            if isinstance(string, pikepdf.String):
                self._open[-1].pieces += self._decode(bytes(string))

    def _decode(self, data: bytes) -> Iterator[str]:
        codes, step = self._font
        for at in range(0, len(data), step):
            text = codes.get(int.from_bytes(data[at : at + step], "big"), "")
            if not text or text == "\ufffd":
                self.marks.unreadable += 1
            yield text


def _is_lettered(form: pikepdf.Stream) -> bool:
    """Whether this is no image, and shows text."""
    if name_at(form, "/Subtype") != "/Form":
        return False
    return any(str(each.operator) in _SHOWING for each in instructions(form))


def logical(pieces: list[str], *, right_to_left: bool = False) -> str:
    """Pieces as they are drawn from left to right, as they are read.

    Right-to-left letters are drawn from the last to the first; numbers and Latin words among them
    keep their own order. Each piece is one code's text and stays as it is. Pieces without any
    letter, such as a full stop and a blank, follow the language: `right_to_left`; a number alone
    does not, unless its brackets or an Arabic comma say so.
    """
    from_left = any(_is_left_to_right(piece) for piece in pieces) or not right_to_left
    if right_to_left and _is_number_from_the_right(pieces):
        from_left = False
    if from_left and not any(_is_right_to_left(piece) for piece in pieces):
        return "".join(pieces)
    read: list[str] = []
    run: list[str] = []
    for piece in reversed(pieces):
        if _is_left_to_right(piece) or (run and piece in ".,:/%-–’'"):
            run.insert(0, piece)
            continue
        read += _run_as_read(run)
        run = []
        read.append(piece)
    return "".join([*read, *_run_as_read(run)])


def _run_as_read(run: list[str]) -> list[str]:
    """A left-to-right run; punctuation at its left end was read last, so it goes after it."""
    start = next((i for i, piece in enumerate(run) if _is_left_to_right(piece)), 0)
    return [*run[start:], *reversed(run[:start])]


def _is_number_from_the_right(pieces: list[str]) -> bool:
    """Whether numbers without any letter were drawn in a line that runs from the right.

    There “(2019):” has the number between a closing and an opening bracket, and “(32” before one.
    A telephone number, “+44 (0)20”, is drawn from the left in any line.
    """
    text = "".join(pieces)
    if any(unicodedata.bidirectional(letter) == "L" for letter in text):
        return False
    return "،" in text or _TURNED_BRACKET.search(_IN_BRACKETS.sub("", text)) is not None


_IN_BRACKETS = re.compile(r"[(][^()]*[)]|\[[^][]*\]")
_TURNED_BRACKET = re.compile(r"^[^\d]*[])]|[([][^\d]*$")
"""A closing bracket with no number before it, or an opening one with none behind it."""


def _is_right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text)


def _is_left_to_right(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in {"L", "EN"} for character in text)
