"""Which element each piece of content and each annotation belongs to (ISO 32000-1, 14.7.4.4)."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from leafpress.joining.limits import key_of, listed, whole
from leafpress.joining.part import Part

Key = tuple[int, int]


class ParentTree:
    """The way back from content to its element, made anew from the way down."""

    def __init__(self) -> None:
        self._owned: dict[Key, tuple[Any, dict[int, Any]]] = {}
        self._annotations: dict[Key, tuple[Any, Any]] = {}

    def __bool__(self) -> bool:
        return bool(self._owned or self._annotations)

    def own(self, owner: Any, mcid: int, element: Any) -> bool:
        """Note that `element` has content of a page or a form; False if that is taken."""
        owned = self._owned.setdefault(key_of(owner), (owner, {}))[1]
        if mcid in owned:
            return False
        owned[mcid] = element
        return True

    def annotate(self, thing: Any, element: Any) -> bool:
        """Note that `element` has an annotation, form or picture; False if that is taken."""
        if key_of(thing) in self._annotations:
            return False
        self._annotations[key_of(thing)] = thing, element
        return True

    @property
    def owned(self) -> list[tuple[Any, set[int]]]:
        """Each page or form with the numbers of its content that have a tag."""
        return [(owner, set(mcids)) for owner, mcids in self._owned.values()]

    def forget(self, owner: Any, gone: set[int]) -> None:
        """Take out the tags of content that `owner` does not show."""
        key = key_of(owner)
        for mcid in gone:
            element = self._owned[key][1].pop(mcid)
            page = key_of(element.get("/Pg"))
            kids = listed(element.get("/K"))
            element.K = Array([kid for kid in kids if _content(kid, page) != (key, mcid)])

    def write(self, pdf: pikepdf.Pdf, part: Part) -> None:
        """Number all that has tags, from the part's first key; what else has a number loses it.

        Fills the part's `keys` and its holder's `Numbers`.
        """
        owners = list(filter(itemgetter(1), self._owned.values()))
        self._strip(pdf, {key_of(owner) for owner, _ in owners} | self._annotations.keys())
        key, pairs = part.naming.base, []
        for owner, owned in owners:
            pairs += [key, Array([owned.get(mcid) for mcid in range(max(owned) + 1)])]
            owner.StructParents = key
            if "/StructParent" in owner:
                del owner["/StructParent"]
            key += 1
        for thing, element in self._annotations.values():
            pairs += [key, element]
            thing.StructParent = key
            key += 1
        part.keys = key - part.naming.base
        if pairs:
            part.holder.Numbers = Array(pairs)

    @staticmethod
    def _strip(pdf: pikepdf.Pdf, used: set[Key]) -> None:
        for thing in pdf.objects:
            if isinstance(thing, Dictionary | pikepdf.Stream) and key_of(thing) not in used:
                for name in ("/StructParents", "/StructParent"):
                    if name in thing:
                        del thing[name]


def _content(kid: Any, page: Key) -> tuple[Key, int | None]:
    """Whose content a kid of an element on `page` is, and its number."""
    if isinstance(kid, int):
        return page, kid
    if not isinstance(kid, Dictionary) or kid.get("/Type") != "/MCR":
        return (0, 0), None
    owner = kid.get("/Stm", kid.get("/Pg"))
    return page if owner is None else key_of(owner), whole(kid.get("/MCID"))
