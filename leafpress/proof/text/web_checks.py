"""What can be said of a web page without a browser. Each check yields a sentence a problem."""

from __future__ import annotations

import re
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from io import BytesIO
from typing import Any

from fontTools.ttLib import TTFont

from leafpress.content.text import describe
from leafpress.findings import Finding, Span, sort
from leafpress.pages.render import Markup
from leafpress.proof.tags import blocks
from leafpress.rules import finding

MOST_KB = 300
"""Kilobytes of a page: two weights of a font and a dozen drawings fit (about a photograph)."""

_OUTSIDE = re.compile(r"url\((?!\s*[\"']?data:)|@import|src\(", re.IGNORECASE)
_FONT = re.compile(r"data:font/woff2;base64,([^\"]+)")
_FETCHING = {"script", "link", "iframe", "object", "embed", "form", "base", "video", "audio"}
_UNDRAWN = frozenset("\u200b\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069")
"""Shapers act on these; fonts need not have them."""


@dataclass(frozen=True)
class WebPage:
    """A finished page, and the markup that it was made from, if it can be made again."""

    text: str
    markup: Markup | None

    @cached_property
    def elements(self) -> list[Any]:
        """Every element, in the order of the page."""
        return list(blocks.parsed(self.text).iter())

    def named(self, *names: str) -> list[Any]:
        """The elements of some names."""
        return [element for element in self.elements if blocks.tag(element) in names]


def check(data: bytes, markup: Markup, span: Span) -> tuple[Finding, ...]:
    """Everything that is wrong with a page that has just been made."""
    page = WebPage(data.decode(), markup)
    findings = list(large(data, span))
    for rule, problems_of in CHECKS.items():
        findings += [finding(rule, span, problem=problem) for problem in problems_of(page)]
    return sort(findings)


def large(data: bytes, span: Span) -> Iterator[Finding]:
    """Whether the page is larger than pages usually are (P096)."""
    size = round(len(data) / 1000)
    if size > MOST_KB:
        yield finding("P096", span, size=size, most=MOST_KB)


def _whole(page: WebPage) -> Iterator[str]:
    """Language, title, landmarks and headings (WCAG 2.2: 1.3.1, 2.4.1, 2.4.2, 2.4.6, 3.1.1)."""
    if not page.text.startswith("<!doctype html>"):
        yield "the page does not begin with its document type"
    for name in ("title", "h1", "main", "header", "footer"):
        if len(page.named(name)) != 1:
            yield f"there is not one `{name}` but {len(page.named(name))}"
    root = page.elements[0].attrib
    if page.markup is not None:
        language = page.markup.language
        if (root.get("lang"), root.get("dir")) != (language.tag, language.direction):
            yield f"the page says that it is in `{root.get('lang')}`, {root.get('dir')}"
    yield from _headings(page)


def _headings(page: WebPage) -> Iterator[str]:
    level = 0
    for heading in page.named("h1", "h2", "h3", "h4", "h5", "h6"):
        own = int(blocks.tag(heading)[1])
        if own > level + 1:
            yield f"heading “{_words(heading)[:40]}” of level {own} follows one of level {level}"
        level = own


def _fetches_nothing(page: WebPage) -> Iterator[str]:
    """Programs, and addresses of anything that is not in the page."""
    for element in page.elements:
        name = blocks.tag(element)
        if name in _FETCHING:
            yield f"there is a `{name}`"
        source = element.attrib.get("src", "data:")
        if not source.startswith("data:"):
            yield f"`{name}` fetches {source[:60]}"
        if any(attribute.lower().startswith("on") for attribute in element.attrib):
            yield f"`{name}` runs a program"
    for style in page.named("style"):
        css = style.text or ""
        for match in _OUTSIDE.finditer(css):
            yield f"a style sheet fetches {css[match.start() : match.end() + 40]}"


def _links_lead_somewhere(page: WebPage) -> Iterator[str]:
    """Ids stand once; links inside the page lead to one."""
    ids = Counter(element.attrib["id"] for element in page.elements if "id" in element.attrib)
    for id_, count in ids.items():
        if count > 1:
            yield f"the id `{id_}` stands {count} times"
    for element in page.elements:
        target = element.attrib.get("href", "")
        if target.startswith("#") and target[1:] not in {*ids, "top"}:
            yield f"the link “{_words(element)[:40]}” leads to `{target}`, which is not there"
        for name in element.attrib.get("aria-labelledby", "").split():
            if name not in ids:
                yield f"`{blocks.tag(element)}` takes its name from `{name}`, which is not there"


def _letters(page: WebPage) -> Iterator[str]:
    """Every letter that is shown is in one of the page's own fonts."""
    css = "".join(style.text or "" for style in page.named("style"))
    known = frozenset[int]()
    for data in _FONT.findall(css):
        with TTFont(BytesIO(b64decode(data))) as font:
            known |= font.getBestCmap().keys()
    if not known:
        yield "the page has no fonts"
    shown = "".join(_shown(page))
    for letter in sorted(set(shown) - _UNDRAWN):
        if ord(letter) not in known and not letter.isspace():
            yield f"no font of the page has “{letter}” {describe(letter)}"


def _shown(page: WebPage) -> Iterator[str]:
    for body in page.named("body"):
        yield "".join(body.itertext())
    for element in page.elements:
        yield element.attrib.get("data-head", "") + element.attrib.get("alt", "")


def _pictures(page: WebPage) -> Iterator[str]:
    for picture in page.named("img"):
        if "alt" not in picture.attrib:
            yield "a picture has no words in its place"
    for element in page.elements:
        if element.attrib.get("role") == "img" and not element.attrib.get("aria-label"):
            yield "a drawing has no words in its place"


def _same_words(page: WebPage) -> Iterator[str]:
    """The words, block by block, against those of the markup."""
    if page.markup is None:
        return
    back = page.markup.link_words["back"]
    expected = [block.text for block in blocks.of_markup(page.markup.html)]
    shown = [_without(block.text, back) for block in blocks.of_markup(page.text)]
    if not expected:
        yield "the markup has no words"
    matcher = SequenceMatcher(None, expected, shown, autojunk=False)
    for kind, start, end, shown_start, shown_end in matcher.get_opcodes():
        if kind != "equal":
            yield f"{_first(expected[start:end])} stands as {_first(shown[shown_start:shown_end])}"


def _without(text: str, back: str) -> str:
    while text.endswith(f" {back}"):
        text = text.removesuffix(f" {back}")
    return text


def _first(texts: list[str]) -> str:
    return f"“{texts[0][:90]}”" if texts else "nothing"


def _words(element: Any) -> str:
    return blocks.plain("".join(element.itertext()))


CHECKS: dict[str, Callable[[WebPage], Iterator[str]]] = {
    "P090": _whole,
    "P091": _fetches_nothing,
    "P092": _links_lead_somewhere,
    "P093": _letters,
    "P094": _pictures,
    "P095": _same_words,
}
"""Every question, by its rule."""
