"""Reading HTML and style sheets: what is asked for each letter or element, and never changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from copy import copy
from typing import Any


def expressions_once(stock: Callable[..., str]) -> Callable[..., str]:
    """`HTMLUnicodeInputStream.chars_until`: it looks its expressions up by what it never keeps."""
    known: dict[tuple[Any, bool], re.Pattern[str]] = {}

    def chars_until(stream: Any, characters: Iterable[str], opposite: bool = False) -> str:
        key = characters, opposite
        if key not in known:
            known[key] = _expression(characters, opposite=opposite)
        start = stream.chunk_offset
        match = known[key].match(stream.chunk, start)
        if match is None and start != stream.chunk_size:
            return ""
        if match is None or match.end() == stream.chunk_size:
            return stock(stream, characters, opposite)
        stream.chunk_offset = match.end()
        return match[0]

    return chars_until


def _expression(characters: Iterable[str], *, opposite: bool) -> re.Pattern[str]:
    codes = "".join(f"\\x{ord(character):02x}" for character in characters)
    return re.compile(f"[{codes}]+" if opposite else f"[^{codes}]+")


_OF_NOTES = frozenset(
    {"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"}
)
"""What every element has by WeasyPrint's own style sheet, and only a note ever shows. Our pages
have none: `pages/lint/css_rules.py` forbids them."""


def without_notes(stock: Callable[..., list[Any]]) -> Callable[..., list[Any]]:
    """`HTML._ua_stylesheets`: most of the styles that it gives were those of notes."""
    known: dict[int, tuple[Any, Any]] = {}

    def shorter(sheet: Any) -> Any:
        if id(sheet) not in known:
            without, matcher = copy(sheet), copy(sheet.matcher)
            matcher.other_selectors = [
                row for row in matcher.other_selectors if row[3] not in _OF_NOTES
            ]
            without.matcher = matcher
            known[id(sheet)] = sheet, without
        return known[id(sheet)][1]

    def sheets(*values: Any, **named: Any) -> list[Any]:
        return [shorter(sheet) for sheet in stock(*values, **named)]

    return sheets
