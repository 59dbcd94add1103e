"""Which element each piece of content and each annotation belongs to (ISO 32000-1, 14.7.4.4)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Stream

from leafpress.joining.marked_content import Owner
from leafpress.pdf_objects import IN_PLACE, ObjectRef, integer_at, items_at, object_ref, value_at


@dataclass(slots=True)
class _Owned:
    """A page or a form, and the element of each of its marked contents that has one."""

    owner: Owner
    elements: dict[int, Dictionary] = field(default_factory=dict)


class ParentTree:
    """The way back from content to its element, made anew from the way down."""

    def __init__(self) -> None:
        self._owned: dict[ObjectRef, _Owned] = {}
        self._annotations: dict[ObjectRef, tuple[Owner, Dictionary]] = {}

    def __bool__(self) -> bool:
        return bool(self._owned or self._annotations)

    def own(self, owner: Owner, mcid: int, element: Dictionary) -> bool:
        """Note that `element` has content of a page or a form; False if that is taken."""
        elements = self._owned.setdefault(owner.objgen, _Owned(owner)).elements
        if mcid in elements:
            return False
        elements[mcid] = element
        return True

    def annotate(self, thing: Owner, element: Dictionary) -> bool:
        """Note that `element` has an annotation, form or picture; False if that is taken."""
        if thing.objgen in self._annotations:
            return False
        self._annotations[thing.objgen] = thing, element
        return True

    def has_object(self, ref: ObjectRef) -> bool:
        """Whether an annotation, form or picture has an element."""
        return ref in self._annotations

    def numbers(self, ref: ObjectRef) -> set[int]:
        """The numbers of the content of a page or a form that have an element."""
        return set(self._owned[ref].elements) if ref in self._owned else set()

    def holders(self) -> Iterator[tuple[ObjectRef, int, Dictionary]]:
        """All content that has an element: whose it is, its number, and the element."""
        for ref, owned in self._owned.items():
            for mcid, element in owned.elements.items():
                yield ref, mcid, element

    def tagged(self) -> list[tuple[Owner, set[int]]]:
        """Each page or form with the numbers of its content that have a tag."""
        return [(owned.owner, set(owned.elements)) for owned in self._owned.values()]

    def forget(self, owner: Owner, gone: set[int]) -> None:
        """Take out the tags of content that `owner` does not show."""
        for mcid in gone:
            element = self._owned[owner.objgen].elements.pop(mcid)
            page = object_ref(element.get("/Pg"))
            kids = items_at(element, "/K")
            lost = owner.objgen, mcid
            element.K = Array([kid for kid in kids if content_of(kid, page) != lost])

    def number(self, pdf: pikepdf.Pdf, first_key: int) -> list[object]:
        """Number all that has tags, from `first_key`; what else has a number loses it.

        Returns:
            Keys of the parent tree and what they lead to, in turns.
        """
        rows = [owned for owned in self._owned.values() if owned.elements]
        self._strip(pdf, {owned.owner.objgen for owned in rows} | self._annotations.keys())
        pairs: list[object] = []
        key = first_key
        for owned in rows:
            pairs += [key, Array(list(_row(owned.elements)))]
            owned.owner.StructParents = key
            if "/StructParent" in owned.owner:
                del owned.owner["/StructParent"]
            key += 1
        for thing, element in self._annotations.values():
            pairs += [key, element]
            thing.StructParent = key
            key += 1
        return pairs

    @staticmethod
    def _strip(pdf: pikepdf.Pdf, used: Collection[ObjectRef]) -> None:
        for thing in pdf.objects:
            if isinstance(thing, Dictionary | Stream) and thing.objgen not in used:
                for name in ("/StructParents", "/StructParent"):
                    if name in thing:
                        del thing[name]


def _row(elements: dict[int, Dictionary]) -> Iterator[Dictionary | None]:
    """The elements of a page's content by number; None for numbers without one."""
    for mcid in range(max(elements) + 1):
        yield elements.get(mcid)


def content_of(kid: object, page: ObjectRef) -> tuple[ObjectRef, int | None]:
    """Whose content a kid of an element on `page` is, and its number."""
    if isinstance(kid, int):
        return page, kid
    if not isinstance(kid, Dictionary) or kid.get("/Type") != "/MCR":
        return IN_PLACE, None
    owner: object = value_at(kid, "/Stm")
    if owner is None:
        owner = value_at(kid, "/Pg")
    return page if owner is None else object_ref(owner), integer_at(kid, "/MCID")
