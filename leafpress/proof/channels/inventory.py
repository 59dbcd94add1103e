"""What a PDF holds beside its pages' ink: sizes, fonts, forms, programs, tags. Any PDF's.

Nothing of its words is told: a letter's words are a patient's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import isnan, nan

import pikepdf
from pikepdf import Array, Dictionary, Stream

from leafpress.pdf_objects import (
    IN_PLACE,
    ObjectRef,
    WrongShape,
    array_at,
    dictionaries_at,
    dictionary_at,
    entries_of,
    items_at,
    items_of,
    name_at,
    object_ref,
    text_at,
    value_at,
)
from leafpress.xmp import TITLE, items, packet

_POINT = 25.4 / 72

_DEEPEST = 60
"""Levels that are followed in trees of objects: a file may be made to have no end."""

_MOST_OBJECTS = 20_000
"""Objects that are looked at in search of fonts, for the same reason."""

_ACTIONS = {
    "/JavaScript": "JavaScript",
    "/Launch": "starts another program",
    "/SubmitForm": "sends a form",
    "/ImportData": "takes in data",
    "/GoToR": "opens another file",
    "/Rendition": "plays sound or video",
}
"""Actions that do more than lead to a place or an address (ISO 32000-2, table 201)."""

_MOVING = {"/Movie", "/Sound", "/Screen", "/RichMedia", "/3D"}
"""Annotations that a page on paper does not show as meant (ISO 32000-2, table 171)."""


@dataclass(frozen=True, slots=True)
class Size:
    """A page's boxes as they are seen, in millimetres: width and height of each."""

    boxes: tuple[tuple[float, float], ...]
    unit: float
    turned: bool


def sizes(pdf: pikepdf.Pdf) -> list[Size]:
    """The size of every page, by its MediaBox and its CropBox.

    Raises:
        WrongShape: a box is no rectangle.
    """
    return [_size(page) for page in pdf.pages]


def _size(page: pikepdf.Page) -> Size:
    unit = _number(value_at(page.obj, "/UserUnit"), 1.0)
    turn = int(_number(_inherited(page.obj, "/Rotate"), 0)) % 360
    media = _inherited(page.obj, "/MediaBox")
    crop = _inherited(page.obj, "/CropBox")
    boxes = [_extent(box, unit) for box in (media, media if crop is None else crop)]
    if turn in {90, 270}:
        boxes = [(height, width) for width, height in boxes]
    return Size(tuple(boxes), unit, bool(turn))


def _extent(box: object, unit: float) -> tuple[float, float]:
    """Width and height of a rectangle in millimetres."""
    edges = [_number(edge, nan) for edge in items_of(box)]
    if len(edges) != _EDGES or any(map(isnan, edges)):
        raise WrongShape("the box of a page is no rectangle")
    left, bottom, right, top = edges
    return abs(right - left) * unit * _POINT, abs(top - bottom) * unit * _POINT


_EDGES = 4


def _inherited(holder: object, key: str) -> object:
    """What a page has at `key`, or a node above it."""
    for _ in range(_DEEPEST):
        value = value_at(holder, key)
        if value is not None:
            return value
        holder = value_at(holder, "/Parent")
    return None


def _number(value: object, otherwise: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return otherwise
    return float(value)


def unembedded(pdf: pikepdf.Pdf) -> list[str]:
    """The names of fonts that the file uses and does not carry."""
    names = {_font_name(font) for font in _fonts(pdf) if not _is_embedded(font)}
    return sorted(names)


def _fonts(pdf: pikepdf.Pdf) -> Iterator[object]:
    """Every font of pages, of what is drawn on them, and of what annotations show."""
    seen: set[ObjectRef] = set()
    waiting = [_inherited(page.obj, "/Resources") for page in pdf.pages]
    for page in pdf.pages:
        waiting += _appearances(page)
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            break
        resources = waiting.pop()
        yield from _unseen(resources, "/Font", seen)
        for kind in ("/XObject", "/Pattern"):
            for drawing in _unseen(resources, kind, seen):
                waiting.append(value_at(drawing, "/Resources"))


def _unseen(resources: object, kind: str, seen: set[ObjectRef]) -> Iterator[object]:
    """The objects of a kind that were not met before."""
    for value in entries_of(dictionary_at(resources, kind)).values():
        ref = object_ref(value)
        if ref not in seen and isinstance(value, Dictionary | Stream):
            seen |= {ref} - {IN_PLACE}
            yield value


def _appearances(page: pikepdf.Page) -> Iterator[object]:
    """The resources of what a page's annotations show, in each of their states."""
    for annotation in _annotations(page):
        shown = value_at(value_at(annotation, "/AP"), "/N")
        states = entries_of(shown).values() if isinstance(shown, Dictionary) else [shown]
        for state in states:
            yield value_at(state, "/Resources")


def _is_embedded(font: object) -> bool:
    if name_at(font, "/Subtype") == "/Type3":  # its glyphs are drawings in the file
        return True
    below = array_at(font, "/DescendantFonts")
    if below is not None and len(below):
        font = below[0]
    descriptor = dictionary_at(font, "/FontDescriptor")
    files = ("/FontFile", "/FontFile2", "/FontFile3")
    return descriptor is not None and any(key in descriptor for key in files)


def _font_name(font: object) -> str:
    return (name_at(font, "/BaseFont") or "/(without a name)")[1:]


def _annotations(page: pikepdf.Page) -> list[Dictionary]:
    return dictionaries_at(page.obj, "/Annots")


def actions(pdf: pikepdf.Pdf) -> list[str]:
    """What the file does by itself or at a click, beyond leading to a place or an address."""
    kinds = {name_at(action, "/S") for action in _actions(pdf)}
    told = {_ACTIONS[kind] for kind in kinds & _ACTIONS.keys()}
    if value_at(value_at(pdf.Root, "/Names"), "/JavaScript") is not None:
        told.add(_ACTIONS["/JavaScript"])
    return sorted(told)


def _actions(pdf: pikepdf.Pdf) -> Iterator[Dictionary]:
    holders: list[object] = [pdf.Root]
    for page in pdf.pages:
        holders += [page.obj, *_annotations(page)]
    for holder in holders:
        yield from _chain(value_at(holder, "/OpenAction"))
        yield from _chain(value_at(holder, "/A"))
        for action in entries_of(dictionary_at(holder, "/AA")).values():
            yield from _chain(action)


def _chain(action: object) -> Iterator[Dictionary]:
    """An action and those that follow it."""
    waiting = [action]
    for _ in range(_DEEPEST):
        if not waiting:
            return
        action = waiting.pop()
        if isinstance(action, Dictionary):
            yield action
            waiting.append(value_at(action, "/Next"))
        elif isinstance(action, Array):
            waiting += items_of(action)


def not_printable(pdf: pikepdf.Pdf) -> list[str]:
    """What the file holds that paper cannot: each kind once."""
    kinds: set[str] = set()
    for page in pdf.pages:
        kinds |= {name_at(annotation, "/Subtype") for annotation in _annotations(page)}
    is_held = {
        "form fields": "/Widget" in kinds or _has_fields(pdf),
        "attached files": bool(pdf.attachments) or "/FileAttachment" in kinds,
        "sound, video or 3D": bool(kinds & _MOVING),
        "comments": bool(kinds & {"/Text", "/FreeText", "/Popup"}),
        "layers": "/OCProperties" in pdf.Root,
    }
    return [name for name, held in is_held.items() if held]


def _has_fields(pdf: pikepdf.Pdf) -> bool:
    form = dictionary_at(pdf.Root, "/AcroForm")
    return bool(items_at(form, "/Fields")) or value_at(form, "/XFA") is not None


def outside_links(pdf: pikepdf.Pdf) -> int:
    """How many links lead to an address outside the file, telephone numbers aside."""
    links = [action for action in _actions(pdf) if name_at(action, "/S") == "/URI"]
    addresses = [text_at(link, "/URI") for link in links]
    return sum(not address.startswith("tel:") for address in addresses)


def missing_accessibility(pdf: pikepdf.Pdf) -> list[str]:
    """What a listener misses of the document as a whole."""
    tree = dictionary_at(pdf.Root, "/StructTreeRoot")
    is_marked = value_at(dictionary_at(pdf.Root, "/MarkInfo"), "/Marked") is True
    is_there = {
        "tags": value_at(tree, "/K") is not None and is_marked,
        "language": bool(text_at(pdf.Root, "/Lang").strip()),
        "title": bool(_title(pdf)),
    }
    return [name for name, there in is_there.items() if not there]


def _title(pdf: pikepdf.Pdf) -> str:
    """The title by the metadata, else by the document information; "" without one."""
    metadata = packet(pdf.Root)
    titles = items(metadata, TITLE) if metadata is not None else []
    for title in titles:
        if title.strip():
            return title.strip()
    return text_at(dictionary_at(pdf.trailer, "/Info"), "/Title").strip()
