"""The tags of an input and the marks on its pages, brought together: counted, mended, or faulty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from leafpress.findings import Span
from leafpress.joining import marked_content, pagination
from leafpress.joining.annotations import PageContents
from leafpress.joining.content_places import NOWHERE, Box, Content, page_places
from leafpress.joining.drawn_forms import DrawnForms, drawn_forms
from leafpress.joining.lost_content import LostContent, LostTree
from leafpress.joining.marked_content import Owner, Shown
from leafpress.joining.pagination import LostPiece
from leafpress.joining.parent_tree import ParentTree
from leafpress.joining.part import PartBuilder
from leafpress.joining.reading_places import Place, ReadingPlaces, extents
from leafpress.joining.role_map import Roles
from leafpress.joining.structure_tree import TreeWalk
from leafpress.pdf_objects import ObjectRef, items_at, name_at, object_ref
from leafpress.rules import finding

DIFFER = "they and the marks on its pages differ"

WITHIN: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("/TH", "/TD"), ("/TR",)),
    "/TR": ("/Table", "/THead", "/TBody", "/TFoot"),
    **dict.fromkeys(("/THead", "/TBody", "/TFoot"), ("/Table",)),
    **dict.fromkeys(("/LBody", "/Lbl"), ("/LI",)),
    "/LI": ("/L",),
    "/TOCI": ("/TOC",),
}
"""What parts of tables, lists and contents stand in (ISO 32000-1, tables 336 and 337)."""

LOST = 2_000
"""Elements that hang nowhere and are given a place: heads and feet of 600 pages are 1,800."""

READ = 20_000_000
"""Bytes of content in which places are looked up; 600 full pages have 30,000 each."""


@dataclass(frozen=True, slots=True)
class TaggedInput:
    """An input whose tags have been followed.

    Args:
        tree: its StructTreeRoot.
        top: the element that becomes its Part.
        roles: what its types mean.
    """

    pdf: pikepdf.Pdf
    part: PartBuilder
    contents: PageContents
    tree: Dictionary
    top: Dictionary
    walk: TreeWalk
    parents: ParentTree
    roles: Roles


def reconcile(source: TaggedInput) -> None:
    """Compare tags with marks: mend what hangs nowhere, take out what belongs to nothing.

    Raises:
        pikepdf.PdfError: content cannot be unpacked or parsed.
        WrongShape: a page's content is no stream.
        Excess: the input goes past a bound.
    """
    forms = drawn_forms(list(source.contents.pages.values()))
    for fault in forms.faults:
        source.part.faults.add(fault)
    owners = {owner.objgen: owner for owner in _owners(source, forms)}
    shown = {ref: _shown(owner, source, forms) for ref, owner in owners.items()}
    if not _all_said(source, shown):
        return
    _find_places(source, owners, shown)
    _take_out_tags_of_nothing(source, shown)


def _owners(source: TaggedInput, forms: DrawnForms) -> Iterator[Owner]:
    """Whatever may show tagged content."""
    yield from source.contents.pages.values()
    yield from (form for form, _ in forms.forms.values())
    yield from (owner for owner, _ in source.parents.tagged())


def _shown(owner: Owner, source: TaggedInput, forms: DrawnForms) -> Shown | None:
    """The marks of a page, or of a form that is drawn; None where nobody can say."""
    if isinstance(owner, Stream):
        is_drawn = forms.times[owner.objgen] > 0 and owner.objgen in forms.forms
        return forms.forms[owner.objgen][1] if is_drawn else Shown(frozenset())
    return marked_content.shown(owner, source.parents.numbers(owner.objgen))


def _all_said(source: TaggedInput, shown: dict[ObjectRef, Shown | None]) -> bool:
    """Whether all marks can be read; what is wrong with them is noted."""
    for marks in shown.values():
        if marks is None:
            source.part.faults.add(DIFFER)
            return False
        for fault in marks.faults:
            source.part.faults.add(fault)
    return True


def _find_places(
    source: TaggedInput, owners: dict[ObjectRef, Owner], shown: dict[ObjectRef, Shown | None]
) -> None:
    """Mend what hangs nowhere, where that is sure; else it is a fault."""
    lost = LostContent(source.tree, source.walk)
    lost.add_annotations(source.contents, source.parents)
    for ref, marks in shown.items():
        unheard = (marks.numbers if marks else frozenset()) - source.parents.numbers(ref)
        lost.add(owners[ref], unheard)
    _hold(source, lost)
    if not lost.trees and not lost.unclaimed:
        return
    if lost.unclaimed or len(lost.trees) > LOST or _length(source) > READ:
        source.part.faults.add(DIFFER)
    else:
        _Mender(source, owners).mend(list(lost.trees.values()))


def _hold(source: TaggedInput, lost: LostContent) -> None:
    """Give elements the annotations that are theirs by the way back."""
    for annotation, page, element in lost.loose:
        if source.parents.annotate(annotation, element):
            reference = Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page)
            element.K = Array([*items_at(element, "/K"), reference])
    if lost.loose:
        name = source.part.facts.name
        source.part.findings.append(finding("E098", Span(name), count=len(lost.loose)))


def _length(source: TaggedInput) -> int:
    return sum(len(marked_content.content(page)) for page in source.contents.pages.values())


def _take_out_tags_of_nothing(source: TaggedInput, shown: dict[ObjectRef, Shown | None]) -> None:
    count = 0
    for owner, tagged in source.parents.tagged():
        marks = shown[owner.objgen]
        gone = tagged - (marks.numbers if marks else frozenset())
        source.parents.forget(owner, gone)
        count += len(gone)
    if count:
        source.part.findings.append(finding("E022", Span(source.part.facts.name), count=count))


@dataclass(slots=True)
class _Standing:
    """A lost tree with where it stands: by page the box round all of it, and its codes."""

    lost: LostTree
    boxes: dict[int, Box] = field(default_factory=dict)
    codes: bytes = b""

    def add(self, page: int, box: Box) -> None:
        before = self.boxes.get(page)
        self.boxes[page] = box if before is None else before.with_(box)


class _Mender:
    """Makes pagination of lost trees, or gives them a place in the tree."""

    def __init__(self, source: TaggedInput, owners: dict[ObjectRef, Owner]) -> None:
        self._source, self._owners = source, owners
        self._pages = list(source.contents.pages.values())
        self._places = [page_places(page) for page in self._pages]
        self._numbers = {page.objgen: number for number, page in enumerate(self._pages)}
        self._page_of: dict[Content, int] = {}
        for number, places in enumerate(self._places):
            self._page_of.update(dict.fromkeys(places.boxes, number))

    def mend(self, trees: Sequence[LostTree]) -> None:
        """Tell pagination from what is to be heard, and do what follows."""
        standing = [self._standing(tree) for tree in trees]
        edges = self._edges(standing)
        silent: dict[ObjectRef, dict[int, str]] = defaultdict(dict)
        for tree, edge in zip(standing, edges, strict=True):
            if edge:
                for ref, number in tree.lost.contents:
                    silent[ref][number] = edge
        heard = [tree for tree, edge in zip(standing, edges, strict=True) if not edge]
        for ref, numbers in silent.items():
            pagination.make_artifacts(self._source.pdf, self._owners[ref], numbers)
        self._hang(heard)
        self._tell("E097", len(standing) - len(heard))
        self._tell("E098", len(heard))

    def _tell(self, rule: str, count: int) -> None:
        part = self._source.part
        if count:
            part.findings.append(finding(rule, Span(part.facts.name), count=count))

    def _standing(self, lost: LostTree) -> _Standing:
        standing = _Standing(lost)
        for content in lost.contents:
            number = self._page_of.get(content)
            if number is not None:
                places = self._places[number]
                standing.add(number, places.boxes[content])
                standing.codes += places.codes.get(content, b"")
        for annotation, page in lost.annotations:
            number = self._numbers[page.objgen]
            standing.add(number, self._places[number].seen(annotation.get("/Rect")))
        return standing

    def _edges(self, standing: Sequence[_Standing]) -> list[str]:
        """For each tree the edge at which it stands as pagination; "" for what is to be heard."""
        owned = {(ref, number) for ref, number, _ in self._source.parents.holders()}
        body = pagination.body_boxes(owned, self._places)
        pieces = [_piece(tree) for tree in standing]
        others = [piece for piece in pieces if piece is not None]
        return [
            "" if piece is None else pagination.edge_of(piece, others, body, self._places)
            for piece in pieces
        ]

    def _hang(self, trees: Sequence[_Standing]) -> None:
        known = extents(self._holders())
        places = ReadingPlaces(known)
        holders: list[Dictionary] = []
        heard = sorted(trees, key=_order)
        for tree in heard:
            page = min(tree.boxes, default=len(self._pages))
            place = Place(page, tree.boxes.get(page, NOWHERE))
            top = tree.lost.top
            holders.append(places.put(top, place, self._parent(top)))
            known[top.objgen] = tree.boxes
        places.write()
        for tree, holder in zip(heard, holders, strict=True):
            self._source.walk.hang(tree.lost.top, holder)
            self._note_torn(tree.lost.top, holder)

    def _meaning(self, element: Dictionary) -> str:
        """The standard type of an element whose own may have been renamed."""
        roles, name = self._source.roles, name_at(element, "/S")
        return roles.used.get(name, "") or roles.meaning(name)

    def _note_torn(self, top: Dictionary, holder: Dictionary) -> None:
        """A row without its table, or an item without its list, says nothing: no claim holds."""
        meaning, above = self._meaning(top), self._meaning(holder)
        if meaning in WITHIN and above not in WITHIN[meaning]:
            self._source.part.faults.add("a part of a table or list hangs nowhere")

    def _holders(self) -> Iterator[tuple[Dictionary, Place]]:
        for ref, number, element in self._source.parents.holders():
            page = self._page_of.get((ref, number))
            if page is not None:
                yield element, Place(page, self._places[page].boxes[ref, number])

    def _parent(self, top: Dictionary) -> Dictionary:
        """The element that it names as its parent, where that is in the tree; else the topmost."""
        named = top.get("/P")
        is_there = object_ref(named) in self._source.walk.elements
        return named if is_there and isinstance(named, Dictionary) else self._source.top


def _piece(tree: _Standing) -> LostPiece | None:
    """A tree on one page, of which nobody can click anything: perhaps pagination."""
    if len(tree.boxes) != 1 or tree.lost.annotations:
        return None
    [(page, box)] = tree.boxes.items()
    return LostPiece(page, box, tree.codes)


def _order(tree: _Standing) -> tuple[int, float]:
    """From the first page to the last, from the top to the bottom."""
    page = min(tree.boxes, default=0)
    return page, -tree.boxes.get(page, NOWHERE).top
