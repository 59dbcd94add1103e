"""Reads laid-out pages once: the structure tree, what is an artifact, where lines end.

The page boxes are private to WeasyPrint 70 (`pdf/private.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from leafpress.pdf.tags import roles
from leafpress.pdf.tags.structure import Content, Node, TreeBuilder, is_decorative
from leafpress.pdf.text.line_ends import LineEnds
from leafpress.pdf.text.text_layer import UNSEEN

_PX = 0.75
"""CSS pixels to points."""

HEADER, FOOTER = ("Pagination", "Header"), ("Pagination", "Footer")
LAYOUT = ("Layout", "")
"""Kinds of artifact: Type and Subtype (ISO 32000-1, table 330)."""


class Reading:
    """What the pages of a document hold.

    Args:
        root: the `html` element.
        pages: WeasyPrint's pages.
    """

    def __init__(self, root: Any, pages: list[Any], *, pdf2: bool) -> None:
        self.tree = TreeBuilder(root, pdf2=pdf2)
        self.artifacts: dict[Any, tuple[str, str]] = {}
        """Boxes with content that no listener should hear, and what kind it is."""
        self.numbering: dict[Any, str] = {}
        """ListNumbering by the list's element."""
        self.fields: dict[Any, Field] = {}
        """What is printed to be written on, by element."""
        self.bookmarks: list[Any] = []
        """Elements of the bookmarks, in the order in which WeasyPrint writes them."""
        self._ends = LineEnds(root)
        self._last_words: Any = None
        self._heads: set[Any] = set()
        self._run_in: set[Any] = set()
        for number, page in enumerate(pages):
            self._page(number, page)
        self.blanks = self._ends.blanks

    def _page(self, number: int, page: Any) -> None:
        self.bookmarks += [
            each.element for each in _everything(page._page_box) if _is_bookmark(each)
        ]
        heads = frozenset(self._heads)
        for child in page._page_box.children:
            if type(child).__name__ == "MarginBox":
                kind = HEADER if child.at_keyword.startswith("@top") else FOOTER
                self._set_aside(child, kind)
            else:
                self._box(_Place(number, page.height, heads), child, None)

    def _set_aside(self, box: Any, kind: tuple[str, str]) -> None:
        for each in descend(box):
            self.artifacts[each] = kind

    def _box(self, at: _Place, box: Any, block: Any) -> None:
        box = getattr(box, "_box", box)  # an absolutely placed box stands behind a placeholder
        name = type(box).__name__
        self.tree.block = block if block is not None else self.tree.document.element
        if box.is_leader:
            return self._leader(box)
        if self._is_repeated(at, box):
            return self._set_aside(box, ("Pagination", ""))
        if name == "TextBox":
            return self._words(at, box)
        if "Replaced" in name:
            return self._picture(at, box)
        if name == "LineBox":
            self._ends.line(block, list(words_of(box)))
        elif not name.startswith("Inline") or name == "InlineBlockBox":
            block = self._block(box, block)
        self._enter(at, box)
        for child in getattr(box, "children", ()):
            self._box(at, child, block)
        return None

    def _block(self, box: Any, around: Any) -> Any:
        """The element of a block; words around it that follow are no part of those before it."""
        if box.element is None:
            return around
        if around is not None and box.element is not around and not _is_marker(box):
            self.tree.split_paragraph(around, box.element)
        return box.element

    def _leader(self, box: Any) -> None:
        """Leader dots are not heard; a blank keeps what they join apart."""
        self._set_aside(box, LAYOUT)
        if self._last_words is not None:
            self._ends.blanks.add(self._last_words)

    def _enter(self, at: _Place, box: Any) -> None:
        """Make the node of a part of a table, though nothing stand in it; note how lists count."""
        if box.element is None or "::" in (box.element_tag or ""):
            return
        if roles.FIELD in box.element.attrib:
            self._field(at, box)
        role = roles.of(box.element)
        if role is None:
            return
        if role.old == "LI" and type(box).__name__ == "InlineBox":
            self._run_in.add(box.element)
        if role.old == "Table" and box.is_table_wrapper:
            self._table(at, box)
        elif role.old in roles.TABLE_PARTS:
            self.tree.node_for(box.element)
        elif role.old == "L":
            style = box.style["list_style_type"]
            numbering = style if isinstance(style, str) else "decimal"
            self.numbering[box.element] = roles.LIST_NUMBERING.get(numbering, "Decimal")

    def _table(self, at: _Place, box: Any) -> None:
        """Say where a table is with its caption, unless it goes on on another page."""
        node = self.tree.node_for(box.element)
        is_first = "Layout" not in node.attributes
        node.attributes["Layout"] = {"BBox": _room(box, at.height)} if is_first else {}

    def _field(self, at: _Place, box: Any) -> None:
        """Note where something to write on is; on several pages, it has no room of its own."""
        before = self.fields.get(box.element)
        if before is None:
            self.fields[box.element] = Field(at.page, _room(box, at.height))
        elif before.page != at.page:
            self.fields[box.element] = Field(before.page, [])

    def _is_repeated(self, at: _Place, box: Any) -> bool:
        """Whether this is a table's head or foot that an earlier page has shown already."""
        if not (getattr(box, "is_header", False) or getattr(box, "is_footer", False)):
            return False
        self._heads.add(box.element)
        return box.element in at.heads

    def _words(self, at: _Place, box: Any) -> None:
        if not box.text.strip(UNSEEN) or self._is_between_items(box):
            self.artifacts[box] = LAYOUT
        elif _is_marker(box) or self._is_number_before(box):
            self._put(at, box, self.tree.label(box.element))
        else:
            self._put(at, box, self.tree.node_for_words(box.element))
            self._last_words = box

    def _is_number_before(self, box: Any) -> bool:
        """Whether this is the label of an item that stands in a line, where it has no marker."""
        return box.element_tag == "li::before" and box.element in self._run_in

    @staticmethod
    def _is_between_items(box: Any) -> bool:
        """Whether this is a blank between items of a list that runs in."""
        role = roles.of(box.element)
        return role is not None and role.old == "L" and not box.text.strip()

    def _picture(self, at: _Place, box: Any) -> None:
        if is_decorative(box.element):
            return self._set_aside(box, LAYOUT)
        node = self.tree.node_for(box.element)
        if "Layout" not in node.attributes:
            node.attributes["Layout"] = {"BBox": _in_page_space(box, at.height)}
        if _is_block(box, node):
            node.attributes["Layout"]["Placement"] = "Block"
        self._put(at, box, node)
        return None

    @staticmethod
    def _put(at: _Place, box: Any, node: Node) -> None:
        node.kids.append(Content(at.page, box))


@dataclass(frozen=True, slots=True)
class Field:
    """Where something to write on is: the page from 0, and its rectangle there."""

    page: int
    box: list[float]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the reader is: the page, its height in CSS pixels, heads that stood before it."""

    page: int
    height: float
    heads: frozenset[Any]


def _is_block(box: Any, node: Node) -> bool:
    """Whether a picture is no part of a line, as it is by default (ISO 32000-1, 14.8.4.5)."""
    is_apart = node.parent is not None and node.parent.type in roles.GROUPING
    return is_apart or not type(box).__name__.startswith("Inline")


def _in_page_space(box: Any, height: float) -> list[float]:
    """A picture's rectangle in points from the page's lower left corner."""
    return _edges(box.content_box_x(), box.content_box_y(), box.width, box.height, height)


def _room(box: Any, height: float) -> list[float]:
    """The rectangle of a box with its borders, in points from the page's lower left corner."""
    left, top = box.border_box_x(), box.border_box_y()
    return _edges(left, top, box.border_width(), box.border_height(), height)


def _edges(left: float, top: float, wide: float, high: float, page: float) -> list[float]:
    edges = (left, page - top - high, left + wide, page - top)
    return [round(edge * _PX, 2) for edge in edges]


def _is_marker(box: Any) -> bool:
    return str(box.element_tag).endswith("::marker")


def _is_bookmark(box: Any) -> bool:
    return bool(box.bookmark_label) and box.style["bookmark_level"] != "none"


def _everything(box: Any) -> Iterator[Any]:
    """All boxes of a page, as `weasyprint.anchors.gather_anchors` walks them."""
    waiting = [box]
    while waiting:
        box = waiting.pop()
        yield box
        waiting += [*box.all_children()][::-1]


def words_of(box: Any) -> Iterator[Any]:
    """The text boxes of a line, without those of boxes that have lines of their own."""
    for child in box.children:
        name = type(child).__name__
        if name == "TextBox" and not _is_marker(child):
            yield child
        elif name == "InlineBox":
            yield from words_of(child)


def descend(box: Any) -> Iterator[Any]:
    """A box and all in it."""
    waiting = [box]
    while waiting:
        box = waiting.pop()
        box = getattr(box, "_box", box)
        yield box
        waiting += getattr(box, "children", ())[::-1]
