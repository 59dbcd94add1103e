"""Words that come back as they were written, whatever the script.

One glyph for a cluster of letters has a code for exactly that text
(`pdf/text/character_codes.py`). Several glyphs from left to right share one ActualText
(ISO 32000-1, 14.9.4). From right to left, where readers turn an ActualText around, the base
carries the text and its marks carry an empty one; and since they turn any text of several letters
around, a ligature (لا) carries its last letter, and glyphs that nobody sees carry those before.
Who knows nothing of ActualText, as pdf.js (Firefox), reads the codes: the first of a cluster has
its letters, one that nobody sees the marks, and the others one that is passed over.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydyf import Dictionary, String

from leafpress.pdf.text.character_codes import UNSEEN_TEXT, Codes, space_glyph, unseen_glyph
from leafpress.pdf.text.clusters import Cluster, clusters

UNSEEN = "\n\u200b\u2028\u2029"
"""Characters that break lines: a text box of nothing else has nothing to paint."""


_NUMBER = re.compile(r"\+?\d[\d ]*")
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d"
_LETTERS = re.compile(rf"[^\W\d_][{_MARKS}]*")
"""A letter of a cluster with its marks and joiners."""

_ROOMLESS = frozenset({"Mn", "Cf"})
"""Unicode's categories of marks above and below letters, and of joiners."""

_TIED = "\u00a0"
"""NO-BREAK SPACE. pdfium turns the groups of a number around in a right-to-left line when blanks
stand between them, and finds them with either kind of blank."""


class TextLayer:
    """Draws the lines of one document. `blanks` are text boxes that end between two words."""

    def __init__(self, blanks: set[Any], *, right_to_left: bool = False) -> None:
        from weasyprint.logger import LOGGER
        from weasyprint.text import ffi

        self.ffi, self.pango, self.warn = ffi.ffi, ffi.pango, LOGGER.warning
        self.milli = 1000 * ffi.FROM_UNITS
        """Pango's units to thousandths of a point."""
        self._blanks = blanks
        self._right_to_left = right_to_left
        self._codes: dict[str, Codes] = {}

    def codes(self, font: Any) -> Codes:
        """The codes of a font."""
        if font.hash not in self._codes:
            self._codes[font.hash] = Codes(font)
        return self._codes[font.hash]

    def write(self, pdf: Any) -> None:
        """Enter every font's added codes into a finished `pydyf.PDF`."""
        for codes in self._codes.values():
            codes.write(pdf)

    def draw(self, stream: Any, box: Any, _overflow: str, _ellipsis: str, matrix: Any) -> list[Any]:
        """Draw the words of a text box, as `weasyprint.draw.text.draw_first_line` does.

        Text that is cut with an ellipsis is not drawn so: style sheets must not ask for it
        (`pages/lint/check.py`). Our fonts hold no pictures, so the list of emojis is empty.
        """
        if not box.text.strip(UNSEEN) or box.style["font_size"] < 1e-6:  # pydyf's precision
            return []
        layout = box.pango_layout
        self.pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
        first_line, _ = layout.get_first_line()
        stream.set_text_matrix(*matrix.values)
        tied = self._right_to_left and _NUMBER.fullmatch(box.text.strip()) is not None
        line = _Line(self, stream, layout.text.encode(), blank=_TIED if tied else " ")
        runs = list(self._runs(first_line))
        # A number alone is read from the left in any line, and its blank comes after it.
        from_right = any(run.item.analysis.level % 2 for run in runs)
        if box in self._blanks and from_right:
            line.blank(runs[0], before=True)
        for run in runs:
            line.run(run)
        if box in self._blanks and not from_right:
            line.blank(runs[-1], before=False)
        line.show()
        return []

    def _runs(self, line: Any) -> Iterator[Any]:
        entry = line.runs[0] if line.runs != self.ffi.NULL else self.ffi.NULL
        while entry != self.ffi.NULL:
            yield entry.data
            entry = entry.next


class _Line:
    """One line: gathers glyphs and writes them as text operators."""

    def __init__(self, layer: TextLayer, stream: Any, utf8: bytes, *, blank: str) -> None:
        self._layer, self._stream, self._utf8, self._blank = layer, stream, utf8, blank
        self._pieces: list[str | float] = []
        self._pango_font: Any = None
        self._font: Any = None
        self._codes: Any = None
        self._size = 1.0

    def run(self, run: Any) -> None:
        """Draw the glyphs of a run."""
        self._use(run)
        from_right = bool(run.item.analysis.level % 2)
        for cluster in clusters(run, self._utf8):
            if len(cluster.glyphs) == 1 and from_right and not cluster.glyphs[0].geometry.width:
                self._together(cluster)
            elif len(cluster.glyphs) == 1 and from_right:
                self._letters(cluster.glyphs[0], self._blank_or(cluster.text))
            elif len(cluster.glyphs) == 1:
                self._glyph(cluster.glyphs[0], self._blank_or(cluster.text))
            elif from_right and len(cluster.text) > 1:
                self._base_and_marks(cluster)
            else:
                self._together(cluster)

    def _blank_or(self, text: str) -> str:
        return self._blank if text == " " else text

    def _letters(self, info: Any, text: str) -> None:
        """From right to left a glyph of several letters reads as its last, which is leftmost.

        Readers take letters from the right: each before it is a glyph that nobody sees, at the
        glyph's right edge.
        """
        *before, last = _LETTERS.findall(text) or [text]
        self._glyph(info, last)
        for letter in reversed(before):
            self._unseen(letter)

    def blank(self, run: Any, *, before: bool) -> None:
        """Add a blank that takes no room: nothing that is seen moves."""
        self._use(run)
        glyph = space_glyph(self._font)
        width = self._width(glyph)
        code = f"{self._codes.code(glyph, ' '):04x}"
        self._pieces += [width, code] if before else [code]

    def show(self) -> None:
        """Write what was gathered."""
        if self._pieces:
            self._stream.show_text(_operand(self._pieces))
            self._pieces = []

    def _use(self, run: Any) -> None:
        """Take the font of a run."""
        if run.item.analysis.font == self._pango_font:
            return
        self.show()
        self._pango_font = run.item.analysis.font
        self._font, self._size = self._stream.add_font(self._pango_font)
        self._codes = self._layer.codes(self._font)
        self._stream.set_font_size(self._font.hash, self._size)

    def _together(self, cluster: Cluster) -> None:
        """Several glyphs under one text, or a mark from right to left.

        Readers take the room of a text from the start of the first glyph drawn under it to the
        end of the last. Where that is a mark, which has no advance, one that nobody sees is
        drawn at the line's height, or they find a blank beside it. pdf.js takes no advance of a
        code with a mark among its letters: so marks have a code of their own, without any.
        """
        first, *others = cluster.glyphs
        letters, marks = _marks_apart(cluster.text)
        with _actual_text(self, self._stream, cluster.text):
            if not first.geometry.width:
                self._unseen()
            if letters and marks and first.geometry.width:
                self._glyph(first, letters)
                self._unseen(marks)
            else:
                self._glyph(first, cluster.text)
            for glyph in others:
                self._glyph(glyph, UNSEEN_TEXT)
            if not cluster.glyphs[-1].geometry.width:
                self._unseen()

    def _unseen(self, text: str = UNSEEN_TEXT) -> None:
        glyph = unseen_glyph(self._font)
        # Back first, so that a blank, where it has to do, ends where the letters end.
        back = self._width(glyph)
        self._pieces += [back] if back else []
        self._pieces.append(f"{self._codes.code(glyph, text):04x}")

    def _base_and_marks(self, cluster: Cluster) -> None:
        """From right to left the base, which is drawn after its marks, carries the text."""
        *marks, base = cluster.glyphs
        with _actual_text(self, self._stream, ""):
            for mark in marks:
                self._glyph(mark, UNSEEN_TEXT)
        self._letters(base, cluster.text)

    def _glyph(self, info: Any, text: str) -> None:
        """Draw a glyph that reads as `text`."""
        glyph, width = info.glyph, info.geometry.width
        if glyph == self._layer.pango.PANGO_GLYPH_EMPTY:
            self._pieces.append(-width / self._size)
            return
        if glyph & self._layer.pango.PANGO_GLYPH_UNKNOWN_FLAG:
            glyph = self._missing(glyph, width)
        code = f"{self._codes.code(glyph, text):04x}"
        # The scale of offsets is WeasyPrint's: pages have to look the same.
        offset = info.geometry.x_offset / self._size
        kerning = int(self._width(glyph) + offset - width * self._layer.milli / self._size)
        self._pieces += [-offset] if offset else []
        self._raised(code, info.geometry.y_offset / 1000)
        self._pieces += [kerning] if kerning else []

    def _raised(self, code: str, rise: float) -> None:
        """Draw a code above or below the line."""
        if not rise:
            self._pieces.append(code)
            return
        movement = self._pieces.pop() if self._pieces and _is_number(self._pieces[-1]) else 0
        self.show()
        self._stream.set_text_rise(-rise)
        self._pieces += [movement, code] if movement else [code]
        self.show()
        self._stream.set_text_rise(0)

    def _width(self, glyph: int) -> int:
        """The advance of a glyph in thousandths of the type size."""
        widths = self._codes.font.widths
        if glyph not in widths:
            self._layer.pango.pango_font_get_glyph_extents(
                self._pango_font, glyph, self._stream.ink_rect, self._stream.logical_rect
            )
            width = self._stream.logical_rect.width * self._layer.milli / self._size
            widths[glyph] = round(width)
        return int(widths[glyph])

    def _missing(self, glyph: int, width: int) -> int:
        """A glyph for a character that no font has; said aloud, as WeasyPrint says it."""
        codepoint = glyph - self._layer.pango.PANGO_GLYPH_UNKNOWN_FLAG
        self._layer.warn(
            '.notdef glyph rendered for Unicode string unsupported by fonts: "%s" (U+%04X)',
            chr(codepoint),
            codepoint,
        )
        font = self._codes.font
        number = int(font.get_unused_glyph_id(codepoint))
        font.widths[number] = round(width * self._layer.milli / self._size)
        font.widths.setdefault(0, font.widths[number])
        return number


@contextmanager
def _actual_text(line: _Line, stream: Any, text: str) -> Iterator[None]:
    line.show()
    stream.begin_marked_content("Span", Dictionary({"ActualText": String(text)}))
    yield
    line.show()
    stream.end_marked_content()


def _marks_apart(text: str) -> tuple[str, str]:
    """The letters before the first mark or joiner that takes no room, and all from there."""
    unseen = (unicodedata.category(letter) in _ROOMLESS for letter in text)
    first = next((at for at, is_unseen in enumerate(unseen) if is_unseen), len(text))
    return text[:first], text[first:]


def _is_number(piece: str | float) -> bool:
    return not isinstance(piece, str)


def _operand(pieces: list[str | float]) -> str:
    """Codes and movements as the operand of TJ."""
    text, inside = "", False
    for piece in pieces:
        if isinstance(piece, str) != inside:
            text += ">" if inside else "<"
            inside = not inside
        text += piece if isinstance(piece, str) else f"{piece:g} "
    return f"{text}>" if inside else text
