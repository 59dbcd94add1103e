"""One line of text, written as operators: which glyph carries which letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydyf import Dictionary, String

from leafpress.pdf.text.character_codes import (
    UNSEEN_TEXT,
    space_glyph,
    unseen_glyph,
    wide_blank_glyph,
)
from leafpress.pdf.text.clusters import Cluster, clusters
from leafpress.pdf.text.drawn_fonts import Drawn, DrawnCluster, DrawnFont, DrawnFonts, LaterMark
from leafpress.pdf.text.glyphs import Glyph, Run

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d"
_LETTERS = re.compile(rf"[^\W\d_][{_MARKS}]*")
"""A letter of a cluster with its marks and joiners."""

_WIDEST_KERNING = -99
"""In thousandths of the type size. poppler takes a gap of a tenth for a blank
(`minWordBreakSpace`); Atkinson Hyperlegible Next moves the j of the Albanian “skuqje” by more."""

_ROOMLESS = frozenset({"Mn", "Cf"})
"""Unicode's categories of marks above and below letters, and of joiners."""


class DrawnLine:
    """One line: gathers glyphs and writes them as text operators.

    What is gathered is text: codes of four digits, and movements outside of the brackets that all
    will stand in, as in `0041>12 <0042`.
    """

    def __init__(self, fonts: DrawnFonts, stream: Any, utf8: bytes, *, blank: str) -> None:
        self._fonts, self._stream, self._utf8, self._blank = fonts, stream, utf8, blank
        self._pieces: list[str] = []
        self._used: DrawnFont | None = None
        self._pen = 0.0
        self._marks: list[LaterMark] = []

    @property
    def _font(self) -> DrawnFont:
        if self._used is None:
            raise AssertionError("a run's font is taken before its glyphs are drawn")
        return self._used

    def run(self, run: Run) -> None:
        """Draw the glyphs of a run."""
        self._use(run)
        drawn = self._font.drawn.setdefault((run.from_right, self._blank), {})
        for cluster in clusters(run, self._utf8):
            known = drawn.get(cluster)
            if known is None:
                self._draw_first(cluster, drawn, from_right=run.from_right)
            else:
                self._draw_again(known)

    def _draw_again(self, drawn: DrawnCluster) -> None:
        self._pieces.append(drawn.codes)
        if drawn.marks:
            self._marks += [mark._replace(pen=self._pen + mark.pen) for mark in drawn.marks]
        self._pen += drawn.advance

    def _draw_first(self, cluster: Cluster, drawn: Drawn, *, from_right: bool) -> None:
        """Draw a cluster, and keep what was gathered if it stands within one operator."""
        pieces, before, pen, marks = self._pieces, len(self._pieces), self._pen, len(self._marks)
        self._cluster(cluster, from_right=from_right)
        unknown = self._fonts.pango.PANGO_GLYPH_UNKNOWN_FLAG
        if self._pieces is pieces and not any(each.number & unknown for each in cluster.glyphs):
            own = [mark._replace(pen=mark.pen - pen) for mark in self._marks[marks:]]
            codes = "".join(pieces[before:])
            drawn[cluster] = DrawnCluster(codes, self._pen - pen, tuple(own))

    def _cluster(self, cluster: Cluster, *, from_right: bool) -> None:
        if from_right and not cluster.glyphs[-1].width:
            self._mark(cluster)
        elif len(cluster.glyphs) == 1 and from_right:
            self._letters(cluster.glyphs[0], self._blank_or(cluster.text))
        elif len(cluster.glyphs) == 1:
            self._glyph(cluster.glyphs[0], self._blank_or(cluster.text), near=cluster.text != " ")
        elif from_right and len(cluster.text) > 1:
            self._base_and_marks(cluster)
        else:
            self._together(cluster)

    def _blank_or(self, text: str) -> str:
        return self._blank if text == " " else text

    def _letters(self, info: Glyph, text: str) -> None:
        """From right to left a glyph of several letters reads as its last, which is leftmost.

        Readers take letters from the right: each before it is a glyph that nobody sees, at the
        glyph's right edge. A letter's marks and joiners come after it, and so left of it.
        """
        *before, last = _LETTERS.findall(text) or [text]
        self._unseen_marks(last)
        self._glyph(info, _letter(last))
        for each in reversed(before):
            self._unseen_marks(each)
            self._unseen(_letter(each))

    def _unseen_marks(self, text: str) -> None:
        for mark in reversed(text.removeprefix(_letter(text))):
            self._unseen(mark)

    def blank(self, run: Run, *, before: bool) -> None:
        """Add a blank that takes no room: nothing that is seen moves."""
        self._use(run)
        glyph = space_glyph(self._font.font)
        width = self._width(glyph)
        code = f"{self._font.codes.code(glyph, ' '):04x}"
        self._pieces += [_movement(width), code] if before else [code]

    def show(self) -> None:
        """Write what was gathered."""
        if self._pieces:
            text = f"<{''.join(self._pieces)}>"
            self._stream.show_text(text.replace("<>", ""))
            self._pieces = []

    def end(self, matrix: Any) -> None:
        """Write what was gathered, then the marks. `matrix` is WeasyPrint's, of the text.

        Among the words marks would tear them apart: pdfium (Chrome, Edge) and pdf.js (Firefox) take
        a glyph at a height of its own for another line. Behind them they are blanks for these,
        which know no empty ActualText.
        """
        self.show()
        if self._marks:
            a, b, c, d, left, top = matrix.values
            place = a, b, c, d, left + self._pen * a, top + self._pen * b
            end = self._pen
            with _actual_text(self, self._stream, ""):
                for mark in self._marks:
                    self._later(mark, end, place)
            if any(mark.glyph.y for mark in self._marks):
                self._back_on_line(place)

    def _later(self, mark: LaterMark, end: float, place: tuple[float, ...]) -> None:
        """Draw a mark by an operator that begins where the line's words end, with a wide blank.

        pdfium goes by where operators begin, and takes one that begins higher than half of its
        first advance for another line.
        """
        self._stream.set_text_matrix(*place)
        self._take(mark.font)
        self._stream.set_text_rise(-mark.glyph.y / 1000)
        self._wide_blank()
        self._move(1000 * (self._pen - mark.pen) / mark.font.size)
        self._glyph(mark.glyph._replace(y=0), " ")
        self.show()
        self._stream.set_text_rise(0)
        self._pen = end

    def _back_on_line(self, place: tuple[float, ...]) -> None:
        """Two blanks beside each other: pdfium measures what comes next against the last one.

        They have an ActualText of their own, since it asks for one only once.
        """
        self._stream.set_text_matrix(*place)
        with _actual_text(self, self._stream, ""):
            self._wide_blank()
            self._move(500)
            self._wide_blank()

    def _wide_blank(self) -> None:
        blank = wide_blank_glyph(self._font.font)
        self._pieces.append(f"{self._font.codes.code(blank, ' '):04x}")
        self._pen += self._width(blank) * self._font.size / 1000

    def _use(self, run: Run) -> None:
        """Take the font of a run."""
        if self._used and run.font == self._used.pango:
            return
        self.show()
        self._take(self._fonts.of(self._stream, run))

    def _take(self, font: DrawnFont) -> None:
        self._used = font
        self._stream.set_font_size(font.font.hash, font.size)

    def _together(self, cluster: Cluster) -> None:
        """Several glyphs under one text.

        Readers take the room of a text from the start of the first glyph drawn under it to the
        end of the last. Where that is a mark, which has no advance, one that nobody sees is
        drawn at the line's height, or they find a blank beside it. pdf.js takes no advance of a
        code with a mark among its letters: so marks have a code of their own, without any.
        """
        first, *others = cluster.glyphs
        letters, marks = _marks_apart(cluster.text)
        with _actual_text(self, self._stream, cluster.text):
            if not first.width:
                self._unseen()
            if letters and marks and first.width:
                self._glyph(first, letters)
                self._unseen(marks)
            else:
                self._glyph(first, cluster.text)
            for glyph in others:
                self._glyph(glyph, UNSEEN_TEXT)
            if not cluster.glyphs[-1].width:
                self._unseen()

    def _unseen(self, text: str = UNSEEN_TEXT) -> None:
        glyph = unseen_glyph(self._font.font)
        # Back first, so that a blank, where it has to do, ends where the letters end.
        back = self._width(glyph)
        self._pieces += [_movement(back)] if back else []
        self._pieces.append(f"{self._font.codes.code(glyph, text):04x}")

    def _mark(self, cluster: Cluster) -> None:
        """From right to left a mark or joiner that is no part of its letter's cluster."""
        for character in reversed(cluster.text):
            self._unseen(character)
        for glyph in cluster.glyphs:
            self._beside_base(glyph)

    def _base_and_marks(self, cluster: Cluster) -> None:
        """From right to left the base, which is drawn after its marks, carries the text."""
        *others, base = cluster.glyphs
        for glyph in others:
            self._beside_base(glyph)
        self._letters(base, cluster.text)

    def _beside_base(self, glyph: Glyph) -> None:
        """Keep a mark for later; draw a part of a letter that has a room of its own."""
        if glyph.number == self._fonts.pango.PANGO_GLYPH_EMPTY:
            self._glyph(glyph, "")
        elif glyph.width:
            with _actual_text(self, self._stream, ""):
                self._glyph(glyph, UNSEEN_TEXT)
        else:
            self._marks.append(LaterMark(self._font, glyph, self._pen))

    def _glyph(self, info: Glyph, text: str, *, near: bool = False) -> None:
        """Draw a glyph that reads as `text`; `near` keeps what comes after it in the same word."""
        glyph, width, size = info.number, info.width, self._font.size
        if glyph == self._fonts.pango.PANGO_GLYPH_EMPTY:
            self._move(-width / size)
            return
        if glyph & self._fonts.pango.PANGO_GLYPH_UNKNOWN_FLAG:
            glyph = self._missing(glyph, width)
        code = f"{self._font.codes.code(glyph, text):04x}"
        # The scale of offsets is WeasyPrint's: pages have to look the same.
        offset = info.x / size
        kerning = int(self._width(glyph) + offset - width * self._fonts.milli / size)
        kerning = max(kerning, _WIDEST_KERNING) if near else kerning
        self._move(-offset)
        self._raised(code, info.y / 1000)
        self._pen += self._width(glyph) * size / 1000
        self._move(kerning)

    def _move(self, size: float) -> None:
        """Move the pen to the left, in thousandths of the type size."""
        if size:
            self._pieces.append(_movement(size))
            self._pen -= size * self._font.size / 1000

    def _raised(self, code: str, rise: float) -> None:
        """Draw a code above or below the line."""
        if not rise:
            self._pieces.append(code)
            return
        movement = self._last_movement()
        self.show()
        self._stream.set_text_rise(-rise)
        self._pieces += [movement, code] if movement else [code]
        self.show()
        self._stream.set_text_rise(0)

    def _last_movement(self) -> str:
        """Take away the movement that was gathered last, if nothing was drawn after it."""
        if not self._pieces or not self._pieces[-1].endswith("<"):
            return ""
        drawn, _, movement = self._pieces.pop().rpartition(">")
        self._pieces += [drawn] if drawn else []
        return f">{movement}"

    def _width(self, glyph: int) -> int:
        """The advance of a glyph in thousandths of the type size."""
        widths = self._font.font.widths
        if glyph not in widths:
            self._fonts.pango.pango_font_get_glyph_extents(
                self._font.pango, glyph, self._stream.ink_rect, self._stream.logical_rect
            )
            width = self._stream.logical_rect.width * self._fonts.milli / self._font.size
            widths[glyph] = round(width)
        return int(widths[glyph])

    def _missing(self, glyph: int, width: int) -> int:
        """A glyph for a character that no font has; said aloud, as WeasyPrint says it."""
        codepoint = glyph - self._fonts.pango.PANGO_GLYPH_UNKNOWN_FLAG
        self._fonts.warn(
            '.notdef glyph rendered for Unicode string unsupported by fonts: "%s" (U+%04X)',
            chr(codepoint),
            codepoint,
        )
        font = self._font.font
        number = int(font.get_unused_glyph_id(codepoint))
        font.widths[number] = round(width * self._fonts.milli / self._font.size)
        font.widths.setdefault(0, font.widths[number])
        return number


def _marks_apart(text: str) -> tuple[str, str]:
    """The letters before the first mark or joiner that takes no room, and all from there."""
    unseen = (unicodedata.category(letter) in _ROOMLESS for letter in text)
    first = next((at for at, is_unseen in enumerate(unseen) if is_unseen), len(text))
    return text[:first], text[first:]


def _letter(text: str) -> str:
    """A letter without its marks and joiners; other signs as they are."""
    return text[:1] if _LETTERS.fullmatch(text) else text


def _movement(size: float) -> str:
    """Outside of the brackets around codes, in which it is gathered."""
    return f">{size:g} <"


@contextmanager
def _actual_text(line: DrawnLine, stream: Any, text: str) -> Iterator[None]:
    line.show()
    stream.begin_marked_content("Span", Dictionary({"ActualText": String(text)}))
    yield
    line.show()
    stream.end_marked_content()
