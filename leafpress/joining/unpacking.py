"""What a packed stream holds, a piece at a time: never more in the memory than is wanted.

qpdf unpacks a stream whole. A megabyte can hold a gigabyte (deflate packs up to 1032 to one, and
a stream may be packed more than once); so lengths are found out here first, and what goes past a
bound is not unpacked to its end.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import takewhile

from pikepdf import Stream

from leafpress.joining.limits import FILTERS, LZW
from leafpress.pdf_objects import Excess, integer_at, items_at

Pieces = Iterator[bytes]

_PIECE = 65_536

_FLATE = frozenset({"/FlateDecode", "/Fl"})
_LZW = frozenset({"/LZWDecode", "/LZW"})
_RUNS = frozenset({"/RunLengthDecode", "/RL"})
_85 = frozenset({"/ASCII85Decode", "/A85"})
_HEXADECIMAL = frozenset({"/ASCIIHexDecode", "/AHx"})

PICTURES = frozenset(
    ["/DCTDecode", "/DCT", "/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode", "/CCF"]
)
"""Filters of pictures: what they become is measured in pixels."""


def filters(stream: Stream) -> list[str]:
    """The names of a stream's filters, in the order in which they are undone.

    Raises:
        Excess: more filters than anybody needs.
    """
    names = [str(item) for item in items_at(stream, "/Filter")]
    if len(names) > FILTERS:
        raise Excess(f"a stream that is packed {len(names)} times")
    return names


def length(stream: Stream, most: int) -> int:
    """How many bytes a stream becomes; where it is more than `most`, something above `most`.

    What is damaged counts as far as it can be unpacked.

    Raises:
        Excess: so much in an old packing (LZW) that nobody counts it.
    """
    count = 0
    for piece in _unpacked(stream):
        count += len(piece)
        if count > most:
            break
    return count


def start_of(stream: Stream, most: int) -> bytes:
    """What a stream holds.

    Raises:
        Excess: it becomes more than `most` bytes.
        pikepdf.PdfError: it cannot be unpacked.
    """
    if could_become(stream) > most and length(stream, most) > most:
        raise Excess(f"a stream that unpacks to more than {most // 1_000_000} MB")
    return bytes(stream.read_bytes())


def could_become(stream: Stream) -> int:
    """The most bytes that a stream's raw bytes could become: 1032 to one for deflate."""
    most = integer_at(stream, "/Length") or 0
    for name in filters(stream):
        most *= _RATIOS.get(name, 1)
    return most


_RATIOS = dict.fromkeys(_FLATE, 1032) | dict.fromkeys(_LZW, 2560) | dict.fromkeys(_RUNS, 64)
_RATIOS |= dict.fromkeys(_85, 4)
"""How many bytes one byte can become. LZW: 12 bits stand for 3,838 bytes at most; base 85: `z`
is four zeros."""


def _unpacked(stream: Stream) -> Pieces:
    """The pieces of a stream without its filters; a picture's filter ends it."""
    raw = bytes(stream.read_raw_bytes())
    pieces: Pieces = (raw[at : at + _PIECE] for at in range(0, len(raw), _PIECE))
    names = takewhile(lambda name: name not in PICTURES, filters(stream))
    for name in names:
        pieces = _UNDONE.get(name, _as_it_is)(pieces)
    return pieces


def _as_it_is(pieces: Pieces) -> Pieces:
    return pieces


def _inflated(pieces: Pieces) -> Pieces:
    """Deflate undone; damage ends it, as in readers."""
    inflater = zlib.decompressobj()
    for piece in pieces:
        waiting = piece
        while waiting and not inflater.eof:
            try:
                inflated = inflater.decompress(waiting, _PIECE)
            except zlib.error:
                return
            yield inflated
            waiting = inflater.unconsumed_tail


_CLEAR, _END, _FIRST, _WIDEST = 256, 257, 258, 12
"""LZW's codes: begin anew, end, the first free one; and the bits of the longest (7.4.4.2)."""


def _lengths_of_lzw(pieces: Pieces) -> Pieces:
    """As many bytes as LZW becomes, all of them zero: only their number counts here."""
    data = b"".join(pieces)
    if len(data) > LZW:
        raise Excess(f"{len(data) // 1_000_000} MB that are packed in an old way (LZW)")
    table = _Lengths()
    for code in _codes(data, table):
        if code == _END:
            return
        yield bytes(table.take(code))


class _Lengths:
    """How many bytes each code of LZW stands for, as its table grows."""

    def __init__(self) -> None:
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._lengths, self._before = [1] * _FIRST, 0

    @property
    def width(self) -> int:
        """Bits of the next code: one more as soon as the code after it needs them."""
        return min(_WIDEST, max(9, (len(self._lengths) + 1).bit_length()))

    def take(self, code: int) -> int:
        """The bytes of a code; the table knows one more from then on."""
        if code == _CLEAR:
            self._begin_anew()
            return 0
        is_known = code < len(self._lengths)
        length = self._lengths[code] if is_known else self._before + 1
        if self._before and len(self._lengths) < 1 << _WIDEST:
            self._lengths.append(self._before + 1)
        self._before = length
        return length


def _codes(data: bytes, table: _Lengths) -> Iterator[int]:
    """The codes of LZW, whose width grows with the table."""
    bits = count = 0
    for byte in data:
        bits, count = bits << 8 | byte, count + 8
        width = table.width
        if count >= width:
            count -= width
            yield bits >> count
            bits &= (1 << count) - 1


def _runs(pieces: Pieces) -> Pieces:
    """Run lengths undone (ISO 32000-1, 7.4.5)."""
    data, at = b"".join(pieces), 0
    while at < len(data) and data[at] != 128:  # the end
        number = data[at]
        if number < 128:
            yield data[at + 1 : at + 2 + number]
            at += 2 + number
        else:
            yield data[at + 1 : at + 2] * (257 - number)
            at += 2


def _from_85(pieces: Pieces) -> Pieces:
    """Base 85 undone (7.4.3); damage ends it."""
    data = b"".join(pieces).partition(b"~>")[0].lstrip().removeprefix(b"<~")
    with suppress(ValueError):
        yield base64.a85decode(data)


def _from_hexadecimal(pieces: Pieces) -> Pieces:
    """Hexadecimal digits undone (7.4.2); damage ends it."""
    digits = b"".join(b"".join(pieces).partition(b">")[0].split())
    with suppress(ValueError):
        yield binascii.unhexlify(digits + b"0" * (len(digits) % 2))


_UNDONE: dict[str, Callable[[Pieces], Pieces]] = {
    **dict.fromkeys(_FLATE, _inflated),
    **dict.fromkeys(_LZW, _lengths_of_lzw),
    **dict.fromkeys(_RUNS, _runs),
    **dict.fromkeys(_85, _from_85),
    **dict.fromkeys(_HEXADECIMAL, _from_hexadecimal),
}
