"""PNG pictures: what is printed as it is seen passes, and all else is named at the line."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leafpress.content.figures import check
from leafpress.findings import Finding, Span

SIDE = 8
ROWS = [bytes(1 + SIDE)] * SIDE
"""Eight rows of grey, each with its filter."""

SPAN = Span("leaflets/back-pain.yaml", 22)


def chunk(kind: bytes, data: bytes) -> bytes:
    """A piece of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(
    *pieces: bytes, depth: int = 8, colour: int = 0, side: int = SIDE, pixels: bytes | None = None
) -> bytes:
    """A PNG of one colour, with further pieces before its pixels."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, depth, colour, 0, 0, 0))
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    row = bytes(1 + (SIDE * depth * channels + 7) // 8)
    packed = zlib.compress(row * SIDE) if pixels is None else pixels
    parts = (header, *pieces, chunk(b"IDAT", packed), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


PALETTE = chunk(b"PLTE", bytes(6))
INTERLACED = b"\x89PNG\r\n\x1a\n" + b"".join(
    [
        chunk(b"IHDR", struct.pack(">IIBBBBB", SIDE, SIDE, 8, 0, 0, 0, 1)),
        chunk(b"IDAT", zlib.compress(bytes(2 + 2 + 3 + 2 * 3 + 2 * 5 + 4 * 5 + 4 * 9))),
        chunk(b"IEND", b""),
    ]
)

SOUND = {
    "grey": png(),
    "grey of 1 bit": png(depth=1),
    "RGB": png(colour=2),
    "RGB of 16 bits": png(colour=2, depth=16),
    "RGBA": png(colour=6),
    "grey with alpha": png(colour=4),
    "palette": png(PALETTE, colour=3, depth=2),
    "interlaced": INTERLACED,
    "gamma of sRGB": png(chunk(b"gAMA", struct.pack(">I", 45455))),
    "a note": png(chunk(b"tEXt", b"Author\0Somebody")),
}
"""Drawn by WeasyPrint 70 as Chromium draws them."""

UNSOUND = {
    "huge": (png(side=30_000), "L109", "30,000 by 30,000 pixels"),
    "heavy": (png() + bytes(10_000_001), "L109", "10.0 MB"),
    "cut": (png()[:-20], "L110", "its end is missing"),
    "no header": (b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""), "L110", "header is missing"),
    "a bit turned": (png().replace(b"IDAT", b"IDAU"), "L110", "the check sum of `IDAU`"),
    "half of its pixels": (png(pixels=zlib.compress(bytes(36))), "L110", "50 % of its pixels"),
    "no pixels": (png(pixels=b"words"), "L110", "cannot be unpacked"),
    "unknown filter": (png(pixels=zlib.compress(b"\x09" * 72)), "L110", "in an unknown way"),
    "no palette": (png(colour=3), "L110", "palette is missing"),
    "depth of 3": (png(depth=3), "L110", "what no PNG can be"),
    "animated": (png(chunk(b"acTL", struct.pack(">II", 2, 0))), "L111", "moves"),
    "grey of 16 bits": (png(depth=16), "L111", "16 bits of grey"),
    "clear grey of 2 bits": (png(chunk(b"tRNS", b"\0\1"), depth=2), "L111", "is transparent"),
    "linear": (png(chunk(b"gAMA", struct.pack(">I", 100_000))), "L111", "other than sRGB"),
    "HDR": (png(chunk(b"cICP", bytes([9, 16, 0, 1]))), "L111", "other than sRGB"),
    "a bomb of words": (
        png(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(2_000_000)))),
        "L111",
        "more than 1 MB",
    ),
    "a JPEG": (b"\xff\xd8\xff\xe0 not a PNG", "L043", "neither SVG nor PNG"),
}


def findings(data: bytes, folder: Path) -> list[Finding]:
    """What is said of a picture."""
    (folder / "picture.png").write_bytes(data)
    return check("picture.png", folder, SPAN)


@pytest.mark.parametrize("kind", SOUND)
def test_a_sound_picture_passes(kind: str, tmp_path: Path) -> None:
    assert findings(SOUND[kind], tmp_path) == []


@pytest.mark.parametrize("kind", UNSOUND)
def test_a_picture_of_a_kind_is_named(kind: str, tmp_path: Path) -> None:
    data, rule, words = UNSOUND[kind]
    [problem] = findings(data, tmp_path)
    assert (problem.rule, problem.span) == (rule, SPAN)
    assert words in problem.sentence


def test_a_name_that_no_disk_takes_is_named(tmp_path: Path) -> None:
    [problem] = check(f"{'a' * 300}.png", tmp_path, SPAN)
    assert (problem.rule, problem.span) == ("L001", SPAN)
    assert "too long" in problem.sentence


@settings(max_examples=200, deadline=None)
@given(
    data=st.sampled_from([*SOUND.values(), *(data for data, _, _ in UNSOUND.values())][:-1]),
    changes=st.lists(st.tuples(st.integers(0, 200), st.binary(max_size=6)), max_size=4),
)
def test_a_mutated_picture_is_judged(
    data: bytes, changes: list[tuple[int, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """It never fails, and never takes long."""
    mutated = bytearray(data[:10_000])
    for place, piece in changes:
        mutated[place : place + len(piece)] = piece
    started = perf_counter()
    for problem in findings(bytes(mutated), tmp_path_factory.getbasetemp()):
        assert problem.rule in {"L043", "L109", "L110", "L111"}
    assert perf_counter() - started < 2
