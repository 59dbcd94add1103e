"""Clinics of every name and logo: nothing runs over, and no picture is squeezed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import yaml
from conftest import ROOT, order_for
from PIL import Image, ImageChops

from leafpress.pdf.layout import lay_out, write_pdf
from leafpress.pdf.metadata import DEFAULT, PROFILES
from leafpress.press.edition import Edition
from leafpress.press.pipeline import markup_of
from leafpress.proof.layout import layout_checks

NAME = "Riverside and Old Town Community Clinic for Long-term Pain and Rehabilitation West"
assert len(NAME) == 82


def _clinic(folder: Path, size: tuple[int, int], name: str = NAME[:80]) -> Path:
    """A clinic with a logo of this size."""
    Image.new("RGB", size, "#e000e0").save(folder / "logo.png")
    settings = yaml.safe_load((ROOT / "clinic.yaml").read_text(encoding="utf-8"))
    settings |= {"name": name, "logo": "logo.png"}
    file = folder / "clinic.yaml"
    file.write_text(yaml.safe_dump(settings), encoding="utf-8")
    return file


EDITIONS = [
    Edition("cannabis-medicines", "en-GB", "a4"),
    Edition("cannabis-medicines", "bn", "easy-read"),
    Edition("back-pain", "ur", "bilingual"),
    Edition("back-pain", "ur", "booklet-pages"),
    Edition("back-pain", "pl", "large-print-24"),
]


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.output)
def test_a_name_of_80_letters(edition: Edition, tmp_path: Path) -> None:
    order = replace(order_for(ROOT), clinic=_clinic(tmp_path, (900, 300)))
    rendering = lay_out(markup_of(edition, order), PROFILES[DEFAULT], edition.place)
    # Its lines may cost a leaflet that fills its pages one more (P011, a warning): nothing else.
    assert {finding.rule for finding in layout_checks.check(rendering)} <= {"P011"}


@pytest.mark.parametrize("size", [(900, 300), (3000, 200), (200, 600), (40, 40)])
@pytest.mark.parametrize("format_", ["a4", "easy-read", "booklet-pages"])
def test_a_logo_keeps_its_proportions(size: tuple[int, int], format_: str, tmp_path: Path) -> None:
    order = replace(order_for(ROOT), clinic=_clinic(tmp_path, size, "A clinic"))
    edition = Edition("neck-pain", "en-GB", format_)
    rendering = lay_out(markup_of(edition, order), PROFILES[DEFAULT], edition.place)
    left, top, right, bottom = _of_colour(write_pdf(rendering))
    assert right - left > 5
    assert (right - left) / (bottom - top) == pytest.approx(size[0] / size[1], rel=0.08)


def test_no_gap_behind_a_number_in_the_clinics_own_words(tmp_path: Path) -> None:
    """Telephone, e-mail and web run in, a gap behind each; a sentence's number has none."""
    file = _clinic(tmp_path, (900, 300))
    settings = yaml.safe_load(file.read_text(encoding="utf-8"))
    settings |= {"out_of_hours": "At night, call {111}. Then wait."}
    file.write_text(yaml.safe_dump(settings), encoding="utf-8")
    edition = Edition("neck-pain", "en-GB", "a4")
    order = replace(order_for(ROOT), clinic=file)
    rendering = lay_out(markup_of(edition, order), PROFILES[DEFAULT], edition.place)
    data = write_pdf(rendering)
    with pypdfium2.PdfDocument(data) as document:
        (places,) = [places for page in document if (places := _places(page, "NHS 111. Then wait"))]
    end, stop = places[len("NHS 111") - 1][2], places[len("NHS 111")][0]
    assert stop - end < 2


def _places(page: pypdfium2.PdfPage, words: str) -> list[tuple[float, float, float, float]]:
    """Where each letter of these words is drawn, in points; nothing where they are not."""
    text = page.get_textpage()
    whole = text.get_text_range()
    letters = [index for index, letter in enumerate(whole) if not letter.isspace()]
    packed, wanted = "".join(whole.split()), "".join(words.split())
    start = packed.find(wanted)
    if start < 0:
        return []
    found = iter(text.get_charbox(index) for index in letters[start : start + len(wanted)])
    return [next(found) if not letter.isspace() else (0, 0, 0, 0) for letter in words]


def _of_colour(data: bytes) -> tuple[int, int, int, int]:
    """Where on page 1 the logo is, in pixels of 200 an inch: nothing else has its colour."""
    with pypdfium2.PdfDocument(data) as document:
        picture = document[0].render(scale=200 / 72).to_pil().convert("RGB")
    red, green, blue = picture.split()
    strong = [band.point(lambda value: 255 * (value > 200)) for band in (red, blue)]
    weak = green.point(lambda value: 255 * (value < 50))
    found = ImageChops.multiply(ImageChops.multiply(*strong), weak).getbbox()
    assert found is not None
    return found
