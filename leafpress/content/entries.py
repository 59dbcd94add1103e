"""Entries of lists and rows of tables: words, or words for some regions only."""

from __future__ import annotations

from typing import Annotated

from pydantic import Discriminator, Field, Tag

from leafpress.content.base import Frozen, Region, Regions
from leafpress.content.text import Role, Text

Item = Annotated[Text, Role("list item", 240)]
Step = Annotated[Text, Role("step", 240)]
Cell = Annotated[Text, Role("table cell", 200)]
SignsHeading = Annotated[
    Text, Role("small heading over signs", 60, markup=False, placeholders=False)
]

_Some = Annotated[Regions, Field(min_length=1)]


class LocalItem(Frozen):
    """A list item for some regions."""

    text: Item
    regions: _Some


class LocalStep(Frozen):
    """A step for some regions."""

    text: Step
    regions: _Some


class LocalRow(Frozen):
    """A row of a table for some regions."""

    cells: tuple[Cell, ...]
    regions: _Some


class Branch(Frozen):
    """A list item with a list of its own."""

    text: Item
    items: Annotated[tuple[ListItem, ...], Field(min_length=1)]
    regions: Regions = ()


def _tag(value: object) -> str:
    if isinstance(value, Branch) or (isinstance(value, dict) and "items" in value):
        return "branch"
    return "local" if isinstance(value, (dict, Frozen)) else "plain"


_LOCAL_ITEM = Annotated[LocalItem, Tag("local")]

Entry = Annotated[Annotated[Item, Tag("plain")] | _LOCAL_ITEM, Discriminator(_tag)]
StepEntry = Annotated[
    Annotated[Step, Tag("plain")] | Annotated[LocalStep, Tag("local")], Discriminator(_tag)
]
Row = Annotated[
    Annotated[tuple[Cell, ...], Tag("plain")] | Annotated[LocalRow, Tag("local")],
    Discriminator(_tag),
]
ListItem = Annotated[
    Annotated[Item, Tag("plain")] | Annotated[Branch, Tag("branch")] | _LOCAL_ITEM,
    Discriminator(_tag),
]


class SignGroup(Frozen):
    """Signs of an emergency that belong together, under a small heading."""

    heading: SignsHeading
    signs: Annotated[tuple[Entry, ...], Field(min_length=1)]


_GROUP = frozenset({"heading", "signs"})
"""Keys that only a group has: an entry with one of them is meant as a group."""


def _sign_tag(value: object) -> str:
    if isinstance(value, SignGroup) or (isinstance(value, dict) and not _GROUP.isdisjoint(value)):
        return "group"
    return _tag(value)


Sign = Annotated[
    Annotated[Item, Tag("plain")] | Annotated[SignGroup, Tag("group")] | _LOCAL_ITEM,
    Discriminator(_sign_tag),
]


def entries_in(entries: tuple[object, ...], region: Region) -> tuple[object, ...]:
    """The entries that are printed in a region: words and rows, without what limits them."""
    return tuple(_bare(entry, region) for entry in entries if _is_printed(entry, region))


def _is_printed(entry: object, region: Region) -> bool:
    regions = getattr(entry, "regions", ())
    return not regions or region in regions


def _bare(entry: object, region: Region) -> object:
    if isinstance(entry, (LocalItem, LocalStep)):
        return entry.text
    if isinstance(entry, LocalRow):
        return entry.cells
    if isinstance(entry, Branch):
        items = entries_in(entry.items, region)
        return entry.model_copy(update={"items": items}) if items else entry.text
    if isinstance(entry, SignGroup):
        return entry.model_copy(update={"signs": entries_in(entry.signs, region)})
    return entry
