"""Pages and annotations: what travels with a page, and what stays behind, named."""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name

from leafpress.pdf_objects import ObjectRef, dictionaries_at, dictionary_at, name_at, object_ref

PAGE_KEYS = frozenset(
    [
        *("/Type", "/Resources", "/Contents", "/Annots", "/StructParents", "/Tabs", "/Rotate"),
        *("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/UserUnit", "/Group"),
        "/OutputIntents",
    ]
)
"""What a page keeps (ISO 32000-1, table 30; OutputIntents since PDF 2.0)."""

NAMED = {
    "/AA": "actions that run by themselves (AA)",
    "/PieceInfo": "a program's private data (PieceInfo)",
    "/AF": "embedded files",
}
"""What is left behind and said to be; other keys say nothing to a reader."""

LIVELESS = {
    "/FileAttachment": "embedded files",
    "/Movie": "a film",
    "/Sound": "a sound",
    "/RichMedia": "a film or sound",
    "/3D": "a model in 3D",
}
"""Annotations that are not carried: no standard of ours allows them. An attached file's icon stays
where it has a look of its own (`_without_file`); viewers draw the others as they like."""

ICON_KEYS = frozenset(
    [
        *("/Type", "/Subtype", "/Rect", "/Contents", "/P", "/F", "/AP", "/AS", "/NM", "/M"),
        *("/StructParent", "/OC", "/Lang"),
    ]
)
"""What an icon keeps whose file is left behind (ISO 32000-1, table 164)."""


class PageContents:
    """The pages of one input, and the annotations on them.

    Args:
        pdf: the input, in which annotations that are written in place become objects.
        pages: in order.

    Attributes:
        pages: by reference.
        annotations: those that stay, each with its page.
        live: the references of annotations that stay.
        dropped: the references of those that do not.
        left: what is not carried, in words.
    """

    def __init__(self, pdf: pikepdf.Pdf, pages: Sequence[Dictionary]) -> None:
        self._pdf = pdf
        self.pages: dict[ObjectRef, Dictionary] = {page.objgen: page for page in pages}
        self.annotations: list[tuple[Dictionary, Dictionary]] = []
        self.live: set[ObjectRef] = set()
        self.dropped: set[ObjectRef] = set()
        self.left: set[str] = set()

    def sort(self) -> None:
        """Leave behind what pages do not keep, and tell which annotations stay."""
        for page in self.pages.values():
            for key in page.keys() - PAGE_KEYS:
                if key in NAMED:
                    self.left.add(NAMED[key])
                del page[key]
            page.Type = Name.Page
            if "/Annots" in page:
                self._sort_annotations(page)

    def tab_in_order(self) -> None:
        """Make the Tab key follow the reading order, also where a program forgot to say so."""
        for page in self.pages.values():
            if "/Annots" in page:
                page.Tabs = Name.S

    def _sort_annotations(self, page: Dictionary) -> None:
        kept: list[Dictionary] = []
        for entry in dictionaries_at(page, "/Annots"):
            if object_ref(entry) in self.live:
                continue
            annotation = entry if entry.is_indirect else self._pdf.make_indirect(entry)
            self._without_file(annotation)
            subtype = name_at(annotation, "/Subtype")
            if subtype in LIVELESS:
                self.left.add(LIVELESS[subtype])
                self.dropped.add(annotation.objgen)
            else:
                kept.append(annotation)
                self.live.add(annotation.objgen)
                self.annotations.append((annotation, page))
        if kept:
            page.Annots = Array(kept)
        else:
            del page["/Annots"]

    def _without_file(self, annotation: Dictionary) -> None:
        """Keep the icon of an attached file where it has a look: the page looks as it did."""
        look = dictionary_at(annotation, "/AP")
        if annotation.get("/Subtype") != "/FileAttachment" or look is None or "/N" not in look:
            return
        self.left.add(LIVELESS["/FileAttachment"])
        annotation.Subtype = Name.Stamp
        for key in annotation.keys() - ICON_KEYS:
            del annotation[key]


def left_by_the_root(root: pikepdf.Object) -> set[str]:
    """What of a document's root is not carried, in words."""
    left = {words for key, words in NAMED.items() if key in root}
    names = dictionary_at(root, "/Names")
    if names is not None and "/JavaScript" in names:
        left.add("JavaScript")
    if names is not None and "/EmbeddedFiles" in names:
        left.add("embedded files")
    action = dictionary_at(root, "/OpenAction")
    if action is not None:
        runs_code = action.get("/S") == "/JavaScript"
        left.add("JavaScript" if runs_code else "what happens on opening")
    form = dictionary_at(root, "/AcroForm")
    if form is not None and "/XFA" in form:
        left.add("an XFA form (the plain form inside it is kept)")
    return left
