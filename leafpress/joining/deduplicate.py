"""Streams that are the same bytes stand once in a joined file: fonts, pictures, colour profiles.

WeasyPrint embeds whole fonts for forms: a form letter with a form leaflet halves this way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Stream

SMALLEST = 500
"""Bytes below which a second copy costs less than looking for the first."""

Key = tuple[int, int]
Digests = dict[int, dict[bytes, int]]
"""By length, then by digest: the number of the stream."""


def digests(streams: Iterable[Any]) -> Digests:
    """Streams by what they hold; of equal ones the first."""
    found: Digests = {}
    for stream in streams:
        length = _length(stream)
        if length:
            found.setdefault(length, {}).setdefault(_digest(stream), stream.objgen[0])
    return found


def _length(stream: Any) -> int:
    """The stream's bytes as they stand; 0 where they are not to be shared."""
    length = stream.stream_dict.get("/Length")
    kind = stream.stream_dict.get("/Type")
    if kind in ("/XRef", "/ObjStm") or not isinstance(length, int):
        return 0
    return length if length >= SMALLEST else 0


def _digest(stream: Any) -> bytes:
    entries = {key: value for key, value in stream.stream_dict.items() if key != "/Length"}
    text = Dictionary(entries).unparse()
    return hashlib.blake2b(text + b"\0" + stream.read_raw_bytes(), digest_size=16).digest()


def doubles(streams: Iterable[Any], known: Digests) -> Iterator[tuple[Key, int]]:
    """Streams that equal a known one of another number: their key, and that number."""
    for stream in streams:
        like = known.get(_length(stream))
        number = like.get(_digest(stream)) if like else None
        if number is not None and number != stream.objgen[0]:
            yield stream.objgen, number


def redirect(objects: Iterable[Any], to: dict[Key, Any]) -> None:
    """Make every reference to a stream of `to` lead to its equal instead."""
    for thing in objects:
        _redirect(thing.stream_dict if isinstance(thing, Stream) else thing, to)


def _redirect(thing: Any, to: dict[Key, Any]) -> None:
    entries: list[Any] = []
    if isinstance(thing, Dictionary):
        entries = list(thing.items())
    elif isinstance(thing, Array):
        entries = list(enumerate(thing))
    for key, value in entries:
        if not isinstance(value, pikepdf.Object):
            continue
        if value.is_indirect:
            if value.objgen in to:
                thing[key] = to[value.objgen]
        elif isinstance(value, Dictionary | Array):
            _redirect(value, to)


def streams(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every stream of a file."""
    return (each for each in pdf.objects if isinstance(each, Stream))
