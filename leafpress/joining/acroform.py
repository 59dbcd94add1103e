"""Form fields (AcroForm, ISO 32000-1, 12.7.2): an input's, and one form for all parts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

import pikepdf
from pikepdf import Array, Dictionary, String

from leafpress.findings import Finding, Span
from leafpress.joining.actions import ActionCleaner
from leafpress.joining.annotations import PageContents
from leafpress.joining.field_trees import FORM_KEYS, all_fields, chain, inherited
from leafpress.joining.part import Naming, PlacedPart
from leafpress.pdf_objects import (
    ObjectRef,
    dictionaries_at,
    dictionary_at,
    entries_of,
    name_at,
    object_ref,
    value_at,
)
from leafpress.rules import finding

_FONT_OF = re.compile(rb"/([^\s/\[\]<>()]+)(?=\s)")
"""A font's name in a default appearance: `/Helv 11 Tf` (ISO 32000-1, 12.7.3.3)."""


def input_form(
    pdf: pikepdf.Pdf, naming: Naming, cleaner: ActionCleaner, contents: PageContents
) -> Dictionary | None:
    """The input's form: its topmost fields, and the fonts that they use; None without fields.

    Fields that hang on the pages only are fields like all others: readers show and fill them.

    Args:
        pdf: the input, in which fields that are written in place become objects.
        cleaner: puts in order what fields do.
        contents: its pages; the annotations that stay are in order already.
    """
    form = dictionary_at(pdf.Root, "/AcroForm")
    fields = [_indirect(pdf, field) for field in dictionaries_at(form, "/Fields")]
    _adopt(fields, contents)
    for field in all_fields(fields):
        if object_ref(field) not in contents.live:
            cleaner.clean(field)
    if not fields:
        return None
    kept = Dictionary(Fields=Array(fields))
    resources = dictionary_at(form, "/DR")
    if resources is not None:
        kept.DR = resources
    for field in fields:
        for key, value in entries_of(form).items():
            if key in FORM_KEYS and key not in field:
                field[key] = value
    if not naming.is_letter:
        _rename_fonts(kept, naming.tag)
    if value_at(form, "/NeedAppearances") is True:
        kept.NeedAppearances = True
    return kept


def _indirect(pdf: pikepdf.Pdf, field: Dictionary) -> Dictionary:
    return field if field.is_indirect else pdf.make_indirect(field)


def _adopt(fields: list[Dictionary], contents: PageContents) -> None:
    """Add to the topmost `fields` those that only a page leads to, by their widgets."""
    known = {object_ref(field) for field in all_fields(fields)}
    kids: dict[ObjectRef, set[ObjectRef]] = {}
    topmost: dict[ObjectRef, Dictionary] = {}
    for widget, _ in contents.annotations:
        if widget.objgen in known or not _is_field(widget):
            continue
        nodes = [node for node in chain(widget) if node.is_indirect]
        for below, above in pairwise(nodes):
            _hang(below, above, kids)
        topmost.setdefault(nodes[-1].objgen, nodes[-1])
    fields += [field for ref, field in topmost.items() if ref not in known]


def _is_field(annotation: Dictionary) -> bool:
    """Whether an annotation shows a field: has its type or its name, or inherits it."""
    if name_at(annotation, "/Subtype") != "/Widget":
        return False
    return any(inherited(annotation, key) is not None for key in ("/FT", "/T"))


def _hang(below: Dictionary, above: Dictionary, kids: dict[ObjectRef, set[ObjectRef]]) -> None:
    """Let a field name the one that names it as its parent; `kids` are those known by parent."""
    if above.objgen not in kids:
        own = dictionaries_at(above, "/Kids")
        kids[above.objgen] = {object_ref(kid) for kid in own}
        above.Kids = Array(own)
    if below.objgen not in kids[above.objgen]:
        kids[above.objgen].add(below.objgen)
        above.Kids.append(below)


def _rename_fonts(form: Dictionary, tag: str) -> None:
    """Give a leaflet's form fonts names of their own: `/Helv` may be another font in the letter."""
    fonts = dictionary_at(dictionary_at(form, "/DR"), "/Font")
    if fonts is None:
        return
    form.DR.Font = Dictionary({f"{key}-{tag}": font for key, font in fonts.items()})
    for field in all_fields(dictionaries_at(form, "/Fields")):
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
