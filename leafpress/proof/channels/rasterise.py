"""Drawing pages with pdfium: the only module here that talks to it."""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from leafpress.proof.channels.channels import Area
from leafpress.proof.channels.raster_page import DPI, Box, Colour, RasterPage

logging.getLogger("pypdfium2").addHandler(logging.NullHandler())  # it warns of every XFA form

LARGEST = 2 * 210 * 297
"""Square millimetres of the largest page that is drawn (A3): none may fill the memory."""

MOST = 60
"""Pages that are drawn: no channel takes a fifth of that."""

_POINT = 25.4 / 72


class Undrawn(Exception):
    """A page that cannot be drawn, and why."""


class PdfiumDocument:
    """A PDF as pdfium opens it. `units` is each page's UserUnit, which pdfium does not heed."""

    def __init__(self, data: bytes, units: Sequence[float] = ()) -> None:
        """Open the file.

        Raises:
            Undrawn: pdfium cannot open it.
        """
        try:
            self._document = pypdfium2.PdfDocument(data)
            self._document.init_forms()  # without it, pdfium draws no field at all
        except pypdfium2.PdfiumError as error:
            raise Undrawn("pdfium cannot open the file") from error
        self._units = units or (1.0,) * self.pages

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._document)

    def draw(self, number: int, *, words: bool, times: int = 1) -> RasterPage:
        """Page `number`, counted from 1.

        Args:
            words: whether to look up the pieces of text as well.
            times: how many times as fine as `DPI` it is drawn.

        Raises:
            Undrawn: the page is too large, or pdfium fails.
        """
        try:
            page = self._document[number - 1]
            unit = self._units[number - 1]
            if page.get_width() * page.get_height() * (_POINT * unit) ** 2 > LARGEST:
                raise Undrawn("it is larger than A3")
            bitmap = page.render(scale=times * DPI / 72 * unit, optimize_mode="print")
            image = bitmap.to_pil().convert("RGB")
            found = tuple(_words(page, image.size)) if words else ()
        except pypdfium2.PdfiumError as error:
            raise Undrawn("pdfium fails on it") from error
        return RasterPage(number, image, found)

    def text(self, number: int, area: Area | None = None) -> str:
        """The words of a page, or of an area of an upright one."""
        page = self._document[number - 1]
        if area is None:
            return str(page.get_textpage().get_text_bounded())
        left, bottom, _right, _top = page.get_bbox()
        height, unit = page.get_height(), _POINT * self._units[number - 1]
        box = (
            left + area.left / unit,
            bottom + height - area.bottom / unit,
            left + area.right / unit,
            bottom + height - area.top / unit,
        )
        return str(page.get_textpage().get_text_bounded(*box))


def _words(page: Any, size: tuple[int, int]) -> Iterator[tuple[Colour, Box]]:
    """Pieces of text of one object: their colour, and their box in pixels."""
    text = page.get_textpage()
    pieces: dict[int, list[tuple[float, float, float, float]]] = {}
    objects: dict[int, Any] = {}
    for i in range(text.count_chars()):
        shown = pdfium.FPDFText_GetTextObject(text, i)
        if shown and chr(pdfium.FPDFText_GetUnicode(text, i)).strip():
            key = ctypes.addressof(shown.contents)
            objects[key] = shown
            pieces.setdefault(key, []).append(text.get_charbox(i))
    for key, boxes in pieces.items():
        if pdfium.FPDFTextObj_GetTextRenderMode(objects[key]) in (0, 2):  # filled
            box = _pixels(page, size, _around(boxes))
            if box[0] < box[2] and box[1] < box[3]:
                yield _fill(objects[key]), box


def _around(boxes: list[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _fill(shown: Any) -> Colour:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFPageObj_GetFillColor(shown, red, green, blue, alpha)
    return red.value, green.value, blue.value


def _pixels(page: Any, size: tuple[int, int], box: tuple[float, float, float, float]) -> Box:
    """A box of the page as pixels, whichever way the page is turned; what is off it is cut."""
    corners = [_pixel(page, size, box[0], box[1]), _pixel(page, size, box[2], box[3])]
    xs, ys = zip(*corners, strict=True)
    left, top = max(min(xs) - 2, 0), max(min(ys) - 2, 0)
    return left, top, min(max(xs) + 3, size[0]), min(max(ys) + 3, size[1])


def _pixel(page: Any, size: tuple[int, int], x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
    return across.value, down.value
