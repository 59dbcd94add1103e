"""Words that come back as they were written, whatever the script.

One glyph for a cluster of letters has a code for exactly that text
(`pdf/text/character_codes.py`). Several glyphs from left to right share one ActualText
(ISO 32000-1, 14.9.4). From right to left, where readers turn any text of several letters around,
each glyph carries one: a ligature (لا) its last, and glyphs that nobody sees carry those before,
and marks and joiners. The ink of marks is drawn behind the words of its line, under an empty
ActualText (`DrawnLine.end`). Who knows nothing of ActualText, as pdf.js (Firefox), reads the codes:
the first of a cluster has its letters, one that nobody sees the marks, and the others one that is
passed over.
"""

from __future__ import annotations

import re
from copy import copy
from typing import Any

from leafpress.pdf.text.drawn_fonts import DrawnFonts
from leafpress.pdf.text.drawn_line import DrawnLine
from leafpress.pdf.text.glyphs import GlyphLine, has_separators, line_of, read

UNSEEN = "\n\u200b\u2028\u2029"
"""Characters that break lines: a text box of nothing else has nothing to paint."""


_NUMBER = re.compile(r"\+?\d[\d ]*")
_TIED = "\u00a0"
"""NO-BREAK SPACE. pdfium turns the groups of a number around in a right-to-left line when blanks
stand between them, and finds them with either kind of blank."""


class TextLayer:
    """Draws the lines of one document. `blanks` are text boxes that end between two words."""

    def __init__(self, blanks: set[Any], *, right_to_left: bool = False) -> None:
        self._fonts = DrawnFonts()
        self._blanks = blanks
        self._right_to_left = right_to_left
        self._lines: list[GlyphLine] = []

    def write(self, pdf: Any) -> None:
        """Enter every font's added codes into a finished `pydyf.PDF`."""
        self._fonts.write(pdf)

    def draw(self, stream: Any, box: Any, _overflow: str, _ellipsis: str, matrix: Any) -> list[Any]:
        """Draw the words of a text box, as `weasyprint.draw.text.draw_first_line` does.

        Text that is cut with an ellipsis is not drawn so: style sheets must not ask for it
        (`pages/lint/check.py`). Our fonts hold no pictures, so the list of emojis is empty.
        """
        if not box.text.strip(UNSEEN) or box.style["font_size"] < 1e-6:  # pydyf's precision
            return []
        stream.set_text_matrix(*matrix.values)
        tied = self._right_to_left and _NUMBER.fullmatch(box.text.strip()) is not None
        utf8 = box.pango_layout.text.encode()
        line = DrawnLine(self._fonts, stream, utf8, blank=_TIED if tied else " ")
        runs = self._line(box).runs
        # A number alone is read from the left in any line, and its blank comes after it.
        from_right = any(run.from_right for run in runs)
        if box in self._blanks and from_right:
            line.blank(runs[0], before=True)
        for run in runs:
            line.run(run)
        if box in self._blanks and not from_right:
            line.blank(runs[-1], before=False)
        line.end(matrix)
        return []

    def _line(self, box: Any) -> GlyphLine:
        """The glyphs of a text box, as one paragraph.

        They are kept as long as this: fonts are known by their addresses.
        """
        if has_separators(box.pango_layout.text):
            layout = copy(box.pango_layout)  # it may be another box's too
            layout.setup(box.style)
            layout.set_text(layout.text, justify=True)
            self._fonts.pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
            line = read(layout)
        else:
            line = line_of(box)
        self._lines.append(line)
        return line
