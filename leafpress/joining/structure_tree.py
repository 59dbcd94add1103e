"""An input's structure tree, followed from its root; what does not hold together is left out.

The way back from content to its element (the parent tree) is not trusted but made anew from the
way down, ISO 32000-1, 14.7.4.
"""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from leafpress.joining import marked_content
from leafpress.joining.element_context import Place
from leafpress.joining.language import Tongues
from leafpress.joining.limits import (
    DEEP,
    ELEMENTS,
    MCIDS,
    Excess,
    entry,
    key_of,
    listed,
    whole,
    words,
)
from leafpress.joining.parent_tree import ParentTree
from leafpress.joining.part import RESERVED, Part
from leafpress.joining.role_map import Classes, Roles

Key = tuple[int, int]

_HEADINGS = {"/H": frozenset({"without"}), **{f"/H{n}": frozenset({"with"}) for n in range(1, 7)}}
"""Headings with and without a number: a file must not mix them (ISO 14289-1, 7.4.4)."""


class Walk:
    """One walk down a tree.

    Args:
        live: the keys of annotations that stand on a page.
        dropped: the keys of annotations that are not carried.
        parents: told what belongs to which element.
    """

    def __init__(
        self,
        pdf: pikepdf.Pdf,
        part: Part,
        parents: ParentTree,
        live: set[Key],
        dropped: set[Key],
    ) -> None:
        self._pdf, self._part = pdf, part
        self._pages = {key_of(page): page for page in part.holder.Pages}
        self._live, self._dropped = live, dropped
        self._parents = parents
        self._ids: dict[bytes, Any] = {}
        self._spaces: dict[Key, Any] = {}
        self._unnumbered: list[tuple[Any, int]] = []
        self._at = Place()
        self.elements: set[Key] = set()
        self.tongues = Tongues()

    def run(self, root: Any, roles: Roles, classes: Classes) -> None:
        """Follow the tree below `root` (a StructTreeRoot or None) and hang it on the part's holder.

        Raises:
            Excess: the tree is deeper or larger than we follow.
        """
        self._roles, self._classes = roles, classes
        if root is None or not listed(root.get("/K")):
            return
        top = self._top(root)
        waiting = [(top, Place())]
        while waiting:
            element, self._at = waiting.pop()
            if self._at.depth > DEEP or len(self.elements) > ELEMENTS:
                raise Excess(f"a tree of tags with more than {DEEP} levels or {ELEMENTS} elements")
            waiting += [(kid, self._at.below()) for kid in reversed(self._visit(element))]
        holder = self._part.holder
        holder.Tree = top
        holder.Spaces = Array(list(self._spaces.values()))
        self._part.tagged = bool(self._parents)
        names = sorted(self._ids)
        if names:
            holder.Ids = Array([x for name in names for x in (String(name), self._ids[name])])

    def _top(self, root: Any) -> Any:
        """The element that becomes this input's Part: its Document, or one around all it has."""
        kids = [kid for kid in listed(root.get("/K")) if isinstance(kid, Dictionary)]
        facts = self._part.facts
        only = kids[0] if len(kids) == 1 else None
        if only is not None and only.is_indirect and only.get("/S") == "/Document":
            top = only
            top.S = Name.Part
            if "/P" in top:
                del top["/P"]
        else:
            top = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Part))
            top.K = Array(
                [kid if kid.is_indirect else self._pdf.make_indirect(kid) for kid in kids]
            )
            for kid in top.K:
                kid.P = top
        if not words(top.get("/Lang")) and (facts.language or self._part.naming.prefix):
            top.Lang = String(facts.language)  # "" is "unknown": a leaflet is not in the letter's
        if facts.title:
            top.T = String(facts.title)
        self.elements.add(key_of(top))
        return top

    def _visit(self, element: Any) -> list[Any]:
        """Put one element in order; the elements below it."""
        keys = element.keys()
        if "/S" in keys:
            self._typed(element, "/NS" in keys)
        if "/NS" in keys:
            self._space(element)
        if "/Pg" in keys and key_of(element.get("/Pg")) not in self._pages:
            del element["/Pg"]
        if "/ID" in keys:
            self._identify(element)
        if "/A" in keys:
            self._lead_cells(element)
        if "/C" in keys:
            self._classify(element)
        if "/AF" in keys:
            del element["/AF"]
            self._part.left.add("files attached to tags")
        if "/Lang" in keys:
            self._speak(element)
        if not marked_content.SPOKEN.isdisjoint(keys):
            self.tongues.words(self._at.language)
        return self._kids(element, element.get("/K")) if "/K" in keys else []

    def _typed(self, element: Any, spaced: bool) -> None:
        """Its type may need another name; a heading is noted."""
        name = str(element.S)
        renamed = name if spaced else self._roles.of(name)
        meaning = self._roles.meaning(name)
        self._part.headings |= _HEADINGS.get(meaning, frozenset())
        if renamed != name:
            element.S = Name(renamed)
        if meaning == "/H":
            self._unnumbered.append((element, self._at.level()))

    def _speak(self, element: Any) -> None:
        language = element.get("/Lang")
        self._at.language = words(language)
        if not isinstance(language, String):
            del element["/Lang"]
            self._fault("a language that is not a text")

    def _kids(self, element: Any, kids: Any) -> list[Any]:
        many = listed(kids)
        kept: list[Any] = []
        below: list[Any] = []
        page = key_of(element.get("/Pg"))
        for kid in many:
            if isinstance(kid, int):
                if self._own(self._pages.get(page), kid, element):
                    kept.append(kid)
            elif isinstance(kid, Dictionary):
                found = self._dictionary(kid, element, page, below)
                if found is not None:
                    kept.append(found)
            else:
                self._fault("something in the tags that is no tag")
        if len(kept) != len(many) or any(a is not b for a, b in zip(kept, many, strict=True)):
            element.K = Array(kept)
        return below

    def _dictionary(self, kid: Any, element: Any, page: Key, below: list[Any]) -> Any:
        kind = kid.get("/Type")
        if kind == "/MCR":
            return kid if self._reference(kid, element, page) else None
        if kind == "/OBJR":
            return kid if self._object(kid, element) else None
        if not kid.is_indirect:
            kid = self._pdf.make_indirect(kid)
        key = key_of(kid)
        if key in self.elements or "/S" not in kid:
            self._fault("a tag with two parents" if key in self.elements else "a tag without type")
            return None
        self.elements.add(key)
        if key_of(kid.get("/P")) != key_of(element):
            kid.P = element
        below.append(kid)
        return kid

    def _reference(self, kid: Any, element: Any, page: Key) -> bool:
        """A marked-content reference: to a page, or to a form that a page shows."""
        stream = kid.get("/Stm")
        if "/Pg" in kid:
            page = key_of(kid.get("/Pg"))
        if page not in self._pages:
            self._fault("tags of a page that is not there")
            return False
        owner = stream if isinstance(stream, pikepdf.Stream) else self._pages[page]
        return self._own(owner, whole(kid.get("/MCID")), element)

    def _own(self, owner: Any, mcid: int | None, element: Any) -> bool:
        if owner is None or mcid is None or not 0 <= mcid <= MCIDS:
            self._fault("tags of content that cannot be there")
            return False
        if not self._parents.own(owner, mcid, element):
            self._fault("content with two tags")
            return False
        self.tongues.content(owner, mcid, self._at.language)
        return True

    def _object(self, kid: Any, element: Any) -> bool:
        """An object reference: to an annotation on a page, or to a form or picture."""
        thing = kid.get("/Obj")
        key = key_of(thing)
        if "/Pg" in kid and key_of(kid.get("/Pg")) not in self._pages:
            del kid["/Pg"]
        if key in self._live or isinstance(thing, pikepdf.Stream):
            if self._parents.annotate(thing, element):
                return True
            self._fault("an annotation with two tags")
            return False
        if key not in self._dropped or key == (0, 0):
            self._fault("a tag of an annotation that is not there")
        return False

    def _space(self, element: Any) -> None:
        space = entry(element, "/NS")
        if space is None or not space.is_indirect:
            del element["/NS"]
            self._fault("a namespace that is none")
        else:
            self._spaces[key_of(space)] = space

    def _identify(self, element: Any) -> None:
        own = element.get("/ID")
        if not isinstance(own, String):
            del element["/ID"]
            return
        name = self._renamed(bytes(own))
        if name in self._ids:
            self._fault("an ID that stands twice")
        self._ids[name] = element
        if name != bytes(own):
            element.ID = String(name)

    def _renamed(self, name: bytes) -> bytes:
        clashes = not self._part.naming.prefix and name.startswith(RESERVED)
        return b"letter/" + name if clashes else self._part.naming.prefix.encode() + name

    def _classify(self, element: Any) -> None:
        """Names of classes; the numbers between them, of revisions, say nothing here."""
        names = [each for each in listed(element.C) if isinstance(each, Name)]
        new = [each for each in (self._classes.of(str(name)) for name in names) if each]
        element.C = Array([Name(each) for each in new])

    def _lead_cells(self, element: Any) -> None:
        """Table cells name their header cells by ID (ISO 32000-1, table 349)."""
        for each in listed(element.get("/A")):
            if isinstance(each, Dictionary) and "/Headers" in each:
                ids = [e for e in listed(each["/Headers"]) if isinstance(e, String)]
                each.Headers = Array([String(self._renamed(bytes(e))) for e in ids])

    def _fault(self, words: str) -> None:
        if words not in self._part.faults:
            self._part.faults.append(words)

    def number(self) -> int:
        """Give headings without a level (H) the type of theirs; how many there were."""
        if any("/NS" in element for element, _ in self._unnumbered):
            return 0  # what its namespace allows is not ours to say
        for element, level in self._unnumbered:
            element.S = Name(f"/H{level}")
        return len(self._unnumbered)
