"""Where on a page each piece of tagged content stands, roughly: enough to say what is above what.

Letters are taken to be half as wide as they are high (no font is read), so widths are near, and
lines and edges exact. All is told as the page is seen: turned by its `/Rotate`, from its lower
left corner, in points.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pikepdf import Dictionary, Matrix, Name, Stream, String

from leafpress.joining.marked_content import Owner, number_of
from leafpress.pdf_objects import (
    UNREADABLE,
    Instruction,
    ObjectRef,
    dictionary_at,
    instructions,
    integer_at,
    items_at,
    items_of,
    value_at,
)

Content = tuple[ObjectRef, int]
"""Which page or form, and the number there."""

DEEP_FORMS = 8
"""Forms in forms that are followed; real ones have two."""
FORMS = 500
"""Forms that are read for one page. A page with a chart has some dozens."""
WIDE = 0.5
"""The width of a letter in parts of its size: between a Latin face's 0.45 and a bold one's 0.6."""
ABOVE, BELOW = 0.8, 0.2
"""How far letters reach above and below their line, in parts of their size."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def with_(self, other: Box) -> Box:
        """The rectangle round both."""
        return Box(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )


NOWHERE = Box(0, 0, 0, 0)
"""The box of what shows nothing."""


@dataclass(slots=True)
class PagePlaces:
    """One page: its size as seen, and where its content stands, with the codes of its text."""

    matrix: Matrix
    width: float
    height: float
    boxes: dict[Content, Box] = field(default_factory=dict)
    codes: dict[Content, bytes] = field(default_factory=dict)
    forms: int = 0

    def seen(self, rectangle: object) -> Box:
        """A rectangle of the page, as an annotation has it, where it is seen."""
        edges = _numbers(items_of(rectangle))
        if len(edges) != 4:
            return NOWHERE
        return _box([edges[:2], edges[2:]], self.matrix)


def page_places(page: Dictionary) -> PagePlaces:
    """The places of a page's content, and of that of the forms that it draws.

    Raises:
        pikepdf.PdfError: its content cannot be unpacked or parsed.
        WrongShape: its content is no stream.
    """
    matrix, width, height = _as_seen(page)
    places = PagePlaces(matrix, width, height)
    _Reader(places, page, matrix, None, 0).read()
    return places


def _as_seen(page: Dictionary) -> tuple[Matrix, float, float]:
    """What turns the page's own space into what is seen, and the size of that."""
    edges = _numbers(items_at(page, "/CropBox")) or _numbers(items_at(page, "/MediaBox"))
    x0, y0, x1, y1 = edges if len(edges) == 4 else (0.0, 0.0, 595.0, 842.0)
    left, right, bottom, top = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    width, height = right - left, top - bottom
    turned = {
        90: (Matrix(0, -1, 1, 0, -bottom, right), height, width),
        180: (Matrix(-1, 0, 0, -1, right, top), width, height),
        270: (Matrix(0, 1, -1, 0, top, -left), height, width),
    }
    upright = Matrix(1, 0, 0, 1, -left, -bottom), width, height
    return turned.get((integer_at(page, "/Rotate") or 0) % 360, upright)


def _numbers(operands: list[object]) -> list[float]:
    """Operands as numbers; none of them where one is none."""
    try:
        return [float(operand) for operand in operands]  # type: ignore[arg-type]  # anything else raises
    except (TypeError, ValueError):
        return []


def _box(corners: Sequence[Sequence[float]], matrix: Matrix) -> Box:
    points = [matrix.transform((x, y)) for x, y in corners]
    across, up = [float(x) for x, _ in points], [float(y) for _, y in points]
    return Box(min(across), min(up), max(across), max(up))


@dataclass(slots=True)
class _Text:
    """The text state (ISO 32000-1, 9.3), as far as places go."""

    size: float = 0.0
    leading: float = 0.0
    bytes_a_letter: int = 1
    line: Matrix = field(default_factory=Matrix)
    at: Matrix = field(default_factory=Matrix)


class _Reader:
    """Follows the content of a page, or of a form on it."""

    def __init__(
        self, places: PagePlaces, owner: Owner, matrix: Matrix, mark: Content | None, depth: int
    ) -> None:
        self._places, self._owner, self._depth = places, owner, depth
        self._matrix, self._saved = matrix, list[Matrix]()
        self._marks: list[Content | None] = [mark]
        self._text = _Text()
        self._resources = dictionary_at(owner, "/Resources")

    def read(self) -> None:
        """Read it to its end; an operator with the wrong operands says nothing."""
        for instruction in instructions(self._owner):
            operator = str(instruction.operator)
            if operator in ("BDC", "BMC"):
                self._begin(instruction)
            elif operator in _OPERATORS:
                _OPERATORS[operator](self, list(instruction.operands))

    def _begin(self, mark: Instruction) -> None:
        number = number_of(self._owner, mark)
        outside = self._marks[-1]
        self._marks.append(outside if number is None else (self._owner.objgen, number))

    def end(self, _: list[object]) -> None:
        del self._marks[max(1, len(self._marks) - 1) :]

    def save(self, _: list[object]) -> None:
        self._saved.append(self._matrix)

    def restore(self, _: list[object]) -> None:
        if self._saved:
            self._matrix = self._saved.pop()

    def transform(self, operands: list[object]) -> None:
        numbers = _numbers(operands)
        if len(numbers) == 6:
            self._matrix = Matrix(*numbers) @ self._matrix

    def begin_text(self, _: list[object]) -> None:
        self._text.line = self._text.at = Matrix()

    def font(self, operands: list[object]) -> None:
        size = _numbers(operands[1:])
        if len(size) != 1:
            return
        font = value_at(dictionary_at(self._resources, "/Font"), str(operands[0]))
        is_composite = value_at(font, "/Subtype") == Name.Type0
        self._text.size, self._text.bytes_a_letter = size[0], 2 if is_composite else 1

    def leading(self, operands: list[object]) -> None:
        self._text.leading = next(iter(_numbers(operands)), 0.0)

    def text_matrix(self, operands: list[object]) -> None:
        numbers = _numbers(operands)
        if len(numbers) == 6:
            self._text.line = self._text.at = Matrix(*numbers)

    def move(self, operands: list[object]) -> None:
        numbers = _numbers(operands)
        if len(numbers) == 2:
            self._text.line = Matrix(1, 0, 0, 1, *numbers) @ self._text.line
            self._text.at = self._text.line

    def move_with_leading(self, operands: list[object]) -> None:
        numbers = _numbers(operands)
        if len(numbers) == 2:
            self._text.leading = -numbers[1]
        self.move(operands)

    def next_line(self, _: list[object]) -> None:
        self.move([0, -self._text.leading])

    def show_on_next_line(self, operands: list[object]) -> None:
        self.next_line(operands)
        self.show(operands[-1:])

    def show(self, operands: list[object]) -> None:
        for piece in items_of(operands[0]) if operands else ():
            if isinstance(piece, String):
                self._show(bytes(piece))
            else:
                self._forward(sum(_numbers([piece])) * -self._text.size / 1000)

    def _show(self, codes: bytes) -> None:
        text = self._text
        width = len(codes) / text.bytes_a_letter * text.size * WIDE
        corners = [(0.0, -BELOW * text.size), (width, ABOVE * text.size)]
        self._reaches(corners, text.at @ self._matrix)
        mark = self._marks[-1]
        if mark is not None:
            self._places.codes[mark] = self._places.codes.get(mark, b"") + codes
        self._forward(width)

    def _forward(self, width: float) -> None:
        self._text.at = Matrix(1, 0, 0, 1, width, 0) @ self._text.at

    def line_or_curve(self, operands: list[object]) -> None:
        numbers = _numbers(operands)
        self._reaches(list(zip(numbers[::2], numbers[1::2], strict=False)), self._matrix)

    def rectangle(self, operands: list[object]) -> None:
        numbers = _numbers(operands)
        if len(numbers) == 4:
            x, y, width, height = numbers
            self._reaches([(x, y), (x + width, y + height)], self._matrix)

    def picture(self, _: list[object]) -> None:
        self._reaches([(0, 0), (1, 1)], self._matrix)

    def draw(self, operands: list[object]) -> None:
        name = str(operands[0]) if operands else ""
        thing = value_at(dictionary_at(self._resources, "/XObject"), name)
        if not isinstance(thing, Stream):
            return
        if thing.get("/Subtype") != "/Form":
            self.picture(operands)
        elif self._depth < DEEP_FORMS and self._places.forms < FORMS:
            self._places.forms += 1
            self._form(thing)

    def _form(self, form: Stream) -> None:
        numbers = _numbers(items_of(form.get("/Matrix")))
        matrix = Matrix(*numbers) @ self._matrix if len(numbers) == 6 else self._matrix
        try:
            _Reader(self._places, form, matrix, self._marks[-1], self._depth + 1).read()
        except UNREADABLE:
            return

    def _reaches(self, corners: list[tuple[float, float]], matrix: Matrix) -> None:
        """Something of the present mark reaches from corner to corner."""
        mark = self._marks[-1]
        if mark is None or not corners:
            return
        box = _box(corners, matrix)
        before = self._places.boxes.get(mark)
        self._places.boxes[mark] = box if before is None else before.with_(box)


_OPERATORS: dict[str, Callable[[_Reader, list[object]], None]] = {
    "EMC": _Reader.end,
    "q": _Reader.save,
    "Q": _Reader.restore,
    "cm": _Reader.transform,
    "BT": _Reader.begin_text,
    "Tf": _Reader.font,
    "TL": _Reader.leading,
    "Tm": _Reader.text_matrix,
    "Td": _Reader.move,
    "TD": _Reader.move_with_leading,
    "T*": _Reader.next_line,
    "Tj": _Reader.show,
    "TJ": _Reader.show,
    "'": _Reader.show_on_next_line,
    '"': _Reader.show_on_next_line,
    **dict.fromkeys(("m", "l", "c", "v", "y"), _Reader.line_or_curve),
    "re": _Reader.rectangle,
    "INLINE IMAGE": _Reader.picture,
    "Do": _Reader.draw,
}
"""What operators do to places (ISO 32000-1, annex A)."""
