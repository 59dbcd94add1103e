"""What a listener hears, a block at a time: of a finished file, and of the markup it came from.

The two are read by different code from different things, and have to say the same: the same
blocks in the same order, of the same type, in the same words, each word in its language.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from leafpress.proof.tags.tagged import Mark, Tagged, TaggedElement

INLINE = frozenset(["Span", "Link", "Strong", "Em", "Sub", "Quote", "Code", "Reference"])
"""Types that stand inside a line (ISO 32000-1, 14.8.4.4)."""


@dataclass(frozen=True, slots=True)
class HeardBlock:
    """A block: its type, its words by language, in order, and all of them as one text."""

    type: str
    words: tuple[tuple[str, str], ...]
    text: str

    def __str__(self) -> str:
        return f"{self.type}: " + " ".join(f"[{tag}] {text}" for tag, text in self.words)


class _Gatherer:
    """Collects pieces of a block; `flush` makes a block of them."""

    def __init__(self) -> None:
        self.blocks: list[HeardBlock] = []
        self._pieces: list[tuple[str, str]] = []

    def add(self, language: str, text: str) -> None:
        """Add words to the block that is being read."""
        if self._pieces and self._pieces[-1][0] == language:
            text = self._pieces.pop()[1] + text
        self._pieces.append((language, text))

    def flush(self, type_: str) -> None:
        """End a block."""
        words = tuple((tag, plain(text)) for tag, text in self._pieces if plain(text))
        text = plain("".join(text for _, text in self._pieces))
        self._pieces = []
        if type_ == "Lbl":  # style sheets put a colon after a term
            words = tuple((tag, piece.rstrip(_COLONS)) for tag, piece in words)
            text = text.rstrip(_COLONS)
        if words:
            self.blocks.append(HeardBlock(type_, _joined(words), text))


_COLONS = " :："
"""Western and Chinese; a no-break blank before one is plain by then."""


def _joined(words: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Neighbours in one language, between which a blank piece in another one stood."""
    joined: list[tuple[str, str]] = []
    for language, text in words:
        if joined and joined[-1][0] == language:
            _, before = joined.pop()
            joined.append((language, f"{before} {text}"))
        else:
            joined.append((language, text))
    return tuple(joined)


_UNSEEN = dict.fromkeys(
    (0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
)


def plain(text: str) -> str:
    """Text as it is compared: composed letters (NFC), single blanks, no layout characters."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_UNSEEN)).split())


# --- The finished file ------------------------------------------------------------------------


def of_file(tagged: Tagged) -> list[HeardBlock]:
    """The blocks of a finished file, without the labels that only number a list."""
    gatherer = _Gatherer()
    if tagged.root is not None:
        _file_block(tagged.root, gatherer)
    return gatherer.blocks


def _file_block(element: TaggedElement, gatherer: _Gatherer) -> None:
    if element.type == "Figure":
        gatherer.add(element.language, element.alternative or "")
        gatherer.flush("Figure")
        return
    if is_counter(element):
        return
    type_ = {"FENote": "Note"}.get(element.type, element.type)
    _file_words(element, type_, gatherer)
    gatherer.flush(type_)


def _file_words(element: TaggedElement, block: str, gatherer: _Gatherer) -> None:
    for kid in element.kids:
        if isinstance(kid, Mark):
            gatherer.add(element.language, kid.text)
        elif isinstance(kid, TaggedElement) and kid.type in INLINE:
            _file_words(kid, block, gatherer)
        elif isinstance(kid, TaggedElement):
            gatherer.flush(block)
            _file_block(kid, gatherer)


def is_counter(element: TaggedElement) -> bool:
    """Whether this is a bullet or number rather than a term that is explained."""
    if element.type != "Lbl" or element.parent is None or element.parent.parent is None:
        return False
    numbering = element.parent.parent.attribute("List", "ListNumbering")
    return numbering not in {None, "None", "Description"}


# --- The markup -------------------------------------------------------------------------------

_TYPES = {
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    **dict.fromkeys(("li", "dd"), "LBody"),
    **dict.fromkeys(("caption", "figcaption"), "Caption"),
    "dt": "Lbl",
    "td": "TD",
    "th": "TH",
}
"""Type of a block by its element; any other block's own words are a P."""

_INLINE_TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "br",
        "cite",
        "code",
        "em",
        "i",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "wbr",
    ]
)
_UNHEARD = frozenset(["head", "style", "script", "template"])


def of_markup(html: str) -> list[HeardBlock]:
    """The blocks of an edition's HTML. What stands in the margins of pages is left out."""
    gatherer = _Gatherer()
    _markup_block(parsed(html), "", gatherer)
    return gatherer.blocks


@lru_cache(maxsize=4)
def parsed(html: str) -> Any:
    """The root element of a page. Several questions are asked of one page, which nobody changes."""
    import tinyhtml5

    return tinyhtml5.parse(html)


def tag(element: Any) -> str:
    """An element's name."""
    return str(element.tag).rpartition("}")[2]


def _markup_block(element: Any, language: str, gatherer: _Gatherer) -> None:
    attributes, name = element.attrib, tag(element)
    language = attributes.get("lang", language)
    if name in _UNHEARD or is_running(element):
        return
    if name in {"img", "svg"} or attributes.get("role") == "img":
        gatherer.add(language, attributes.get("alt") or attributes.get("aria-label") or "")
        gatherer.flush("Figure")
        return
    type_ = "Note" if attributes.get("role") == "doc-endnote" else _TYPES.get(name, "P")
    _markup_words(element, language, type_, gatherer)
    gatherer.flush(type_)


def is_running(element: Any) -> bool:
    """Whether an element stands in the margin of every page: its class begins with `running`."""
    return str(element.attrib.get("class", "")).startswith("running")


def _markup_words(element: Any, language: str, block: str, gatherer: _Gatherer) -> None:
    gatherer.add(language, element.text or "")
    for child in _in_order(element):
        own = child.attrib.get("lang", language)
        if tag(child) == "br":
            gatherer.add(language, " ")
        elif tag(child) in _INLINE_TAGS:
            _markup_words(child, own, block, gatherer)
        else:
            gatherer.flush(block)
            _markup_block(child, language, gatherer)
        gatherer.add(language, child.tail or "")


def _in_order(element: Any) -> Iterator[Any]:
    """Children as they are heard: a figure's caption goes before its picture."""
    captions: list[Any] = []
    if tag(element) == "figure":
        captions = [inside for inside in element.iter() if tag(inside) == "figcaption"]
    if not captions:
        yield from element
        return
    yield from captions
    for child in element:
        yield from _without(child, captions)


def _without(element: Any, captions: list[Any]) -> Iterator[Any]:
    if element in captions:
        return
    if any(inside in captions for inside in element.iter()):
        for child in element:
            yield from _without(child, captions)
    else:
        yield element
