"""Fields of forms (ISO 32000-1, 12.7.3): trees whose nodes inherit from those above them.

A field's type, value, look and flags may stand on any node above it, and a field need not be
listed by the form at all: it may hang on the page only, as its widget. Who asks one node, or
the list alone, misses what every reader shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pikepdf import Dictionary, Object

from leafpress.joining.limits import DEEP
from leafpress.pdf_objects import (
    IN_PLACE,
    ObjectRef,
    dictionaries_at,
    dictionary_at,
    name_at,
    object_ref,
)

FORM_KEYS = ("/DA", "/Q")
"""What a topmost field inherits from the form itself (ISO 32000-1, table 222)."""

_NO_FIELDS = frozenset({"/Page", "/Pages", "/Catalog", "/StructElem", "/StructTreeRoot"})
"""What some programs name as a field's parent, and what a field must never be hung on."""


def chain(field: Dictionary) -> list[Dictionary]:
    """A field and the nodes above it, up to the topmost; a circle ends where it begins again."""
    nodes = [field]
    seen = {object_ref(field)}
    while len(nodes) <= DEEP:
        parent = dictionary_at(nodes[-1], "/Parent")
        if parent is None or object_ref(parent) in seen or name_at(parent, "/Type") in _NO_FIELDS:
            break
        seen |= {object_ref(parent)} - {IN_PLACE}
        nodes.append(parent)
    return nodes


def inherited(field: Dictionary, key: str) -> Object | None:
    """What a field has at `key`: its own, or that of the nearest node above; None without."""
    for node in chain(field):
        if key in node:
            return node[key]
    return None


def all_fields(topmost: Sequence[Dictionary]) -> Iterator[Dictionary]:
    """Fields and all below them, each once; those that are written in place cannot come again."""
    for field, _ in with_values(topmost, ()):
        yield field


def with_values(
    topmost: Sequence[Dictionary], keys: Sequence[str]
) -> Iterator[tuple[Dictionary, dict[str, Object]]]:
    """Fields and all below them, each once, with what they have or inherit at `keys`."""
    waiting: list[tuple[Dictionary, dict[str, Object]]] = [(field, {}) for field in topmost]
    seen = set[ObjectRef]()
    while waiting:
        field, above = waiting.pop()
        ref = object_ref(field)
        if ref in seen:
            continue
        seen |= {ref} - {IN_PLACE}
        own = {key: field[key] for key in keys if key in field}
        values = above | own
        yield field, values
        waiting += [(kid, values) for kid in dictionaries_at(field, "/Kids")]
