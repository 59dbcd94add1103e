"""An input's structure tree, followed from its root; what does not hold together is left out.

The way back from content to its element (the parent tree) is not trusted but made anew from the
way down, ISO 32000-1, 14.7.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeGuard

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from leafpress.joining.annotations import PageContents
from leafpress.joining.element_context import ElementContext
from leafpress.joining.element_entries import ElementEntries
from leafpress.joining.language import ContentLanguages
from leafpress.joining.limits import DEEP, ELEMENTS, MCIDS
from leafpress.joining.marked_content import SPOKEN, Owner
from leafpress.joining.parent_tree import ParentTree
from leafpress.joining.part import Facts, Faults, Naming
from leafpress.pdf_objects import (
    IN_PLACE,
    Excess,
    ObjectRef,
    dictionaries_at,
    dictionary_at,
    integer_at,
    integer_of,
    items_at,
    object_ref,
    text_at,
    value_at,
)


def topmost(pdf: pikepdf.Pdf, tree: Dictionary, facts: Facts, naming: Naming) -> Dictionary:
    """The element that becomes this input's Part: its Document, or one around all it has.

    Args:
        tree: the StructTreeRoot.
    """
    kids = dictionaries_at(tree, "/K")
    only = kids[0] if len(kids) == 1 else None
    if only is not None and only.is_indirect and only.get("/S") == "/Document":
        top = only
        top.S = Name.Part
        if "/P" in top:
            del top["/P"]
    else:
        top = _around(pdf, kids)
    if not text_at(top, "/Lang") and (facts.language or not naming.is_letter):
        top.Lang = String(facts.language)  # "" is "unknown": a leaflet is not in the letter's
    if facts.title:
        top.T = String(facts.title)
    return top


def _around(pdf: pikepdf.Pdf, kids: list[Dictionary]) -> Dictionary:
    """A new element that holds `kids`."""
    top = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Part))
    top.K = Array([_indirect(pdf, kid) for kid in kids])
    for kid in top.K:
        kid.P = top
    return top


def _indirect(pdf: pikepdf.Pdf, thing: Dictionary) -> Dictionary:
    return thing if thing.is_indirect else pdf.make_indirect(thing)


@dataclass(frozen=True, slots=True, eq=False)
class _Holder:
    """The element whose kids are looked at: its page, and the language that holds for it."""

    element: Dictionary
    page: ObjectRef
    language: str


class TreeWalk:
    """One walk down a tree: every element is met once, and keeps only kids that are whole.

    Args:
        contents: the pages, and which annotations stand on them.
        entries: puts each element's own entries in order.
        parents: told what belongs to which element.
        faults: told what does not hold together.

    Attributes:
        elements: the references of the elements that were met.
        languages: of the content.
    """

    def __init__(
        self,
        pdf: pikepdf.Pdf,
        contents: PageContents,
        entries: ElementEntries,
        parents: ParentTree,
        faults: Faults,
    ) -> None:
        self._pdf, self._contents, self._entries = pdf, contents, entries
        self._pages: Mapping[ObjectRef, Dictionary] = contents.pages
        self._parents, self._faults = parents, faults
        self.elements: set[ObjectRef] = set()
        self.languages = ContentLanguages()

    def follow(self, top: Dictionary) -> None:
        """Put `top` and all below it in order.

        Raises:
            Excess: the tree is deeper or larger than we follow.
        """
        self.elements.add(top.objgen)
        self._follow(top, ElementContext())

    def hang(self, element: Dictionary, parent: Dictionary) -> None:
        """Put an element that hung nowhere, and all below it, in order below `parent`.

        Its place among the kids of `parent` is the caller's to give.

        Raises:
            Excess: the tree is deeper or larger than we follow.
        """
        if element.objgen in self.elements:  # below one that was hung before
            return
        self.elements.add(element.objgen)
        element.P = parent
        self._follow(element, _context(parent).below())

    def _follow(self, top: Dictionary, around: ElementContext) -> None:
        waiting = [(top, around)]
        while waiting:
            element, context = waiting.pop()
            if context.depth > DEEP or len(self.elements) > ELEMENTS:
                raise Excess(f"a tree of tags with more than {DEEP} levels or {ELEMENTS} elements")
            self._entries.put_in_order(element, context)
            if not SPOKEN.isdisjoint(element.keys()):
                self.languages.spoken_words(context.language)
            below = self._put_kids_in_order(element, context.language)
            waiting += [(kid, context.below()) for kid in reversed(below)]

    def _put_kids_in_order(self, element: Dictionary, language: str) -> list[Dictionary]:
        """Leave out kids that are none; the elements among those that stay."""
        holder = _Holder(element, object_ref(element.get("/Pg")), language)
        kids = items_at(element, "/K")
        kept: list[object] = []
        below: list[Dictionary] = []
        for kid in kids:
            if not _is_element(kid):
                if self._take(kid, holder):
                    kept.append(kid)
                continue
            found = self._element(kid, element)
            if found is not None:
                kept.append(found)
                below.append(found)
        if not _are_the_same(kept, kids):
            element.K = Array(kept)
        return below

    def _element(self, kid: Dictionary, parent: Dictionary) -> Dictionary | None:
        """An element below another, as an object that names its parent; None for none."""
        element = _indirect(self._pdf, kid)
        if element.objgen in self.elements:
            self._faults.add("a tag with two parents")
            return None
        if "/S" not in element:
            self._faults.add("a tag without type")
            return None
        self.elements.add(element.objgen)
        if object_ref(element.get("/P")) != parent.objgen:
            element.P = parent
        return element

    def _take(self, kid: object, holder: _Holder) -> bool:
        """Content or an object of an element; whether it may stay."""
        if isinstance(kid, Dictionary):
            if kid.get("/Type") == "/MCR":
                return self._take_reference(kid, holder)
            return self._take_object(kid, holder)
        number = integer_of(kid)
        if number is None:
            self._faults.add("something in the tags that is no tag")
            return False
        return self._own(self._pages.get(holder.page), number, holder)

    def _take_reference(self, kid: Dictionary, holder: _Holder) -> bool:
        """Content of a page, or of a form that a page shows; whether it may stay."""
        page = object_ref(kid.get("/Pg")) if "/Pg" in kid else holder.page
        if page not in self._pages:
            self._faults.add("tags of a page that is not there")
            return False
        form = value_at(kid, "/Stm")
        owner = form if isinstance(form, Stream) else self._pages[page]
        return self._own(owner, integer_at(kid, "/MCID"), holder)

    def _own(self, owner: Owner | None, mcid: int | None, holder: _Holder) -> bool:
        if owner is None or mcid is None or not 0 <= mcid <= MCIDS:
            self._faults.add("tags of content that cannot be there")
            return False
        if not self._parents.own(owner, mcid, holder.element):
            self._faults.add("content with two tags")
            return False
        self.languages.content(owner, mcid, holder.language)
        return True

    def _take_object(self, kid: Dictionary, holder: _Holder) -> bool:
        """An annotation on a page, or a form or picture; whether it may stay."""
        if "/Pg" in kid and object_ref(kid.get("/Pg")) not in self._pages:
            del kid["/Pg"]
        thing = value_at(kid, "/Obj")
        ref = object_ref(thing)
        is_live = ref in self._contents.live
        if isinstance(thing, Stream) or (isinstance(thing, Dictionary) and is_live):
            if self._parents.annotate(thing, holder.element):
                return True
            self._faults.add("an annotation with two tags")
            return False
        if ref == IN_PLACE or ref not in self._contents.dropped:
            self._faults.add("a tag of an annotation that is not there")
        return False


def _context(element: Dictionary) -> ElementContext:
    """The context of an element that was met before: how deep it is, and in which language."""
    language, depth = text_at(element, "/Lang"), 0
    above = dictionary_at(element, "/P")
    while above is not None and depth <= DEEP:
        language = language or text_at(above, "/Lang")
        depth += 1
        above = dictionary_at(above, "/P")
    return ElementContext(depth=depth, language=language)


def _is_element(kid: object) -> TypeGuard[Dictionary]:
    """Whether a kid is an element, and not content, an object or nothing of the kind."""
    return isinstance(kid, Dictionary) and kid.get("/Type") not in ("/MCR", "/OBJR")


def _are_the_same(kept: list[object], kids: list[object]) -> bool:
    """Whether nothing was left out or replaced: then the file's own list stays as it is."""
    if len(kept) != len(kids):
        return False
    return all(one is other for one, other in zip(kept, kids, strict=True))
