"""Destinations, bookmarks and page labels of an input (ISO 32000-1, 12.3 and 12.4.2)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pikepdf import Array, Dictionary, Name, Object, String

from leafpress.joining.actions import ActionCleaner, leads_to_a_page
from leafpress.joining.limits import DEEP
from leafpress.joining.part import RESERVED, Naming, PlacedPart
from leafpress.pdf_objects import (
    ENTRIES,
    Excess,
    ObjectRef,
    WrongShape,
    array_at,
    dictionary_at,
    integer_at,
    name_tree,
    number_tree,
    value_at,
)

_NUMBERING = frozenset(["/S", "/P", "/St"])
"""What a page label is made of (ISO 32000-1, table 159)."""


class Destinations:
    """The named destinations of one input, old style and new.

    Args:
        root: the input's.
        pages: the references of its pages; a destination elsewhere leads nowhere, and so do the
            links to it.

    Attributes:
        renamed: what they are called in the joined file, by their old names; those of the old
            style begin with a slash.

    Raises:
        Excess: there are too many.
    """

    def __init__(self, root: Object, naming: Naming, pages: Collection[ObjectRef]) -> None:
        self._naming, self._pages = naming, pages
        self._destinations: dict[bytes, Object] = {}
        self.renamed: dict[bytes, bytes] = {}
        for name, value in name_tree(dictionary_at(dictionary_at(root, "/Names"), "/Dests")):
            self._take(name, name, value)
        old = dictionary_at(root, "/Dests")
        if old is not None:
            if len(old) > ENTRIES:
                raise Excess("destinations without end")
            for key, value in old.items():
                self._take(key.encode(), key[1:].encode(), value)

    def _take(self, old: bytes, name: bytes, value: object) -> None:
        destination = self._sound(value)
        if destination is None:
            return
        renamed = self._naming.renamed(name)
        if renamed in self._destinations:
            renamed += b"/old"
        self._destinations.setdefault(renamed, destination)
        self.renamed.setdefault(old, renamed)

    def _sound(self, value: object) -> Object | None:
        """A destination as an array, or in a dictionary with more about it (12.3.2.3)."""
        if isinstance(value, Dictionary):
            inside = array_at(value, "/D")
            is_sound = leads_to_a_page(inside, self._pages)
            return Dictionary(D=inside) if is_sound else None
        if isinstance(value, Array) and leads_to_a_page(value, self._pages):
            return value
        return None

    def pairs(self) -> list[object]:
        """Names in order and where they lead, in turns."""
        pairs: list[object] = []
        for name, destination in sorted(self._destinations.items()):
            pairs += [String(name), destination]
        return pairs


class Bookmarks:
    """The bookmarks of an input, which go below one for the input itself.

    Args:
        cleaner: puts in order what they lead to.
    """

    def __init__(self, cleaner: ActionCleaner) -> None:
        self._cleaner = cleaner
        self._seen: set[ObjectRef] = set()

    def topmost(self, outlines: Dictionary | None) -> list[Dictionary]:
        """The topmost bookmarks, all below them linked anew.

        Raises:
            Excess: there are too many, or too deep.
        """
        top = self._row(value_at(outlines, "/First"))
        families: list[tuple[Dictionary, list[Dictionary]]] = []
        waiting = [(item, 1) for item in top if "/First" in item]
        while waiting:
            parent, depth = waiting.pop()
            if depth > DEEP:
                raise Excess(f"bookmarks more than {DEEP} levels deep")
            items = self._row(value_at(parent, "/First"))
            families.append((parent, items))
            waiting += [(item, depth + 1) for item in items if "/First" in item]
        for parent, items in reversed(families):  # from below: a parent counts what is open
            link_items(parent, items)
        return top

    def _row(self, first: object) -> list[Dictionary]:
        """A bookmark and those beside it; ends where one was met before."""
        items: list[Dictionary] = []
        item = first
        while isinstance(item, Dictionary) and item.is_indirect and item.objgen not in self._seen:
            self._seen.add(item.objgen)
            if len(self._seen) > ENTRIES:
                raise Excess("bookmarks without end")
            self._cleaner.clean(item)
            items.append(item)
            item = value_at(item, "/Next")
        return items


def link_items(parent: Object, items: Sequence[Object]) -> None:
    """Make `items` the bookmarks below `parent`; open ones stay open, closed ones closed.

    Raises:
        WrongShape: bookmarks count more below them than there can be.
    """
    for key in ("/First", "/Last"):
        if key in parent:
            del parent[key]
    was_closed = (integer_at(parent, "/Count") or 0) < 0
    beside = [None, *items, None]
    for at, item in enumerate(items, start=1):
        item.Parent = parent
        _put(item, "/Prev", beside[at - 1])
        _put(item, "/Next", beside[at + 1])
    if items:
        parent.First, parent.Last = items[0], items[-1]
        visible = _visible(items)
        parent.Count = -visible if was_closed else visible
    elif "/Count" in parent:
        del parent["/Count"]


def _put(item: Object, key: str, value: Object | None) -> None:
    if value is not None:
        item[key] = value
    elif key in item:
        del item[key]


_MOST_VISIBLE = 2**63 - 1
"""The largest number that qpdf writes."""


def _visible(items: Sequence[Object]) -> int:
    """How many bookmarks are seen when these are: they, and what the open ones count."""
    visible = len(items)
    for item in items:
        visible += max(integer_at(item, "/Count") or 0, 0)
    if visible > _MOST_VISIBLE:
        raise WrongShape(f"bookmarks that count {visible} others")
    return visible


def describe_part(placed: PlacedPart, bookmark: Object) -> None:
    """Make `bookmark` that of a part: closed, so that a reader first sees the parts."""
    holder, facts = placed.holder, placed.part.facts
    bookmark.Title = String(facts.title or facts.name)
    bookmark.A = Dictionary(S=Name.GoTo, D=Array([holder.Pages[0], Name.XYZ, None, None, None]))
    if placed.part.tagged:
        bookmark.A.SD = Array([holder.Tree, Name.XYZ, None, None, None])
        bookmark.SE = holder.Tree
    items = array_at(holder, "/Marks")
    if items is not None:
        bookmark.Count = -1
        link_items(bookmark, list(items))


def page_labels(root: Object, pages: int) -> list[object]:
    """The input's page labels: numbers of pages and their labels, in turns.

    Args:
        pages: how many pages it has.
    """
    labels: dict[int, Dictionary] = {}
    for index, label in number_tree(dictionary_at(root, "/PageLabels")):
        if 0 <= index < pages and isinstance(label, Dictionary):
            own = {key: value for key, value in label.items() if key in _NUMBERING}
            labels[index] = Dictionary(own)
    labels.setdefault(0, Dictionary(S=Name.D))
    pairs: list[object] = []
    for index in sorted(labels):
        pairs += [index, labels[index]]
    return pairs


def named_nodes(letter: Array | None, leaflets: Sequence[Object]) -> list[Object]:
    """Nodes of a name tree in the order that it asks for.

    Leaflets' names all begin alike: the letter's go before and after.

    Args:
        letter: its names and what they lead to, in turns; None without any.
        leaflets: a node for each.
    """
    own = [] if letter is None else list(letter)
    pairs = list(zip(own[::2], own[1::2], strict=True))
    before = [pair for pair in pairs if bytes(pair[0]) < RESERVED]
    after = [pair for pair in pairs if bytes(pair[0]) >= RESERVED]
    return [*_node(before), *leaflets, *_node(after)]


def _node(pairs: Sequence[tuple[Object, Object]]) -> list[Object]:
    if not pairs:
        return []
    names: list[Object] = []
    for pair in pairs:
        names += pair
    limits = Array([names[0], names[-2]])
    return [Dictionary(Limits=limits, Names=Array(names))]
