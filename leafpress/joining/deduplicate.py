"""Streams that are the same bytes stand once in a joined file: fonts, pictures, colour profiles.

WeasyPrint embeds whole fonts for forms: a form letter with a form leaflet halves this way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

import pikepdf
from pikepdf import Array, Dictionary, Object, Stream

from leafpress.pdf_objects import ObjectRef

SMALLEST = 500
"""Bytes below which a second copy costs less than looking for the first."""

Digests = dict[int, dict[bytes, int]]
"""By length, then by digest: the number of the stream."""


def streams(pdf: pikepdf.Pdf) -> Iterator[Stream]:
    """Every stream of a file."""
    for thing in pdf.objects:
        if isinstance(thing, Stream):
            yield thing


def digests(streams: Iterable[Stream]) -> Digests:
    """Streams by what they hold; of equal ones the first."""
    found: Digests = {}
    for stream in streams:
        length = _length(stream)
        if length:
            found.setdefault(length, {}).setdefault(_digest(stream), stream.objgen[0])
    return found


def _length(stream: Stream) -> int:
    """The stream's bytes as they stand; 0 where they are not to be shared."""
    length = stream.stream_dict.get("/Length")
    kind = stream.stream_dict.get("/Type")
    if kind in ("/XRef", "/ObjStm") or not isinstance(length, int):
        return 0
    return length if length >= SMALLEST else 0


def _digest(stream: Stream) -> bytes:
    entries = {key: value for key, value in stream.stream_dict.items() if key != "/Length"}
    text = Dictionary(entries).unparse()
    return hashlib.blake2b(text + b"\0" + stream.read_raw_bytes(), digest_size=16).digest()


def duplicates(streams: Iterable[Stream], known: Digests) -> Iterator[tuple[ObjectRef, int]]:
    """Streams that equal a known one of another number: their references, and that number."""
    for stream in streams:
        alike = known.get(_length(stream))
        number = alike.get(_digest(stream)) if alike else None
        if number is not None and number != stream.objgen[0]:
            yield stream.objgen, number


def redirect(objects: Iterable[Object], originals: Mapping[ObjectRef, Object]) -> None:
    """Make every reference to a stream of `originals` lead to its equal instead."""
    for thing in objects:
        _redirect(thing.stream_dict if isinstance(thing, Stream) else thing, originals)


def _redirect(thing: object, originals: Mapping[ObjectRef, Object]) -> None:
    if isinstance(thing, Dictionary):
        for key, value in list(thing.items()):
            if _is_replaced(value, originals):
                thing[key] = originals[value.objgen]
    elif isinstance(thing, Array):
        for index, value in enumerate(list(thing)):
            if _is_replaced(value, originals):
                thing[index] = originals[value.objgen]


def _is_replaced(value: object, originals: Mapping[ObjectRef, Object]) -> bool:
    """Whether a reference has to lead elsewhere; what is written in place is looked into."""
    if not isinstance(value, Object):
        return False
    if value.is_indirect:
        return value.objgen in originals
    _redirect(value, originals)
    return False
