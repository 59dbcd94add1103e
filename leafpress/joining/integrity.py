"""Whether a joined file holds together: read again from its bytes, from the root down.

Shares no code with what wrote it. Validators walk from content up to its tags, and pass a file in
which a whole part is unreachable, or is read in another part's language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import pikepdf

DEEPEST = 120
MOST = 2_000_000
"""Elements of a joined file that are followed; 600 pages have 60,000."""

Key = tuple[int, int]


def faults(data: bytes, pages: Sequence[int]) -> Iterator[str]:
    """What is wrong with a joined file of parts with so many `pages`, in words."""
    with pikepdf.open(BytesIO(data), attempt_recovery=False) as pdf:
        yield from _Reading(pdf).faults(sum(pages), len(pages))
        yield from pdf.get_warnings()


class _Reading:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._pages: dict[Key, Any] = {page.obj.objgen: page.obj for page in pdf.pages}
        self._owned: dict[tuple[Key, int], Any] = {}
        self._objects: dict[Key, Any] = {}
        self._seen: set[Key] = set()

    def faults(self, pages: int, parts: int) -> Iterator[str]:
        """Everything that is wrong."""
        if len(self._pages) != pages:
            yield f"there are {len(self._pages)} pages instead of {pages}"
        yield from self._bookmarks(parts)
        yield from self._links()
        tree = self._pdf.Root.get("/StructTreeRoot")
        if tree is not None:
            yield from self._walk(tree)
            yield from self._way_back(tree)

    def _walk(self, tree: Any) -> Iterator[str]:
        kids = list(tree.K)
        if len(kids) != 1 or kids[0].S != "/Document":
            yield "the tags do not begin with one Document"
        waiting = [(kid, tree, 0) for kid in kids]
        while waiting and len(self._seen) < MOST:
            element, parent, depth = waiting.pop()
            if element.objgen in self._seen or depth > DEEPEST:
                yield "a tag has two parents"
                continue
            self._seen.add(element.objgen)
            if element.P.objgen != parent.objgen:
                yield "a tag names another parent than the one that holds it"
            below, wrong = self._content(element)
            yield from wrong
            waiting += [(kid, element, depth + 1) for kid in below]
        root: Any = self._pdf.Root
        spoken = [part for part in kids[0].K if "/Lang" in part or "/Lang" not in root]
        if any(part.S != "/Part" for part in kids[0].K) or len(spoken) < len(kids[0].K):
            yield "a part of the file does not say in which language it is"

    def _content(self, element: Any) -> tuple[list[Any], list[str]]:
        kids = element.get("/K", pikepdf.Array())
        below: list[Any] = []
        wrong: list[str] = []
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                wrong += self._own(element.get("/Pg"), kid, element)
            elif kid.get("/Type") == "/MCR":
                wrong += self._own(
                    kid.get("/Stm", kid.get("/Pg", element.get("/Pg"))), kid.MCID, element
                )
            elif kid.get("/Type") == "/OBJR":
                self._objects[kid.Obj.objgen] = element
            else:
                below.append(kid)
        return below, wrong

    def _own(self, owner: Any, mcid: Any, element: Any) -> Iterator[str]:
        if owner is None or (
            owner.objgen not in self._pages and not isinstance(owner, pikepdf.Stream)
        ):
            yield "a tag belongs to a page that is not there"
            return
        if (owner.objgen, mcid) in self._owned:
            yield f"content {mcid} of a page has two tags"
        self._owned[owner.objgen, mcid] = element

    def _way_back(self, tree: Any) -> Iterator[str]:
        """The parent tree says the same as the tree, and nothing else claims to be in it."""
        numbers: Any = pikepdf.NumberTree(tree.ParentTree)
        found: dict[tuple[Key, int], Any] = {}
        things: list[Any] = list(self._pdf.objects)
        for thing in things:
            if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                continue
            if "/StructParents" in thing:
                for mcid, element in enumerate(numbers[thing.StructParents]):
                    if element is not None:
                        found[thing.objgen, mcid] = element
            if "/StructParent" in thing:
                owner = self._objects.get(thing.objgen)
                if owner is None or numbers[thing.StructParent].objgen != owner.objgen:
                    yield "an annotation belongs to another tag than the one that holds it"
        if found.keys() != self._owned.keys():
            yield "the parent tree and the tags do not name the same content"
        if any(found[key].objgen != self._owned[key].objgen for key in found.keys() & self._owned):
            yield "content belongs to another tag than the one that holds it"

    def _bookmarks(self, parts: int) -> Iterator[str]:
        item: Any = self._pdf.Root.Outlines.get("/First")
        count = 0
        while item is not None and count <= parts:
            count += 1
            if item.A.D[0].objgen not in self._pages:
                yield "a bookmark leads to no page"
            item = item.get("/Next")
        if count != parts:
            yield f"there are {count} bookmarks for {parts} parts"

    def _links(self) -> Iterator[str]:
        root: Any = self._pdf.Root
        names = root.get("/Names", {}).get("/Dests")
        places = dict(pikepdf.NameTree(names).items()) if names is not None else {}
        for place in places.values():
            where = place.D if isinstance(place, pikepdf.Dictionary) else place
            if where[0].objgen not in self._pages:
                yield "a named place is on no page"
        for page in self._pages.values():
            for annotation in page.get("/Annots", []):
                goal = annotation.get("/Dest", annotation.get("/A", {}).get("/D"))
                if isinstance(goal, pikepdf.String) and str(goal) not in places:
                    yield "a link leads to a place without a name"
                if isinstance(goal, pikepdf.Array) and goal[0].objgen not in self._pages:
                    yield "a link leads to no page"
