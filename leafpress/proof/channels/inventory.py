"""What a PDF holds beside its pages' ink: sizes, fonts, forms, programs, tags. Any PDF's.

Nothing of its words is told: a letter's words are a patient's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

_POINT = 25.4 / 72

_DEEPEST = 60
"""Levels that are followed in trees of objects: a file may be made to have no end."""

_MOST_OBJECTS = 20_000
"""Objects that are looked at in search of fonts, for the same reason."""

_ACTS = {
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
    """The size of every page, by its MediaBox and its CropBox."""
    return [_size(page) for page in pdf.pages]


def _size(page: pikepdf.Page) -> Size:
    unit = _number(page.obj.get("/UserUnit"), 1.0)
    turn = int(_number(_inherited(page.obj, "/Rotate"), 0)) % 360
    boxes = [_span(box, unit) for box in (page.mediabox, page.cropbox)]
    seen = [(h, w) if turn in {90, 270} else (w, h) for w, h in boxes]
    return Size(tuple(seen), unit, bool(turn))


def _span(box: Any, unit: float) -> tuple[float, float]:
    left, bottom, right, top = (float(each) for each in box)
    return abs(right - left) * unit * _POINT, abs(top - bottom) * unit * _POINT


def _inherited(thing: Any, key: str) -> Any:
    for _ in range(_DEEPEST):
        if thing is None or key in thing:
            break
        thing = thing.get("/Parent")
    return None if thing is None else thing.get(key)


def _number(value: Any, otherwise: float) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return otherwise


def _dictionary(value: Any) -> Any:
    """`value` if it is a dictionary, as it should be; else an empty one."""
    return value if isinstance(value, pikepdf.Dictionary) else pikepdf.Dictionary()


def unembedded(pdf: pikepdf.Pdf) -> list[str]:
    """The names of fonts that the file uses and does not carry."""
    names = {_name(font) for font in _fonts(pdf) if not _is_embedded(font)}
    return sorted(names)


def _fonts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every font of pages, of what is drawn on them, and of what annotations show."""
    seen: set[tuple[int, int]] = set()
    waiting = [_inherited(page.obj, "/Resources") for page in pdf.pages]
    waiting += [shown for page in pdf.pages for shown in _appearances(page)]
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            break
        resources = waiting.pop()
        if not isinstance(resources, pikepdf.Dictionary):
            continue
        yield from _each(resources, "/Font", seen)
        for kind in ("/XObject", "/Pattern"):
            waiting += [each.get("/Resources") for each in _each(resources, kind, seen)]


def _each(resources: Any, kind: str, seen: set[tuple[int, int]]) -> Iterator[Any]:
    """The objects of a kind that were not met before."""
    found = resources.get(kind)
    for value in found.values() if isinstance(found, pikepdf.Dictionary) else ():
        if value.objgen not in seen and isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
            if value.objgen != (0, 0):
                seen.add(value.objgen)
            yield value


def _appearances(page: pikepdf.Page) -> Iterator[Any]:
    for note in _annotations(page):
        shown = _dictionary(note.get("/AP")).get("/N")
        states = shown.values() if isinstance(shown, pikepdf.Dictionary) else [shown]
        for state in states:
            if isinstance(state, pikepdf.Stream):
                yield state.get("/Resources")


def _is_embedded(font: Any) -> bool:
    if font.get("/Subtype") == "/Type3":  # its glyphs are drawings in the file
        return True
    below = font.get("/DescendantFonts")
    font = below[0] if isinstance(below, pikepdf.Array) and len(below) else font
    descriptor = font.get("/FontDescriptor")
    files = ("/FontFile", "/FontFile2", "/FontFile3")
    return isinstance(descriptor, pikepdf.Dictionary) and any(key in descriptor for key in files)


def _name(font: Any) -> str:
    return str(font.get("/BaseFont", "/(without a name)")).removeprefix("/")


def _annotations(page: pikepdf.Page) -> Iterator[Any]:
    found = page.obj.get("/Annots")
    for note in found if isinstance(found, pikepdf.Array) else ():
        if isinstance(note, pikepdf.Dictionary):
            yield note


def actions(pdf: pikepdf.Pdf) -> list[str]:
    """What the file does by itself or at a click, beyond leading to a place or an address."""
    found = {"JavaScript"} if "/JavaScript" in _dictionary(pdf.Root.get("/Names")) else set()
    for action in _actions(pdf):
        kind = str(action.get("/S", ""))
        found |= {_ACTS[kind]} if kind in _ACTS else set()
    return sorted(found)


def _actions(pdf: pikepdf.Pdf) -> Iterator[Any]:
    holders = [pdf.Root, *(page.obj for page in pdf.pages)]
    holders += [note for page in pdf.pages for note in _annotations(page)]
    for holder in holders:
        events = holder.get("/AA")
        more = events.values() if isinstance(events, pikepdf.Dictionary) else ()
        for action in (holder.get("/OpenAction"), holder.get("/A"), *more):
            yield from _chain(action)


def _chain(action: Any) -> Iterator[Any]:
    """An action and those that follow it."""
    waiting = [action]
    for _ in range(_DEEPEST):
        if not waiting:
            return
        action = waiting.pop()
        if isinstance(action, pikepdf.Dictionary):
            yield action
            waiting.append(action.get("/Next"))
        elif isinstance(action, pikepdf.Array):
            waiting += list(action)


def not_printable(pdf: pikepdf.Pdf) -> list[str]:
    """What the file holds that paper cannot: each kind once."""
    form = pdf.Root.get("/AcroForm")
    kinds = {str(note.get("/Subtype")) for page in pdf.pages for note in _annotations(page)}
    found = {
        "form fields": isinstance(form, pikepdf.Dictionary)
        and (len(form.get("/Fields", [])) > 0 or "/XFA" in form),
        "attached files": bool(pdf.attachments) or "/FileAttachment" in kinds,
        "sound, video or 3D": bool(kinds & _MOVING),
        "comments": bool(kinds & {"/Text", "/FreeText", "/Popup"}),
        "layers": "/OCProperties" in pdf.Root,
    }
    return [name for name, there in found.items() if there]


def outside_links(pdf: pikepdf.Pdf) -> int:
    """How many links lead to an address outside the file, telephone numbers aside."""
    addresses = (str(each.get("/URI", "")) for each in _actions(pdf) if each.get("/S") == "/URI")
    return sum(1 for each in addresses if not each.startswith("tel:"))


def missing_accessibility(pdf: pikepdf.Pdf) -> list[str]:
    """What a listener misses of the document as a whole."""
    tree = pdf.Root.get("/StructTreeRoot")
    marked = _dictionary(pdf.Root.get("/MarkInfo")).get("/Marked") == True  # noqa: E712  # a PDF's
    there = {
        "tags": isinstance(tree, pikepdf.Dictionary) and "/K" in tree and marked,
        "language": bool(str(pdf.Root.get("/Lang", "")).strip()),
        "title": bool(_title(pdf)),
    }
    return [name for name, is_there in there.items() if not is_there]


def _title(pdf: pikepdf.Pdf) -> str:
    title = pdf.open_metadata().get("dc:title")
    return str(title or pdf.docinfo.get("/Title", "")).strip()
