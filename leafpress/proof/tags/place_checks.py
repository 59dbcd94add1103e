"""Where the content of elements stands: in what order it is painted, on which page, in what room.

Programs that do not follow tags, such as telephones' and the text layers of browsers, read a page
in the order in which it is painted. Those that do look for an element's page (ISO 32000-1,
table 323) and its room (table 344) to show where they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from leafpress.pdf_objects import dictionary_at, items_at, object_ref
from leafpress.proof.tags.tagged import Annotation, Mark, Tagged, TaggedElement

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


def _holds(box: list[object], mark: Mark, slack: float = _SLACK) -> bool:
    """Whether a piece begins inside a box: left, bottom, right, top, in points."""
    left, bottom, right, top = (float(str(edge)) for edge in box)
    is_across = left - slack <= mark.left <= right + slack
    return is_across and bottom - slack <= mark.up <= top + slack


def links_over_words(tagged: Tagged) -> Iterator[str]:
    """A link lies over the words that it has in the tree, and over no others (P120)."""
    for element in tagged.elements():
        if element.type != "Link":
            continue
        areas = [kid for kid in element.kids if isinstance(kid, Annotation)]
        marks, words = list(element.marks()), _said(element.text())
        if not all(any(_lies_over(area, mark) for area in areas) for mark in marks):
            yield f"the link {words} does not lie over all of its words"
        if not all(any(_lies_over(area, mark) for mark in marks) for area in areas):
            yield f"the link {words} lies over something else"


def _lies_over(area: Annotation, mark: Mark) -> bool:
    """Whether a piece begins inside a link's area, which any two corners name."""
    x, y, other_x, other_y = (float(str(edge)) for edge in items_at(area.object, "/Rect"))
    box: list[object] = [min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)]
    return area.page == mark.page and _holds(box, mark)


_BEYOND = 0.15
"""By what part of its longer side a picture may be drawn beyond its box: ink that a clip takes
away counts here. Ours go to 0.1."""


def pictures_in_place(tagged: Tagged) -> Iterator[str]:
    """A picture is drawn where its element says (P121)."""
    for element in tagged.elements():
        box = element.attribute("Layout", "BBox")
        if element.type != "Figure" or box is None:
            continue
        left, bottom, right, top = (float(str(edge)) for edge in box)
        slack = _BEYOND * max(right - left, top - bottom)
        for mark in element.marks():
            if not _holds(box, mark, slack):
                yield f"a picture is drawn elsewhere than it says: “{element.alternative}”"


def _marks(tagged: Tagged) -> Iterator[Mark]:
    return tagged.root.marks() if tagged.root is not None else iter(())


def _said(words: str) -> str:
    text = " ".join(words.split())
    return f"“{text[:40]}”" if text else "a picture"
