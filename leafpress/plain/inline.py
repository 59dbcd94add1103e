"""The words of a block of HTML: pieces by language, with numbers and addresses that links hide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from leafpress.plain.document import Line, Piece

TAGS = frozenset(
    {"a", "abbr", "b", "bdi", "br", "cite", "code", "em", "i", "q", "s"}
    | {"small", "span", "strong", "sub", "sup", "time", "u", "wbr"}
)
"""Elements that stand inside a line."""

BREAK = "\n"
"""A piece of this text ends a line."""


def tag(element: Any) -> str:
    """An element's name."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Any, name: str) -> str:
    """The value of an attribute; empty if it is not there."""
    return str(element.attrib.get(name, ""))


def has_class(element: Any, name: str) -> bool:
    """Whether an element is of this class."""
    return name in attribute(element, "class").split()


@dataclass
class WordReader:
    """Reads the words of one page.

    Args:
        numbers: telephone numbers as they are printed, by the digits that links call.
    """

    numbers: Mapping[str, str]
    addresses: list[str] = field(default_factory=list)

    def of(self, element: Any, language: str) -> Iterator[Piece]:
        """The pieces of an inline element, without what follows it."""
        language = attribute(element, "lang") or language
        if tag(element) == "br":
            yield Piece(BREAK, language)
            return
        pieces = list(self._inside(element, language))
        together = has_class(element, "together") or attribute(element, "href")[:4] == "tel:"
        isolate = attribute(element, "dir") == "ltr"
        call = tag(element) == "a"
        for piece in pieces:
            yield replace(
                piece,
                together=piece.together or (together and _is_number(piece.text)),
                isolate=piece.isolate or isolate,
                call=piece.call or call,
            )
        yield from self._added(element, "".join(piece.text for piece in pieces), language)

    def _inside(self, element: Any, language: str) -> Iterator[Piece]:
        if attribute(element, "role") == "doc-noteref":
            yield Piece(f"[{''.join(element.itertext()).strip()}]", language, together=True)
            return
        yield Piece(element.text or "", language)
        for child in element:
            yield from self.of(child, language)
            yield Piece(child.tail or "", language)

    def _added(self, element: Any, text: str, language: str) -> Iterator[Piece]:
        """What print leaves to the click: the number, the address."""
        href = attribute(element, "href")
        if href.startswith("tel:"):
            yield from self._number(href[4:], text, language)
        elif href.startswith(("https:", "mailto:")):
            address = href.removeprefix("mailto:")
            if text.strip() not in {address, address.removeprefix("https://")}:
                self.addresses.append(address)

    def _number(self, digits: str, text: str, language: str) -> Iterator[Piece]:
        if digits not in re.sub(r"\D", "", text):
            number = self.numbers.get(digits, digits)
            yield Piece(" (", language)
            yield Piece(number, language, together=True, isolate=True, call=True)
            yield Piece(")", language)


def _is_number(text: str) -> bool:
    return re.search(r"\d", text) is not None


def numbers(root: Any) -> dict[str, str]:
    """The telephone numbers that a page prints, by their digits."""
    links = (e for e in root.iter() if attribute(e, "href").startswith("tel:"))
    printed = ("".join(e.itertext()).strip() for e in links)
    return {re.sub(r"\D", "", each): each for each in printed if re.fullmatch(r"\+?[\d ]+", each)}


def lines(pieces: list[Piece]) -> tuple[Line, ...]:
    """Pieces in lines, with single blanks, and none at either end of a line."""
    found: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.text == BREAK:
            found.append([])
        else:
            found[-1].append(piece)
    return tuple(line for line in map(_tidy, found) if line)


def _tidy(pieces: list[Piece]) -> Line:
    tidy: list[Piece] = []
    blank = True  # the last character so far: none at the beginning of a line
    for piece in pieces:
        text = re.sub(r"[ \t\n\r\f]+", " ", piece.text)
        text = text.lstrip(" ") if blank else text
        if text:
            blank = text.endswith(" ")
            tidy.append(replace(piece, text=text))
    while tidy and not tidy[-1].text.rstrip():
        tidy.pop()
    if tidy:
        tidy[-1] = replace(tidy[-1], text=tidy[-1].text.rstrip())
    return tuple(_joined(tidy))


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Neighbours that differ in nothing but their words, as one."""
    last: Piece | None = None
    for piece in pieces:
        if last is not None and replace(last, text="") == replace(piece, text=""):
            last = replace(last, text=last.text + piece.text)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
