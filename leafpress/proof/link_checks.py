"""Whether links and bookmarks say where they lead, and lead there (P038, P041, P042)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leafpress.proof.lines import plain
from leafpress.proof.tagged import Annotation, Element, Tagged


def links(tagged: Tagged) -> Iterator[str]:
    """Each link is one element with words and an annotation that says more than an address."""
    held = set()
    for element in tagged.elements():
        annotations = [kid for kid in element.kids if isinstance(kid, Annotation)]
        held |= {each.object.objgen for each in annotations}
        if element.type == "Link":
            words = element.text()
            if not annotations:
                yield f"the link “{words[:40]}” cannot be followed"
            if not words:
                yield "a link has no words"
            for each in annotations:
                if _is_bare(str(each.object.get("/Contents", ""))):
                    yield f"the link “{words[:40]}” does not say in words where it leads"
    for number, page in enumerate(tagged.pdf.pages):
        for annotation in page.get("/Annots", []):
            if annotation.objgen not in held:
                yield f"a link on page {number + 1} is in no element"


def _is_bare(words: str) -> bool:
    return not words.strip() or words.startswith(("http:", "https:", "tel:", "mailto:", "#"))


def targets(tagged: Tagged) -> Iterator[str]:
    """Bookmarks and links inside the document lead to elements of the tree."""
    known = {element.object.objgen for element in tagged.elements()}
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
    for action in [*_actions(tagged), *(mark.get("/A", {}) for mark in marks)]:
        if action.get("/S") == "/GoTo" and _structure(action) not in known:
            yield "a link or bookmark leads to no element"


def _structure(action: Any) -> Any:
    place = action.get("/SD")
    return place[0].objgen if place is not None and len(place) else None


def _actions(tagged: Tagged) -> Iterator[Any]:
    for page in tagged.pdf.pages:
        for annotation in page.get("/Annots", []):
            if "/A" in annotation:
                yield annotation.A


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


def _destination(element: Element) -> str:
    for kid in element.kids:
        if isinstance(kid, Annotation):
            action = kid.object.get("/A", {})
            if action.get("/S") == "/GoTo":
                return f"#{action.get('/D', '')}"
            return str(action.get("/URI", ""))
    return ""


def of_markup(html: str) -> list[tuple[str, str]]:
    """The words of each link of the markup, and its `href`."""
    import tinyhtml5

    from leafpress.proof.lines import is_running, tag

    found: list[tuple[str, str]] = []

    def walk(element: Any) -> None:
        if is_running(element):
            return
        if tag(element) == "a" and element.attrib.get("href"):
            found.append((plain("".join(element.itertext())), element.attrib["href"]))
        for child in element:
            walk(child)

    walk(tinyhtml5.parse(html))
    return found
