"""Layers (optional content, ISO 32000-1, 8.11) of all parts in one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pikepdf import Array, Dictionary, Object, String

from leafpress.pdf_objects import dictionaries_at, dictionary_at, items_at, object_ref, value_at

_LISTS = ("/ON", "/OFF", "/Order", "/AS", "/RBGroups", "/Locked")
"""What of a layers' configuration is a list (ISO 32000-1, table 101)."""


def joined_layers(holders: Sequence[Dictionary]) -> Dictionary | None:
    """The OCProperties of a joined file, from its parts' holders; None without any layer."""
    layers = [holder.Layers for holder in holders if "/Layers" in holder]
    if not layers:
        return None
    joined = Dictionary(OCGs=Array(), D=Dictionary(Name=String("Layers")))
    for own in layers:
        joined.OCGs.extend(dictionaries_at(own, "/OCGs"))
        for key, values in _lists(own):
            joined.D[key] = Array([*items_at(joined.D, key), *values])
    return joined


def _lists(layers: Object) -> Iterator[tuple[str, list[object]]]:
    """The lists of an input's configuration; hidden groups are named where all others were."""
    settings = dictionary_at(layers, "/D")
    for key in _LISTS:
        values = items_at(settings, key)
        if key == "/OFF" and value_at(settings, "/BaseState") == "/OFF":
            shown = {object_ref(group) for group in dictionaries_at(settings, "/ON")}
            groups = dictionaries_at(layers, "/OCGs")
            values = [group for group in groups if object_ref(group) not in shown]
        if values:
            yield key, values
