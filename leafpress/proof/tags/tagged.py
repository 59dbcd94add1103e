"""A finished PDF's structure tree, read from the top down.

A walk from the pages to their parents, as validators do it, sees only what is reachable from
content; a listener's program starts at the root.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from leafpress.proof.tags import booklet_order, content_marks
from leafpress.proof.tags.booklet_order import ReaderPage
from leafpress.proof.tags.content_marks import Marks, logical

DEEPEST = 100
"""Levels of a tree that a reader should have to follow; ours have under 20."""

RIGHT_TO_LEFT = frozenset(["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"])
"""Languages written from right to left, by their primary subtag."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Content of an element: the page from 0, the MCID there, and points from the left edge."""

    page: int
    mcid: int
    text: str
    left: float = 0.0


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link or other annotation of an element."""

    page: int
    object: Any


@dataclass(eq=False, slots=True)
class TaggedElement:
    """A structure element as the file has it. `language` is what applies, inherited or its own."""

    type: str
    object: Any
    language: str
    own_language: str = ""
    alternative: str | None = None
    expansion: str = ""
    id: str = ""
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)
    kids: list[TaggedElement | Mark | Annotation] = field(default_factory=list)
    parent: TaggedElement | None = None

    def descend(self) -> Iterator[TaggedElement]:
        """Walk this element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, TaggedElement):
                yield from kid.descend()

    def marks(self) -> Iterator[Mark]:
        """All content below this element, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Mark):
                yield kid
            elif isinstance(kid, TaggedElement):
                yield from kid.marks()

    def text(self) -> str:
        """All words below this element."""
        return " ".join("".join(mark.text for mark in self.marks()).split())

    def attribute(self, owner: str, key: str) -> Any:
        """The value of an attribute; None without one."""
        return self.attributes.get(owner, {}).get(key)


@dataclass(slots=True)
class Tagged:
    """A file: its root element, its pages' marks, and what is wrong with the tree itself.

    Args:
        parts: what is read as one page, in order: a page of the file, or half of a booklet's.
    """

    pdf: Any
    language: str
    pages: list[Marks]
    parts: tuple[ReaderPage, ...]
    root: TaggedElement | None = None
    faults: list[str] = field(default_factory=list)

    def elements(self) -> Iterator[TaggedElement]:
        """Every element in reading order."""
        if self.root is not None:
            yield from self.root.descend()

    def turn(self, mark: Mark) -> int:
        """On which part a mark stands: how many pages one has to turn to get to it."""
        there = (n for n, part in enumerate(self.parts) if part.holds(mark.page, mark.left))
        return next(there, mark.page)


def read(pdf: Any) -> Tagged:
    """The tagged content of an open `pikepdf.Pdf`."""
    pages = [content_marks.read(page) for page in pdf.pages]
    language = str(pdf.Root.get("/Lang", ""))
    parts = booklet_order.parts(pdf, right_to_left=language.partition("-")[0] in RIGHT_TO_LEFT)
    tagged = Tagged(pdf, language, pages, parts)
    tree = pdf.Root.get("/StructTreeRoot")
    kids = _listed(tree.get("/K")) if tree is not None else []
    if len(kids) != 1:
        tagged.faults.append(f"the tree has {len(kids)} roots instead of one")
    if kids:
        tagged.root = _Walk(tagged).element(kids[0], None, 0)
    return tagged


class _Walk:
    def __init__(self, tagged: Tagged) -> None:
        self._tagged = tagged
        self._numbers = {page.obj.objgen: i for i, page in enumerate(tagged.pdf.pages)}
        self._seen: set[tuple[int, int]] = set()

    def element(self, thing: Any, parent: TaggedElement | None, depth: int) -> TaggedElement | None:
        """The element `thing` and all below it."""
        if depth > DEEPEST:
            self._fault(f"the tree is more than {DEEPEST} levels deep")
            return None
        if thing.objgen in self._seen and thing.objgen != (0, 0):
            self._fault(f"a {_name(thing.get('/S'))} has two parents")
            return None
        self._seen.add(thing.objgen)
        above = parent.language if parent else self._tagged.language
        own = str(thing.get("/Lang", ""))
        element = TaggedElement(
            _name(thing.get("/S")),
            thing,
            own or above,
            own,
            str(thing["/Alt"]) if "/Alt" in thing else None,
            str(thing.get("/E", "")),
            str(thing.get("/ID", "")),
            _attributes(thing),
            parent=parent,
        )
        if parent is not None and thing.get("/P", {}) != parent.object:
            self._fault(f"a {element.type} names another parent than the one that holds it")
        for kid in _listed(thing.get("/K")):
            found = self._kid(kid, thing, element, depth)
            if found is not None:
                element.kids.append(found)
        return element

    def _kid(
        self, kid: Any, owner: Any, element: TaggedElement, depth: int
    ) -> TaggedElement | Mark | Annotation | None:
        if isinstance(kid, int):
            return self._mark(element, owner.get("/Pg"), kid)
        kind = _name(kid.get("/Type"))
        if kind == "MCR":
            return self._mark(element, kid.get("/Pg", owner.get("/Pg")), int(kid["/MCID"]))
        if kind == "OBJR":
            page = self._numbers.get(kid.get("/Pg", owner.get("/Pg")).objgen, -1)
            return Annotation(page, kid["/Obj"])
        return self.element(kid, element, depth + 1)

    def _mark(self, element: TaggedElement, page: Any, mcid: int) -> Mark | None:
        number = self._numbers.get(page.objgen, -1) if page is not None else -1
        pieces = self._tagged.pages[number].pieces if number >= 0 else {}
        if mcid not in pieces:
            self._fault(f"there is no content {mcid} on page {number + 1}")
            return None
        from_right = element.language.partition("-")[0] in RIGHT_TO_LEFT
        text = logical(pieces[mcid], right_to_left=from_right)
        left = self._tagged.pages[number].starts.get(mcid, 0.0)
        return Mark(number, mcid, text, left)

    def _fault(self, sentence: str) -> None:
        self._tagged.faults.append(sentence)


def _listed(kids: Any) -> list[Any]:
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _name(name: Any) -> str:
    return str(name or "").removeprefix("/")


def _attributes(thing: Any) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for entry in _listed(thing.get("/A")):
        if isinstance(entry, pikepdf.Dictionary):
            values = {_name(k): _plain(v) for k, v in entry.items() if k != "/O"}
            found.setdefault(_name(entry.get("/O")), {}).update(values)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, pikepdf.Name):
        return _name(value)
    if isinstance(value, pikepdf.Array):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, pikepdf.String) else value
