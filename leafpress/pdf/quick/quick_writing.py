"""Writing a file: each object's bytes are made once, and a value's by its type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def by_type(stock: Callable[[Any], bytes]) -> Callable[[Any], bytes]:
    """`_to_bytes`: most are words that are bytes already, or numbers."""

    def to_bytes(item: Any) -> bytes:
        kind = type(item)
        if kind is bytes:
            return item  # type: ignore[no-any-return]  # it was asked for
        if kind is str:
            return item.encode("ascii")  # type: ignore[no-any-return]
        if kind is int:
            return b"%d" % item
        return stock(item)

    return to_bytes


class _Writing:
    """Whether a file is being written: then its objects are finished."""

    now = False


def finished(stock: Callable[..., None]) -> Callable[..., None]:
    """`PDF.write`: it asks for the bytes of all objects twice, the second time for the digest."""

    def write(*values: Any, **named: Any) -> None:
        _Writing.now = True
        try:
            stock(*values, **named)
        finally:
            _Writing.now = False

    return write


def made_once(stock: property) -> property:
    """`Stream.data` and `Dictionary.data`: packed once while a file is written."""
    make: Any = stock.fget

    def data(thing: Any) -> Any:
        if not _Writing.now:
            return make(thing)
        own = thing.__dict__
        if "_written" not in own:
            own["_written"] = make(thing)
        return own["_written"]

    return property(data)
