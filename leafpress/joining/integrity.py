"""Whether a joined file holds together: read again from its bytes, from the root down.

Shares no code with what wrote it (a contract in `pyproject.toml`). Validators walk from content up
to its tags, and pass a file in which a whole part is unreachable, or is read in another part's
language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Stream, String

from leafpress.pdf_objects import (
    ObjectRef,
    dictionary_at,
    integer_at,
    items_at,
    items_of,
    object_ref,
    value_at,
)
from leafpress.structure_reader import (
    Kid,
    MarkedContent,
    ObjectReference,
    Reached,
    StrangeKid,
    StructureElement,
    StructureTree,
    structure_tree,
    walk,
)

DEEPEST = 120
MOST = 2_000_000
"""Elements of a joined file that are followed; 600 pages have 60,000."""

_Content = tuple[ObjectRef, int | None]
"""Which page or form, and the number there."""


def faults(data: bytes, pages: Sequence[int]) -> Iterator[str]:
    """What is wrong with a joined file, in words.

    Args:
        pages: how many pages each of its parts has.

    Raises:
        pikepdf.PdfError: the file cannot be opened at all.
    """
    with pikepdf.open(BytesIO(data), attempt_recovery=False) as pdf:
        yield from _JoinedFile(pdf).faults(sum(pages), len(pages))
        yield from (str(warning) for warning in pdf.get_warnings())


class _JoinedFile:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._root = pdf.Root
        self._pages = {page.obj.objgen: page.obj for page in pdf.pages}
        self._elements: dict[_Content, ObjectRef] = {}
        self._elements_of_objects: dict[ObjectRef, ObjectRef] = {}

    def faults(self, pages: int, parts: int) -> Iterator[str]:
        """Everything that is wrong."""
        if len(self._pages) != pages:
            yield f"there are {len(self._pages)} pages instead of {pages}"
        yield from self._bookmarks(parts)
        yield from self._destinations()
        yield from self._links()
        tree = structure_tree(self._root)
        if tree is not None:
            yield from self._tags(tree)
            yield from self._parts(tree)
            yield from self._way_back(tree)

    def _tags(self, tree: StructureTree) -> Iterator[str]:
        """The way down: every element once, held by the one that it names as its parent."""
        if [element.role for element in tree.elements()] != ["Document"]:
            yield "the tags do not begin with one Document"
        for visit in walk(tree, deepest=DEEPEST, most=MOST):
            if visit.reached is not Reached.FIRST:
                yield "a tag has two parents"
                continue
            holder = tree.source if visit.parent is None else visit.parent.source
            if visit.element.parent != holder.objgen:
                yield "a tag names another parent than the one that holds it"
            for kid in visit.kids:
                yield from self._kid(kid, visit.element.ref)

    def _kid(self, kid: Kid, element: ObjectRef) -> Iterator[str]:
        if isinstance(kid, MarkedContent):
            yield from self._content(kid, element)
        elif isinstance(kid, ObjectReference):
            self._elements_of_objects[object_ref(kid.target)] = element
        elif isinstance(kid, StrangeKid):
            yield "something in the tags is no tag"

    def _content(self, content: MarkedContent, element: ObjectRef) -> Iterator[str]:
        if content.form is None and content.owner not in self._pages:
            yield "a tag belongs to a page that is not there"
            return
        key = content.owner, content.mcid
        if key in self._elements:
            yield f"content {content.mcid} of a page has two tags"
        self._elements[key] = element

    def _parts(self, tree: StructureTree) -> Iterator[str]:
        """Below the Document stand Parts, each with its language where the file has one."""
        for document in tree.elements():
            for part in document.kids():
                if not self._says_its_language(part):
                    yield "a part of the file does not say in which language it is"

    def _says_its_language(self, part: Kid) -> bool:
        if not isinstance(part, StructureElement) or part.role != "Part":
            return False
        return part.language is not None or "/Lang" not in self._root

    def _way_back(self, tree: StructureTree) -> Iterator[str]:
        """The parent tree says the same as the tree, and nothing else claims to be in it."""
        parents = dictionary_at(tree.source, "/ParentTree")
        numbers = None if parents is None else pikepdf.NumberTree(parents)
        found: dict[_Content, ObjectRef] = {}
        for thing in self._pdf.objects:
            if not isinstance(thing, Dictionary | Stream):
                continue
            if "/StructParents" in thing:
                elements = items_of(_looked_up(numbers, thing, "/StructParents"))
                for mcid, element in enumerate(elements):
                    if element is not None:
                        found[thing.objgen, mcid] = object_ref(element)
            if "/StructParent" in thing:
                element = _looked_up(numbers, thing, "/StructParent")
                if self._elements_of_objects.get(thing.objgen) != object_ref(element):
                    yield "an annotation belongs to another tag than the one that holds it"
        yield from self._differences(found)

    def _differences(self, found: dict[_Content, ObjectRef]) -> Iterator[str]:
        if found.keys() != self._elements.keys():
            yield "the parent tree and the tags do not name the same content"
        both = found.keys() & self._elements.keys()
        if any(found[key] != self._elements[key] for key in both):
            yield "content belongs to another tag than the one that holds it"

    def _bookmarks(self, parts: int) -> Iterator[str]:
        item = dictionary_at(dictionary_at(self._root, "/Outlines"), "/First")
        count = 0
        while item is not None and count <= parts:
            count += 1
            if not self._is_on_a_page(value_at(dictionary_at(item, "/A"), "/D")):
                yield "a bookmark leads to no page"
            item = dictionary_at(item, "/Next")
        if count != parts:
            yield f"there are {count} bookmarks for {parts} parts"

    def _destinations(self) -> Iterator[str]:
        for destination in self._named().values():
            inside = value_at(destination, "/D")
            if not self._is_on_a_page(destination if inside is None else inside):
                yield "a named place is on no page"

    def _links(self) -> Iterator[str]:
        names = self._named().keys()
        for page in self._pages.values():
            for annotation in items_at(page, "/Annots"):
                target = value_at(annotation, "/Dest")
                if target is None:
                    target = value_at(dictionary_at(annotation, "/A"), "/D")
                if isinstance(target, String) and str(target) not in names:
                    yield "a link leads to a place without a name"
                if isinstance(target, Array) and not self._is_on_a_page(target):
                    yield "a link leads to no page"

    def _named(self) -> dict[str, object]:
        tree = dictionary_at(dictionary_at(self._root, "/Names"), "/Dests")
        if tree is None:
            return {}
        return {str(name): value for name, value in pikepdf.NameTree(tree).items()}

    def _is_on_a_page(self, destination: object) -> bool:
        items = items_of(destination)
        return bool(items) and object_ref(items[0]) in self._pages


def _looked_up(numbers: pikepdf.NumberTree | None, thing: Dictionary | Stream, key: str) -> object:
    """What the parent tree has for `thing`, found as a reader finds it: by limits of nodes."""
    number = integer_at(thing, key)
    return None if numbers is None or number is None else numbers.get(number)
