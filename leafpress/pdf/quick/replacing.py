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

from leafpress.pdf.quick import (
    quick_lines,
    quick_painting,
    quick_reading,
    quick_sizes,
    quick_styles,
    quick_writing,
)

VERSION = "70.0"
"""WeasyPrint's, in which every name below was read; their digests are in `pdf/private.py`."""

_OTHERS = {"pydyf": "0.13.0", "tinyhtml5": "2.1.0", "tinycss2": "1.5.1"}
"""Versions of the packages of WeasyPrint's authors in which the others were."""


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
    Quicker("weasyprint.layout.preferred", "shrink_to_fit", quick_sizes.fitting),
    Quicker("weasyprint.layout.background", "layout_box_backgrounds", quick_painting.grounds),
    Quicker("weasyprint.draw.border", "draw_outline", quick_painting.outlines),
    Quicker("weasyprint", "HTML._ua_stylesheets", quick_reading.without_notes),
    Quicker(
        "tinyhtml5.inputstream",
        "HTMLUnicodeInputStream.chars_until",
        quick_reading.expressions_once,
    ),
    Quicker("weasyprint.css.tokens", "Pending.solve", quick_styles.solved_once),
    Quicker("tinycss2.color4", "parse_color", quick_styles.colours_once),
    Quicker("weasyprint.text.line_break", "Layout.set_text", quick_lines.plain_text),
    Quicker("weasyprint.text.line_break", "line_size", quick_lines.sizes_of_lines),
    Quicker("weasyprint.formatting_structure.boxes", "Box.descendants", quick_sizes.in_order),
    Quicker("pydyf", "_to_bytes", quick_writing.by_type),
    Quicker("pydyf", "PDF.write", quick_writing.finished),
    Quicker("pydyf", "Stream.data", quick_writing.made_once),
    Quicker("pydyf", "Dictionary.data", quick_writing.made_once),
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
    return tuple(place for row in TABLE if _is_known(row) for place in _places_of(row))


def _is_known(row: Quicker) -> bool:
    """Whether a function is of the version in which it was read; WeasyPrint's own are asked for."""
    package = row.module.partition(".")[0]
    return package not in _OTHERS or import_module(package).__version__ == _OTHERS[package]


def _places_of(row: Quicker) -> Iterator[_Place]:
    module = import_module(row.module)
    owner, _, name = row.name.rpartition(".")
    stock = getattr(getattr(module, owner) if owner else module, name)
    quick = row.make(stock)
    if owner:
        yield _Place(getattr(module, owner), name, stock, quick)
        return
    for other, holder in list(sys.modules.items()):
        package = other.partition(".")[0]
        if package in {"weasyprint", *_OTHERS} and getattr(holder, name, None) is stock:
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
