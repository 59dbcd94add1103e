"""Copying objects from one file into another, however deep they are in each other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import cast

import pikepdf
from pikepdf import Dictionary

from leafpress.joining.limits import SHALLOW

_STACK = 1 << 30
"""Bytes of stack for the deepest copy; reserved, and only what is used takes memory."""


def copied(target: pikepdf.Pdf, holder: Dictionary, depth: int) -> Dictionary:
    """Copy `holder`, and all that it leads to, into `target`.

    Args:
        depth: the `nesting` of the file that it comes from (`survey`).
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
