"""Where templates and style sheets use what: elements, attributes, declarations, rules.

Templates are not HTML before they are filled: Jinja's parts are blanked out at equal length, so
that every place stays where it was, and tags that one branch opens and another closes do no harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import Any

from leafpress.pages.lint.html_rules import (
    AT_RULE,
    ATTRIBUTE,
    ELEMENT,
    PROPERTY,
    SELECTOR,
    STRUCTURE,
    TEXT,
)

_JINJA = re.compile(
    r"""\{\#.*?\#\} | \{% (?:"[^"]*"|'[^']*'|.)*? %\} | \{\{ (?:"[^"]*"|'[^']*'|.)*? \}\}""",
    re.DOTALL | re.VERBOSE,
)
UNKNOWN = "\ue000"
"""Stands for what Jinja will fill in."""

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
)
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_BLOCKS = _HEADINGS | {
    *("p", "div", "section", "article", "aside", "nav", "header", "footer", "main", "ul", "ol"),
    *("dl", "li", "table", "figure", "blockquote", "pre", "address", "hr"),
}
_LISTS: dict[str, set[str]] = {
    "ul": {"li"},
    "ol": {"li"},
    "menu": {"li"},
    "dl": {"dt", "dd", "div"},
}
_CLOSED_BY: dict[str, set[str]] = {
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "tr": {"tr"},
}
_CLOSED_BY |= {"td": {"td", "th", "tr"}, "th": {"td", "th", "tr"}, "p": _BLOCKS - {"li"}}


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a construct: what it is (`construct_rows.Construct`), and where."""

    kind: str
    name: str
    value: str
    within: str
    line: int
    column: int
    shown: str
    """How a finding quotes it."""


def blanked(template: str) -> str:
    """A template without Jinja: as long as before, line by line."""
    return _JINJA.sub(_blank, template)


def _blank(found: re.Match[str]) -> str:
    filler = UNKNOWN if found[0].startswith("{{") else " "
    return re.sub(r"[^\n]", filler, found[0])


def scan_html(template: str) -> list[Use]:
    """What a template uses, its style sheets and `style` attributes included."""
    scanner = _Scanner(blanked(template), template)
    scanner.feed(scanner.text)
    scanner.close()
    return scanner.uses


@dataclass(frozen=True, slots=True)
class _OpenElement:
    """An element that has begun: its tag, and its attributes as rules look for them."""

    tag: str
    attributes: str


@dataclass(slots=True)
class _OpenTable:
    """A table that has begun: where, and whether it has had a head."""

    at: tuple[int, int]
    has_heads: bool = False


class _Scanner(HTMLParser):
    def __init__(self, text: str, template: str) -> None:
        super().__init__(convert_charrefs=False)
        self.text, self.uses = text, list[Use]()
        self._lines = template.split("\n")
        self._open: list[_OpenElement] = []
        self._tables: list[_OpenTable] = []
        self._level = 0
        """Of the last heading; 0 before the first."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while self._open and tag in _CLOSED_BY.get(self._open[-1].tag, ()):
            self._open.pop()
        attributes = " ".join(["", *(f"{n} {n}={v}" for n, v in attrs), ""])
        if tag == "svg":
            attributes += " ".join([*self._inherited(), ""])
        at = self._at()
        self._use(ELEMENT, tag, at, f"<{tag}>", value=attributes)
        self._structure(tag, at)
        for name, value in attrs:
            self._attribute(tag, name, value or "")
        if tag not in _VOID:
            self._open.append(_OpenElement(tag, attributes))
        if tag == "table":
            self._tables.append(_OpenTable(at))
        elif tag == "th" and self._tables:
            self._tables[-1].has_heads = True

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open_tags():
            while self._open.pop().tag != tag:
                pass
        if tag == "table" and self._tables:
            table = self._tables.pop()
            inside = "\n".join(self._lines[table.at[0] - 1 : self.getpos()[0]])
            if not table.has_heads and "{% include" not in inside:
                self._use(STRUCTURE, "table", table.at, "<table> without <th>")

    def handle_data(self, data: str) -> None:
        line, offset = self.getpos()
        parent = self._open[-1].tag if self._open else ""
        if parent == "style":
            self.uses += _placed(scan_css(data), line, offset)
        elif parent in _LISTS and data.strip().strip(UNKNOWN).strip():
            lead = data[: len(data) - len(data.lstrip())]
            place = _beyond(line, offset, lead)
            self._use(STRUCTURE, "in-list", place, f"words in <{parent}>")
        for found in re.finditer("\u00ad", data):
            place = _beyond(line, offset, data[: found.start()])
            self._use(TEXT, "soft hyphen", place, "soft hyphen")

    def handle_entityref(self, name: str) -> None:
        if name == "shy":
            self._use(TEXT, "soft hyphen", self._at(), "&shy;")

    def handle_charref(self, name: str) -> None:
        if name.lower() in {"173", "xad"}:
            self._use(TEXT, "soft hyphen", self._at(), f"&#{name};")

    def _inherited(self) -> Iterator[str]:
        """What speaks for a drawing: a picture that it is a part of, or its title."""
        around = [element.attributes for element in self._open]
        if any(" role=img " in each or " aria-hidden=true " in each for each in around):
            yield "inside-a-picture"
        line, offset = self.getpos()
        rest = "\n".join(self.text.split("\n")[line - 1 :])[offset:]
        if re.match(r"<svg[^>]*>\s*<title>", rest, re.IGNORECASE):
            yield "title"

    def _structure(self, tag: str, at: tuple[int, int]) -> None:
        above = self._open_tags()
        parent = above[-1] if above else ""
        if parent in _LISTS and tag not in _LISTS[parent] | {"script", "template"}:
            self._use(STRUCTURE, "in-list", at, f"<{tag}> in <{parent}>")
        homes = {"ul", "ol", "menu"} if tag == "li" else {"dl", "div"}
        if tag in {"li", "dt", "dd"} and above and parent not in homes:
            self._use(STRUCTURE, tag, at, f"<{tag}> in <{parent}>")
        if "a" in above and tag in _BLOCKS:
            self._use(STRUCTURE, "in-link", at, f"<{tag}> in <a>")
        if tag in _HEADINGS:
            if self._level and int(tag[1]) > self._level + 1:
                self._use(STRUCTURE, tag, at, f"<{tag}> after <h{self._level}>")
            self._level = int(tag[1])

    def _attribute(self, tag: str, name: str, value: str) -> None:
        written = self.get_starttag_text() or ""
        found = re.search(rf"[\s\"']({re.escape(name)})\s*(?:=\s*[\"']?|(?=[\s>/]))", written, re.I)
        start, end = (found.start(1), found.end()) if found else (1, 1)
        line, column = self._at()
        place = _beyond(line, column - 1, written[:start])
        self._use(
            ATTRIBUTE, name, place, f"{name}={_short(value)}", value=value.strip(), within=tag
        )
        if name == "style":
            first, offset = _beyond(line, column - 1, written[:end])
            self.uses += _placed(scan_css(value, tag), first, offset - 1)

    def _use(self, kind: str, name: str, at: tuple[int, int], shown: str, **about: str) -> None:
        value, within = about.get("value", ""), about.get("within", "")
        self.uses.append(Use(kind, name, value, within, *at, shown))

    def _open_tags(self) -> list[str]:
        return [element.tag for element in self._open]

    def _at(self) -> tuple[int, int]:
        line, offset = self.getpos()
        return line, offset + 1


def _short(value: str) -> str:
    """A value as a finding quotes it; what Jinja fills in is an ellipsis."""
    words = re.sub(f"{UNKNOWN}+", "…", " ".join(value.split()))
    return f'"{words}"' if len(words) <= 40 else f'"{words[:39]}…"'


def _beyond(line: int, offset: int, text: str) -> tuple[int, int]:
    """The line and column (from 1) after `text`, which begins at `line` and `offset` (from 0)."""
    breaks = text.count("\n")
    after = len(text.rpartition("\n")[2]) if breaks else offset + len(text)
    return line + breaks, after + 1


def _placed(uses: list[Use], line: int, offset: int) -> list[Use]:
    """Uses of a piece of CSS that begins at `line` and `offset` of a template."""
    return [
        replace(
            use,
            line=use.line + line - 1,
            column=use.column + offset if use.line == 1 else use.column,
        )
        for use in uses
    ]


def scan_css(text: str, element: str = "") -> list[Use]:
    """What a style sheet uses, or the `style` attribute of an `element`."""
    import tinycss2  # type: ignore[import-untyped]  # it has no types

    if element:
        return list(_declarations(tinycss2.parse_blocks_contents(text, True, True), element))
    return list(_rules(tinycss2.parse_stylesheet(text, True, True)))


def _rules(rules: list[Any]) -> Iterator[Use]:
    for rule in rules:
        if rule.type == "at-rule":
            yield from _at_rule(rule)
        elif rule.type == "qualified-rule":
            yield from _qualified(rule)


def _qualified(rule: Any) -> Iterator[Use]:
    import tinycss2

    selector = " ".join(tinycss2.serialize(rule.prelude).split())
    place = rule.source_line, rule.source_column
    yield Use(SELECTOR, selector, "", "", *place, selector[:60])
    yield from _declarations(tinycss2.parse_blocks_contents(rule.content, True, True), selector)


def _at_rule(rule: Any) -> Iterator[Use]:
    import tinycss2

    name, prelude = rule.at_keyword, " ".join(tinycss2.serialize(rule.prelude).split())
    place = rule.source_line, rule.source_column
    yield Use(AT_RULE, name, prelude, "", *place, f"@{name} {prelude}".strip()[:60])
    if rule.content is None:
        return
    if name in {"media", "layer", "supports", "container", "scope"}:
        yield from _rules(tinycss2.parse_rule_list(rule.content, True, True))
    else:
        yield from _declarations(
            tinycss2.parse_blocks_contents(rule.content, True, True), f"@{name}"
        )


def _declarations(parsed: list[Any], within: str) -> Iterator[Use]:
    import tinycss2

    for each in parsed:
        if each.type == "declaration":
            value = " ".join(tinycss2.serialize(each.value).split())
            place = each.source_line, each.source_column
            yield Use(
                PROPERTY, each.lower_name, value, within, *place, f"{each.name}: {value}"[:60]
            )
        elif each.type == "qualified-rule":
            yield from _qualified(each)
        elif each.type == "at-rule":
            yield from _at_rule(each)
