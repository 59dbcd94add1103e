"""Whether links and bookmarks say where they lead, and lead there (P038, P041, P042)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from pikepdf import Array, Dictionary, String

from leafpress.pdf_objects import ObjectRef, dictionary_at, name_tree, object_ref, value_at
from leafpress.proof.tags.blocks import is_running, parsed, plain, tag
from leafpress.proof.tags.tagged import Annotation, Tagged, TaggedElement


def links(tagged: Tagged) -> Iterator[str]:
    """Each link is one element with words and an annotation that says more than an address."""
    held = set()
    for element in tagged.elements():
        annotations = [kid for kid in element.kids if isinstance(kid, Annotation)]
        held |= {annotation.object.objgen for annotation in annotations}
        if element.type == "Link":
            yield from _link(tagged, element, annotations)
    for number, page in enumerate(tagged.pdf.pages):
        for annotation in page.get("/Annots", []):
            if annotation.objgen not in held:
                yield f"a link on page {number + 1} is in no element"


def _link(tagged: Tagged, element: TaggedElement, annotations: list[Annotation]) -> Iterator[str]:
    words = element.text()[:40]
    if not words:
        yield "a link has no words"
    if not annotations:
        yield f"the link “{words}” cannot be followed"
    for annotation in annotations:
        if not _says_where(annotation.object):
            yield f"the link “{words}” does not say in words where it leads"
        if not _is_on(annotation.object, tagged.pdf.pages[annotation.page]):
            yield f"the link “{words}” cannot be touched on its page"


def _says_where(annotation: Any) -> bool:
    """Whether a link speaks, and names the number, address or site that it leads to."""
    words = str(annotation.get("/Contents", "")).strip()
    kind, _, rest = str(_action(annotation).get("/URI", "")).partition(":")
    if not words or words.startswith(("http:", "https:", "tel:", "mailto:", "#")):
        return False
    if kind == "tel":
        return _digits(rest)[-_SAID:] in _digits(words)
    site = urlsplit(f"{kind}:{rest}").hostname or ""
    return (rest if kind == "mailto" else site) in words


_SAID = 6
"""Digits at a number's end that are the same with and without a country's code."""


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdecimal())


def _is_on(annotation: Any, page: Any) -> bool:
    """Whether an annotation covers something of its page."""
    x1, y1, x2, y2 = map(float, annotation.get("/Rect", [0, 0, 0, 0]))
    left, bottom, right, top = map(float, page.mediabox)
    wide = min(max(x1, x2), right) - max(min(x1, x2), left)
    high = min(max(y1, y2), top) - max(min(y1, y2), bottom)
    return wide > 0 and high > 0


def _action(annotation: Any) -> Any:
    return annotation.get("/A", Dictionary())


def targets(tagged: Tagged) -> Iterator[str]:
    """Bookmarks and links inside the document lead to elements of the tree."""
    known = {element.object.objgen: element for element in tagged.elements()}
    marks = list(_bookmarks(tagged.pdf.Root.get("/Outlines")))
    levels = {"H1", "H2", "H3", "H4"}
    headings = [element for element in tagged.elements() if element.type in levels]
    if len(marks) != len(headings):
        yield f"there are {len(marks)} bookmarks for {len(headings)} headings"
    for mark, heading in zip(marks, headings, strict=False):
        title = plain(str(mark.get("/Title", "")))
        if mark.get("/SE") != heading.object:
            yield f"the bookmark “{title}” does not name its heading"
        elif title.replace(" ", "") != heading.text().replace(" ", ""):
            yield f"the bookmark “{title}” leads to “{heading.text()}”"
        elif _structure(_action(mark)) != heading.object.objgen:
            yield f"the bookmark “{title}” leads to another element than it names"
    names = _destinations(tagged)
    for action in [*_actions(tagged), *(_action(mark) for mark in marks)]:
        if action.get("/S") == "/GoTo":
            yield from _target(tagged, action, known.get(_structure(action)), names)


def _target(
    tagged: Tagged,
    action: object,
    element: TaggedElement | None,
    destinations: Mapping[bytes, object],
) -> Iterator[str]:
    """Both ends of one action: the element, and the page for programs that know only pages."""
    destination = value_at(action, "/D")
    if isinstance(destination, String):
        destination = destinations.get(bytes(destination))
    if element is None:
        yield "a link or bookmark leads to no element"
        return
    page = _first_ref(destination)
    mark = next(element.marks(), None)
    if page is None or (mark and page != tagged.pdf.pages[mark.page].obj.objgen):
        yield f"a link or bookmark leads to another page than that of “{element.text()[:40]}”"


def go_to(tagged: Tagged) -> Iterator[tuple[str, TaggedElement]]:
    """The links inside the document: the name that each gives, and the element it leads to."""
    known = {element.object.objgen: element for element in tagged.elements()}
    for action in _actions(tagged):
        element = known.get(_structure(action))
        if action.get("/S") == "/GoTo" and element is not None:
            yield str(action.get("/D", "")), element


def _structure(action: object) -> ObjectRef | None:
    """The element that an action leads to (ISO 32000-2, table 202, SD)."""
    return _first_ref(value_at(action, "/SD"))


def _first_ref(destination: object) -> ObjectRef | None:
    """The page or element of a destination; None for anything else than an array with one."""
    if isinstance(destination, Array) and len(destination):
        return object_ref(destination[0])
    return None


def _destinations(tagged: Tagged) -> dict[bytes, object]:
    """Destinations by name (ISO 32000-1, 12.3.2.3)."""
    names = dictionary_at(tagged.pdf.Root, "/Names")
    return dict(name_tree(value_at(names, "/Dests")))


def _actions(tagged: Tagged) -> Iterator[Any]:
    for page in tagged.pdf.pages:
        for annotation in page.get("/Annots", []):
            yield _action(annotation)


def _bookmarks(node: Any) -> Iterator[Any]:
    child = node.get("/First") if node is not None else None
    while child is not None:
        yield child
        yield from _bookmarks(child)
        child = child.get("/Next")


def of_file(tagged: Tagged) -> list[tuple[str, str]]:
    """The words of each link of a file, and where it leads: an address, or `#` and a name."""
    return [
        (plain(element.text()), _destination(element))
        for element in tagged.elements()
        if element.type == "Link"
    ]


def _destination(element: TaggedElement) -> str:
    """Where a link leads; every piece of one that goes over lines has to lead there."""
    actions = (_action(kid.object) for kid in element.kids if isinstance(kid, Annotation))
    return " and ".join(dict.fromkeys(map(_address, actions)))


def _address(action: Any) -> str:
    go_to = action.get("/S") == "/GoTo"
    return f"#{action.get('/D', '')}" if go_to else str(action.get("/URI", ""))


def of_markup(html: str) -> list[tuple[str, str]]:
    """The words of each link of the markup, and its `href`."""
    found: list[tuple[str, str]] = []

    def walk(element: Any) -> None:
        if is_running(element):
            return
        if tag(element) == "a" and element.attrib.get("href"):
            found.append((plain("".join(element.itertext())), element.attrib["href"]))
        for child in element:
            walk(child)

    walk(parsed(html))
    return found
