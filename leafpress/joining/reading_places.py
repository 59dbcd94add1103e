"""A place in the reading order for elements that hang nowhere: by where they stand on the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from pikepdf import Array, Dictionary

from leafpress.joining.content_places import Box
from leafpress.joining.limits import DEEP
from leafpress.pdf_objects import ObjectRef, dictionary_at, items_at, name_at, object_ref

GROUPS = frozenset({"/Document", "/Part", "/Art", "/Sect", "/Div"})
"""Types that group and mean nothing else (ISO 32000-1, table 333): what is amid one is in it."""

Extents = dict[ObjectRef, dict[int, Box]]
"""By element, around all its content on each page."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the page from 0, and around it."""

    page: int
    box: Box


def extents(holders: Iterable[tuple[Dictionary, Place]]) -> Extents:
    """Around the content of each element and all below it.

    Args:
        holders: elements in the tree, with the place of a piece of their content.
    """
    found: Extents = {}
    for element, place in holders:
        above: Dictionary | None = element
        for _ in range(DEEP):
            if above is None:
                break
            boxes = found.setdefault(above.objgen, {})
            before = boxes.get(place.page)
            boxes[place.page] = place.box if before is None else before.with_(place.box)
            above = dictionary_at(above, "/P")
    return found


@dataclass(frozen=True, slots=True)
class _Kids:
    """An element with its kids, and the references of these."""

    holder: Dictionary
    kids: list[object]
    refs: list[ObjectRef]


class ReadingPlaces:
    """Puts elements among the kids of others. Nothing is written before `write`.

    Args:
        known: where the elements of the tree stand.
    """

    def __init__(self, known: Extents) -> None:
        self._known = known
        self._opened: dict[ObjectRef, _Kids] = {}

    def put(self, element: Dictionary, place: Place, parent: Dictionary) -> Dictionary:
        """Put an element below `parent`, or below a group of it amid which it stands.

        Returns:
            The element that holds it now.
        """
        opened = self._opened.get(parent.objgen)
        if opened is None:
            kids = items_at(parent, "/K")
            opened = _Kids(parent, kids, [object_ref(kid) for kid in kids])
            self._opened[parent.objgen] = opened
        at = _index(opened.refs, place, self._known)
        before = opened.kids[at - 1] if at else None
        if _is_amid(before, place, self._known):
            return self.put(element, place, before)
        opened.kids.insert(at, element)
        opened.refs.insert(at, element.objgen)
        return parent

    def write(self) -> None:
        """Give the elements their new kids."""
        for opened in self._opened.values():
            opened.holder.K = Array(opened.kids)


def _index(refs: Sequence[ObjectRef], place: Place, known: Extents) -> int:
    """Behind the last kid that begins above and in the same column; else the last that begins."""
    before = in_column = 0
    for number, ref in enumerate(refs, start=1):
        boxes = known.get(ref)
        if not boxes or not _begins_before(boxes, place):
            continue
        before = number
        box = boxes.get(place.page)
        if box is not None and box.left < place.box.right and place.box.left < box.right:
            in_column = number
    return in_column or before


def _begins_before(boxes: Mapping[int, Box], place: Place) -> bool:
    first = min(boxes)
    if first != place.page:
        return first < place.page
    return boxes[first].top >= place.box.top


def _is_amid(kid: object, place: Place, known: Extents) -> TypeGuard[Dictionary]:
    """Whether a kid is a group that goes on below a place."""
    if not isinstance(kid, Dictionary) or name_at(kid, "/S") not in GROUPS:
        return False
    boxes = known.get(kid.objgen, {})
    if not boxes:
        return False
    last = max(boxes)
    return last > place.page or (last == place.page and boxes[last].bottom < place.box.top)
