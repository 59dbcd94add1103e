"""What a catalogue holds besides pages and tags: form fields, layers and output intents."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, String

from leafpress.findings import Finding, Span
from leafpress.joining.annotations import Baggage
from leafpress.joining.limits import entry, listed, words
from leafpress.joining.part import Part
from leafpress.rules import finding

_FONT_OF = re.compile(rb"/([^\s/\[\]<>()]+)(?=\s)")
"""A font's name in a default appearance: `/Helv 11 Tf` (ISO 32000-1, 12.7.3.3)."""


def form(pdf: pikepdf.Pdf, part: Part, baggage: Baggage) -> None:
    """Hang the input's form on the holder: its fields, and the fonts that they use."""
    found = entry(pdf.Root, "/AcroForm")
    if found is None:
        return
    fields = baggage.fields(found)
    if not fields:
        return
    kept = Dictionary(Fields=Array(fields))
    resources = entry(found, "/DR")
    if resources is not None:
        kept.DR = resources
    part.fields = [words(field.get("/T")) for field in fields]
    part.holder.Form = kept
    for field in fields:
        for key in ("/DA", "/Q"):
            if key in found and key not in field:
                field[key] = found[key]
    if part.naming.prefix:
        _rename_fonts(kept, part.naming.tag)
    if found.get("/NeedAppearances") is True:
        kept.NeedAppearances = True


def _rename_fonts(kept: Any, tag: str) -> None:
    """Give a leaflet's form fonts names of their own: `/Helv` may be another font in the letter."""
    fonts = entry(entry(kept, "/DR") or Dictionary(), "/Font")
    if fonts is None:
        return
    kept.DR.Font = Dictionary({f"{key}-{tag}": value for key, value in fonts.items()})
    waiting = list(kept.Fields)
    seen = 0
    while waiting and seen < 100_000:
        field, seen = waiting.pop(), seen + 1
        if isinstance(field, Dictionary):
            if isinstance(field.get("/DA"), String):
                new = _FONT_OF.sub(rb"/\1-" + tag.encode(), bytes(field.DA))
                field.DA = String(new)
            waiting += listed(field.get("/Kids"))


def distinct(parts: list[Part], avoided: frozenset[str]) -> Iterator[Finding]:
    """Give fields whose names are `avoided` or taken other ones, and tell of each."""
    taken = set(avoided)
    for part in parts:
        fields = part.holder.Form.Fields if part.fields else []
        for field, name in zip(fields, part.fields, strict=True):
            new = _free(name, taken)
            taken.add(new)
            if new != name:
                field.T = String(new)
                yield finding("E018", Span(part.facts.name), field=name, new=new)


def forms(parts: Sequence[Part]) -> Any:
    """One form for all parts; None where no part has one."""
    found = [part.holder.Form for part in parts if "/Form" in part.holder]
    if not found:
        return None
    joined = Dictionary(Fields=Array([field for each in found for field in each.Fields]))
    resources = [each.DR for each in found if "/DR" in each]
    if resources:
        fonts = [dict((entry(each, "/Font") or Dictionary()).items()) for each in resources]
        merged = {key: value for each in fonts for key, value in each.items()}
        first = {key: value for each in reversed(resources) for key, value in each.items()}
        joined.DR = Dictionary({**first, "/Font": Dictionary(merged)})
    if any("/NeedAppearances" in each for each in found):
        joined.NeedAppearances = True
    return joined


def _free(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"


_LISTS = ("/ON", "/OFF", "/Order", "/AS", "/RBGroups", "/Locked")
"""What of a layers' configuration is a list (ISO 32000-1, table 101)."""


def layers(parts: Sequence[Part]) -> Any:
    """The optional content of all parts in one; None without any."""
    found = [part.holder.Layers for part in parts if "/Layers" in part.holder]
    if not found:
        return None
    joined = Dictionary(OCGs=Array(), D=Dictionary(Name=String("Layers")))
    for each in found:
        groups = [group for group in listed(each.get("/OCGs")) if isinstance(group, Dictionary)]
        settings = entry(each, "/D") or Dictionary()
        joined.OCGs.extend(groups)
        lists = {key: listed(settings.get(key)) for key in _LISTS}
        if settings.get("/BaseState") == "/OFF":
            on = {group.objgen for group in lists["/ON"] if isinstance(group, Dictionary)}
            lists["/OFF"] = [group for group in groups if group.objgen not in on]
        for key, values in lists.items():
            if values:
                joined.D[key] = Array([*listed(joined.D.get(key)), *values])
    return joined


def intents(pdf: pikepdf.Pdf) -> tuple[Any, str]:
    """The output intents, and a digest that is equal only for equal ones."""
    found = [
        each for each in listed(pdf.Root.get("/OutputIntents")) if isinstance(each, Dictionary)
    ]
    if not found:
        return None, ""
    digest = hashlib.blake2b(digest_size=16)
    for each in found:
        profile = each.get("/DestOutputProfile")
        for key in ("/S", "/OutputConditionIdentifier"):
            digest.update(str(each.get(key, "")).encode(errors="replace") + b"\0")
        if isinstance(profile, pikepdf.Stream):
            digest.update(profile.read_bytes())
    return Array(found), digest.hexdigest()
