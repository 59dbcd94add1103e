"""The fonts of a document as its lines draw with them, and what was drawn before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from leafpress.pdf.text.character_codes import Codes
from leafpress.pdf.text.clusters import Cluster
from leafpress.pdf.text.glyphs import Glyph, Run


class LaterMark(NamedTuple):
    """A mark that is drawn when its line ends, and where the pen stood, in pixels."""

    font: DrawnFont
    glyph: Glyph
    pen: float


class DrawnCluster(NamedTuple):
    """What was written for a cluster.

    Args:
        codes: as they are gathered.
        advance: how far they move the pen, in pixels.
        marks: those that are drawn later; their pens are told against that before the cluster.
    """

    codes: str
    advance: float
    marks: tuple[LaterMark, ...]


Drawn = dict[Cluster, DrawnCluster]
"""What was written for clusters that stand in one operator."""


@dataclass(slots=True)
class DrawnFont:
    """A font as Pango and as the file know it.

    Args:
        pango: the PangoFont.
        font: WeasyPrint's Font.
        size: of its type.
        drawn: what was written, by the direction and the sign for a blank.
    """

    pango: Any
    font: Any
    size: float
    codes: Codes
    drawn: dict[tuple[bool, str], Drawn] = field(default_factory=dict)


class DrawnFonts:
    """The fonts of one document."""

    def __init__(self) -> None:
        from weasyprint.logger import LOGGER
        from weasyprint.text import ffi

        self.pango, self.warn = ffi.pango, LOGGER.warning
        self.milli = 1000 * ffi.FROM_UNITS
        """Pango's units to thousandths of a point."""
        self._codes: dict[str, Codes] = {}
        self._fonts: dict[int, DrawnFont] = {}

    def of(self, stream: Any, run: Run) -> DrawnFont:
        """The font of a run, which is known by its address: somebody has to keep the line."""
        if run.key not in self._fonts:
            font, size = stream.add_font(run.font)
            codes = self._codes.setdefault(font.hash, Codes(font))
            self._fonts[run.key] = DrawnFont(run.font, font, size, codes)
        return self._fonts[run.key]

    def write(self, pdf: Any) -> None:
        """Enter every font's added codes into a finished `pydyf.PDF`."""
        for codes in self._codes.values():
            codes.write(pdf)
