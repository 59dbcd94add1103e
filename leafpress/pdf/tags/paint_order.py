"""Pages painted in the order of their tags.

WeasyPrint paints by stacking (CSS 2.1, appendix E): floats before lines, list markers and pictures
after all words. Programs that do not follow tags, as Apple's viewers, telephones and the text
layers of browsers, read a page in the order in which it is painted. So each marked piece is kept as
one thing while its page is painted, gets its number when the tree is written, and all of a page's
pieces go to its end by number. Backgrounds and borders stay where they are, below the words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any

from pydyf import Dictionary

_LAST = 1_000_000
"""The place of heads and feet of pages, and of heads that are repeated: after all content, of which
a page has some hundred pieces. Between, a head would cut a sentence that goes on on its page."""
_LETTERED = _LAST - 1
"""The place of pictures with words in them, such as the numbers of a key. pdfium sorts what is
painted one after the other at one height from left to right: a number would get into a caption."""


@dataclass(eq=False, slots=True)
class Piece:
    """What is painted under one mark, with nothing that it takes from what was painted before.

    Args:
        properties: those of its mark.
        matrix: from its own space to the page's.
        is_content: whether it is heard.
        is_lettered: whether it is a picture with words in it.
        place: where it stands among the pieces of its page: its number (MCID), when it is content.
        operators: as pydyf keeps them; none when it cannot be moved.
    """

    properties: Any
    matrix: Any
    is_content: bool
    is_lettered: bool = False
    place: int = -1
    operators: list[Any] = field(default_factory=list)

    def number(self, number: int) -> int:
        """Give it its number."""
        self.place = self.properties["MCID"] = number
        return number


def marked(artifact: Callable[[Any], Any]) -> Callable[..., Any]:
    """What stands in for `Stream.marked`: keeps each piece of a page apart.

    Args:
        artifact: the properties of an artifact when a box is one, else None.
    """

    def marked_piece(stream: Any, box: Any, tag: str) -> _Apart:
        properties = artifact(box)
        if properties is not None:
            return _Apart(stream, "Artifact", Piece(properties, stream.ctm, is_content=False))
        piece = stream._tags[box] = Piece(Dictionary(), stream.ctm, is_content=True)
        piece.number(len(stream._tags) - 1)
        return _Apart(stream, tag, piece)

    return marked_piece


class _Apart:
    """While it lasts, a piece is painted; then the piece stands in the place of its operators.

    Not made from a generator: several hundred pieces of a leaflet would take a millisecond more.
    """

    __slots__ = ("_piece", "_start", "_stream", "_tag")

    def __init__(self, stream: Any, tag: str, piece: Piece) -> None:
        self._stream, self._tag, self._piece = stream, tag, piece
        self._start = 0

    def __enter__(self) -> None:
        _forget_state(self._stream)
        self._start = len(self._stream.stream)
        self._stream.begin_marked_content(self._tag, self._piece.properties)

    def __exit__(self, *_: object) -> None:
        stream, piece = self._stream, self._piece
        stream.end_marked_content()
        _forget_state(stream)
        if not stream.extra:  # that of a group, whose content cannot leave it, has some
            piece.operators = stream.stream[self._start :]
            stream.stream[self._start :] = [piece]
            piece.is_lettered = self._tag == "Figure" and _shows_words(stream, piece.operators)


def _shows_words(stream: Any, operators: list[Any]) -> bool:
    """Whether operators of a stream show words, themselves or in a group."""
    for operator in operators:
        if operator == b"BT":
            return True
        if type(operator) is bytes and operator.endswith(b" Do"):
            name = operator[1:-3].decode()
            group = stream._resources["XObject"].get(name)
            if group is not None and _shows_words(group, group.stream):
                return True
    return False


def _forget_state(stream: Any) -> None:
    """What is painted next sets its own colours, opacities and font (as `Stream.pop_state`)."""
    stream._current_color = stream._current_color_stroke = None
    stream._current_alpha = stream._current_alpha_stroke = None
    stream._current_font = None


def arrange(stream: Any) -> None:
    """Paint a page's pieces at its end, each with the matrix that it was painted with."""
    parting = _Parting()
    parting.take(stream.stream)
    stream.stream[:] = parting.kept
    parting.loose.sort(key=attrgetter("place"))
    for matrix, pieces in groupby(parting.loose, key=attrgetter("matrix")):
        stream.push_state()
        stream.transform(*(matrix @ stream.ctm.invert).values)
        for piece in pieces:
            stream.stream += piece.operators
        stream.pop_state()


_CLIPS = (b"W", b"W*")
_STATES = frozenset([b"q", b"Q", *_CLIPS])
_PATH_ENDS = (b" m", b" l", b" c", b" v", b" y", b" re")
"""How operators end that draw a path, with their operands before them."""


class _Parting:
    """Parts the pieces of a page from what is painted below them."""

    def __init__(self) -> None:
        self.kept: list[Any] = []
        self.loose: list[Piece] = []
        self._starts = [-1]
        """Where each saved state that is open begins (q)."""
        self._clips: list[list[bytes]] = [[]]
        """Of each of them, what clips all that is painted in it, and moves it after a clip."""
        self._before = -1
        """The place of the content that was painted last."""

    def take(self, operators: list[Any]) -> None:
        """Take all operators, operands and pieces of a page."""
        for operator in operators:
            if type(operator) is Piece:
                self._piece(operator)
                continue
            self.kept.append(operator)
            if type(operator) is not bytes:
                continue
            if operator in _STATES:
                self._state(operator)
            elif operator.endswith(b" cm") and any(self._clips):
                self._clips[-1].append(operator)

    def _state(self, operator: bytes) -> None:
        if operator == b"q":
            self._starts.append(len(self.kept) - 1)
            self._clips.append([])
        elif operator == b"Q":
            self._restore()
        else:
            self._clips[-1] += [*_last_path(self.kept[:-1]), operator, b"n"]

    def _restore(self) -> None:
        """A state that ends with nothing painted in it was saved for pieces alone."""
        start = self._starts.pop()
        self._clips.pop()
        if _is_clip(self.kept[start + 1 : -1]):
            del self.kept[start:]

    def _piece(self, piece: Piece) -> None:
        if piece.is_lettered:
            piece.place = _LETTERED
        elif piece.is_content:
            self._before = piece.place
        else:
            piece.place = _LAST if piece.properties["Type"] == "/Pagination" else self._before
        clip = [operator for clips in self._clips for operator in clips]
        if not _is_clip(clip):
            self.kept += piece.operators
            return
        if clip:
            piece.operators = [b"q", *clip, *piece.operators, b"Q"]
        self.loose.append(piece)


def _last_path(operators: list[Any]) -> list[bytes]:
    """The path at the end of some operators."""
    start = len(operators)
    while _draws_path(operators[start - 1]):
        start -= 1
    return operators[start:]


def _is_clip(operators: list[Any]) -> bool:
    """Whether operators only draw paths to clip by, or there are none."""
    if not operators:
        return True
    if operators[-1] != b"n":
        return False
    return all(operator in (b"n", *_CLIPS) or _draws_path(operator) for operator in operators)


def _draws_path(operator: Any) -> bool:
    return type(operator) is bytes and (operator == b"h" or operator.endswith(_PATH_ENDS))
