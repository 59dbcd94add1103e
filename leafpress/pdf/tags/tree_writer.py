"""Writes a structure tree into a PDF (ISO 32000-1, 14.7; for PDF 2.0 ISO 32000-2, 14.7)."""

from __future__ import annotations

from typing import Any

from leafpress.pdf.tags import roles
from leafpress.pdf.tags.paint_order import PaintedPiece
from leafpress.pdf.tags.structure import Content, Node


class TreeWriter:
    """Writes one tree.

    Args:
        pdf: a `pydyf.PDF` whose pages and annotations are there.
        pieces: for each page, what is painted of each box. Each gets its number (MCID) here, in
            reading order.
    """

    def __init__(self, pdf: Any, pieces: list[dict[Any, PaintedPiece]], *, pdf2: bool) -> None:
        import pydyf

        self._pydyf, self._pdf, self._pdf2 = pydyf, pdf, pdf2
        self._pieces = pieces
        self._pages = pdf.page_references
        self._elements: dict[Node, Any] = {}
        self._on: dict[Node, set[int]] = {}
        """The pages that each written node stands on."""
        self._owners: list[list[Any]] = [[] for _ in pieces]
        """For each page, the element of each number."""
        self._annotations: list[Any] = []
        self._ids: dict[str, Any] = {}
        self._pdf2_namespace: Any = None

    def write(self, document: Node, targets: dict[str, Node], bookmarks: list[Node]) -> None:
        """Write the tree, and make links lead to `targets` by id, and bookmarks to theirs."""
        root = self._add({"Type": "/StructTreeRoot"})
        self._namespace(root)
        root["K"] = self._pydyf.Array([self._element(document, root).reference])
        for node, element in tuple(self._elements.items()):
            refs = [self._written(each).reference for each in node.refs]
            if refs:
                element["Ref"] = self._pydyf.Array(refs)
        self._index(root)
        self._lead_links(targets)
        self._lead_bookmarks(bookmarks)
        self._describe_document(root)

    def _add(self, entries: dict[str, Any]) -> Any:
        thing = self._pydyf.Dictionary(entries)
        self._pdf.add_object(thing)
        return thing

    def _namespace(self, root: Any) -> None:
        if self._pdf2:
            from leafpress.pdf_objects import PDF2_NAMESPACE  # brings pikepdf with it

            name = self._pydyf.String(PDF2_NAMESPACE)
            namespace = self._add({"Type": "/Namespace", "NS": name})
            root["Namespaces"] = self._pydyf.Array([namespace.reference])
            self._pdf2_namespace = namespace.reference

    def _element(self, node: Node, parent: Any) -> Any:
        element = self._elements[node] = self._add({"Type": "/StructElem", "S": f"/{node.type}"})
        element["P"] = parent.reference
        if self._pdf2_namespace and node.type in roles.PDF2_ONLY:
            element["NS"] = self._pdf2_namespace
        self._properties(node, element)
        kids = self._pydyf.Array()
        for kid in node.kids:
            kids.extend(self._kid(kid, element))
        for page, box in node.links:
            if box.link_annotation is None:  # its target is missing: WeasyPrint said so (P002)
                continue
            kids.append(self._annotation(node, element, page, box.link_annotation))
        if kids:
            element["K"] = kids
        self._name_page(node, element)
        return element

    def _name_page(self, node: Node, element: Any) -> None:
        """Name the page of an element that stands on one page (ISO 32000-1, table 323)."""
        pages = self._on[node] = {
            page for page, box in node.links if box.link_annotation is not None
        }
        for kid in node.kids:
            if isinstance(kid, Node):
                pages |= self._on.get(kid, set())
            elif kid.box in self._pieces[kid.page]:
                pages.add(kid.page)
        if node.page is not None:
            pages.add(node.page)
        if len(pages) == 1:
            element["Pg"] = self._pages[min(pages)]

    def _kid(self, kid: Node | Content, element: Any) -> list[Any]:
        if isinstance(kid, Node):
            return [self._element(kid, element).reference] if self._is_worth(kid) else []
        piece = self._pieces[kid.page].get(kid.box)
        if piece is None:
            return []
        owners = self._owners[kid.page]
        mcid = piece.number(len(owners))
        owners.append(element.reference)
        page = self._pages[kid.page]
        if element.setdefault("Pg", page) == page:
            return [mcid]
        return [self._pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": mcid})]

    def _is_worth(self, node: Node) -> bool:
        """Whether a node says something; a cell of a table, or a field, says that it is empty."""
        if node.type in roles.TABLE_PARTS or node.links or node.page is not None:
            return True
        return any(
            self._is_worth(kid) if isinstance(kid, Node) else kid.box in self._pieces[kid.page]
            for kid in node.kids
        )

    def _properties(self, node: Node, element: Any) -> None:
        words = {"Lang": node.language, "Alt": node.alternative, "E": node.expansion}
        for key, value in words.items():
            if value:
                element[key] = self._pydyf.String(value)
        if node.id:
            element["ID"] = self._pydyf.String(node.id)
            self._ids[node.id] = element.reference
        attributes = [self._attribute(*each) for each in node.attributes.items() if each[1]]
        if attributes:
            element["A"] = self._pydyf.Array(attributes)

    def _attribute(self, owner: str, values: dict[str, Any]) -> Any:
        attribute = self._pydyf.Dictionary({"O": f"/{owner}"})
        for key, value in values.items():
            attribute[key] = self._value(key, value)
        return attribute

    def _value(self, key: str, value: Any) -> Any:
        if key == "Headers":  # byte strings: ids of elements; all other words are names
            return self._pydyf.Array([self._pydyf.String(each) for each in value])
        if key == "Desc":
            return self._pydyf.String(value)
        if isinstance(value, list):
            return self._pydyf.Array(value)
        return f"/{value}" if isinstance(value, str) else value

    def _annotation(self, node: Node, element: Any, page: int, annotation: Any) -> Any:
        annotation["Contents"] = self._pydyf.String(node.description)
        annotation["StructParent"] = len(self._pieces) + len(self._annotations)
        self._annotations.append(element.reference)
        reference = {"Type": "/OBJR", "Obj": annotation.reference, "Pg": self._pages[page]}
        return self._pydyf.Dictionary(reference)

    def _index(self, root: Any) -> None:
        """The parent tree, and the tree of ids (ISO 32000-1, 14.7.4.4 and 14.7.2)."""
        numbers = self._pydyf.Array()
        for page, owners in enumerate(self._owners):
            numbers.extend([page, self._pydyf.Array(owners)])
        for index, reference in enumerate(self._annotations, start=len(self._owners)):
            numbers.extend([index, reference])
        root["ParentTree"] = self._add({"Nums": numbers}).reference
        root["ParentTreeNextKey"] = len(self._owners) + len(self._annotations)
        if self._ids:
            names = self._pydyf.Array()
            for id_ in sorted(self._ids):
                names.extend([self._pydyf.String(id_), self._ids[id_]])
            root["IDTree"] = self._add({"Names": names}).reference

    def _lead_links(self, targets: dict[str, Node]) -> None:
        """Links inside the document lead to elements; readers that know only pages, to pages."""
        names = self._pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
        places = {name.string: place for name, place in zip(names[::2], names[1::2], strict=True)}
        for node in self._elements:
            for _, box in node.links:
                name = (box.link_annotation or {}).pop("Dest", None)
                if name is not None:
                    target = self._written(targets[name.string])
                    action = self._go_to(target, name, places[name.string])
                    box.link_annotation["A"] = action

    def _lead_bookmarks(self, nodes: list[Node]) -> None:
        marks = [each for each in self._pdf.objects if isinstance(each, dict) and _is_mark(each)]
        for node, mark in zip(nodes, marks, strict=True):
            element = self._written(node)
            place = mark.pop("Dest")
            mark["SE"] = element.reference
            mark["A"] = self._go_to(element, place, place)

    def _written(self, node: Node) -> Any:
        """The element of a node, or of the nearest one around it that says something."""
        while node not in self._elements and node.parent is not None:
            node = node.parent
        return self._elements[node]

    def _go_to(self, element: Any, place: Any, coordinates: Any) -> Any:
        """A GoTo action with a structure destination (ISO 32000-2, 12.6.4.2 and 12.3.2.3)."""
        structure = self._pydyf.Array([element.reference, *coordinates[1:]])
        return self._pydyf.Dictionary({"S": "/GoTo", "D": place, "SD": structure})

    def _describe_document(self, root: Any) -> None:
        catalog, dictionary = self._pdf.catalog, self._pydyf.Dictionary
        catalog["StructTreeRoot"] = root.reference
        catalog["MarkInfo"] = dictionary({"Marked": "true"})
        catalog["ViewerPreferences"] = dictionary({"DisplayDocTitle": "true"})
        decimal = dictionary({"S": "/D"})
        catalog["PageLabels"] = dictionary({"Nums": self._pydyf.Array([0, decimal])})


def _is_mark(thing: Any) -> bool:
    return "Title" in thing and "Dest" in thing
