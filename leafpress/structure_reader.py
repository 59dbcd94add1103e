"""Structure trees that any program may have written: typed, and followed from the root down.

For those who judge a file: the integrity check of joining, the proof, the sampling of letters.
Shares nothing with what writes trees (`pdf/tags`, `joining`), so that one mistake is not made on
both sides. Nothing is mended or left out here: what is odd is handed on as what it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from pikepdf import Dictionary, Name, Object, Stream

from leafpress.pdf_objects import (
    IN_PLACE,
    ObjectRef,
    dictionary_at,
    entries_of,
    integer_at,
    integer_of,
    items_at,
    items_of,
    name_at,
    object_ref,
    stream_at,
    text_at,
    value_at,
)


@dataclass(frozen=True, slots=True, eq=False)
class MarkedContent:
    """Content of an element: a number on a page, or on a form that the page shows.

    Args:
        page: None where neither the reference nor its element names one.
        form: the content stream other than the page's own (`/Stm`), if there is one.
        mcid: None where the reference has no whole number.
    """

    page: Dictionary | None
    form: Stream | None
    mcid: int | None

    @property
    def owner(self) -> ObjectRef:
        """Where the number counts: the form, else the page."""
        return object_ref(self.page if self.form is None else self.form)


@dataclass(frozen=True, slots=True, eq=False)
class ObjectReference:
    """An annotation, form or picture of an element (`/OBJR`).

    Args:
        target: what stands at `/Obj`: nearly always a dictionary.
        page: None where neither the reference nor its element names one.
    """

    target: object
    page: Dictionary | None


@dataclass(frozen=True, slots=True, eq=False)
class StrangeKid:
    """Something below an element that is no element, content or object."""

    value: object


@dataclass(frozen=True, slots=True, eq=False)
class StructureElement:
    """A structure element (ISO 32000-1, table 323).

    Args:
        source: the dictionary, for entries that have no name here.
    """

    source: Dictionary

    @property
    def ref(self) -> ObjectRef:
        """Which object it is."""
        return self.source.objgen

    @property
    def role(self) -> str:
        """Its type without a slash, before any role map; "" without one."""
        return name_at(self.source, "/S")[1:]

    @property
    def parent(self) -> ObjectRef:
        """What it names as its parent (`/P`)."""
        return object_ref(self.source.get("/P"))

    @property
    def language(self) -> str | None:
        """Its own language: None without one; "" where it says that nobody knows (14.9.2.2)."""
        return text_at(self.source, "/Lang") if "/Lang" in self.source else None

    def attributes(self) -> dict[str, dict[str, object]]:
        """Its attributes by owner, then by name, both without slashes; later ones win."""
        found: dict[str, dict[str, object]] = {}
        for item in items_at(self.source, "/A"):
            if isinstance(item, Dictionary):
                entries = entries_of(item)
                entries.pop("/O", None)
                owner = found.setdefault(name_at(item, "/O")[1:], {})
                owner.update((key[1:], value) for key, value in entries.items())
        return found

    def kids(self) -> Iterator[Kid]:
        """What is below it, in reading order.

        Raises:
            Excess: too much in one list.
        """
        page = dictionary_at(self.source, "/Pg")
        for kid in items_of(self.source.get("/K")):
            yield _kid(kid, page)


Kid: TypeAlias = StructureElement | MarkedContent | ObjectReference | StrangeKid


_CONTENT, _OBJECT = Name.MCR, Name.OBJR


def _kid(kid: object, page: Dictionary | None) -> Kid:
    if not isinstance(kid, Dictionary):
        number = integer_of(kid)
        return StrangeKid(kid) if number is None else MarkedContent(page, None, number)
    kind = kid.get("/Type")
    if kind == _CONTENT:
        own = dictionary_at(kid, "/Pg")
        number = integer_at(kid, "/MCID")
        return MarkedContent(page if own is None else own, stream_at(kid, "/Stm"), number)
    if kind == _OBJECT:
        own = dictionary_at(kid, "/Pg")
        return ObjectReference(value_at(kid, "/Obj"), page if own is None else own)
    return StructureElement(kid)


@dataclass(frozen=True, slots=True, eq=False)
class StructureTree:
    """A structure tree (ISO 32000-1, table 322).

    Args:
        source: the StructTreeRoot.
    """

    source: Dictionary

    def elements(self) -> list[StructureElement]:
        """The topmost elements: one Document in a well-made file."""
        kids = items_at(self.source, "/K")
        return [StructureElement(kid) for kid in kids if isinstance(kid, Dictionary)]

    def role_map(self) -> dict[str, str]:
        """What types are mapped to, without slashes; what is no name is left out."""
        entries = entries_of(dictionary_at(self.source, "/RoleMap"))
        names = {key: value for key, value in entries.items() if isinstance(value, Name)}
        return {key[1:]: str(value)[1:] for key, value in names.items()}


def structure_tree(root: Object) -> StructureTree | None:
    """The tree of a document's root (`pdf.Root`); None without one."""
    source = dictionary_at(root, "/StructTreeRoot")
    return None if source is None else StructureTree(source)


class Reached(Enum):
    """How `walk` came to an element."""

    FIRST = "for the first time"
    AGAIN = "again: it has two parents, or stands above itself"
    TOO_DEEP = "deeper than it follows"


@dataclass(frozen=True, slots=True, eq=False)
class Visit:
    """An element on the way down a tree.

    Args:
        parent: the element that holds it; None at the top.
        depth: levels above it; 0 at the top.
        language: its own, or that of the nearest one above; None where nobody names one.
        kids: what is below it; nothing unless `reached` is `FIRST`.
    """

    element: StructureElement
    parent: StructureElement | None
    depth: int
    language: str | None
    reached: Reached
    kids: tuple[Kid, ...]


def walk(tree: StructureTree, *, deepest: int, most: int) -> Iterator[Visit]:
    """Every element in reading order, from the root down.

    Args:
        deepest: the greatest depth whose kids are still read.
        most: the number of visits after which it stops.

    Raises:
        Excess: too much in one list.
    """
    seen: set[ObjectRef] = set()
    waiting: list[tuple[StructureElement, Visit | None]]
    waiting = [(element, None) for element in reversed(tree.elements())]
    count = 0
    while waiting and count < most:
        element, above = waiting.pop()
        ref = element.ref
        visit = _visit(element, above, is_new=ref not in seen or ref == IN_PLACE, deepest=deepest)
        yield visit
        count += 1
        seen.add(ref)
        below = [kid for kid in visit.kids if isinstance(kid, StructureElement)]
        waiting += [(kid, visit) for kid in reversed(below)]


def _visit(element: StructureElement, above: Visit | None, *, is_new: bool, deepest: int) -> Visit:
    depth = 0 if above is None else above.depth + 1
    language = element.language
    if language is None and above is not None:
        language = above.language
    reached = Reached.FIRST
    if not is_new:
        reached = Reached.AGAIN
    elif depth > deepest:
        reached = Reached.TOO_DEEP
    kids = tuple(element.kids()) if reached is Reached.FIRST else ()
    parent = None if above is None else above.element
    return Visit(element, parent, depth, language, reached, kids)
