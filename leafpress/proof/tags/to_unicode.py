"""What a font's codes stand for: its ToUnicode (ISO 32000-1, 9.10.3), as any program wrote it.

The reader is bounded: a map may say in thirty bytes that it has four thousand million codes. What
is odd in it is left out, as readers leave it out; nothing in it is an error of ours.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

import pikepdf
from fontTools.agl import toUnicode
from pikepdf import Dictionary, Name, Stream

from leafpress.pdf_objects import integer_of, items_at, name_at, stream_at, value_at

Texts = dict[int, str]

CODES = 65_536
"""Codes of one font: all that two bytes can say."""
BYTES = 4_000_000
"""Bytes of one map; one for all codes of a font has 900,000."""

TEXT = 512
"""Bytes of the text of one code (Adobe's note 5411, 1.4.1)."""
WORK = 4 * CODES
"""How often a code is written down, by ranges that lie over each other."""

_TOKEN = re.compile(rb"%[^\r\n]*|<([0-9A-Fa-f\s]*)>|([\[\]])|(/?[A-Za-z][^\s<>\[\]/%()]*)")
_SECTIONS = {b"beginbfchar": 2, b"beginbfrange": 3}
"""The sections that say what codes stand for, and how many operands each entry has."""

Operand = bytes | list[bytes]
"""A string of bytes, or an array of them."""


def to_unicode(font: object) -> Texts:
    """The text of each code of a font; nothing where it does not say, or cannot be read."""
    stream = stream_at(font, "/ToUnicode")
    if stream is None:
        return {}
    try:
        data = bytes(stream.read_bytes())
    except pikepdf.PdfError:
        return {}
    return dict(entries(data[:BYTES]))


def texts_of(font: object) -> Texts:
    """The text of each code; of a simple font without a map, by its encoding (9.6.6)."""
    texts = to_unicode(font)
    return texts if texts or code_bytes(font) > 1 else _by_encoding(font)


def _by_encoding(font: object) -> Texts:
    encoding = value_at(font, "/Encoding")
    base = str(encoding) if isinstance(encoding, Name) else name_at(encoding, "/BaseEncoding")
    letters = bytes(range(32, 256)).decode(_ENCODINGS.get(base, "cp1252"), "replace")
    texts = dict(enumerate(letters, start=32))
    code = 0
    for item in items_at(encoding, "/Differences"):
        if isinstance(item, Name):
            texts[code] = toUnicode(str(item)[1:])
            code += 1
        else:
            code = integer_of(item) or 0
    return texts


_ENCODINGS = {"/MacRomanEncoding": "mac_roman"}
"""Encodings of simple fonts other than WinAnsi, which most have (annex D)."""


def code_bytes(font: object) -> int:
    """How many bytes a code of a font has: two for composite ones (9.7), else one."""
    is_composite = isinstance(font, Dictionary | Stream) and name_at(font, "/Subtype") == "/Type0"
    return 2 if is_composite else 1


@lru_cache(maxsize=64)
def entries(data: bytes) -> tuple[tuple[int, str], ...]:
    """The codes of a map and their texts; later ones win."""
    return tuple(dict(islice(_pairs(data), WORK)).items())


def _pairs(data: bytes) -> Iterator[tuple[int, str]]:
    for *ends, goal in _rows(data):
        codes = [int.from_bytes(end, "big") for end in ends if isinstance(end, bytes)]
        if len(codes) == len(ends):
            yield from _of_range(range(codes[0], min(codes[-1], CODES - 1) + 1), goal)


def _of_range(codes: range, goal: Operand) -> Iterator[tuple[int, str]]:
    """The texts of codes that follow each other: one after the other, or each by itself."""
    if isinstance(goal, list):
        yield from zip(codes, map(_text, goal), strict=False)
        return
    first = _text(goal)
    for code in codes:
        yield code, _text_after(first, code - codes.start)


def _rows(data: bytes) -> Iterator[list[Operand]]:
    """The operands of each entry: two for a code, three for a range."""
    step = 0
    operands: list[Operand] = []
    for token in _operands(data):
        if isinstance(token, int):
            step, operands = token, []
            continue
        operands.append(token)
        if step and len(operands) == step:
            yield operands
            operands = []


def _operands(data: bytes) -> Iterator[int | Operand]:
    """The operands in a map; at each of its operators, how many an entry has from there on."""
    array: list[bytes] | None = None
    for token in _TOKEN.finditer(data):
        digits, bracket, word = token.groups()
        operand = _bytes(digits, word)
        if bracket == b"[":
            array = []
        elif bracket and array is not None:
            yield array
            array = None
        elif operand is not None and array is not None:
            array.append(operand)
        elif operand is not None:
            yield operand
        elif word:
            array = None
            yield _SECTIONS.get(word, 0)


def _bytes(digits: bytes | None, word: bytes | None) -> bytes | None:
    """A string of bytes: written in digits, or the letters that a glyph's name stands for."""
    if digits is not None:
        plain = b"".join(digits.split())
        return bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode())
    if word is not None and word.startswith(b"/"):
        return str(toUnicode(word[1:].decode("latin-1"))).encode("utf-16-be", "replace")
    return None


def _text(value: bytes) -> str:
    """A text in UTF-16; one byte alone, as some programs write it, is a letter of Latin."""
    return value[:TEXT].decode("latin-1" if len(value) == 1 else "utf-16-be", "replace")


def _text_after(text: str, steps: int) -> str:
    """The text of a code that comes so many after the first of its range: its last letter rises."""
    if not text or not steps:
        return text
    letter = ord(text[-1]) + steps
    is_letter = letter <= sys.maxunicode and not 0xD800 <= letter <= 0xDFFF  # no half of a pair
    return text[:-1] + (chr(letter) if is_letter else "\ufffd")
