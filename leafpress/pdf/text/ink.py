"""What the letters of a piece of text cover on the page, by their outlines.

A font's own height says little: letters of Urdu or Bengali reach far beyond it, and most do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Ink = tuple[float, float, float, float]
"""Left, top, right and bottom, in the page's pixels, as WeasyPrint counts them."""


def letters(box: Any) -> Iterator[Ink]:
    """The ink of each glyph of a text box, from left to right; blanks have none."""
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    box.pango_layout.reactivate(box.style)
    line, _ = box.pango_layout.get_first_line()
    painted, pen = ffi.new("PangoRectangle *"), 0
    for run in _runs(line, ffi.NULL):
        for index in range(run.glyphs.num_glyphs):
            info = run.glyphs.glyphs[index]
            font = run.item.analysis.font
            pango.pango_font_get_glyph_extents(font, info.glyph, painted, ffi.NULL)
            left = pen + info.geometry.x_offset + painted.x
            top = info.geometry.y_offset + painted.y
            pen += info.geometry.width
            if painted.width and painted.height:
                corners = (left, top, left + painted.width, top + painted.height)
                yield _placed(box, [each * FROM_UNITS for each in corners])
    box.pango_layout.deactivate()


def dropped_blank(box: Any) -> float:
    """By how much a text box stands left of its words: pixels.

    Where layout drops the blank at the end of a line from right to left, it moves the box by the
    blank's width, since that is still painted (`remove_last_whitespace`).
    """
    layout, size = box.pango_layout, len(box.text.encode())
    if len(layout.text.encode()) <= size or box.text.rstrip(" ") != layout.text.rstrip(" "):
        return 0.0
    from weasyprint.text.ffi import FROM_UNITS, ffi

    layout.reactivate(box.style)
    line, _ = layout.get_first_line()
    width = sum(_after(run, size) for run in _runs(line, ffi.NULL)) if line.resolved_dir % 2 else 0
    layout.deactivate()
    return float(width * FROM_UNITS)


def _after(run: Any, size: int) -> int:
    """The width of the glyphs of a run that stand for what comes after `size` bytes."""
    glyphs, starts = run.glyphs, run.glyphs.log_clusters
    found = (i for i in range(glyphs.num_glyphs) if run.item.offset + starts[i] >= size)
    return sum(glyphs.glyphs[i].geometry.width for i in found)


def _runs(line: Any, end: Any) -> Iterator[Any]:
    entry = line.runs[0] if line.runs != end else end
    while entry != end:
        yield entry.data
        entry = entry.next


def _placed(box: Any, corners: list[float]) -> Ink:
    """Corners against the start of a line, on the page."""
    left, top, right, bottom = corners
    x, y = box.position_x, box.position_y + box.baseline
    return x + left, y + top, x + right, y + bottom
