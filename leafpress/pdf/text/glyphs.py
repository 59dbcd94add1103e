"""The glyphs of a line, read from Pango once, as plain numbers."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

_INFO = struct.Struct("=Iiii4x")
"""PangoGlyphInfo: the glyph, its geometry, and four bytes of marks, which are not read."""

_SEPARATORS = frozenset("\n\r\u2028\u2029")
"""Characters that end a paragraph for Pango."""


class Glyph(NamedTuple):
    """A glyph: its number; its advance and how far it is moved, in Pango's units."""

    number: int
    width: int
    x: int
    y: int


_GLYPH = partial(tuple.__new__, Glyph)
"""Makes one of its four numbers: `_make` counts them, of some ten thousand in a leaflet."""


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one font and direction, from left to right.

    Args:
        font: a PangoFont.
        key: its address: the same for the same font, as long as lines of it are kept.
        start: where its text begins, in bytes of the line's text; `length` is in bytes too.
        starts: where each glyph's text begins, against `start`.
    """

    font: Any
    key: int
    from_right: bool
    start: int
    length: int
    glyphs: tuple[Glyph, ...]
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GlyphLine:
    """The runs of a line. `layout` is kept, since it owns the fonts.

    Args:
        ink: left and top against the line's start, width and height of all that is painted.
    """

    runs: tuple[Run, ...]
    from_right: bool
    layout: Any
    ink: tuple[int, int, int, int]


def line_of(box: Any) -> GlyphLine:
    """The glyphs of a text box."""
    layout = box.pango_layout
    kept: GlyphLine | None = layout.__dict__.get("_glyphs")
    if kept is not None:
        return kept
    was_active = "layout" in layout.__dict__
    layout.reactivate(box.style)  # an active one too: a justified line has no wide blanks yet
    line = layout.__dict__["_glyphs"] = read(layout)
    if not was_active:
        layout.deactivate()
    return line


def has_separators(text: str) -> bool:
    """Whether Pango may see several paragraphs."""
    return not _SEPARATORS.isdisjoint(text)


def read(layout: Any) -> GlyphLine:
    """The glyphs of the first line of one of WeasyPrint's layouts, which is active."""
    from weasyprint.text.ffi import ffi, pango

    line, _ = layout.get_first_line()
    painted = ffi.new("PangoRectangle *")
    pango.pango_layout_line_get_extents(line, painted, ffi.NULL)
    ink = painted.x, painted.y, painted.width, painted.height
    return GlyphLine(tuple(_runs(line)), bool(line.resolved_dir % 2), layout.layout, ink)


def _runs(line: Any) -> Iterator[Run]:
    from weasyprint.text.ffi import ffi

    entry = line.runs
    while entry != ffi.NULL:
        item, glyphs = entry.data.item, entry.data.glyphs
        count, font = glyphs.num_glyphs, item.analysis.font
        numbers = _INFO.iter_unpack(ffi.buffer(glyphs.glyphs, count * _INFO.size))
        yield Run(
            font,
            int(ffi.cast("uintptr_t", font)),
            bool(item.analysis.level % 2),
            item.offset,
            item.length,
            tuple(map(_GLYPH, numbers)),
            tuple(ffi.unpack(glyphs.log_clusters, count)),
        )
        entry = entry.next
