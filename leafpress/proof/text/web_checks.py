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

MOST_KB = 400
"""Kilobytes of a page: two weights of a font and a dozen drawings, light and dark, fit (about a
photograph). Measured: 280 in Bengali with the pictures of easy read, 358 in Nastaliq."""

_MOST_KB_OF = {"zh-Hant": 420}
"""Chinese has a sign a syllable: 800 of them in two weights are 320 kB. Measured: 419 in
traditional signs, which have more strokes; 380 in simplified ones."""

_OUTSIDE = re.compile(r"url\((?!\s*[\"']?data:)|@import|src\(", re.IGNORECASE)
_FONT = re.compile(r"data:font/woff2;base64,([^\"]+)")
_NUMBER = re.compile(r"(?<!\d)0[\d ]{8,}\d|(?<!\d)\d{3}(?!\d)")
"""999, 111, or a number with its area code (Ofcom: 0 and nine or ten digits)."""
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
    findings = list(large(page, span))
    for rule, problems_of in CHECKS.items():
        findings += [finding(rule, span, problem=problem) for problem in problems_of(page)]
    return sort(findings)


def large(page: WebPage, span: Span) -> Iterator[Finding]:
    """Whether the page is larger than pages usually are (P096)."""
    size = round(len(page.text.encode()) / 1000)
    most = _MOST_KB_OF.get(page.elements[0].attrib.get("lang", ""), MOST_KB)
    if size > most:
        yield finding("P096", span, size=size, most=most)


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
        if name in _FETCHING and not _is_icon(element):
            yield f"there is a `{name}`"
        for attribute in ("src", "srcset"):
            source = element.attrib.get(attribute, "data:")
            if not source.startswith("data:") or " " in source:
                yield f"`{name}` fetches {source[:60]}"
        if any(attribute.lower().startswith("on") for attribute in element.attrib):
            yield f"`{name}` runs a program"
    for style in page.named("style"):
        css = style.text or ""
        for match in _OUTSIDE.finditer(css):
            yield f"a style sheet fetches {css[match.start() : match.end() + 40]}"


def _is_icon(element: Any) -> bool:
    """Whether it is the icon of the tab, which the page holds itself."""
    there = (element.attrib.get("rel"), element.attrib.get("href", "")[:5])
    return there == ("icon", "data:")


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
            known |= (font.getBestCmap() or {}).keys()
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


def _to_press(page: WebPage) -> Iterator[str]:
    """Every number in the head of an emergency box can be pressed there."""
    for box in page.elements:
        if "emergency" in box.attrib.get("class", "").split():
            called = {address for address in _addresses(box) if address.startswith("tel:")}
            heads = [each for each in box.iter() if each.attrib.get("class") == "band"]
            named = _NUMBER.findall(" ".join(_words(head) for head in heads))
            numbers = {"tel:" + number.replace(" ", "") for number in named}
            for number in sorted(numbers - called):
                yield f"the box “{_words(box)[:40]}” names {number[4:]}, which cannot be pressed"
            if not called:
                yield f"nothing in the box “{_words(box)[:40]}” can be pressed"


def _addresses(element: Any) -> Iterator[str]:
    for each in element.iter():
        yield each.attrib.get("href", "")


def _listed(page: WebPage) -> Iterator[str]:
    """Search engines are kept from what is not approved, and from nothing else."""
    asked = [each for each in page.named("meta") if each.attrib.get("name") == "robots"]
    kept_out = any("noindex" in each.attrib.get("content", "") for each in asked)
    if page.markup is None or kept_out != page.markup.is_approved:
        return
    if kept_out:
        yield "the leaflet is approved, and the page asks search engines to leave it out"
    else:
        yield "the leaflet is not approved, and search engines would list the page"


def _letters_grow(page: WebPage) -> Iterator[str]:
    """Readers can make letters larger: by zoom, and by their telephone's own setting."""
    named = {each.attrib.get("name"): each.attrib.get("content", "") for each in page.named("meta")}
    if re.search(r"maximum-scale|user-scalable", named.get("viewport", "")):
        yield "the page does not let its readers zoom"
    if named.get("text-scale") != "scale":
        yield "letters do not follow the telephone's setting (`text-scale`)"


def _for_reading_views(page: WebPage) -> Iterator[str]:
    """What browsers take into their reading views, and what names tables and figures there."""
    articles = page.named("article")
    if len(articles) != 1:
        yield f"there is not one `article` but {len(articles)}"
    inside = {id(each) for article in articles for each in article.iter()}
    for part in (*page.named("h1"), *page.named("section")):
        if id(part) not in inside:
            yield f"“{_words(part)[:40]}” is not in the `article`"
    yield from _without_child(page, "table", "caption")
    yield from _without_child(page, "figure", "figcaption")


def _without_child(page: WebPage, name: str, child: str) -> Iterator[str]:
    for element in page.named(name):
        if child not in {blocks.tag(each) for each in element}:
            yield f"the `{name}` “{_words(element)[:40]}” has no `{child}` of its own"


def _room_for_pictures(page: WebPage) -> Iterator[str]:
    """Every picture says how large it is: words do not move while it loads."""
    for picture in page.named("img"):
        if not {"width", "height"} <= set(picture.attrib):
            yield f"the picture “{picture.attrib.get('alt', '')[:40]}” does not say how large it is"


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
    "P113": _to_press,
    "P114": _listed,
    "P115": _letters_grow,
    "P116": _for_reading_views,
    "P117": _room_for_pictures,
}
"""Every question, by its rule."""
