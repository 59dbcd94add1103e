"""Numbers in a picture are measured as they are drawn, however their size is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from leafpress.pdf.boxes import LaidOutElement
from leafpress.proof.layout.numbers_in_pictures import numbers_in

SIZES = {
    '<text font-size="20">1</text>': 20,
    "<text>1</text>": 16,
    '<text style="fill:#000;font-size:5px">1</text>': 5,
    '<g style="font-size:5px"><text>1</text></g>': 5,
    '<g font-size="5"><text><tspan>1</tspan></text></g>': 5,
    '<g font-size="20"><text style="font-size: 50%">1</text></g>': 10,
    '<g font-size="20"><text font-size="0.5em">1</text></g>': 10,
    '<text font-size="12pt">1</text>': 16,
    '<g transform="scale(0.5)"><text font-size="20">1</text></g>': 10,
    '<text transform="translate(3 4) matrix(0.5,0,0,0.5,1,1)" font-size="20">1</text>': 10,
    '<text transform="rotate(90)" font-size="20">1</text><text font-size="30">2</text>': 20,
    '<text font-size="5"><tspan style="font-size:20px">1</tspan></text>': 20,
}


@pytest.mark.parametrize(("drawing", "size"), SIZES.items())
def test_size(drawing: str, size: float, tmp_path: Path) -> None:
    file = tmp_path / "picture.svg"
    file.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">{drawing}</svg>')
    image = LaidOutElement(1, "img", "", (), 0, 0, 50, 25, in_margin=False, source="picture.svg")
    assert numbers_in(image, {"picture.svg": file}) == pytest.approx(size / 2)


def test_a_picture_without_numbers(tmp_path: Path) -> None:
    file = tmp_path / "picture.svg"
    file.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><g/></svg>')
    image = LaidOutElement(1, "img", "", (), 0, 0, 50, 25, in_margin=False, source="picture.svg")
    assert numbers_in(image, {"picture.svg": file}) is None
