"""A finished PDF's structure tree, read from the top down.

A walk from the pages to their parents, as validators do it, sees only what is reachable from
content; a listener's program starts at the root.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Name, String

from leafpress.pdf_objects import (
    IN_PLACE,
    ObjectRef,
    items_of,
    object_ref,
    text_at,
    value_at,
)
from leafpress.proof.tags import booklet_order, content_marks
from leafpress.proof.tags.booklet_order import ReaderPage
from leafpress.proof.tags.content_marks import Marks, logical
from leafpress.structure_reader import (
    Kid,
    MarkedContent,
    ObjectReference,
    StructureElement,
    structure_tree,
)

DEEPEST = 100
"""Levels of a tree that a reader should have to follow; ours have under 20."""

RIGHT_TO_LEFT = frozenset(["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"])
"""Languages written from right to left, by their primary subtag."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Content of an element: the page from 0, the MCID there, and where its first ink is.

    `left` and `up` are points from the left and lower edges of the page.
    """

    page: int
    mcid: int
    text: str
    left: float = 0.0
    up: float = 0.0


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
    """The tagged content of an open `pikepdf.Pdf`.

    Raises:
        UnusableFile: a page or the tree cannot be followed.
        pikepdf.PdfError: a page's content cannot be parsed.
    """
    pages = [content_marks.read(page) for page in pdf.pages]
    language = text_at(pdf.Root, "/Lang")
    parts = booklet_order.parts(pdf, right_to_left=_runs_from_right(language))
    tagged = Tagged(pdf, language, pages, parts)
    tree = structure_tree(pdf.Root)
    roots = tree.elements() if tree is not None else []
    if len(roots) != 1:
        tagged.faults.append(f"the tree has {len(roots)} roots instead of one")
    if roots:
        tagged.root = _Walk(tagged).element(roots[0], None, 0)
    return tagged


class _Walk:
    """Follows a tree from its root, with the words of each piece of content."""

    def __init__(self, tagged: Tagged) -> None:
        self._tagged = tagged
        self._numbers = {page.obj.objgen: i for i, page in enumerate(tagged.pdf.pages)}
        self._seen: set[ObjectRef] = set()

    def element(
        self, source: StructureElement, parent: TaggedElement | None, depth: int
    ) -> TaggedElement | None:
        """The element of a source and all below it."""
        if depth > DEEPEST:
            self._fault(f"the tree is more than {DEEPEST} levels deep")
            return None
        if source.ref in self._seen and source.ref != IN_PLACE:
            self._fault(f"a {source.role} has two parents")
            return None
        self._seen.add(source.ref)
        element = self._described(source, parent)
        if parent is not None and value_at(source.source, "/P") != parent.object:
            self._fault(f"a {element.type} names another parent than the one that holds it")
        for kid in source.kids():
            below = self._kid(kid, element, depth)
            if below is not None:
                element.kids.append(below)
        return element

    def _described(self, source: StructureElement, parent: TaggedElement | None) -> TaggedElement:
        above = parent.language if parent else self._tagged.language
        own = source.language or ""
        has_alternative = "/Alt" in source.source
        return TaggedElement(
            type=source.role,
            object=source.source,
            language=own or above,
            own_language=own,
            alternative=text_at(source.source, "/Alt") if has_alternative else None,
            expansion=text_at(source.source, "/E"),
            id=text_at(source.source, "/ID"),
            attributes=_attributes(source),
            parent=parent,
        )

    def _kid(
        self, kid: Kid, element: TaggedElement, depth: int
    ) -> TaggedElement | Mark | Annotation | None:
        if isinstance(kid, StructureElement):
            return self.element(kid, element, depth + 1)
        if isinstance(kid, MarkedContent):
            return self._mark(kid, element)
        if isinstance(kid, ObjectReference) and isinstance(kid.target, Dictionary):
            return Annotation(self._number(kid.page), kid.target)
        self._fault(f"a {element.type} holds something that is no content")
        return None

    def _mark(self, content: MarkedContent, element: TaggedElement) -> Mark | None:
        number, mcid = self._number(content.page), content.mcid
        marks = self._tagged.pages[number] if number >= 0 else Marks()
        if mcid is None or content.form is not None or mcid not in marks.pieces:
            self._fault(f"there is no content {mcid} on page {number + 1}")
            return None
        from_right = _runs_from_right(element.language)
        text = logical(marks.pieces[mcid], right_to_left=from_right)
        return Mark(number, mcid, text, *marks.starts.get(mcid, (0.0, 0.0)))

    def _number(self, page: Dictionary | None) -> int:
        """Which page this is, from 0; -1 for none of the file's."""
        return self._numbers.get(object_ref(page), -1)

    def _fault(self, sentence: str) -> None:
        self._tagged.faults.append(sentence)


def _runs_from_right(language: str) -> bool:
    return language.partition("-")[0] in RIGHT_TO_LEFT


def _attributes(source: StructureElement) -> dict[str, dict[str, Any]]:
    """Attributes by owner and name, names and texts as plain words."""
    by_owner: dict[str, dict[str, Any]] = {}
    for owner, values in source.attributes().items():
        by_owner[owner] = {name: _plain(value) for name, value in values.items()}
    return by_owner


def _plain(value: object) -> Any:
    if isinstance(value, Name):
        return str(value)[1:]
    if isinstance(value, Array):
        return [_plain(item) for item in items_of(value)]
    return str(value) if isinstance(value, String) else value
