"""Whether links and bookmarks say where they lead, and lead there (P038, P041, P042)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pikepdf

from leafpress.proof.tags.blocks import is_running, parsed, plain, tag
from leafpress.proof.tags.tagged import Annotation, Tagged, TaggedElement


def links(tagged: Tagged) -> Iterator[str]:
    """Each link is one element with words and an annotation that says more than an address."""
    held = set()
    for element in tagged.elements():
        annotations = [kid for kid in element.kids if isinstance(kid, Annotation)]
        held |= {each.object.objgen for each in annotations}
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
    for each in annotations:
        if not _says_where(each.object):
            yield f"the link “{words}” does not say in words where it leads"
        if not _is_on(each.object, tagged.pdf.pages[each.page]):
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
    x1, y1, x2, y2 = (float(each) for each in annotation.get("/Rect", [0, 0, 0, 0]))
    left, bottom, right, top = (float(each) for each in page.mediabox)
    wide, high = min(max(x1, x2), right) - max(min(x1, x2), left), min(max(y1, y2), top)
    return wide > 0 and high - max(min(y1, y2), bottom) > 0


def _action(annotation: Any) -> Any:
    return annotation.get("/A", pikepdf.Dictionary())


def targets(tagged: Tagged) -> Iterator[str]:
    """Bookmarks and links inside the document lead to elements of the tree."""
    known = {element.object.objgen: element for element in tagged.elements()}
    marks = list(_bookmarks(tagged.pdf.Root.get("/Outlines")))
    headings = [each for each in tagged.elements() if each.type in {"H1", "H2", "H3", "H4"}]
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
    names = _names(tagged)
    for action in [*_actions(tagged), *(_action(mark) for mark in marks)]:
        if action.get("/S") == "/GoTo":
            yield from _target(tagged, action, known.get(_structure(action)), names)


def _target(
    tagged: Tagged, action: Any, element: TaggedElement | None, names: dict[str, Any]
) -> Iterator[str]:
    """Both ends of one action: the element, and the page for programs that know only pages."""
    place = action.get("/D")
    place = place if isinstance(place, pikepdf.Array) else names.get(str(place))
    if element is None:
        yield "a link or bookmark leads to no element"
        return
    mark = next(element.marks(), None)
    if place is None or (mark and place[0].objgen != tagged.pdf.pages[mark.page].obj.objgen):
        yield f"a link or bookmark leads to another page than that of “{element.text()[:40]}”"


def go_to(tagged: Tagged) -> Iterator[tuple[str, TaggedElement]]:
    """The links inside the document: the name that each gives, and the element it leads to."""
    known = {element.object.objgen: element for element in tagged.elements()}
    for action in _actions(tagged):
        element = known.get(_structure(action))
        if action.get("/S") == "/GoTo" and element is not None:
            yield str(action.get("/D", "")), element


def _structure(action: Any) -> tuple[int, int] | None:
    place = action.get("/SD")
    return place[0].objgen if place is not None and len(place) else None


def _names(tagged: Tagged) -> dict[str, Any]:
    """Places by name, as our writer lists them: in one node (ISO 32000-1, 7.9.6)."""
    none = pikepdf.Dictionary()
    names = list(tagged.pdf.Root.get("/Names", none).get("/Dests", none).get("/Names", []))
    return {str(name): place for name, place in zip(names[::2], names[1::2], strict=False)}


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
