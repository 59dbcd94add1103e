"""What annotations, fields and bookmarks do and lead to, in the joined file's terms."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from pikepdf import Array, Dictionary, Name, Object, String

from leafpress.joining.annotations import NAMED
from leafpress.pdf_objects import ObjectRef, dictionary_at, items_at, name_at, object_ref, value_at

ACTIONS = frozenset(["/GoTo", "/URI", "/Named"])
"""Actions that links and bookmarks may keep."""


def leads_to_a_page(value: object, pages: Collection[ObjectRef]) -> bool:
    """Whether `value` is a destination on one of `pages` (ISO 32000-1, 12.3.2.2)."""
    return isinstance(value, Array) and len(value) > 0 and object_ref(value[0]) in pages


def destination_name(value: Name | String) -> bytes:
    """The name of a destination as `Destinations` keeps it: old ones (names) with a slash."""
    return str(value).encode() if isinstance(value, Name) else bytes(value)


class ActionCleaner:
    """Puts in order what things do and lead to.

    Args:
        pages: the references of the input's pages.
        renamed: its named destinations, old and new, by what they are called in the joined file.
        elements: the references of its structure elements.

    Attributes:
        left: what is not carried, in words.
    """

    def __init__(
        self,
        pages: Collection[ObjectRef],
        renamed: Mapping[bytes, bytes],
        elements: Collection[ObjectRef],
    ) -> None:
        self._pages, self._renamed, self._elements = pages, renamed, elements
        self.left: set[str] = set()

    def clean_annotations(self, annotations: Iterable[tuple[Dictionary, Dictionary]]) -> None:
        """Put annotations in order, each with its page."""
        for annotation, page in annotations:
            self.clean(annotation)
            if "/P" in annotation and object_ref(annotation.get("/P")) != page.objgen:
                annotation.P = page

    def clean(self, thing: Dictionary) -> None:
        """Put an annotation, a field or a bookmark in order."""
        keys = thing.keys()
        for key, words in NAMED.items():
            if key in keys:
                self.left.add(words)
                del thing[key]
        if "/Dest" in keys:
            _put(thing, "/Dest", self._destination(thing.get("/Dest")))
        if "/PA" in keys:
            del thing["/PA"]
        if "/A" in keys:
            _put(thing, "/A", self._action(dictionary_at(thing, "/A")))
        if "/SE" in keys and object_ref(thing.get("/SE")) not in self._elements:
            del thing["/SE"]

    def _action(self, action: Dictionary | None) -> Dictionary | None:
        kind = name_at(action, "/S")
        if action is None or kind not in ACTIONS:
            self.left.add(_words(kind))
            return None
        if "/Next" in action:
            self.left.add("actions that follow others")
            del action["/Next"]
        return self._go_to(action) if kind == "/GoTo" else action

    def _go_to(self, action: Dictionary) -> Dictionary | None:
        destination = self._destination(value_at(action, "/D"))
        if destination is None:
            return None
        action.D = destination
        structure = items_at(action, "/SD")
        if structure and object_ref(structure[0]) not in self._elements:
            del action["/SD"]
        return action

    def _destination(self, value: object) -> Object | None:
        """A destination in the joined file's terms; None if it leads nowhere."""
        if isinstance(value, Name | String):
            name = self._renamed.get(destination_name(value))
            return None if name is None else String(name)
        if isinstance(value, Array) and leads_to_a_page(value, self._pages):
            return value
        return None


def _words(kind: str) -> str:
    """How an action that is not carried is called in messages."""
    if kind == "/JavaScript":
        return "JavaScript"
    return f"actions ({kind[1:21] or 'unknown'})"


def _put(thing: Dictionary, key: str, value: Object | None) -> None:
    if value is None:
        del thing[key]
    else:
        thing[key] = value
