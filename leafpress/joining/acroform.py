"""Form fields (AcroForm, ISO 32000-1, 12.7.2): an input's, and one form for all parts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from pikepdf import Array, Dictionary, Object, String

from leafpress.findings import Finding, Span
from leafpress.joining.actions import ActionCleaner
from leafpress.joining.part import Naming, PlacedPart
from leafpress.pdf_objects import (
    IN_PLACE,
    ObjectRef,
    dictionaries_at,
    dictionary_at,
    entries_of,
    object_ref,
    value_at,
)
from leafpress.rules import finding

_FONT_OF = re.compile(rb"/([^\s/\[\]<>()]+)(?=\s)")
"""A font's name in a default appearance: `/Helv 11 Tf` (ISO 32000-1, 12.7.3.3)."""


def input_form(
    root: Object, naming: Naming, cleaner: ActionCleaner, live: Collection[ObjectRef]
) -> Dictionary | None:
    """The input's form: its topmost fields, and the fonts that they use; None without fields.

    Args:
        root: the input's.
        cleaner: puts in order what fields do.
        live: the references of annotations that stay, and are in order already.
    """
    form = dictionary_at(root, "/AcroForm")
    fields = [field for field in dictionaries_at(form, "/Fields") if field.is_indirect]
    for field in _all_fields(dictionaries_at(form, "/Fields")):
        if object_ref(field) not in live:
            cleaner.clean(field)
    if form is None or not fields:
        return None
    kept = Dictionary(Fields=Array(fields))
    resources = dictionary_at(form, "/DR")
    if resources is not None:
        kept.DR = resources
    for field in fields:
        for key in ("/DA", "/Q"):
            if key in form and key not in field:
                field[key] = form[key]
    if not naming.is_letter:
        _rename_fonts(kept, naming.tag)
    if value_at(form, "/NeedAppearances") is True:
        kept.NeedAppearances = True
    return kept


def _all_fields(topmost: Sequence[Dictionary]) -> Iterator[Dictionary]:
    """Fields and all below them, each once; those that are written in place cannot come again."""
    waiting, seen = list(topmost), set[ObjectRef]()
    while waiting:
        field = waiting.pop()
        ref = object_ref(field)
        if ref in seen:
            continue
        if ref != IN_PLACE:
            seen.add(ref)
        yield field
        waiting += dictionaries_at(field, "/Kids")


def _rename_fonts(form: Dictionary, tag: str) -> None:
    """Give a leaflet's form fonts names of their own: `/Helv` may be another font in the letter."""
    fonts = dictionary_at(dictionary_at(form, "/DR"), "/Font")
    if fonts is None:
        return
    form.DR.Font = Dictionary({f"{key}-{tag}": font for key, font in fonts.items()})
    for field in _all_fields(dictionaries_at(form, "/Fields")):
        appearance = field.get("/DA")
        if isinstance(appearance, String):
            renamed = _FONT_OF.sub(rb"/\1-" + tag.encode(), bytes(appearance))
            field.DA = String(renamed)


def distinct_names(parts: Sequence[PlacedPart], avoided: Collection[str]) -> Iterator[Finding]:
    """Give fields whose names are `avoided` or taken other ones, and tell of each (E018)."""
    taken = set(avoided)
    for placed in parts:
        fields = dictionaries_at(dictionary_at(placed.holder, "/Form"), "/Fields")
        for field, name in zip(fields, placed.part.fields, strict=True):
            free = _free(name, taken)
            taken.add(free)
            if free != name:
                field.T = String(free)
                yield finding("E018", Span(placed.part.facts.name), field=name, new=free)


def _free(name: str, taken: Collection[str]) -> str:
    if name not in taken:
        return name
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"


def joined_form(holders: Sequence[Dictionary]) -> Dictionary | None:
    """One form for all parts, from their holders; None where no part has one."""
    forms = [holder.Form for holder in holders if "/Form" in holder]
    if not forms:
        return None
    fields = [field for form in forms for field in form.Fields]
    joined = Dictionary(Fields=Array(fields))
    resources = [dictionary_at(form, "/DR") for form in forms if "/DR" in form]
    if resources:
        joined.DR = _joined_resources(resources)
    if any("/NeedAppearances" in form for form in forms):
        joined.NeedAppearances = True
    return joined


def _joined_resources(resources: Sequence[Dictionary | None]) -> Dictionary:
    """The letter's resources before the leaflets'; of fonts all, since their names differ."""
    joined: dict[str, object] = {}
    fonts: dict[str, object] = {}
    for own in resources:
        joined = entries_of(own) | joined
        fonts |= entries_of(dictionary_at(own, "/Font"))
    return Dictionary({**joined, "/Font": Dictionary(fonts)})
