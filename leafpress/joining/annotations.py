"""Pages, annotations and actions: what travels with a page, and what stays behind, named."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from leafpress.joining.limits import entry, key_of, listed
from leafpress.joining.part import Part

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
"""Annotations that are not carried: no standard of ours allows them. An attached file's mark stays
where it has a look of its own (`_without_file`); viewers draw the others as they like."""

MARK_KEYS = frozenset(
    [
        *("/Type", "/Subtype", "/Rect", "/Contents", "/P", "/F", "/AP", "/AS", "/NM", "/M"),
        *("/StructParent", "/OC", "/Lang"),
    ]
)
"""What a mark keeps whose file is left behind (ISO 32000-1, table 164)."""

ACTIONS = frozenset(["/GoTo", "/URI", "/Named"])
"""Actions that links and bookmarks may keep."""

Key = tuple[int, int]


class Baggage:
    """The pages of one input.

    Args:
        live: the keys of annotations that stay.
        dropped: the keys of those that do not.
    """

    def __init__(self, pdf: pikepdf.Pdf, part: Part) -> None:
        self._pdf, self._part = pdf, part
        self._pages = {key_of(page) for page in part.holder.Pages}
        self.live: set[Key] = set()
        self.dropped: set[Key] = set()
        self.annotations: list[tuple[Any, Any]] = []

    def sort_pages(self) -> None:
        """Leave behind what pages do not keep, and tell which annotations stay."""
        for page in self._part.holder.Pages:
            for key in page.keys() - PAGE_KEYS:
                self._leave(NAMED.get(key))
                del page[key]
            page.Type = Name.Page
            if "/Annots" in page:
                self._sort_annotations(page)

    def _sort_annotations(self, page: Any) -> None:
        kept: list[Any] = []
        for each in listed(page.get("/Annots")):
            if not isinstance(each, Dictionary) or key_of(each) in self.live:
                continue
            found = each if each.is_indirect else self._pdf.make_indirect(each)
            self._without_file(found)
            subtype = found.get("/Subtype")
            if isinstance(subtype, Name) and str(subtype) in LIVELESS:
                self._leave(LIVELESS[str(subtype)])
                self.dropped.add(key_of(found))
            else:
                kept.append(found)
                self.live.add(key_of(found))
                self.annotations.append((found, page))
        if kept:
            page.Annots = Array(kept)
        else:
            del page["/Annots"]

    def _without_file(self, annotation: Any) -> None:
        """Keep the mark of an attached file where it has a look: the page looks as it did."""
        look = entry(annotation, "/AP")
        if annotation.get("/Subtype") == "/FileAttachment" and look is not None and "/N" in look:
            self._leave(LIVELESS["/FileAttachment"])
            annotation.Subtype = Name.Stamp
            for key in annotation.keys() - MARK_KEYS:
                del annotation[key]

    def clean(self, names: dict[bytes, bytes], elements: set[Key]) -> None:
        """Put every annotation's actions and destinations in order."""
        self._names, self._elements = names, elements
        for annotation, page in self.annotations:
            self.clean_holder(annotation)
            if "/P" in annotation and key_of(annotation.get("/P")) != key_of(page):
                annotation.P = page

    def clean_holder(self, thing: Any) -> None:
        """Put in order what an annotation, field or bookmark leads to."""
        keys = thing.keys()
        for key in ("/AA", "/PieceInfo", "/AF"):
            if key in keys:
                self._leave(NAMED[key])
                del thing[key]
        if "/Dest" in keys:
            self._put(thing, "/Dest", self.place(thing["/Dest"]))
        if "/PA" in keys:
            del thing["/PA"]
        if "/A" in keys:
            self._put(thing, "/A", self._action(thing["/A"]))
        if "/SE" in keys and key_of(thing.get("/SE")) not in self._elements:
            del thing["/SE"]

    def _put(self, thing: Any, key: str, value: Any) -> None:
        if value is None:
            del thing[key]
        else:
            thing[key] = value

    def _action(self, action: Any) -> Any:
        kind = action.get("/S") if isinstance(action, Dictionary) else None
        if not isinstance(kind, Name) or str(kind) not in ACTIONS:
            what = str(kind)[1:] if isinstance(kind, Name) else "unknown"
            self._leave("JavaScript" if what == "JavaScript" else f"actions ({what[:20]})")
            return None
        if "/Next" in action:
            self._leave("actions that follow others")
            del action["/Next"]
        if kind == "/GoTo":
            return self._go_to(action)
        return action

    def _go_to(self, action: Any) -> Any:
        place = self.place(action.get("/D"))
        if place is None:
            return None
        action.D = place
        structure = listed(action.get("/SD"))
        if structure and key_of(structure[0]) not in self._elements:
            del action["/SD"]
        return action

    def place(self, value: Any) -> Any:
        """A destination in the joined file's terms; None if it leads nowhere."""
        if isinstance(value, Name | String):
            name = str(value)[1:].encode() if isinstance(value, Name) else bytes(value)
            new = self._names.get((b"/" if isinstance(value, Name) else b"") + name)
            return None if new is None else String(new)
        if isinstance(value, Array) and len(value) and key_of(value[0]) in self._pages:
            return value
        return None

    def fields(self, form: Any) -> list[Any]:
        """The topmost fields of a form, every field below them put in order."""
        top = [each for each in listed(form.get("/Fields")) if isinstance(each, Dictionary)]
        waiting, seen = list(top), set()
        while waiting:
            field = waiting.pop()
            if not isinstance(field, Dictionary) or key_of(field) in seen:
                continue
            seen.add(key_of(field))
            if key_of(field) not in self.live:
                self.clean_holder(field)
            waiting += listed(field.get("/Kids"))
        return [each for each in top if each.is_indirect]

    def _leave(self, what: str | None) -> None:
        if what:
            self._part.left.add(what)


def catalogue_leaves(root: Any) -> set[str]:
    """What of a catalogue is not carried, in words."""
    left = {words for key, words in NAMED.items() if key in root}
    names = entry(root, "/Names")
    if names is not None and "/JavaScript" in names:
        left.add("JavaScript")
    if names is not None and "/EmbeddedFiles" in names:
        left.add("embedded files")
    action = entry(root, "/OpenAction")
    if action is not None:
        left.add("JavaScript" if action.get("/S") == "/JavaScript" else "what happens on opening")
    form = entry(root, "/AcroForm")
    if form is not None and "/XFA" in form:
        left.add("an XFA form (the plain form inside it is kept)")
    return left
