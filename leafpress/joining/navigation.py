"""Destinations, bookmarks and page labels of an input (ISO 32000-1, 12.3 and 12.4.2)."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from leafpress.joining.annotations import Baggage
from leafpress.joining.limits import DEEP, ENTRIES, Excess, entry, key_of, leaves, listed, whole
from leafpress.joining.part import RESERVED, Part

_NUMBERING = frozenset(["/S", "/P", "/St"])


class Destinations:
    """The named places of one input, old style and new."""

    def __init__(self, pdf: pikepdf.Pdf, part: Part, baggage: Baggage) -> None:
        self._part, self._baggage = part, baggage
        self._places: dict[bytes, Any] = {}
        self.renamed: dict[bytes, bytes] = {}
        root = pdf.Root
        names = entry(entry(root, "/Names") or Dictionary(), "/Dests")
        for name, value in leaves(names, "/Names"):
            if isinstance(name, String):
                self._take(bytes(name), bytes(name), value)
        old = entry(root, "/Dests")
        if old is not None:
            if len(old) > ENTRIES:
                raise Excess("destinations without end")
            for key, value in old.items():
                self._take(b"/" + key[1:].encode(), key[1:].encode(), value)

    def _take(self, old: bytes, name: bytes, value: Any) -> None:
        place = _described(value, self._baggage)
        if place is None:  # it leads nowhere, and so do the links to it
            return
        new = self._part.naming.prefix.encode() + name
        if not self._part.naming.prefix and name.startswith(RESERVED):
            new = b"letter/" + name
        if new in self._places:
            new += b"/old"
        self._places.setdefault(new, place)
        self.renamed.setdefault(old, new)

    def write(self) -> None:
        """Hang the places on the holder, sorted."""
        pairs = sorted(self._places.items())
        if pairs:
            flat = [each for name, place in pairs for each in (String(name), place)]
            self._part.holder.Names = Array(flat)


def _described(value: Any, baggage: Baggage) -> Any:
    """A place as an array, or in a dictionary with more about it (12.3.2.3)."""
    if isinstance(value, Dictionary):
        place = baggage.place(value.get("/D")) if isinstance(value.get("/D"), Array) else None
        return None if place is None else Dictionary(D=place)
    return baggage.place(value) if isinstance(value, Array) else None


class Bookmarks:
    """The bookmarks of an input, which go below one for the input itself."""

    def __init__(self, pdf: pikepdf.Pdf, part: Part, baggage: Baggage) -> None:
        self._pdf, self._part, self._baggage = pdf, part, baggage
        self._seen: set[tuple[int, int]] = set()

    def write(self) -> None:
        """Hang the bookmarks on the holder."""
        outlines = entry(self._pdf.Root, "/Outlines")
        if outlines is not None:
            top = Dictionary()
            self._hang(top, outlines)
            if self._top:
                self._part.holder.Marks = Array(self._top)

    def _hang(self, mark: Any, outlines: Any) -> None:
        """The input's bookmarks below `mark`, linked anew."""
        waiting = [(mark, outlines.get("/First"), 0)]
        families: list[tuple[Any, list[Any]]] = []
        while waiting:
            parent, first, depth = waiting.pop()
            if depth > DEEP:
                raise Excess(f"bookmarks more than {DEEP} levels deep")
            items = self._row(first)
            families.append((parent, items))
            waiting += [(each, each.get("/First"), depth + 1) for each in items if "/First" in each]
        self._top = families[0][1]
        for parent, items in reversed(families):
            if parent is not mark:
                link(parent, items)

    def _row(self, item: Any) -> list[Any]:
        items: list[Any] = []
        while isinstance(item, Dictionary) and item.is_indirect and key_of(item) not in self._seen:
            self._seen.add(key_of(item))
            if len(self._seen) > ENTRIES:
                raise Excess("bookmarks without end")
            self._baggage.clean_holder(item)
            items.append(item)
            item = item.get("/Next")
        return items


def link(parent: Any, items: list[Any]) -> None:
    """Make `items` the bookmarks below `parent`; open ones stay open, closed ones closed."""
    for key in ("/First", "/Last"):
        if key in parent:
            del parent[key]
    was_closed = (whole(parent.get("/Count")) or 0) < 0
    beside = [None, *items, None]
    for at, item in enumerate(items, start=1):
        item.Parent = parent
        for key, other in (("/Prev", beside[at - 1]), ("/Next", beside[at + 1])):
            if other is not None:
                item[key] = other
            elif key in item:
                del item[key]
    if items:
        parent.First, parent.Last = items[0], items[-1]
        visible = sum(1 + max(whole(item.get("/Count")) or 0, 0) for item in items)
        parent.Count = -visible if was_closed else visible
    elif "/Count" in parent:
        del parent["/Count"]


def mark(part: Part, thing: Any) -> None:
    """Make `thing` the bookmark of a part: closed, so that a reader first sees the parts."""
    holder, facts = part.holder, part.facts
    thing.Title = String(facts.title or facts.name)
    thing.A = Dictionary(S=Name.GoTo, D=Array([holder.Pages[0], Name.XYZ, None, None, None]))
    if part.tagged:
        thing.A.SD = Array([holder.Tree, Name.XYZ, None, None, None])
        thing.SE = holder.Tree
    if "/Marks" in holder:
        thing.Count = -1
        link(thing, list(holder.Marks))


def labels(pdf: pikepdf.Pdf, part: Part) -> None:
    """Hang the input's page labels on the holder: pairs of a page's number and its label."""
    found: dict[int, Any] = {}
    for number, label in leaves(entry(pdf.Root, "/PageLabels"), "/Nums"):
        index = whole(number)
        if index is not None and 0 <= index < part.pages and isinstance(label, Dictionary):
            found[index] = Dictionary({k: v for k, v in label.items() if k in _NUMBERING})
    found.setdefault(0, Dictionary(S=Name.D))
    flat = [each for index in sorted(found) for each in (index, found[index])]
    part.holder.Labels = Array(flat)


def named(letter: Any, leaflets: list[Any]) -> list[Any]:
    """Nodes of a name tree in the order that it asks for.

    Leaflets' names all begin alike: the letter's, one array, go before and after.
    """
    own = listed(letter)
    pairs = list(zip(own[::2], own[1::2], strict=True))
    below = [pair for pair in pairs if bytes(pair[0]) < RESERVED]
    above = [pair for pair in pairs if bytes(pair[0]) >= RESERVED]
    return [*_node(below), *leaflets, *_node(above)]


def _node(pairs: list[tuple[Any, Any]]) -> list[Any]:
    if not pairs:
        return []
    limits = Array([pairs[0][0], pairs[-1][0]])
    return [Dictionary(Limits=limits, Names=Array([each for pair in pairs for each in pair]))]
