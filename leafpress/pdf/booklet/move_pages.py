"""Everything of a tagged PDF that names a page or a place on it, moved to another page.

ISO 32000-1: structure elements (14.7.2), their parent tree (14.7.4.4), boxes (14.8.5.4.3),
annotations (12.5.2), destinations (12.3.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf

Key = tuple[int, int]
"""Number and generation of an object."""


@dataclass(frozen=True, slots=True)
class Move:
    """Where a page goes.

    Args:
        page: the object of the page that it becomes a part of.
        right, up: how far it moves there, in points.
        mcid: what is added to its content numbers.
    """

    page: Any
    right: float
    up: float
    mcid: int

    def point(self, right: Any, up: Any) -> tuple[float, float]:
        """A point of the page, where it is now."""
        return round(float(right) + self.right, 6), round(float(up) + self.up, 6)

    def box(self, box: Any) -> Any:
        """A rectangle of the page, or several corners in a row, where they are now."""
        corners = zip(box[::2], box[1::2], strict=True)
        return pikepdf.Array(each for corner in corners for each in self.point(*corner))


Moves = Mapping[Key, Move]
"""By the key of the page that goes."""


def move_tree(pdf: Any, moves: Moves) -> None:
    """Move every element, link, destination and bookmark of a file whose pages' content has moved.

    Args:
        moves: one for each page. The pages themselves still have to be removed.
    """
    tree = _Tree(moves)
    for kid in _listed(pdf.Root.StructTreeRoot.K):
        tree.element(kid)
    tree.index(pdf)
    places = _Places(pdf, moves)
    for annotation, move in tree.annotations:
        for key in ("/Rect", "/QuadPoints"):
            if key in annotation:
                annotation[key] = move.box(list(annotation[key]))
        places.lead(annotation)
    for mark in _bookmarks(pdf.Root.get("/Outlines")):
        places.lead(mark)
    places.move_names()


class _Tree:
    """A walk over the elements; gathers what the parent tree has to say."""

    def __init__(self, moves: Moves) -> None:
        self._moves = moves
        self._owners: dict[Key, dict[int, Any]] = {}
        self._holders: list[tuple[Any, Any]] = []
        self.annotations: list[tuple[Any, Move]] = []

    def element(self, thing: Any) -> list[Move]:
        """Move an element and all below it. Where its contents went, in order."""
        old = thing.get("/Pg")
        kids = [self._kid(thing, kid, old) for kid in _listed(thing.get("/K"))]
        went = [move for _, moves in kids for move in moves]
        if old is not None:
            # What is printed to be written on has no content.
            went = went or [self._moves[old.objgen]]
            thing.Pg = self._moves[old.objgen].page
        elif len({move.page.objgen for move in went}) == 1:  # its pages share a sheet now
            thing.Pg = went[0].page
        if kids:
            thing.K = pikepdf.Array(kid for kid, _ in kids)
        for attributes in _listed(thing.get("/A")):
            if "/BBox" in attributes and went:
                attributes.BBox = went[0].box(list(attributes.BBox))
        return went

    def _kid(self, owner: Any, kid: Any, page: Any) -> tuple[Any, list[Move]]:
        """An element, a content number, content of another page (MCR), or an annotation (OBJR)."""
        if isinstance(kid, int):
            move = self._moves[page.objgen]
            return self._own(owner, kid, move), [move]
        if "/S" in kid:
            return kid, self.element(kid)
        move = self._moves[kid.get("/Pg", page).objgen]
        kid.Pg = move.page
        if "/MCID" in kid:
            kid.MCID = self._own(owner, int(kid.MCID), move)
        else:
            self._holders.append((kid.Obj, owner))
            self.annotations.append((kid.Obj, move))
        return kid, [move]

    def _own(self, owner: Any, mcid: int, move: Move) -> int:
        raised = mcid + move.mcid
        self._owners.setdefault(move.page.objgen, {})[raised] = owner
        return raised

    def index(self, pdf: Any) -> None:
        """Write the parent tree anew: a row a page, then one an annotation."""
        numbers: list[Any] = []
        pages = {move.page.objgen: move.page for move in self._moves.values()}
        for key, page in pages.items():
            owners = self._owners.get(key, {})
            page.StructParents = len(numbers) // 2
            last = max(owners, default=-1)
            row = pikepdf.Array(owners.get(mcid) for mcid in range(last + 1))
            numbers += [page.StructParents, row]
        for annotation, owner in self._holders:
            annotation.StructParent = len(numbers) // 2
            numbers += [annotation.StructParent, owner]
        root = pdf.Root.StructTreeRoot
        root.ParentTree = pdf.make_indirect(pikepdf.Dictionary(Nums=pikepdf.Array(numbers)))
        root.ParentTreeNextKey = len(numbers) // 2


class _Places:
    """Destinations: by name, and those of bookmarks, on the page and in the tree."""

    def __init__(self, pdf: Any, moves: Moves) -> None:
        self._moves = moves
        tree = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/Dests", pikepdf.Dictionary())
        names = list(tree.get("/Names", []))
        self._names = {str(key): place for key, place in zip(names[::2], names[1::2], strict=True)}

    def lead(self, thing: Any) -> None:
        """Move where a link or bookmark leads inside the document."""
        action = thing.get("/A", pikepdf.Dictionary())
        if action.get("/S") != "/GoTo":
            return
        named = not isinstance(action.D, pikepdf.Array)
        place = self._names[str(action.D)] if named else action.D
        move = self._moves[place[0].objgen]
        _shift(action.SD, move)
        if not named:
            _to(place, move)

    def move_names(self) -> None:
        """Move the named places: the last to go, since links ask on which page they were."""
        for place in self._names.values():
            _to(place, self._moves[place[0].objgen])


def _to(place: Any, move: Move) -> None:
    place[0] = move.page
    _shift(place, move)


def _shift(place: Any, move: Move) -> None:
    """A place of the kind that WeasyPrint writes: XYZ, left, top, zoom."""
    if place[1] != "/XYZ":
        raise AssertionError(f"a destination of another kind: {place[1]}")
    place[2], place[3] = move.point(place[2], place[3])


def _bookmarks(node: Any) -> Iterator[Any]:
    child = node.get("/First") if node is not None else None
    while child is not None:
        yield child
        yield from _bookmarks(child)
        child = child.get("/Next")


def _listed(kids: Any) -> list[Any]:
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]
