"""Whether each piece of a page's lines keeps its own order (P098), before anything is laid out.

It reads the page as it will be: what a template puts there without `plain`, `inline` or a `dir`
is found, and so is a piece that begins outside **strong words** and ends inside.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import html

from leafpress.findings import Finding, Span
from leafpress.pages.render import Markup
from leafpress.rules import finding
from leafpress.translation.direction import OPAQUE, stray

_INLINE = frozenset(
    {"a", "abbr", "b", "cite", "code", "em", "i", "q", "s", "small", "span", "strong", "sub"}
    | {"sup", "time", "u", "wbr"}
)
_APART = frozenset({"a", "sup"})
"""What is drawn apart from the words beside it: a name to call, the number of a note."""

_UNSEEN = frozenset({"head", "style", "script", "svg"})
_ATTRIBUTES = ("alt", "aria-label", "title")
"""Words that a reader of the page is shown, or hears."""

_LONGEST = 60
"""Characters of a line in a message."""


def check(markup: Markup, place: Span) -> Iterator[Finding]:
    """Pieces of right-to-left lines that would be turned around (P098)."""
    root = html.document_fromstring(markup.html)
    for line in dict.fromkeys(_lines(root)):
        piece = stray(line)
        if piece:
            words = " ".join(line.replace(OPAQUE, "…").split())
            yield finding("P098", place, piece=piece, line=words[:_LONGEST])


def _lines(root: Any) -> Iterator[str]:
    """Everything that runs from right to left: lines, attributes, what the head says."""
    for title in root.iter("title"):
        if _direction(title) == "rtl":
            yield str(title.text or "")
    for meta in root.iter("meta"):
        if meta.get("name") in {"author", "description"} and _direction(meta) == "rtl":
            yield meta.get("content", "")
    for body in root.iter("body"):
        for element in body.iter(html.etree.Element):
            if _direction(element) == "rtl":
                yield from (element.get(name, "") for name in _ATTRIBUTES)
        yield from "".join(_words(body, "")).split("\n")


def _direction(element: Any) -> str:
    """The direction of what stands in an element."""
    while element is not None and not element.get("dir"):
        element = element.getparent()
    return "" if element is None else str(element.get("dir"))


def _words(element: Any, around: str) -> Iterator[str]:
    """The words of an element; lines end in a line feed.

    Args:
        around: the direction of what it stands in.
    """
    own = element.get("dir") or around or _direction(element)
    edge = _edge(element, own != around)
    yield edge
    if element.tag not in _UNSEEN:
        yield _shown(element.text, own)
        for child in element:
            yield from _words(child, own)
            yield _shown(child.tail, own)
    yield edge


def _edge(element: Any, is_other: bool) -> str:
    if element.tag not in _INLINE:
        return "\n"
    return OPAQUE if is_other or element.tag in _APART else ""


def _shown(text: str | None, direction: str) -> str:
    """Words, in lines that run from right to left only; source code's line ends are blanks."""
    return " ".join((text or "").split("\n")) if direction == "rtl" else ""
