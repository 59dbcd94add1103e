"""Whether a tagged PDF is sound and serves a listener. A check is a function in a list.

Each yields what is wrong in a few words; `tests/test_proof/test_defects.py` breaks a good file in
many ways and shows which check, and which validator, finds it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from pikepdf import Array, Dictionary

from leafpress.pdf_objects import dictionary_at, entries_of, integer_at, number_tree, value_at
from leafpress.proof.tags import marks_elsewhere
from leafpress.proof.tags.blocks import INLINE, plain
from leafpress.proof.tags.tagged import Annotation, Mark, Tagged, TaggedElement

_CELLS = frozenset({"TD", "TH"})
# Written apart from `pdf/tags/roles.py` on purpose: a proof that reads the writer's table
# proves less.
_HEADINGS = frozenset({"H1", "H2", "H3", "H4"})
_GROUPS = frozenset(
    [
        "Document",
        "Part",
        "Art",
        "Sect",
        "Div",
        "Aside",
        "BlockQuote",
        "TOC",
        "TOCI",
        "L",
        "LI",
        "Table",
        "THead",
        "TBody",
        "TFoot",
        "TR",
    ]
)
_RUNNING = frozenset({"Header", "Footer", "Watermark", "PageNum"})

Check = Callable[[Tagged], Iterator[str]]


def whole_tree(tagged: Tagged) -> Iterator[str]:
    """One root, every element with one parent, every content where it is said to be (P030)."""
    yield from tagged.faults
    if tagged.root is not None and tagged.root.type != "Document":
        yield f"the root is a {tagged.root.type} and not a Document"


def plain_elements(tagged: Tagged) -> Iterator[str]:
    """No type and no words but those that can be compared with the markup (P030).

    A role map gives a type another meaning; ActualText, and Alt on anything but a picture, make
    programs say other words than those on the page.
    """
    if entries_of(dictionary_at(_root(tagged), "/RoleMap")):
        yield "types of elements are given another meaning (RoleMap)"
    for element in tagged.elements():
        if "/ActualText" in element.object:
            yield f"a {element.type} says other words than it shows: “{element.text()[:40]}”"
        if element.alternative is not None and element.type != "Figure":
            yield f"a {element.type} has an alternative text: “{element.alternative[:40]}”"
    for number, page in enumerate(tagged.pages):
        for key in sorted(page.said_otherwise):
            yield f"marks on page {number + 1} have a property of elements: {key[1:]}"


def all_content(tagged: Tagged) -> Iterator[str]:
    """Everything on the pages is in the tree once, or an artifact (P031)."""
    owned = Counter((mark.page, mark.mcid) for mark in _marks(tagged))
    for number, page in enumerate(tagged.pages):
        lost = [mcid for mcid in page.pieces if not owned[number, mcid]]
        if lost:
            words = "".join(page.pieces[lost[0]])[:40]
            yield f"{len(lost)} pieces of page {number + 1} are in no element, as “{words}”"
        if page.unmarked:
            yield f"{page.unmarked} things on page {number + 1} are neither content nor artifact"
        if page.twice:
            yield f"content numbers of page {number + 1} stand twice: {sorted(page.twice)}"
        if page.inside:
            yield f"content of page {number + 1} stands in other content: {sorted(page.inside)}"
    elsewhere = marks_elsewhere.count(tagged.pdf)
    if elsewhere:
        yield f"{elsewhere} streams beside the pages have tagged content (forms, glyphs, patterns)"
    twice = [place for place, count in owned.items() if count > 1]
    if twice:
        yield f"{len(twice)} pieces are in two elements, the first on page {twice[0][0] + 1}"


def parent_tree(tagged: Tagged) -> Iterator[str]:
    """The way back from content to its element leads to the element that holds it (P032)."""
    owners = dict(number_tree(value_at(_root(tagged), "/ParentTree")))
    for element in tagged.elements():
        for kid in element.kids:
            if not isinstance(kid, TaggedElement) and _owner(kid, owners, tagged) != element.object:
                yield f"content of a {element.type} (“{element.text()[:30]}”) belongs to another"
                return


def _owner(kid: Mark | Annotation, owners: Mapping[int, object], tagged: Tagged) -> object:
    """The element that content belongs to by the parent tree (ISO 32000-1, 14.7.4.4)."""
    if isinstance(kid, Annotation):
        return owners.get(_key(kid.object, "/StructParent"))
    of_page = owners.get(_key(tagged.pdf.pages[kid.page].obj, "/StructParents"))
    if isinstance(of_page, Array) and kid.mcid < len(of_page):
        return of_page[kid.mcid]
    return None


def no_empty_element(tagged: Tagged) -> Iterator[str]:
    """No element without anything to hear, but for cells and what is to be written on (P033)."""
    for element in tagged.elements():
        if not element.kids and element.type not in _CELLS | {"Form"}:
            yield f"a {element.type} is empty"


def no_bare_words(tagged: Tagged) -> Iterator[str]:
    """Words stand in paragraphs, headings, items and cells, not in groups (P034)."""
    for element in tagged.elements():
        marks = [kid for kid in element.kids if isinstance(kid, Mark)]
        if element.type in _GROUPS and marks:
            yield f"“{marks[0].text[:40]}” stands in a {element.type} without a paragraph"


def lists(tagged: Tagged) -> Iterator[str]:
    """Lists say how they count, and hold items with a body (P036)."""
    for element in tagged.elements():
        kids = [kid.type for kid in element.kids if isinstance(kid, TaggedElement)]
        if element.type == "L":
            yield from _list(element, kids)
        elif element.type == "LI" and "LBody" not in kids:
            yield f"an item of a list has no body: “{element.text()[:40]}”"
        above = element.parent.type if element.parent else ""
        if above != _WITHIN.get(element.type, above):
            yield f"a {element.type} stands in a {above}: “{element.text()[:40]}”"


_WITHIN = {"LI": "L", "LBody": "LI"}


def _list(element: TaggedElement, kids: list[str]) -> Iterator[str]:
    numbering = element.attribute("List", "ListNumbering")
    if numbering is None:
        yield "a list does not say how it counts (ListNumbering)"
    if wrong := [kid for kid in kids if kid not in {"LI", "Caption", "L"}]:
        yield f"a list holds a {wrong[0]}"
    labels = [_label(item) for item in element.kids if isinstance(item, TaggedElement)]
    numbers = [int(label) for label in labels if label.isdecimal()]
    if numbering in _BULLETS and numbers:
        yield f"a list with numbers is said to have bullets: “{element.text()[:40]}”"
    if numbering == "Decimal" and (len(numbers) < len(labels) or not _rise(numbers)):
        yield f"the numbers of a list are {', '.join(labels)}"


_BULLETS = frozenset({"Disc", "Circle", "Square"})


def _label(item: TaggedElement) -> str:
    labels = (kid for kid in item.kids if isinstance(kid, TaggedElement) and kid.type == "Lbl")
    return next((label.text().strip(" .)") for label in labels), "")


def _rise(numbers: list[int]) -> bool:
    return all(one < other for one, other in pairwise(numbers))


def figures(tagged: Tagged) -> Iterator[str]:
    """A picture has words in its place, and its place on the page (P037)."""
    for element in tagged.elements():
        if element.type != "Figure":
            continue
        if not (element.alternative or "").strip():
            yield "a picture has no alternative text"
        box = element.attribute("Layout", "BBox")
        pages = {mark.page for mark in element.marks()}
        if box is None:
            yield "a picture does not say where on the page it is (BBox)"
        elif not all(_inside(box, tagged.pdf.pages[page]) for page in pages):
            yield f"a picture is said to be outside its page: {[float(edge) for edge in box]}"


def headings(tagged: Tagged) -> Iterator[str]:
    """Headings begin at level 1, skip no level, and follow each other through the pages (P039)."""
    level = page = 0
    for element in tagged.elements():
        if element.type[:1] == "H" and element.type[1:].isdigit():
            own = int(element.type[1:])
            if own > level + 1:
                yield f"after level {level} comes level {own}: “{element.text()[:40]}”"
            level = own
            mark = next(element.marks(), None)
            turn = tagged.turn(mark) if mark is not None else page
            if turn < page:
                yield f"“{element.text()[:40]}” is heard after a heading of a later page"
            page = turn
    if not level:
        yield "there is no heading"


def running_text(tagged: Tagged) -> Iterator[str]:
    """What stands in the margin of every page is a page artifact (P045).

    Other hidden words are the heads of a table or box that stand again on its next page.
    """
    heads = " ".join(plain(each.text()) for each in _heads(tagged))
    for number, page in enumerate(tagged.pages):
        for subtype, text in page.artifacts:
            if subtype not in _RUNNING and text.strip(" .…") and plain(text) not in heads:
                yield f"“{text.strip()[:40]}” on page {number + 1} is hidden from listeners"


def _heads(tagged: Tagged) -> Iterator[TaggedElement]:
    """Cells, headings, and what follows a heading: a box says whom to call there."""
    before = ""
    for element in tagged.elements():
        if element.type in _CELLS | _HEADINGS or (element.type == "P" and before in _HEADINGS):
            yield element
        before = before if element.type in INLINE else element.type


def readable_codes(tagged: Tagged) -> Iterator[str]:
    """Every glyph on the pages has a text, and every text is painted (P047)."""
    for number, page in enumerate(tagged.pages):
        if page.unseen:
            yield f"there are words on page {number + 1} that cannot be seen"
        if page.unreadable:
            yield f"{page.unreadable} glyphs on page {number + 1} have no text"


def notes(tagged: Tagged) -> Iterator[str]:
    """A note has an id, and knows what cites it (P048)."""
    for element in tagged.elements():
        if element.type in {"Note", "FENote"}:
            if not element.id:
                yield f"a note has no ID: “{element.text()[:40]}”"
            if "/Ref" not in element.object:
                yield f"nothing leads to a note: “{element.text()[:40]}”"


def expansions(tagged: Tagged) -> Iterator[str]:
    """Inline elements say why they are there: a Span with neither is noise (P033)."""
    for element in tagged.elements():
        if element.type in INLINE and not any(True for _ in element.marks()):
            yield f"a {element.type} has no words"


CHECKS: dict[str, tuple[Check, ...]] = {
    "P030": (whole_tree, plain_elements),
    "P031": (all_content,),
    "P032": (parent_tree,),
    "P033": (no_empty_element, expansions),
    "P034": (no_bare_words,),
    "P036": (lists,),
    "P037": (figures,),
    "P039": (headings,),
    "P045": (running_text,),
    "P047": (readable_codes,),
    "P048": (notes,),
}
"""The checks of this module by the rule that each one proves."""


def _marks(tagged: Tagged) -> Iterator[Mark]:
    return tagged.root.marks() if tagged.root is not None else iter(())


def _root(tagged: Tagged) -> Dictionary | None:
    return dictionary_at(tagged.pdf.Root, "/StructTreeRoot")


def _key(holder: object, name: str) -> int:
    key = integer_at(holder, name)
    return -1 if key is None else key


def _inside(box: list[Any], page: Any) -> bool:
    left, bottom, right, top = map(float, page.mediabox)
    x1, y1, x2, y2 = map(float, box)
    return left - 1 <= x1 < x2 <= right + 1 and bottom - 1 <= y1 < y2 <= top + 1
