"""Checks of kinds of blocks, and of entries by region. They read the file's tree, as `checks.py`.

Key points after the emergency boxes: CDC Clear Communication Index, items 3 and 10. Lists of at
most seven: item 8. Pictures of 100 people: items 16, 17 and 20.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leafpress.content import inline
from leafpress.content.base import REGIONS
from leafpress.content.checks import BLOCKS, Check, Surroundings
from leafpress.content.yaml_tree import Path as TreePath
from leafpress.content.yaml_tree import Tree
from leafpress.findings import Finding
from leafpress.rules import finding

MOST_KEY_POINTS = 4
"""More lines than these are not remembered, and push the leaflet off page 1."""

MOST_ITEMS = 7
"""A list with more should be parted, says the index's user guide (item 8)."""

_OF_ITEMS = {"list", "steps", "questions", "not-known", "warning"}
_PARTED = {
    "signs": "put them under small headings: groups with `heading:` and `signs:`",
    "items": "make two lists, with a heading block between them",
}
"""How to part a list, by its key."""

_BEFORE_KEY_POINTS = {"emergency", "figure"}
"""A figure may stand between: the picture that belongs to an emergency box."""

_TYPED = re.compile(r"A&E\b|\bemergency department\b", re.IGNORECASE)
WITH_PLACEHOLDERS = (
    *(f"{BLOCKS}.{key}" for key in ("title", "text", "intro", "after", "how_soon", "caption")),
    *(f"{BLOCKS}.{key}.*" for key in ("items", "signs", "steps", "key")),
    *(f"{BLOCKS}.{key}.*.text" for key in ("items", "signs", "groups")),
    *(f"{BLOCKS}.signs.*.signs.{key}" for key in ("*", "*.text")),
    f"{BLOCKS}.items.*.items.*",
    *(f"{BLOCKS}.items.*.{key}" for key in ("term", "meaning")),
    *(f"{BLOCKS}.rows.*.{key}" for key in ("*", "cells.*")),
    "easy_read.sections.*.sentences.*.text",
)
"""Where words stand that may hold a placeholder."""


def printed_in(entry: object, region: str) -> bool:
    """Whether an entry of a file's tree is printed in a region."""
    regions = entry.get("regions") if isinstance(entry, dict) else None
    return not isinstance(regions, list) or region in regions


def most_printed(entries: object) -> int:
    """How many entries of a list are printed in the region where most are."""
    if not isinstance(entries, list):
        return 0
    counts = (sum(printed_in(entry, region) for entry in entries) for region in REGIONS)
    return max(counts)


def _lists(tree: Tree) -> Iterator[tuple[TreePath, list[object]]]:
    """Every list whose entries may be limited to regions."""
    for key in ("items", "signs", "rows", "signs.*.signs"):
        yield from tree.each(f"{BLOCKS}.{key}", list)


def something_everywhere(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """No list is empty in a region where its block is printed."""
    for path, entries in _lists(tree):
        block = tree.value(path[:4])
        here = [region for region in REGIONS if printed_in(block, region)]
        for region in here if entries else ():
            if not any(printed_in(entry, region) for entry in entries):
                yield finding("L053", tree.key_span(path), region=region)


def short_lists(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """No list has more entries than a reader takes in at once."""
    for path, entries in _lists(tree):
        key = str(path[-1])
        kind = tree.value((*path[:4], "kind"))
        most = most_printed(entries)
        if most > MOST_ITEMS and (key == "signs" or (key == "items" and kind in _OF_ITEMS)):
            span = tree.key_span(path)
            yield finding("L113", span, count=most, most=MOST_ITEMS, remedy=_PARTED[key])


def all_signs_in_groups(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """Where some signs stand under small headings, all do."""
    for path, signs in tree.each(f"{BLOCKS}.signs", list):
        alone = [index for index, sign in enumerate(signs) if not _is_group(sign)]
        if len(alone) < len(signs):
            for index in alone:
                yield finding("L114", tree.span((*path, index)))


def _is_group(sign: object) -> bool:
    return isinstance(sign, dict) and ("heading" in sign or "signs" in sign)


def key_points(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """Four key points at most, once, directly after the emergency boxes."""
    blocks = list(tree.each(BLOCKS, dict))
    kinds = [block.get("kind") for _, block in blocks]
    places = [index for index, kind in enumerate(kinds) if kind == "key-points"]
    for index in places:
        path, block = blocks[index]
        if not set(kinds[:index]) <= {*_BEFORE_KEY_POINTS, "key-points"}:
            problem = "they do not stand directly after the emergency boxes"
            yield finding("L054", tree.span(path), problem=problem)
        most = most_printed(block.get("items"))
        if most > MOST_KEY_POINTS:
            problem = f"there are {most}, and {MOST_KEY_POINTS} are the most"
            yield finding("L054", tree.key_span((*path, "items")), problem=problem)
    for index in places[1:]:
        problem = "the leaflet has key points already"
        yield finding("L054", tree.span(blocks[index][0]), problem=problem)


def numbers_of_people(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """The sentence beside a picture of 100 people says the numbers that are drawn."""
    for path, group in tree.each(f"{BLOCKS}.groups.*", dict):
        text, drawn = group.get("text"), group.get("count")
        out_of = tree.value((*path[:4], "out_of"))
        if not isinstance(text, str):
            continue
        numbers = re.findall(r"\d+(?:\.\d+)?", inline.plain(text))
        for number in (drawn, out_of):
            if isinstance(number, str) and number.isdigit() and number not in numbers:
                yield finding("L055", tree.span((*path, "text")), number=number)


def emergency_departments(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """A&E has another name in Northern Ireland: a placeholder prints the right one."""
    for pattern in WITH_PLACEHOLDERS:
        for path, text in tree.each(pattern, str):
            typed = _TYPED.search(text)
            if typed:
                span = tree.span_of_piece(path, typed[0])
                yield finding("L056", span, words=typed[0])


CHECKS: tuple[Check, ...] = (
    something_everywhere,
    short_lists,
    all_signs_in_groups,
    key_points,
    numbers_of_people,
    emergency_departments,
)
