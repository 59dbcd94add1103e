"""PNG files: whether they are whole, and no larger or stranger than a page needs.

Read without a library (PNG, third edition, W3C 2025): the layout program's has to be told
to forgive cut files, and names no reason.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from leafpress.findings import Finding, Span
from leafpress.rules import finding

SIGNATURE = b"\x89PNG\r\n\x1a\n"

MOST_BYTES = 10_000_000
"""An edition with it could not be sent by e-mail any more."""

MOST_PIXELS = 4_000
"""Across or down. A page's width at 300 to the inch is 2,480 pixels; 16 million pixels of four
channels are 64 MB while they are drawn."""

MOST_WORDS = 1_000_000
"""Bytes of a note or a colour profile inside, unpacked."""

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Of each colour type (11.2.1)."""

_DEPTHS = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}

_PASSES = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)
"""Of interlaced files: first column and row, and how far apart they are (8.1)."""


class Chunk(NamedTuple):
    """A piece of a PNG file."""

    type: bytes
    data: bytes


class PngHeader(NamedTuple):
    """What IHDR says (11.2.1). `interlace` is 0 or 1."""

    width: int
    height: int
    depth: int
    colour: int
    compression: int
    filter: int
    interlace: int


class _Damaged(Exception):
    """Why a file cannot be read."""


def is_png(path: Path) -> bool:
    """Whether a file starts as a PNG does."""
    with path.open("rb") as file:
        return file.read(len(SIGNATURE)) == SIGNATURE


def check(path: Path, span: Span) -> Iterator[Finding]:
    """What is wrong with a PNG file that is asked for at `span` (L109 to L111)."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        facts = {"size": f"{size / 1e6:,.1f} MB large", "most": f"{MOST_BYTES // 1_000_000} MB"}
        yield finding("L109", span, **facts)
        return
    try:
        yield from _read(path.read_bytes(), path.name, span)
    except _Damaged as damage:
        yield finding("L110", span, file=path.name, problem=str(damage))


def _read(data: bytes, file: str, span: Span) -> Iterator[Finding]:
    header = _header(data)
    if max(header.width, header.height) > MOST_PIXELS:
        size = f"{header.width:,} by {header.height:,} pixels large"
        yield finding("L109", span, size=size, most=f"{MOST_PIXELS:,} by {MOST_PIXELS:,}")
        return
    chunks = list(_chunks(data))
    _pixels(header, chunks)
    for problem in _problems(header, chunks):
        yield finding("L111", span, file=file, problem=problem)


def _header(data: bytes) -> PngHeader:
    place = len(SIGNATURE)
    if data[place : place + 8] != struct.pack(">I4s", 13, b"IHDR") or len(data) < place + 25:
        raise _Damaged("its header is missing")
    header = PngHeader(*struct.unpack_from(">IIBBBBB", data, place + 8))
    if header.depth not in _DEPTHS.get(header.colour, ()) or 0 in header[:2]:
        raise _Damaged("its header says what no PNG can be")
    if header.compression or header.filter or header.interlace > 1:
        raise _Damaged("its header says what no PNG can be")
    return header


def _chunks(data: bytes) -> Iterator[Chunk]:
    place, kind = len(SIGNATURE), b""
    while kind != b"IEND":
        if place + 12 > len(data):
            raise _Damaged("its end is missing")
        length, kind = struct.unpack_from(">I4s", data, place)
        body = data[place + 8 : place + 8 + length]
        check = data[place + 8 + length : place + 12 + length]
        if len(check) < 4:
            raise _Damaged("its end is missing")
        if zlib.crc32(kind + body) != int.from_bytes(check):
            raise _Damaged(f"the check sum of `{kind.decode('ascii', 'replace')}` is wrong")
        yield Chunk(kind, body)
        place += 12 + length


def _pixels(header: PngHeader, chunks: list[Chunk]) -> None:
    """Unpack the picture, into no more than it can take.

    Raises:
        _Damaged: it is not there, not whole, or not as its header says.
    """
    packed = b"".join(chunk.data for chunk in chunks if chunk.type == b"IDAT")
    if header.colour == 3 and not any(chunk.type == b"PLTE" for chunk in chunks):
        raise _Damaged("its palette is missing")
    rows = [row for columns, lines in _sizes(header) for row in _rows(header, columns, lines)]
    expected = sum(rows)
    pixels = _unpacked(packed, expected)
    if len(pixels) < expected:
        raise _Damaged(f"{100 * len(pixels) // expected} % of its pixels are there")
    place = 0
    for row in rows:
        if pixels[place] > 4:
            raise _Damaged("its rows are packed in an unknown way")
        place += row


def _unpacked(packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error as error:
        raise _Damaged("its pixels cannot be unpacked") from error


def _sizes(header: PngHeader) -> Iterator[tuple[int, int]]:
    """Width and height of each pass."""
    if not header.interlace:
        yield header.width, header.height
        return
    for left, top, across, down in _PASSES:
        columns = (header.width - left + across - 1) // across
        lines = (header.height - top + down - 1) // down
        if columns > 0 and lines > 0:
            yield columns, lines


def _rows(header: PngHeader, columns: int, lines: int) -> list[int]:
    """Bytes of each row: its filter, and its pixels."""
    bits = columns * header.depth * _CHANNELS[header.colour]
    return [1 + (bits + 7) // 8] * lines


def _problems(header: PngHeader, chunks: list[Chunk]) -> Iterator[str]:
    """What is no damage, and is not printed as it is seen."""
    pieces = {chunk.type: chunk.data for chunk in chunks}
    if b"acTL" in pieces:
        yield "moves: only its first picture would be printed"
    if header.colour == 0 and header.depth == 16:
        yield "has 16 bits of grey: it would be printed as noise"
    if header.colour == 0 and header.depth < 8 and b"tRNS" in pieces:
        yield "is transparent with fewer than 8 bits of grey: what is transparent would be printed"
    if _is_otherwise_bright(pieces):
        yield "says that its colours are other than sRGB (`gAMA`, `cICP`): nobody would heed it"
    for chunk in chunks:
        if chunk.type in _PACKED and _is_bomb(chunk.data):
            yield "holds a note or colour profile of more than 1 MB"


def _is_otherwise_bright(pieces: dict[bytes, bytes]) -> bool:
    """Whether browsers would change its colours and no reader of PDFs."""
    if b"cICP" in pieces:
        return pieces[b"cICP"] != _SRGB
    if b"sRGB" in pieces or b"iCCP" in pieces or len(pieces.get(b"gAMA", b"")) != 4:
        return False
    return abs(int.from_bytes(pieces[b"gAMA"]) - _GAMMA) > _GAMMA // 50


_SRGB = bytes([1, 13, 0, 1])
_GAMMA = 45455
"""1 / 2.2 (11.3.2.1); a fiftieth more or less is not seen."""

_PACKED = {b"zTXt", b"iTXt", b"iCCP"}


def _is_bomb(data: bytes) -> bool:
    """Whether a packed piece unpacks to more than anybody writes; one that cannot be is none."""
    start = data.find(b"\x78")
    if start < 0:
        return len(data) > MOST_WORDS
    try:
        return len(zlib.decompressobj().decompress(data[start:], MOST_WORDS + 1)) > MOST_WORDS
    except zlib.error:
        return False
