"""Our structure tree in place of WeasyPrint's: one node an element, for a listener.

What stock WeasyPrint 70 does to a listener while validators stay green is in
`docs/upgrading-weasyprint.md`; every point of it has a test.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from leafpress.pdf.tags import roles, tables
from leafpress.pdf.tags.paint_order import arrange
from leafpress.pdf.tags.reading import Reading
from leafpress.pdf.tags.structure import Content, Node, alternative
from leafpress.translation.direction import bare, isolated
from leafpress.translation.language import Direction

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_LONGEST = 60
"""Characters of a part without a heading that are heard at a link to it."""


class Tagging:
    """Tags one document.

    Args:
        root: the `html` element.
        document: WeasyPrint's document. Its pages' links are cut down to one for each piece of
            an `<a>`: stock WeasyPrint adds one for each element inside it. The words of its
            bookmarks are made fit for their direction, since no markup is in them.
        link_words: what links say of themselves (`pages.render.Markup`).
    """

    def __init__(
        self, root: Any, document: Any, link_words: Mapping[str, str], *, pdf2: bool
    ) -> None:
        self.pdf2 = pdf2
        self._link_words = link_words
        self._direction: Direction = "rtl" if root.attrib.get("dir") == "rtl" else "ltr"
        self.reading = Reading(root, document.pages, pdf2=pdf2)
        self.tree = self.reading.tree
        self._by_id = {each.attrib["id"]: each for each in root.iter() if "id" in each.attrib}
        self._hrefs = {each.attrib.get("href", "") for each in root.iter()}
        for number, page in enumerate(document.pages):
            page.links[:] = [link for link in page.links if self._is_link(link)]
            page.bookmarks[:] = [self._in_order(bookmark) for bookmark in page.bookmarks]
            for _, _, _, box in page.links:
                node = self.tree.node_for(box.element)
                node.links.append((number, box))
                node.description = self._describe_link(box.element)
        self._complete()

    def artifact(self, box: Any) -> Any:
        """The properties of a box that no listener should hear; None for content."""
        import pydyf

        kind = self.reading.artifacts.get(box)
        if kind is None:
            return None
        names = {key: f"/{name}" for key, name in zip(("Type", "Subtype"), kind, strict=True)}
        return pydyf.Dictionary({key: name for key, name in names.items() if name != "/"})

    def add_tags(self, pdf: Any, _document: Any, _version: Any, streams: list[Any]) -> None:
        """Write the tree into a `pydyf.PDF` (`weasyprint.pdf.tags.add_tags`), and paint by it."""
        from leafpress.pdf.tags.tree_writer import TreeWriter

        pieces = [stream._tags for stream in streams]
        bookmarks = [self.tree.target(element) for element in self.reading.bookmarks]
        TreeWriter(pdf, pieces, pdf2=self.pdf2).write(self.tree.document, self.targets(), bookmarks)
        for stream in streams:
            arrange(stream)

    def targets(self) -> dict[str, Node]:
        """The node that a link to each id leads to."""
        wanted = {href[1:] for href in self._hrefs if href.startswith("#")}
        return {id_: self.tree.target(self._by_id[id_]) for id_ in wanted & self._by_id.keys()}

    def _in_order(self, bookmark: tuple[Any, str, Any, Any]) -> tuple[Any, str, Any, Any]:
        level, label, *where = bookmark
        return (level, isolated(label, self._direction), *where)

    def _is_link(self, link: tuple[str, str, Any, Any]) -> bool:
        kind, _, _, box = link
        own = roles.name(box.element) == "a" and box.element_tag == "a"
        return kind in {"internal", "external"} and own and box not in self.reading.artifacts

    def _describe_link(self, element: Any) -> str:
        """Where a link leads, in words of the document's language, which viewers show."""
        return isolated(bare(self._said_of_link(element)), self._direction)

    def _said_of_link(self, element: Any) -> str:
        """Where a link leads; a `title` goes before."""
        href, words = element.attrib["href"], words_of(element)
        kind, _, rest = href.partition(":")
        # A whole address is wretched to listen to; the site's name says whose words they are.
        there = rest.removeprefix("//").partition("/")[0]
        if href.startswith("#"):
            kind, there = "inside", self._title_of(href[1:])
        said = self._link_words.get(kind, "{}").format(there)
        if title := element.attrib.get("title"):
            return str(title)
        if there.casefold() in {words.casefold(), words.replace(" ", "")}:
            return self._link_words.get(kind, "{}").format(words)
        return said if words in {"", said} else f"{words}: {said}"

    def _title_of(self, id_: str) -> str:
        """The heading of a part, or how it begins."""
        element = self._by_id.get(id_)
        if element is None:
            return id_
        headings = [each for each in element.iter() if roles.name(each) in _HEADINGS]
        words = words_of(headings[0] if headings else element)
        return words if len(words) <= _LONGEST else words[:_LONGEST].rpartition(" ")[0] + " …"

    def _complete(self) -> None:
        """What needs the whole tree: tables, lists, notes and tables of contents."""
        nodes = self.tree.document.descend()
        for node in nodes:
            self.tree.sort(node)
        for number, table in enumerate((n for n in nodes if n.type == "Table"), start=1):
            sort_caption_first(table)
            tables.describe(table, number)
        for node in nodes:
            if node.type == "L":
                numbering = self.reading.numbering.get(node.element, "None")
                node.attributes["List"] = {"ListNumbering": _description(node) or numbering}
            elif self.pdf2 and (place := roles.TEXT_POSITIONS.get(roles.name(node.element))):
                node.attributes["Layout"] = {"TextPosition": place}
            elif node.type == "Sect":
                sort_caption_first(node)
        self._fields()
        self._refer(nodes)
        if self._direction == "rtl":
            self.tree.document.attributes["Layout"] = {"WritingMode": "RlTb"}

    def _fields(self) -> None:
        """What is printed to be written on, with its label (ISO 32000-1, 14.8.5.6).

        It is in the paragraph that is its label, after the words, or in its cell of a table. It
        has no content, since content would be what was written.
        """
        for element, field in self.reading.fields.items():
            node = self.tree.target(element)
            role = roles.PRINT_FIELDS[element.attrib[roles.FIELD]]
            form = Node("Form", element, node, spoken=node.spoken, page=field.page)
            form.attributes["PrintField"] = {"Role": role, "Desc": self._label(element, node)}
            form.attributes["Layout"] = {"BBox": field.box} if field.box else {}
            node.kids.append(form)

    def _label(self, element: Any, node: Node) -> str:
        """The words of a field's label: its own, or those of its cell's heads."""
        ids = node.attributes.get("Table", {}).get("Headers", [])
        heads = [head for head in self.tree.document.descend() if ids and head.id in ids]
        words = [words_of(head.element) for head in heads] or [words_of(element)]
        return ", ".join(words)

    def _refer(self, nodes: list[Node]) -> None:
        """Notes and what cites them know of each other; an entry of a table of contents, too."""
        targets = self.targets()
        for link in [node for node in nodes if node.type == "Link"]:
            target = targets.get(link.element.attrib["href"].removeprefix("#"))
            if target is None or link.parent is None:
                continue
            if link.element.attrib.get("role") == "doc-noteref":
                note = next((n for n in target.descend() if n.type in {"Note", "FENote"}), None)
                cites = link.parent if link.parent.type == "Reference" else link
                if note is not None:
                    note.id = note.id or link.element.attrib["href"].removeprefix("#")
                    cites.refs.append(note)
                    note.refs.append(cites)
            entry = link.parent.parent
            if entry is not None and entry.type == "TOCI":
                entry.refs.append(target)


def _description(node: Node) -> str:
    """A list of terms and meanings; PDF 2.0 has a name for it (ISO 32000-2, table 382)."""
    return "Description" if roles.name(node.element) == "dl" else ""


_ORDER = {"Caption": 0, "THead": 1, "TFoot": 3}
_BETWEEN = 2


def sort_caption_first(node: Node) -> None:
    """Put a caption before what it names (ISO 32005: first or last), and a table's foot last.

    Layout shows the foot of a table that is cut on its first page.
    """
    node.kids.sort(key=_place_in_order)


def _place_in_order(kid: Node | Content) -> int:
    return _ORDER.get(kid.type, _BETWEEN) if isinstance(kid, Node) else _BETWEEN


def words_of(element: Any) -> str:
    """The words inside an element, with what stands for its pictures; not those that lead back."""
    return " ".join("".join(_words(element)).split())


def _words(element: Any) -> Iterator[str]:
    if element.attrib.get("role") == "doc-backlink":
        return
    if roles.name(element) in {"img", "svg"}:
        yield alternative(element)
        return
    yield element.text or ""
    for child in element:
        name = roles.name(child)
        is_apart = name == "br" or roles.of(child) is not None
        gap = " " if is_apart and name not in _INSIDE else ""
        yield gap
        yield from _words(child)
        yield gap + (child.tail or "")


_INSIDE = frozenset({"a", "strong", "em", "sub", "sup", "span", "abbr", "q", "code", "i", "b"})
"""Elements with a role of their own between which and their neighbours no blank belongs."""
