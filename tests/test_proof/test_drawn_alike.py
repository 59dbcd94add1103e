"""Each picture in three drawings: Chromium's of the SVG, pdfium's and poppler's of our PDF."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pikepdf
import pytest
from browser import opened
from conftest import ROOT, run_build
from pictures import SHIPPED, SOUND, svg
from PIL import Image

from leafpress.findings import ExitCode
from leafpress.pages.fonts import FACES, FOLDER, LATIN
from leafpress.pdf.engine import font_configuration, weasyprint
from leafpress.proof.channels import drawn_alike
from leafpress.proof.channels.drawn_alike import PlacedPicture, differences, unlike
from leafpress.proof.channels.rasterise import PdfiumDocument
from leafpress.proof.tags import tagged

SIDE, ACROSS, DOWN = 100, 7, 11
"""Pixels of a picture's side, at 100 to the inch, and how many stand on a page."""

MOST = 0.5
"""Percent of a picture's pixels that Chromium may draw otherwise: ours differ by 0.1 at most."""

PICTURES = {path.stem: path.read_text() for path in SHIPPED}
PICTURES |= {kind: svg(inside) for kind, inside in SOUND.items()}

STOPS = '<stop offset="0" stop-color="#ff0000"/><stop offset="1" stop-color="#0000ff"/>'
BY_THE_SHAPE = (
    f'<linearGradient id="q">{STOPS}</linearGradient><rect width="80" height="80" fill="url(#q)"/>'
)
"""pdfium draws it, poppler 22.12 does not (WeasyPrint 70)."""

VARIABLE = '<circle cx="50" cy="50" r="40" fill="var(--ink, #00aa00)"/>'
"""Chromium draws it green, and WeasyPrint 70 black."""


def _sheet(folder: Path, pictures: dict[str, str], unit: str, a_unit: int) -> str:
    """All pictures in rows, each from a file of its own.

    On the screen those with numbers stand in the page, whose fonts they would not get otherwise.
    """
    cells: list[str] = []
    for n, text in enumerate(pictures.values()):
        path = folder / f"{n}.svg"
        path.write_text(text, encoding="utf-8")
        inside = text if "<text" in text and unit == "px" else f'<img src="{path.as_uri()}">'
        left, top = (place * SIDE / a_unit for place in (n % ACROSS, n // ACROSS % DOWN))
        page = n // (ACROSS * DOWN)
        at = f"left: {left}{unit}; top: {top}{unit}"
        if n % (ACROSS * DOWN) == 0:
            cells.append(f'{"</section>" * bool(n)}<section id="page-{page}">')
        cells.append(f'<div style="{at}">{inside}</div>')
    side, width, height = (f"{n * SIDE / a_unit}{unit}" for n in (1, ACROSS, DOWN))
    style = (
        f"@page {{ size: {width} {height}; margin: 0 }} body {{ margin: 0; background: white }}"
        f"section {{ position: relative; width: {width}; height: {height}; break-after: page }}"
        f"div {{ position: absolute; line-height: 0 }} img, svg {{ width: {side}; height: {side} }}"
    )
    return f"<!DOCTYPE html><style>{_faces()}{style}</style><body>{''.join(cells)}</section>"


def _faces() -> str:
    files = {f.weight: (ROOT / FOLDER / f.file).as_uri() for f in FACES if f.family == LATIN}
    return "".join(
        f'@font-face {{ font-family: "{LATIN}"; font-weight: {weight}; src: url("{file}") }}'
        for weight, file in files.items()
    )


def _pdf(folder: Path, pictures: dict[str, str]) -> Path:
    path = folder / "pictures.pdf"
    html = weasyprint().HTML(string=_sheet(folder, pictures, "in", 100))
    html.write_pdf(path, font_config=font_configuration())
    return path


def _placed(pictures: dict[str, str]) -> list[PlacedPicture]:
    """Without a pixel all round, since some rows are drawn a pixel off, into their neighbours."""
    places = []
    for n, words in enumerate(pictures):
        left, top = n % ACROSS * SIDE, n // ACROSS % DOWN * SIDE
        box = (left + 1, top + 1, left + SIDE - 1, top + SIDE - 1)
        places.append(PlacedPicture(n // (ACROSS * DOWN), box, words))
    return places


def _by_chromium(folder: Path, pictures: dict[str, str]) -> dict[str, Image.Image]:
    page = folder / "pictures.html"
    page.write_text(_sheet(folder, pictures, "px", 1), encoding="utf-8")
    pages = -(-len(pictures) // (ACROSS * DOWN))
    with opened() as browser:
        browser.open(page, width=ACROSS * SIDE, height=pages * DOWN * SIDE)
        shot = browser.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True)
    image = Image.open(io.BytesIO(base64.b64decode(shot["data"]))).convert("RGB")
    drawn = {}
    for placed in _placed(pictures):
        left, top, right, bottom = placed.box
        down = placed.page * DOWN * SIDE
        drawn[placed.words] = image.crop((left, top + down, right, bottom + down))
    return drawn


def _by_pdfium(path: Path, pictures: dict[str, str]) -> dict[str, Image.Image]:
    document = PdfiumDocument(path.read_bytes())
    pages = [document.draw(n + 1, words=False).image for n in range(document.pages)]
    return {placed.words: pages[placed.page].crop(placed.box) for placed in _placed(pictures)}


def test_all_are_drawn_alike_by_three_programs(tmp_path: Path) -> None:
    path = _pdf(tmp_path, PICTURES)
    ours, theirs = _by_pdfium(path, PICTURES), _by_chromium(tmp_path, PICTURES)
    browsers = {name: unlike(ours[name], theirs[name]) for name in PICTURES}
    assert {name: percent for name, percent in browsers.items() if percent > MOST} == {}
    drawn = differences(path, _placed(PICTURES))
    assert list(drawn_alike.problems(drawn)) == []
    assert all(sum(picture.convert("L").histogram()[:200]) for picture in ours.values())


def test_what_a_browser_draws_otherwise_is_seen(tmp_path: Path) -> None:
    pictures = {"variable": svg(VARIABLE)}
    ours = _by_pdfium(_pdf(tmp_path, pictures), pictures)
    assert unlike(ours["variable"], _by_chromium(tmp_path, pictures)["variable"]) > 30


def test_what_poppler_leaves_out_is_found(tmp_path: Path) -> None:
    pictures = {"A gradient": svg(BY_THE_SHAPE), "A disc": svg('<circle r="90"/>')}
    drawn = differences(_pdf(tmp_path, pictures), _placed(pictures))
    assert list(drawn_alike.problems(drawn)) == [
        "pdfium and poppler draw 65 % of the picture on page 1 differently: “A gradient”"
    ]


def test_the_figures_of_a_booklet_are_found_where_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = ("-L", "en-GB", "--leaflet", "back-pain", "--format", "booklet")
    done = run_build(ROOT, *chosen, "--out", str(tmp_path))
    assert done.returncode == ExitCode.OK, done.stderr
    path = tmp_path / "en-GB" / "back-pain-booklet.pdf"
    with pikepdf.open(path) as pdf:
        placed = list(drawn_alike.pictures(tagged.read(pdf)))
    assert len(placed) == 5
    document = PdfiumDocument(path.read_bytes())
    for picture in placed:
        image = document.draw(picture.page + 1, words=False).image.crop(picture.box)
        greys = image.convert("L").histogram()
        assert picture.words
        assert sum(greys[:100]) > 0 < greys[255], picture
    # Where edges fall between pixels, a small picture is asked again of a finer drawing.
    monkeypatch.setattr(drawn_alike, "MOST", 1.0)
    assert max(percent for _, percent in differences(path, placed)) < 1
