"""Pages at low resolution, compared with pictures that a person has looked at.

Small on purpose: a shifted line or a lost box shows, another rasteriser's smoothing does not.
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from conftest import REFERENCE, ROOT
from PIL import Image, ImageChops, ImageStat

SIZE = (124, 175)
"""Pixels of a page: 15 an inch."""

ALLOWED = 4.0
"""Mean difference of a page, of 255. The same page by another Pango differs by less than 1; a
line that moved makes 5 to 12."""

PAGES = [
    ("en-GB", "back-pain", 1),
    ("en-GB", "cannabis-medicines", 3),
    ("pl", "back-pain", 3),
    ("ur", "back-pain", 1),
    ("ur", "neck-pain", 4),
    ("bn", "cannabis-medicines", 2),
    ("cy", "neck-pain", 2),
]


def _picture(path: Path, page: int) -> Image.Image:
    document = pypdfium2.PdfDocument(path)
    try:
        picture = document[page - 1].render(scale=1).to_pil().convert("L")
    finally:
        document.close()
    return picture.resize(SIZE, Image.Resampling.BOX)


@pytest.mark.parametrize(("tag", "leaflet", "page"), PAGES)
def test_pages_look_as_they_did(
    tag: str, leaflet: str, page: int, built: Path, request: pytest.FixtureRequest
) -> None:
    picture = _picture(built / tag / f"{leaflet}-a4.pdf", page)
    path = REFERENCE / "pictures" / f"{leaflet}-{tag}-{page}.png"
    if request.config.getoption("--update-reference"):
        path.parent.mkdir(parents=True, exist_ok=True)
        picture.save(path, optimize=True)
    assert path.exists(), f"{path.relative_to(ROOT)} is missing: run pytest --update-reference"
    with Image.open(path) as known:
        difference = ImageStat.Stat(ImageChops.difference(picture, known)).mean[0]
    assert difference < ALLOWED


def test_the_comparison_sees_a_moved_line(built: Path) -> None:
    picture = _picture(built / "en-GB" / "back-pain-a4.pdf", 1)
    moved = ImageChops.offset(picture, 0, 3)
    assert ImageStat.Stat(ImageChops.difference(picture, moved)).mean[0] > ALLOWED
