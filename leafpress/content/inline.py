"""The small Markdown that texts may use, and nothing more.

`**strong**`, `*emphasis*`, `[words](#section or https://…)`, `[NICE]{abbr="National …"}`,
`[Iechyd]{lang=cy}` and placeholders for contacts such as `{999}`. HTML is never understood.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin

from leafpress.content.language_tag import is_language_tag

PLACEHOLDER = re.compile(r"\{([a-z0-9][a-z0-9-]*)\}")
"""`{999}`: the name of a contact in `leaflets/contacts.yaml`, or `{clinic}`."""

SCHEMES = ("https://", "mailto:", "tel:", "#")
"""Where a link may lead. Plain `http:` is refused: a patient cannot tell who answers."""

LONGEST = 10_000
"""Characters beyond which no markup is looked for: every role's limit is a tenth of it, so that
such a text has L021 or T014, and the parser takes minutes for 100,000 brackets (measured)."""

_ATTRIBUTES = ("abbr", "lang")
_HTML = re.compile(r"</?[A-Za-z][^<>]*>?|<!--|&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]+);")
_LEFTOVER = re.compile(r"[*`]|\]\s?[({\[]|\[[^\]]*$")


@dataclass(frozen=True, slots=True)
class Inline:
    """A text, parsed.

    Args:
        tokens: markdown-it's inline tokens, in order.
        links: every link's target, in order.
        placeholders: every placeholder's name, in order.
        markup: how often each kind of markup stands in the text.
        faults: (rule, piece of the text) for each thing that is not understood.
    """

    tokens: tuple[Token, ...]
    links: tuple[str, ...]
    placeholders: tuple[str, ...]
    markup: Counter[str]
    faults: tuple[tuple[str, str], ...]


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False})
    # A link's scheme is judged in `_token_faults`, which can say what is wrong with it.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005  # the library's hook
    parser.enable(["emphasis", "link", "escape"])
    return parser.use(attrs_plugin, spans=True, allowed=_ATTRIBUTES)


@lru_cache(maxsize=4096)
def parse(text: str) -> Inline:
    """What stands in `text`, and what is wrong with it."""
    if len(text) > LONGEST:
        return Inline((Token("text", "", 0, content=text),), (), (), Counter(), ())
    tokens = tuple(_parser().parseInline(text)[0].children or ())
    kinds = Counter(kind for token in tokens for kind in _kinds(token))
    return Inline(
        tokens,
        tuple(str(token.attrs["href"]) for token in tokens if token.type == "link_open"),
        tuple(PLACEHOLDER.findall("".join(t.content for t in tokens if t.type == "text"))),
        kinds,
        tuple(fault for token in tokens for fault in _token_faults(token)),
    )


def plain(text: str) -> str:
    """`text` without its markup; placeholders stay."""
    return "".join(token.content for token in parse(text).tokens if token.type == "text")


def by_language(text: str) -> Iterator[tuple[str, str]]:
    """Words of `text` with the language that they are marked with; empty for the text's own."""
    marked: list[str] = []
    for token in parse(text).tokens:
        if token.type == "span_open":
            around = marked[-1] if marked else ""
            marked.append(str(token.attrs.get("lang", around)))
        elif token.type == "span_close":
            marked.pop()
        elif token.type == "text":
            yield (marked[-1] if marked else ""), token.content


def outside_links(text: str) -> str:
    """The words of `text` that are no link's, a line feed where a link stood."""
    pieces, depth = list[str](), 0
    for token in parse(text).tokens:
        depth += token.nesting if token.type.startswith("link_") else 0
        if token.type == "text" and not depth:
            pieces.append(token.content)
        elif depth:
            pieces.append("\n")
    return "".join(pieces)


def _kinds(token: Token) -> Iterator[str]:
    if token.type == "strong_open":
        yield "**strong**"
    elif token.type == "em_open":
        yield "*emphasis*"
    elif token.type == "link_open":
        yield "[link](…)"
    elif token.type == "span_open":
        yield from (f"[…]{{{name}=…}}" for name in token.attrs if name in _ATTRIBUTES)


def _token_faults(token: Token) -> Iterator[tuple[str, str]]:
    if token.type == "link_open":
        target = str(token.attrs["href"])
        if not target.startswith(SCHEMES) or re.search(r"\s", target):
            yield "L032", target
    elif token.type == "span_open" and not token.attrs.keys() & set(_ATTRIBUTES):
        yield "L024", "[…]{…}"
    elif token.type == "span_open" and not is_language_tag(str(token.attrs.get("lang", "en"))):
        yield "L099", str(token.attrs["lang"])
    elif token.type == "text":
        yield from _text_faults(token.content)
    if token.meta.get("insecure_attrs"):
        yield "L024", "{" + " ".join(map(str, token.meta["insecure_attrs"])) + "}"


def _is_end_of(mark: str, marks: Iterable[str]) -> bool:
    return mark.startswith("</") and f"<{mark[2:]}" in marks


def _text_faults(content: str) -> Iterator[tuple[str, str]]:
    marks = dict.fromkeys(html[0] for html in _HTML.finditer(content))
    # An end tag says nothing that its start tag has not said.
    yield from (("L023", mark) for mark in marks if not _is_end_of(mark, marks))
    leftover = _LEFTOVER.search(content)
    if leftover:
        yield "L024", leftover[0]
    braces = re.search(r"[{}]", PLACEHOLDER.sub("", content))
    if braces:
        yield "L024", braces[0]
