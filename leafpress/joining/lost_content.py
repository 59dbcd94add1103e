"""Tagged content whose element hangs nowhere: found by the way back, where both ways agree.

WeasyPrint writes running heads and page numbers so: marked, with elements that name the Document
as their parent, which does not hold them ("that's only allowed in PDF 2.0", its `pdf/tags.py`).
Who follows the tags from the root never hears them; a validator, who follows the way back, finds
nothing wrong. The way back is believed only of an element that holds the content itself: in a
file whose pages were put together by a program that knows no tags, it leads to another page's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeGuard

from pikepdf import Array, Dictionary

from leafpress.joining.annotations import PageContents
from leafpress.joining.content_places import Content
from leafpress.joining.limits import DEEP
from leafpress.joining.marked_content import Owner
from leafpress.joining.parent_tree import ParentTree, content_of
from leafpress.joining.structure_tree import TreeWalk
from leafpress.pdf_objects import (
    IN_PLACE,
    ObjectRef,
    dictionary_at,
    integer_at,
    items_at,
    name_at,
    number_tree,
    object_ref,
    value_at,
)

FOR_OBJECTS = frozenset({"/Link", "/Annot", "/Form"})
"""Types of elements that stand for an annotation (ISO 32000-1, tables 338 and 340)."""


@dataclass(slots=True, eq=False)
class LostTree:
    """An element that hangs nowhere, and the content below it that nobody hears.

    Args:
        top: the uppermost element that is not in the tree.
        contents: which pieces, in the order in which they were found.
        annotations: those below it, each with its page.
    """

    top: Dictionary
    contents: list[Content] = field(default_factory=list)
    annotations: list[tuple[Dictionary, Dictionary]] = field(default_factory=list)


class LostContent:
    """Gathers what hangs nowhere, by the uppermost element.

    Args:
        tree: the StructTreeRoot.
        walk: the elements that are in the tree.

    Attributes:
        trees: by the reference of their top.
        loose: annotations that their element in the tree does not hold: each with its page, and
            the element.
        unclaimed: how many pieces have no element that holds them.

    Raises:
        Excess: the parent tree is without end.
    """

    def __init__(self, tree: Dictionary, walk: TreeWalk) -> None:
        self._walk = walk
        self._owners: Mapping[int, object] = dict(number_tree(tree.get("/ParentTree")))
        self._below: dict[ObjectRef, frozenset[object]] = {}
        self.trees: dict[ObjectRef, LostTree] = {}
        self.loose: list[tuple[Dictionary, Dictionary, Dictionary]] = []
        self.unclaimed = 0

    def add(self, owner: Owner, numbers: Iterable[int]) -> None:
        """Find the elements of content that `owner` shows and the tree does not hold."""
        key = integer_at(owner, "/StructParents")
        row = self._owners.get(key) if key is not None else None
        elements = list(row) if isinstance(row, Array) else []
        for number in sorted(numbers):
            element = elements[number] if 0 <= number < len(elements) else None
            content = owner.objgen, number
            if self._is_lost(element) and content in self._kids(element):
                self._tree_of(element).contents.append(content)
            else:
                self.unclaimed += 1

    def add_annotations(self, contents: PageContents, parents: ParentTree) -> None:
        """Find the elements of annotations that the tree does not hold."""
        for annotation, page in contents.annotations:
            if parents.has_object(annotation.objgen):
                continue
            key = integer_at(annotation, "/StructParent")
            element = self._owners.get(key) if key is not None else None
            if self._is_lost(element) and annotation.objgen in self._kids(element):
                self._tree_of(element).annotations.append((annotation, page))
            elif self._lacks_its_object(element, page):
                self.loose.append((annotation, page, element))

    def _lacks_its_object(self, element: object, page: Dictionary) -> TypeGuard[Dictionary]:
        """Whether an element in the tree is made for an annotation of `page`, and holds none."""
        if not isinstance(element, Dictionary) or element.objgen not in self._walk.elements:
            return False
        if (
            name_at(element, "/S") not in FOR_OBJECTS
            or object_ref(element.get("/Pg")) != page.objgen
        ):
            return False
        return all(value_at(kid, "/Obj") is None for kid in items_at(element, "/K"))

    def _kids(self, element: Dictionary) -> frozenset[object]:
        if element.objgen not in self._below:
            self._below[element.objgen] = frozenset(_kids(element))
        return self._below[element.objgen]

    def _is_lost(self, element: object) -> TypeGuard[Dictionary]:
        if not isinstance(element, Dictionary) or element.objgen == IN_PLACE:
            return False
        return "/S" in element and element.objgen not in self._walk.elements

    def _tree_of(self, element: Dictionary) -> LostTree:
        top = element
        for above in _above(element):
            if not self._is_lost(above) or top.objgen not in self._kids(above):
                break
            top = above
        return self.trees.setdefault(top.objgen, LostTree(top))


def _above(element: Dictionary) -> Iterator[Dictionary]:
    """The elements above one, as they are named, as far up as a tree may go."""
    above = dictionary_at(element, "/P")
    for _ in range(DEEP):
        if above is None:
            return
        yield above
        above = dictionary_at(above, "/P")


def _kids(element: Dictionary) -> Iterator[object]:
    """What an element holds: content, and references of elements and of annotations."""
    page = object_ref(element.get("/Pg"))
    for kid in items_at(element, "/K"):
        yield content_of(kid, page)
        yield object_ref(kid)
        yield object_ref(value_at(kid, "/Obj"))
