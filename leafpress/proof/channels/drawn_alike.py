"""Pictures in a finished PDF, as two programs draw them.

pdfium stands for Chrome and Edge, poppler for Evince and Okular: what one of them leaves out, the
patient whose program it is does not see.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
from PIL import Image, ImageChops, ImageFilter

from leafpress.proof.channels.raster_page import DPI
from leafpress.proof.channels.rasterise import PdfiumDocument, Undrawn
from leafpress.proof.tags.tagged import Tagged

SECONDS = 60
"""Longer than this no page takes; a program that hangs is stopped."""

STEPS = 64
"""Of 255: by so much a pixel is lighter or darker than all those around its place in the other
drawing. Smoothed edges stay below."""

MOST = 2.0
"""Percent of the pixels of a picture that may differ so. On six editions in four languages and four
formats 0.50 % of 118 pictures differs at most; what poppler leaves out is 14 % and more."""

FINER = 3
"""Times. By so much the second drawing is finer, of a picture that seems to differ."""

_POINT = DPI / 72


class PlacedPicture(NamedTuple):
    """A figure: its page, from 0, and its box in pixels from the top left corner."""

    page: int
    box: tuple[int, int, int, int]
    words: str


def missing() -> str:
    """Why the second program cannot be asked; empty when it can."""
    if shutil.which("pdftoppm") is None:
        return "pdftoppm is not installed (poppler-utils)"
    return ""


def pictures(file: Tagged) -> Iterator[PlacedPicture]:
    """Every figure that says where it is."""
    for element in file.elements():
        box = element.attribute("Layout", "BBox")
        mark = next(iter(element.marks()), None)
        if element.type == "Figure" and box is not None and mark is not None:
            yield _placed(file.pdf.pages[mark.page], mark.page, box, element.alternative or "")


def _placed(page: pikepdf.Page, number: int, box: Any, words: str) -> PlacedPicture:
    left, top = float(page.cropbox[0]), float(page.cropbox[3])
    x0, y0, x1, y1 = (float(edge) for edge in box)
    edges = (x0 - left, top - y1, x1 - left, top - y0)
    across0, down0, across1, down1 = (max(round(edge * _POINT), 0) for edge in edges)
    return PlacedPicture(number, (across0, down0, across1, down1), words)


def differences(file: Path, placed: list[PlacedPicture]) -> list[tuple[PlacedPicture, float]]:
    """How many percent of each picture the two programs draw differently.

    Where that is much, it is asked again of a finer drawing: in a picture of a hundred small people
    there are more edges than areas, and what is smoothed there is not left out.

    Raises:
        Undrawn: one of them cannot draw a page.
    """
    document = PdfiumDocument(file.read_bytes())
    first = _differences(file, document, placed, 1)
    doubtful = [picture for picture, percent in first if percent > MOST]
    finer = dict(_differences(file, document, doubtful, FINER))
    return [(picture, finer.get(picture, percent)) for picture, percent in first]


def _differences(
    file: Path, document: PdfiumDocument, placed: list[PlacedPicture], times: int
) -> list[tuple[PlacedPicture, float]]:
    """The same, of drawings that are so many times as fine."""
    numbers = sorted({picture.page for picture in placed})
    ours = {page: document.draw(page + 1, words=False, times=times).image for page in numbers}
    others = {page: _by_poppler(file, page + 1, times) for page in numbers}
    compared = []
    for picture in placed:
        left, top, right, bottom = picture.box
        box = (left * times, top * times, right * times, bottom * times)
        one, other = ours[picture.page].crop(box), others[picture.page].crop(box)
        compared.append((picture, unlike(one, other)))
    return compared


def problems(drawn: list[tuple[PlacedPicture, float]]) -> Iterator[str]:
    """The pictures that are not drawn alike."""
    for picture, percent in drawn:
        if percent > MOST:
            yield (
                f"pdfium and poppler draw {percent:.0f} % of the picture on page "
                f"{picture.page + 1} differently: “{picture.words[:60]}”"
            )


def unlike(one: Image.Image, other: Image.Image) -> float:
    """How many percent of the pixels are like none around them in the other drawing."""
    beyond = ImageChops.lighter(_beyond(one, other), _beyond(other, one))
    red, green, blue = beyond.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return 100 * sum(most.histogram()[STEPS:]) / max(one.width * one.height, 1)


def _beyond(one: Image.Image, other: Image.Image) -> Image.Image:
    """By how much each pixel is lighter or darker than all nine around its place in the other."""
    lighter = ImageChops.subtract(one, other.filter(ImageFilter.MaxFilter(3)))
    darker = ImageChops.subtract(other.filter(ImageFilter.MinFilter(3)), one)
    return ImageChops.lighter(lighter, darker)


def _by_poppler(file: Path, number: int, times: int) -> Image.Image:
    page = ["-f", str(number), "-l", str(number)]
    command = ["pdftoppm", "-q", "-r", str(times * DPI), "-cropbox", *page, str(file)]
    try:
        done = subprocess.run(command, capture_output=True, check=True, timeout=SECONDS)
        return Image.open(io.BytesIO(done.stdout)).convert("RGB")
    except (subprocess.SubprocessError, OSError) as error:
        raise Undrawn("poppler cannot draw it") from error
