"""What the letters of a piece of text cover on the page, by their outlines.

A font's own height says little: letters of Urdu or Bengali reach far beyond it, and most do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from leafpress.pdf.text.glyphs import GlyphLine, Run, line_of

Ink = tuple[float, float, float, float]
"""Left, top, right and bottom, in the page's pixels, as WeasyPrint counts them."""

_Outline = tuple[int, int, int, int]
"""Of a glyph: left and top against the pen, width and height, in Pango's units."""


class Outlines:
    """Outlines of the glyphs of one document: a font is asked once for each."""

    def __init__(self) -> None:
        from weasyprint.text import ffi

        self._pango, self._none, self.scale = ffi.pango, ffi.ffi.NULL, ffi.FROM_UNITS
        self._painted = ffi.ffi.new("PangoRectangle *")
        self._known: dict[int, dict[int, _Outline]] = {}
        self._lines: list[GlyphLine] = []  # fonts are known by their addresses

    def letters(self, box: Any) -> Iterator[Ink]:
        """The ink of each glyph of a text box, from left to right; blanks have none."""
        x, y, scale, pen = box.position_x, box.position_y + box.baseline, self.scale, 0
        line = line_of(box)
        self._lines.append(line)
        for run in line.runs:
            known = self._known.setdefault(run.key, {})
            for glyph in run.glyphs:
                outline = known.get(glyph.number) or self._ask(known, run, glyph.number)
                left, top = pen + glyph.x + outline[0], glyph.y + outline[1]
                right, bottom = left + outline[2], top + outline[3]
                pen += glyph.width
                if outline[2] and outline[3]:
                    yield x + left * scale, y + top * scale, x + right * scale, y + bottom * scale

    def _ask(self, known: dict[int, _Outline], run: Run, glyph: int) -> _Outline:
        painted = self._painted
        self._pango.pango_font_get_glyph_extents(run.font, glyph, painted, self._none)
        known[glyph] = painted.x, painted.y, painted.width, painted.height
        return known[glyph]


class Painted:
    """The ink of a piece of text. Each letter's is asked for only where two pieces are near."""

    def __init__(self, box: Any, outlines: Outlines, unit: float) -> None:
        """Look at a text box.

        Args:
            unit: of what is told, in the page's pixels.
        """
        self._box, self._outlines, self._unit = box, outlines, unit

    @cached_property
    def around(self) -> Ink | None:
        """The ink of all letters together; None where there is none."""
        left, top, width, height = line_of(self._box).ink
        if not (width and height):
            return None
        x, y, scale = self._box.position_x, self._box.position_y, self._outlines.scale
        y += self._box.baseline
        edges = (
            x + left * scale,
            y + top * scale,
            x + (left + width) * scale,
            y + (top + height) * scale,
        )
        return self._told(edges)

    @cached_property
    def letters(self) -> tuple[Ink, ...]:
        """The ink of each."""
        return tuple(map(self._told, self._outlines.letters(self._box)))

    def _told(self, ink: Ink) -> Ink:
        left, top, right, bottom = ink
        unit = self._unit
        return left * unit, top * unit, right * unit, bottom * unit


def dropped_blank(box: Any) -> float:
    """By how much a text box stands left of its words: pixels.

    Where layout drops the blank at the end of a line from right to left, it moves the box by the
    blank's width, since that is still painted (`remove_last_whitespace`).
    """
    text = box.pango_layout.text
    if text == box.text or box.text.rstrip(" ") != text.rstrip(" "):
        return 0.0
    size = len(box.text.encode())
    if len(text.encode()) <= size:
        return 0.0
    from weasyprint.text.ffi import FROM_UNITS

    line = line_of(box)
    width = sum(_after(run, size) for run in line.runs) if line.from_right else 0
    return float(width * FROM_UNITS)


def _after(run: Run, size: int) -> int:
    """The width of the glyphs of a run that stand for what comes after `size` bytes."""
    pairs = zip(run.glyphs, run.starts, strict=True)
    return sum(glyph.width for glyph, start in pairs if run.start + start >= size)
