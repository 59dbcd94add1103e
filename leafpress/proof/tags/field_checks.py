"""What is printed to be written on: lines, and the cells of a diary (Matterhorn Protocol, 24)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from leafpress.proof.tags.blocks import parsed, plain, tag
from leafpress.proof.tags.tagged import Tagged, TaggedElement

_PLACES = frozenset({"P", "TD"})
"""What holds a field: the paragraph that is its label, or a cell, which names its heads."""


def fields(html: str, tagged: Tagged) -> Iterator[str]:
    """Each place to write on is in the file, with its label and in what it belongs to (P112).

    ISO 32000-1, 14.8.5.6: a printed field is a Form that has a Role, and Desc is its label.
    """
    expected = Counter(_labels(parsed(html)))
    forms = [element for element in tagged.elements() if element.type == "Form"]
    present = Counter(plain(_text(form, "Desc")) for form in forms)
    for label in expected - present:
        yield f"a place to write on is not in the file: “{label[:40]}”"
    for label in present - expected:
        yield f"the file has a place to write on that the leaflet has not: “{label[:40]}”"
    for form in forms:
        yield from _problems(form)


def _problems(form: TaggedElement) -> Iterator[str]:
    """What is wrong with a field."""
    label, role = plain(_text(form, "Desc")), _text(form, "Role")
    if role != "tv":
        yield f"“{label[:40]}” is not said to be a text to be written (Role {role or 'missing'})"
    around = form.parent
    if around is None or around.type not in _PLACES:
        yield f"the place to write on “{label[:40]}” is in no paragraph and no cell"
    elif around.type == "P" and plain(around.text()) != label:
        yield f"the label “{label[:40]}” stands beside “{around.text()[:40]}”"
    if form.attribute("Layout", "BBox") is None:
        yield f"“{label[:40]}” does not say where on the page to write (BBox)"


def _text(form: TaggedElement, key: str) -> str:
    return str(form.attribute("PrintField", key) or "")


def _labels(element: Any) -> Iterator[str]:
    """The labels of all fields of a page of HTML, in order."""
    heads: list[str] = []
    for inside in element.iter():
        if tag(inside) == "table":
            heads = [_words(head) for head in inside.iter() if tag(head) == "th"]
        elif tag(inside) == "tr" and _is_field_row(inside):
            yield from heads[: len(inside)]
        elif tag(inside) != "td" and "data-field" in inside.attrib:
            yield _words(inside)


def _is_field_row(row: Any) -> bool:
    """Whether each cell of a row is to be written in, as in a diary."""
    return len(row) > 0 and all("data-field" in cell.attrib for cell in row)


def _words(element: Any) -> str:
    return plain("".join(element.itertext()))
