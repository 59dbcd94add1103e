"""What the preview's worker does besides drawing, and when."""

from __future__ import annotations

import io
import time

import pytest
from PIL import Image

from leafpress.preview import draw, worker
from leafpress.proof.channels.raster_page import RasterPage


def test_a_picture_is_what_was_drawn() -> None:
    image = Image.effect_noise((37, 23), 80).convert("RGB")
    shown = Image.open(io.BytesIO(draw._png(RasterPage(1, image, ()))))
    shown.verify()
    shown = Image.open(io.BytesIO(draw._png(RasterPage(1, image, ()))))
    assert shown.mode == "RGB"
    assert shown.size == image.size
    assert shown.tobytes() == image.tobytes()


@pytest.mark.parametrize(("answers", "expected"), [(3, 0), (4, 1), (7, 1), (8, 2)])
def test_garbage_waits_until_nobody_else_does(
    monkeypatch: pytest.MonkeyPatch, answers: int, expected: int
) -> None:
    """One page after another: none of them waits for it, but every fourth answer is followed."""
    collected: list[None] = []
    monkeypatch.setattr(worker, "collect", lambda: collected.append(None))
    monkeypatch.setattr(worker, "_QUIET", 60)
    tidying = worker._Tidying()
    for number in range(1, answers + 1):
        tidying.put_off()
        before = len(collected)
        tidying.soon()
        if number % worker._MOST_ANSWERS == 0:
            end = time.monotonic() + 20
            while len(collected) == before and time.monotonic() < end:
                time.sleep(0.005)
    tidying.put_off()
    assert len(collected) == expected


def test_garbage_goes_when_it_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    collected: list[None] = []
    monkeypatch.setattr(worker, "collect", lambda: collected.append(None))
    monkeypatch.setattr(worker, "_QUIET", 0.01)
    worker._Tidying().soon()
    end = time.monotonic() + 20
    while not collected and time.monotonic() < end:
        time.sleep(0.005)
    assert len(collected) == 1
