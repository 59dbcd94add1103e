"""How much of a stranger's file we follow, and the helpers that keep to it.

Letters come from programs that nobody here chose. No loop over a file's own structure runs
without one of these bounds: a file past them is refused (E011), never followed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pikepdf

PAGES = 600
"""Pages of one input: past that it is a book, not a letter."""
BYTES = 60_000_000
"""Bytes of one input; mail systems refuse a third of that."""
OBJECTS = 200_000
"""Objects of one input. 600 pages of ours have 50,000."""
NESTED = 500_000
"""Dictionaries and lists of one input: qpdf copies by recursion, at worst one in the other."""
SHALLOW = 20_000
"""As many in a row fit the stack that a thread has anyhow (measured: 30,000)."""
ELEMENTS = 100_000
"""Structure elements of one input."""
DEEP = 100
"""Levels of a tree: of tags, pages, bookmarks, names or fields. Real ones have under 30."""
ENTRIES = 50_000
"""Entries of one tree of names or numbers, of bookmarks or of fields."""
MCIDS = 20_000
"""The highest number of marked content on one page. A dense page has 500."""
PACKET = 1_000_000
"""Bytes of metadata (XMP)."""
INFLATED = 256_000_000
"""Bytes that one compressed stream may become; a page of ours has 100,000."""


class Excess(Exception):
    """The file goes past a bound: `what` in words."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def listed(value: Any) -> list[Any]:
    """An array's items; a single thing as a list of one; nothing as none."""
    if value is None:
        return []
    if isinstance(value, pikepdf.Array):
        if len(value) > ENTRIES:
            raise Excess(f"a list of {len(value)} entries")
        return list(value)
    return [value]


def entry(thing: Any, key: str, kind: type = pikepdf.Dictionary) -> Any:
    """`thing[key]` if it is a `kind`, else None: wrong types count as absent."""
    value = thing.get(key)
    return value if isinstance(value, kind) else None


def words(value: Any) -> str:
    """A text string; "" for anything else."""
    return str(value) if isinstance(value, pikepdf.String) else ""


def whole(value: Any) -> int | None:
    """A whole number, else None."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def key_of(thing: Any) -> tuple[int, int]:
    """Which indirect object this is; (0, 0) for one that is written in place."""
    return thing.objgen if isinstance(thing, pikepdf.Object) else (0, 0)


def leaves(tree: Any, key: str) -> Iterator[tuple[Any, Any]]:
    """The pairs of a name tree (`/Names`) or number tree (`/Nums`), ISO 32000-1, 7.9.6 and 7.9.7.

    Raises:
        Excess: too many nodes or pairs.
    """
    waiting, count = [tree], 0
    seen: set[tuple[int, int]] = set()
    while waiting:
        node = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary) or key_of(node) in seen - {(0, 0)}:
            continue
        seen.add(key_of(node))
        pairs = listed(node.get(key))
        count += len(pairs) + 1
        if count > ENTRIES or len(waiting) > ENTRIES:
            raise Excess("a tree of names without end")
        yield from zip(pairs[::2], pairs[1::2], strict=False)
        waiting += reversed(listed(node.get("/Kids")))


def nesting(source: pikepdf.Pdf) -> int:
    """How many dictionaries and lists there are: how deep they could be in each other.

    Raises:
        Excess: more than in any file for readers.
    """
    depth = sum(_opened(each) for each in source.objects)
    if depth > NESTED:
        raise Excess(f"{depth} dictionaries and lists")
    return depth


def copied(target: pikepdf.Pdf, thing: Any, depth: int) -> Any:
    """Copy `thing`, and all that it leads to, into `target`; `depth` is what `nesting` says."""
    if depth <= SHALLOW:
        return target.copy_foreign(thing)
    return _with_room(lambda: target.copy_foreign(thing))


def _opened(thing: Any) -> int:
    if not isinstance(thing, pikepdf.Object):
        return 0
    whole = thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing
    data = whole.unparse(resolved=True)
    return 1 + data.count(b"[") + data.count(b"<<")


def _with_room(work: Callable[[], Any]) -> Any:
    """Do `work` in a thread whose stack is as deep as it could ask for."""
    before = threading.stack_size(1 << 30)  # reserved; only what is used takes memory
    try:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(work).result()
    finally:
        threading.stack_size(before)
