"""Copying objects from one file into another, however deep they are in each other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import cast

import pikepdf
from pikepdf import Dictionary, Object, Stream

from leafpress.joining.limits import NESTED, SHALLOW
from leafpress.pdf_objects import Excess

_STACK = 1 << 30
"""Bytes of stack for the deepest copy; reserved, and only what is used takes memory."""


def nesting(source: pikepdf.Pdf) -> int:
    """How many dictionaries and lists there are: how deep they could be in each other.

    Raises:
        Excess: more than in any file for readers.
    """
    depth = sum(_opened(thing) for thing in source.objects)
    if depth > NESTED:
        raise Excess(f"{depth} dictionaries and lists")
    return depth


def _opened(thing: object) -> int:
    """How many dictionaries and lists begin in an object: counted in its text, which is quick."""
    if not isinstance(thing, Object):
        return 0
    entries = thing.stream_dict if isinstance(thing, Stream) else thing
    text = entries.unparse(resolved=True)
    return 1 + text.count(b"[") + text.count(b"<<")


def copied(target: pikepdf.Pdf, holder: Dictionary, depth: int) -> Dictionary:
    """Copy `holder`, and all that it leads to, into `target`.

    Args:
        depth: what `nesting` says of the file that it comes from.
    """

    def copy() -> Dictionary:
        return cast(Dictionary, target.copy_foreign(holder))

    return copy() if depth <= SHALLOW else _with_room(copy)


def _with_room(copy: Callable[[], Dictionary]) -> Dictionary:
    """Copy in a thread whose stack is as deep as it could ask for."""
    before = threading.stack_size(_STACK)
    try:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(copy).result()
    finally:
        threading.stack_size(before)
