"""Which of WeasyPrint's functions are replaced by quicker ones, for the whole process.

Each gives what stock code gives: a test compares bytes of every format. Where WeasyPrint is of
another version than the one that they were read in, its own code stays: slower, and never wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from leafpress.pdf.quick import quick_lines, quick_sizes, quick_styles

VERSION = "70.0"
"""The version in which every name below was read; their digests are in `pdf/private.py`."""


@dataclass(frozen=True, slots=True)
class Quicker:
    """A function of WeasyPrint's, and what makes the quicker one of it."""

    module: str
    name: str
    make: Callable[[Any], Any]


TABLE = (
    Quicker("weasyprint.css", "ComputedStyle.__missing__", quick_styles.computed),
    Quicker("weasyprint.css", "AnonymousStyle.__missing__", quick_styles.anonymous),
    Quicker("weasyprint.layout.percent", "resolve_percentages", quick_sizes.sizes),
    Quicker("weasyprint.layout.percent", "resolve_radii_percentages", quick_sizes.corners),
    Quicker("weasyprint.formatting_structure.boxes", "Box.is_in_normal_flow", quick_sizes.in_flow),
    Quicker("weasyprint.text.line_break", "Layout.setup", quick_lines.set_up_once),
    Quicker("weasyprint.text.line_break", "Layout.deactivate", quick_lines.kept_active),
    Quicker("weasyprint.text.line_break", "Layout.reactivate", quick_lines.still_active),
    Quicker("weasyprint.text.line_break", "split_first_line", quick_lines.broken_once),
    Quicker("weasyprint.text.line_break", "strut", quick_lines.measured_once),
)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a function is called from: a module or a class, and its name there."""

    holder: Any
    name: str
    stock: Any
    quick: Any


@cache
def _places() -> tuple[_Place, ...]:
    """Every place of every function: modules that import one have a name of their own for it."""
    return tuple(place for row in TABLE for place in _places_of(row))


def _places_of(row: Quicker) -> Iterator[_Place]:
    module = import_module(row.module)
    owner, _, name = row.name.rpartition(".")
    stock = getattr(getattr(module, owner) if owner else module, name)
    quick = row.make(stock)
    if owner:
        yield _Place(getattr(module, owner), name, stock, quick)
        return
    for other, holder in list(sys.modules.items()):
        if other.startswith("weasyprint") and getattr(holder, name, None) is stock:
            yield _Place(holder, name, stock, quick)


def install(version: str) -> None:
    """Let WeasyPrint, which has been imported, use the quicker functions."""
    if version == VERSION:
        for place in _places():
            setattr(place.holder, place.name, place.quick)


@contextmanager
def removed() -> Iterator[None]:
    """WeasyPrint does everything itself inside the block: for tests and benchmarks."""
    before = [(place, getattr(place.holder, place.name)) for place in _places()]
    for place in _places():
        setattr(place.holder, place.name, place.stock)
    try:
        yield
    finally:
        for place, function in before:
            setattr(place.holder, place.name, function)
