"""The structure tree as plain data, grown from elements rather than boxes.

Layout cuts an element into boxes, by line and by page; a listener wants the element. So a node
is kept under its element, and every piece of it, on whatever page, comes to that node.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from leafpress.pdf.tags import roles


@dataclass(frozen=True, slots=True)
class Content:
    """A piece of a page's content: `page` counts from 0, `box` is what is painted there."""

    page: int
    box: Any


@dataclass(eq=False, slots=True)
class Node:
    """A structure element.

    Args:
        type: a standard structure type, without the slash.
        kids: nodes and content, in reading order.
        language: BCP 47, when it differs from the parent's.
        attributes: attribute objects by owner (`Layout`, `List`, `Table`).
        id: unique in the document; needed by heads of tables and by notes.
        description: what a link says of itself.
        links: boxes of a link's annotations, with the page that they lie on.
        refs: nodes that this one refers to.
        spoken: the language that applies, inherited or its own.
        order: where in the HTML it begins.
        page: where a place to write on is, which has no content.
    """

    type: str
    element: Any
    parent: Node | None = None
    kids: list[Node | Content] = field(default_factory=list)
    language: str = ""
    alternative: str = ""
    expansion: str = ""
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)
    id: str = ""
    description: str = ""
    links: list[tuple[int, Any]] = field(default_factory=list)
    refs: list[Node] = field(default_factory=list)
    spoken: str = ""
    order: float = 0.0
    page: int | None = None

    def descend(self) -> list[Node]:
        """The node and all below it, in reading order."""
        found = [self]
        for kid in self.kids:
            if isinstance(kid, Node):
                found += kid.descend()
        return found


class TreeBuilder:
    """Grows a structure tree for one document.

    Args:
        root: the `html` element.
        pdf2: whether types of PDF 2.0 may be used.
    """

    def __init__(self, root: Any, *, pdf2: bool) -> None:
        self._parents = {child: parent for parent in root.iter() for child in parent}
        self._order = {element: float(index) for index, element in enumerate(root.iter())}
        self._pdf2 = pdf2
        self._nodes: dict[tuple[Any, str], Node] = {}
        self._first: dict[Any, Node] = {}
        """The first node of each element."""
        self._types: dict[Any, str] = {}
        self._runs: dict[Any, float] = {}
        self.block: Any = root
        """The element of the block whose lines are being read."""
        language = root.attrib.get("lang", "")
        self.document = Node("Document", root, language=language, spoken=language)

    def sort(self, node: Node) -> None:
        """Put blocks in the order of the HTML: layout may have put them in another on the page."""
        nodes = [kid for kid in node.kids if isinstance(kid, Node)]
        if len(nodes) == len(node.kids):
            node.kids = [*sorted(nodes, key=lambda kid: kid.order)]

    def target(self, element: Any) -> Node:
        """The node that a link to `element` leads to: its own, the first inside, or around it."""
        inside = (self._first.get(each) for each in element.iter())
        found = next((node for node in inside if node is not None), None)
        while found is None and element is not None:
            element = self._parents.get(element)
            found = self._first.get(element)
        return found or self.document

    def split_paragraph(self, block: Any, by: Any) -> None:
        """Words of `block` after the block `by` inside it are a paragraph of their own."""
        self._runs[block] = self._order[by] + sum(1 for _ in by.iter()) - 0.5

    def node_for(self, element: Any) -> Node:
        """The node that an element's words and children belong to; made when it is not there."""
        if element is self.document.element:
            return self.document
        type_ = self._type(element)
        if not type_:
            return self.node_for(self._parents[element])
        node = self._child(element, "", type_, self._above(element, type_))
        if type_ == "LI":
            node = self._child(element, "LBody", "LBody", node)
            if element.attrib.get("role") == "doc-endnote":
                node = self._child(element, "Note", "FENote" if self._pdf2 else "Note", node)
        return node

    def label(self, element: Any) -> Node:
        """The label of a list item, before its body."""
        self.node_for(element)
        item = self._nodes[element, ""]
        if (element, "Lbl") not in self._nodes:
            label = self._nodes[element, "Lbl"] = Node("Lbl", element, item)
            self._first.setdefault(element, label)
            label.order, label.spoken = item.order, item.spoken
            item.kids.insert(0, label)
        return self._nodes[element, "Lbl"]

    def node_for_words(self, element: Any) -> Node:
        """Where words of `element` go, which stand in a line of the block that is being read."""
        node = self.node_for(element)
        return self._paragraph(node) if node.type in roles.GROUPING else node

    def _paragraph(self, group: Node) -> Node:
        """The paragraph for words of a group that stand in none."""
        start = self._runs.get(self.block, self._order[self.block] + 0.5)
        node = self._child(self.block, f"P {start}", "P", group)
        node.order = start
        return node

    def _type(self, element: Any) -> str:
        """The structure type of an element where it stands; empty when it is transparent."""
        type_ = self._types.get(element)
        if type_ is None:
            type_ = self._types[element] = self._type_of(element)
        return type_

    def _type_of(self, element: Any) -> str:
        role = roles.of(element)
        if role is None or self._within(element, "img"):
            return ""
        type_ = role.type(pdf2=self._pdf2)
        if type_ in {"L", "LI"} and self._within(element, "doc-toc"):
            return {"L": "TOC", "LI": "TOCI"}[type_]
        return type_

    def _above(self, element: Any, type_: str) -> Node:
        """The node that an element's own node stands in."""
        if type_ == "Link":
            return self._above_link(element)
        if type_ in {"Lbl", "LBody"}:
            return self._pair(element)
        parent = self.node_for(self._parents[element])
        if type_ in roles.PHRASES and parent.type in roles.GROUPING:
            return self._paragraph(parent)
        return parent

    def _above_link(self, element: Any) -> Node:
        """A link stands in a paragraph; one to a note, or in a table of contents, in a Reference.

        ISO 32000-1, table 338; ISO 32005 keeps Reference only for tables of contents.
        """
        parent = self.node_for(self._parents[element])
        if parent.type == "TOCI" or (
            element.attrib.get("role") == "doc-noteref" and not self._pdf2
        ):
            return self._child(element, "Reference", "Reference", parent)
        return self._paragraph(parent) if parent.type in roles.GROUPING else parent

    def _pair(self, element: Any) -> Node:
        """The list item that a term and its meaning share: their `div`, or the first `dt`."""
        parent = self._parents[element]
        if roles.name(parent) == "div":
            return self._child(parent, "LI", "LI", self.node_for(self._parents[parent]))
        return self._child(_first_of_pair(parent, element), "LI", "LI", self.node_for(parent))

    def _child(self, element: Any, part: str, type_: str, parent: Node) -> Node:
        node = self._nodes.get((element, part))
        if node is None:
            node = self._nodes[element, part] = Node(type_, element, parent)
            self._first.setdefault(element, node)
            node.order = self._order[element]
            self._tell_language(node, part)
            if not part or part == "Note":
                self._describe(node)
            parent.kids.append(node)
        return node

    def _tell_language(self, node: Node, part: str) -> None:
        """A term may be in another language than its meaning: the item that holds both is not."""
        above = node.parent.spoken if node.parent else ""
        shared = part == "LI" and roles.name(node.element) in {"dt", "dd"}
        node.spoken = above if shared else self._spoken(node.element)
        node.language = node.spoken if node.spoken != above else ""

    def _describe(self, node: Node) -> None:
        """What the element itself says: its id, alternative and long form."""
        attributes = node.element.attrib
        node.id = attributes.get("id", "") if node.type in {"Note", "FENote"} else ""
        if node.type == "Figure":
            node.alternative = alternative(node.element)
        if roles.name(node.element) == "abbr":
            node.expansion = attributes.get("title", "")

    def _spoken(self, element: Any) -> str:
        while element is not None:
            if language := element.attrib.get("lang"):
                return str(language)
            element = self._parents.get(element)
        return ""

    def _within(self, element: Any, role: str) -> bool:
        """Whether an ancestor has this `role`."""
        above = self._parents.get(element)
        while above is not None and above.attrib.get("role") != role:
            above = self._parents.get(above)
        return above is not None


def _first_of_pair(parent: Any, element: Any) -> Any:
    """The `dt` that begins the run of terms and meanings to which `element` belongs."""
    first, before = element, ""
    for child in parent:
        tag = roles.name(child)
        if tag == "dt" and before != "dt":
            first = child
        before = tag
        if child is element:
            break
    return first


def alternative(element: Any) -> str:
    """The words that stand for a picture; empty when there are none."""
    attributes = element.attrib
    words = attributes.get("alt") or attributes.get("aria-label") or ""
    if not words and roles.name(element) == "svg":
        titles = [child.text for child in element if roles.name(child) == "title" and child.text]
        words = titles[0] if titles else ""
    return " ".join(words.split())


def is_decorative(element: Any) -> bool:
    """Whether a picture says nothing: no words to put in its place, on purpose."""
    attributes = element.attrib
    hidden = attributes.get("aria-hidden") == "true" or attributes.get("role") == "presentation"
    return hidden or (roles.name(element) == "img" and attributes.get("alt") == "")
