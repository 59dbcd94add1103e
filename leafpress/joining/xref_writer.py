"""A joined file's bytes: the leaflets' as they are kept ready, then the letter's.

Of two leaflets' thousand objects none differs from letter to letter; qpdf would copy and write
them all for each. So a set of leaflets is written once, by qpdf, as a *base*: objects 1 to n. A
letter's objects follow from n + 1, and one table of all of them ends the file (a cross-reference
stream, ISO 32000-1, 7.5.8; object streams, 7.5.7). Only that table is ours: every object is
serialised by qpdf.
"""

from __future__ import annotations

import hashlib
import struct
import warnings
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Object, Stream
from pikepdf.exceptions import PageCopyWarning

WIDTHS = (1, 4, 2)
"""Bytes of a row of the table: kind, offset or number of an object stream, index in it."""

_ROW = struct.Struct(">BIH")
"""The same widths, for writing."""

_FREE, _PLAIN, _PACKED = 0, 1, 2
_TOGETHER = 200
"""Objects in one object stream."""

_LEVEL = 1
"""How hard objects and the table are packed. Zlib’s usual 6 takes a table 12 times as long, a tenth
of a whole join, and makes the file 1 % smaller (measured with one leaflet)."""


@dataclass(frozen=True, slots=True)
class PreparedObjects:
    """What comes first in the file: the *base*.

    Args:
        body: up to, not including, its own table.
        rows: the table, a row for each object from 0.
        digest: of the body, for the ID of every file that begins with it.
    """

    body: bytes
    rows: tuple[bytes, ...]
    digest: bytes

    @property
    def last(self) -> int:
        """The highest number of an object."""
        return len(self.rows) - 1


def prepare_objects(pdf: pikepdf.Pdf) -> tuple[PreparedObjects, pikepdf.Pdf]:
    """Write `pdf` as a base, and open what was written.

    Its root and pages are not part of the base: a letter brings them.
    """
    data = _saved(pdf)
    again = pikepdf.open(BytesIO(data), inherit_page_attributes=False)
    table = next(thing for thing in reversed(list(again.objects)) if _is_table(thing))
    rows = _rows(table)
    start = int.from_bytes(rows[table.objgen[0]][1:5], "big")
    for unused in (table, again.Root, again.Root.Pages, *again.Root.Pages.Kids):
        rows[unused.objgen[0]] = _ROW.pack(_FREE, 0, 0)
    body = data[:start]
    return PreparedObjects(body, tuple(rows), hashlib.blake2b(body).digest()), again


def _is_table(thing: object) -> bool:
    return isinstance(thing, Stream) and thing.get("/Type") == "/XRef"


def _rows(table: Object) -> list[bytes]:
    data = table.read_bytes()
    one, two, three = (int(width) for width in table.W)
    step = one + two + three
    rows = []
    for at in range(0, len(data), step):
        row = data[at : at + step]
        values = (row[:one], row[one : one + two], row[one + two :])
        rows.append(_ROW.pack(*(int.from_bytes(value, "big") for value in values)))
    return rows


def _saved(pdf: pikepdf.Pdf) -> bytes:
    """A file by qpdf: the same bytes for the same objects, streams as they came."""
    out = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PageCopyWarning)  # the form comes with the joined file
        pdf.save(
            out,
            min_version="1.7",
            static_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )
    return out.getvalue()


def write_joined(
    base: PreparedObjects, pdf: pikepdf.Pdf, own: Sequence[int], version: str
) -> bytes:
    """The base and the objects of `pdf` as one file.

    Args:
        own: numbers of objects of `pdf`: above the base's, or in place of some of the base's.
        version: of PDF, as `1.7`.
    """
    out = bytearray(base.body)
    out[5:8] = version.encode()
    rows = list(base.rows)
    last = max([*own, base.last])
    rows += [_ROW.pack(_FREE, 0, 0)] * (last + 1 - len(rows))
    plain = []
    for number in own:
        thing: object = pdf.get_object(number, 0)
        if isinstance(thing, Stream):
            rows[number] = _ROW.pack(_PLAIN, len(out), 0)
            out += _stream(number, thing.stream_dict, thing.read_raw_bytes())
        else:
            plain.append((number, _serialised(thing)))
    for at in range(0, len(plain), _TOGETHER):
        _pack(out, rows, plain[at : at + _TOGETHER])
    identifier = hashlib.blake2b(base.digest, digest_size=16)
    identifier.update(memoryview(out)[len(base.body) :])
    _finish(out, rows, pdf.trailer, identifier.digest())
    return bytes(out)


def _serialised(thing: object) -> bytes:
    """An object as qpdf writes it; pikepdf gives plain values as Python's."""
    if not isinstance(thing, Object):
        return bytes(pikepdf.Array([thing]).unparse())[1:-1].strip()
    return bytes(thing.unparse(resolved=True))


def _stream(number: int, entries: Object, data: bytes) -> bytes:
    entries.Length = len(data)
    head = b"%d 0 obj\n%s\nstream\n" % (number, entries.unparse())
    return b"".join([head, data, b"\nendstream\nendobj\n"])


def _pack(out: bytearray, rows: list[bytes], plain: list[tuple[int, bytes]]) -> None:
    number, offset = len(rows), 0
    pairs = []
    for index, (own, data) in enumerate(plain):
        rows[own] = _ROW.pack(_PACKED, number, index)
        pairs.append(b"%d %d" % (own, offset))
        offset += len(data) + 1
    head = b" ".join(pairs) + b"\n"
    packed = zlib.compress(head + b"\n".join(data for _, data in plain), _LEVEL)
    entries = pikepdf.Dictionary(
        Type=pikepdf.Name.ObjStm, N=len(plain), First=len(head), Filter=pikepdf.Name.FlateDecode
    )
    rows.append(_ROW.pack(_PLAIN, len(out), 0))
    out += _stream(number, entries, packed)


def _finish(out: bytearray, rows: list[bytes], trailer: Object, identifier: bytes) -> None:
    """Write the table, and where it begins.

    Args:
        identifier: the file's ID, a digest of all before the table.
    """
    start = len(out)
    rows.append(_ROW.pack(_PLAIN, start, 0))
    entries = pikepdf.Dictionary(
        Type=pikepdf.Name.XRef,
        Size=len(rows),
        W=pikepdf.Array(WIDTHS),
        Filter=pikepdf.Name.FlateDecode,
        ID=pikepdf.Array([pikepdf.String(identifier)] * 2),
    )
    for key in ("/Root", "/Info"):
        if key in trailer:
            entries[key] = trailer[key]
    out += _stream(len(rows) - 1, entries, zlib.compress(b"".join(rows), _LEVEL))
    out += b"startxref\n%d\n%%%%EOF\n" % start
