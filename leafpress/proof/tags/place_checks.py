"""Where the content of elements stands: in what order it is painted, on which page, in what room.

Programs that do not follow tags, such as telephones' and the text layers of browsers, read a page
in the order in which it is painted. Those that do look for an element's page (ISO 32000-1,
table 323) and its room (table 344) to show where they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from leafpress.pdf_objects import dictionary_at, object_ref
from leafpress.proof.tags.tagged import Mark, Tagged, TaggedElement

# Written apart from `pdf/tags/roles.py` on purpose: a proof that reads the writer's table
# proves less.
_HOLD_BLOCKS = frozenset(["Document", "Part", "Art", "Sect", "Div", "Aside", "BlockQuote"])
_SLACK = 1.0
"""Points by which a letter may begin outside its box: an italic leans out of it."""


def painted_as_heard(tagged: Tagged) -> Iterator[str]:
    """The content of each page is painted in the order in which its elements hold it (P109).

    It is not asked where a picture is painted that has words in it, such as the numbers of a key:
    pdfium would put them into a line of words that stands at their height.
    """
    heard: dict[int, list[int]] = defaultdict(list)
    for mark in _marks(tagged):
        if mark.mcid not in tagged.pages[mark.page].lettered:
            heard[mark.page].append(mark.mcid)
    for number, page in enumerate(tagged.pages):
        expected = heard[number]
        wanted = set(expected)
        painted = [mcid for mcid in page.pieces if mcid in wanted]
        for one, other in zip(painted, expected, strict=False):
            if one != other:
                words, instead = ("".join(page.pieces[mcid]) for mcid in (one, other))
                yield f"page {number + 1} paints {_said(words)} where {_said(instead)} is heard"
                break


def pages_named(tagged: Tagged) -> Iterator[str]:
    """An element whose content stands on one page names that page (P110)."""
    pages = [object_ref(page.obj) for page in tagged.pdf.pages]
    for element in tagged.elements():
        own = _pages(element)
        if not own:
            continue
        named = object_ref(dictionary_at(element.object, "/Pg"))
        if len(own) == 1 and named != pages[own[0]]:
            yield f"a {element.type} on page {own[0] + 1} does not name it: {_said(element.text())}"
        elif named in pages and pages.index(named) not in own:
            yield f"a {element.type} names a page that it is not on: {_said(element.text())}"


def _pages(element: TaggedElement) -> list[int]:
    """Each page that an element's content and annotations stand on, once, in order."""
    found: set[int] = set()
    for kid in element.kids:
        found |= set(_pages(kid)) if isinstance(kid, TaggedElement) else {kid.page}
    return sorted(found)


def placements(tagged: Tagged) -> Iterator[str]:
    """A picture beside paragraphs says that it is a block (P111).

    Without that it is a part of a line (ISO 32000-1, 14.8.4.5). In a paragraph it may be either.
    """
    for element in tagged.elements():
        group = element.parent.type if element.parent is not None else ""
        is_block = element.attribute("Layout", "Placement") == "Block"
        if element.type == "Figure" and group in _HOLD_BLOCKS and not is_block:
            yield f"a picture in a {group} is not said to be a block (Placement)"


def table_boxes(tagged: Tagged) -> Iterator[str]:
    """A table on one page has a box that holds its words; on several, none (P111).

    ISO 32000-1, table 345: BBox is required where a table stands wholly on one page. Pages are
    those of a reader: two of a booklet share a side of a sheet.
    """
    for element in tagged.elements():
        if element.type != "Table":
            continue
        pages = {tagged.turn(mark) for mark in element.marks()}
        box = element.attribute("Layout", "BBox")
        words = _said(element.text())
        if len(pages) == 1 and box is None:
            yield f"a table does not say where on the page it is (BBox): {words}"
        elif len(pages) > 1 and box is not None:
            yield f"a table on several pages has the box of one: {words}"
        elif box is not None:
            outside = [mark for mark in element.marks() if not _holds(box, mark)]
            yield from (f"{_said(mark.text)} stands outside its table's box" for mark in outside)


def _holds(box: list[object], mark: Mark) -> bool:
    """Whether a piece begins inside a box: left, bottom, right, top, in points."""
    left, bottom, right, top = (float(str(edge)) for edge in box)
    is_across = left - _SLACK <= mark.left <= right + _SLACK
    return is_across and bottom - _SLACK <= mark.up <= top + _SLACK


def _marks(tagged: Tagged) -> Iterator[Mark]:
    return tagged.root.marks() if tagged.root is not None else iter(())


def _said(words: str) -> str:
    text = " ".join(words.split())
    return f"“{text[:40]}”" if text else "a picture"
