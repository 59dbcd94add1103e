"""The entries of a structure element, put in order: type, ID, classes, language, namespace."""

from __future__ import annotations

from collections.abc import Collection

from pikepdf import Array, Dictionary, Name, String

from leafpress.joining.element_context import ElementContext
from leafpress.joining.part import Faults, Naming
from leafpress.joining.role_map import Classes, Roles
from leafpress.pdf_objects import (
    ObjectRef,
    dictionaries_at,
    dictionary_at,
    items_at,
    object_ref,
    text_at,
    value_at,
)

_HEADINGS = {"/H": "without", **{f"/H{level}": "with" for level in range(1, 7)}}
"""Headings with and without a number: a file must not mix them (ISO 14289-1, 7.4.4)."""


class ElementEntries:
    """Puts elements in order, and gathers what of them is listed for a whole tree.

    Args:
        pages: the references of the input's pages.
        faults: told what does not hold together.

    Attributes:
        headings: whether headings are `with` or `without` a number of their level.
        left: what is not carried, in words.
        namespaces: by reference, in the order in which they were met.
    """

    def __init__(
        self,
        naming: Naming,
        pages: Collection[ObjectRef],
        roles: Roles,
        classes: Classes,
        faults: Faults,
    ) -> None:
        self._naming, self._pages = naming, pages
        self._roles, self._classes, self._faults = roles, classes, faults
        self._ids: dict[bytes, Dictionary] = {}
        self._unnumbered: list[tuple[Dictionary, int]] = []
        self.headings: set[str] = set()
        self.left: set[str] = set()
        self.namespaces: dict[ObjectRef, Dictionary] = {}

    def put_in_order(self, element: Dictionary, context: ElementContext) -> None:
        """Mend one element, and note in `context` what holds for those below it."""
        keys = element.keys()
        if "/S" in keys:
            self._type(element, context)
        if "/NS" in keys:
            self._namespace(element)
        if "/Pg" in keys and object_ref(element.get("/Pg")) not in self._pages:
            del element["/Pg"]
        if "/ID" in keys:
            self._id(element)
        if "/A" in keys:
            self._header_cells(element)
        if "/C" in keys:
            self._class_names(element)
        if "/AF" in keys:
            del element["/AF"]
            self.left.add("files attached to tags")
        if "/Lang" in keys:
            self._language(element, context)

    def _type(self, element: Dictionary, context: ElementContext) -> None:
        """Its type may need another name; a heading is noted."""
        kind = element.get("/S")
        if not isinstance(kind, Name):
            return
        name = str(kind)
        renamed = name if "/NS" in element else self._roles.of(name)
        if renamed != name:
            element.S = Name(renamed)
        meaning = self._roles.meaning(name)
        if meaning in _HEADINGS:
            self.headings.add(_HEADINGS[meaning])
        if meaning == "/H":
            self._unnumbered.append((element, context.heading_level()))

    def _namespace(self, element: Dictionary) -> None:
        namespace = dictionary_at(element, "/NS")
        if namespace is None or not namespace.is_indirect:
            del element["/NS"]
            self._faults.add("a namespace that is none")
        else:
            self.namespaces[namespace.objgen] = namespace

    def _id(self, element: Dictionary) -> None:
        own = value_at(element, "/ID")
        if not isinstance(own, String):
            del element["/ID"]
            return
        name = self._naming.renamed(bytes(own))
        if name in self._ids:
            self._faults.add("an ID that stands twice")
        self._ids[name] = element
        if name != bytes(own):
            element.ID = String(name)

    def _header_cells(self, element: Dictionary) -> None:
        """Table cells name their header cells by ID (ISO 32000-1, table 349)."""
        for attributes in dictionaries_at(element, "/A"):
            if "/Headers" in attributes:
                headers = items_at(attributes, "/Headers")
                ids = [bytes(header) for header in headers if isinstance(header, String)]
                attributes.Headers = Array([String(self._naming.renamed(id_)) for id_ in ids])

    def _class_names(self, element: Dictionary) -> None:
        """Names of classes; the numbers between them, of revisions, say nothing here."""
        names = [str(item) for item in items_at(element, "/C") if isinstance(item, Name)]
        renamed = [self._classes.of(name) for name in names]
        element.C = Array([Name(name) for name in renamed if name])

    def _language(self, element: Dictionary, context: ElementContext) -> None:
        context.language = text_at(element, "/Lang")
        if not isinstance(element.get("/Lang"), String):
            del element["/Lang"]
            self._faults.add("a language that is not a text")

    def ids(self) -> list[object]:
        """IDs in order and the elements that have them, in turns, for the tree of IDs."""
        pairs: list[object] = []
        for name in sorted(self._ids):
            pairs += [String(name), self._ids[name]]
        return pairs

    def number_headings(self) -> int:
        """Give headings without a level (H) the type of theirs; how many there were."""
        if any("/NS" in element for element, _ in self._unnumbered):
            return 0  # what its namespace allows is not ours to say
        for element, level in self._unnumbered:
            element.S = Name(f"/H{level}")
        return len(self._unnumbered)
