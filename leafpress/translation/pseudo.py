"""Pseudo-languages: English, changed so that whatever was not translated shows at once.

`en-XA` has accents and is 40 % longer, as Polish and Bengali can be; `ar-XB` is spelled in
Arabic letters, so that the page is truly right to left. Markup, placeholders and numbers stay.
"""

from __future__ import annotations

import re

from leafpress.translation.language import Language

_KEPT = re.compile(
    r"(%\(\w+\)s|\{[a-z0-9][a-z0-9-]*\}|\]\([^)]*\)|\]\{lang=\w+\}|\]\{abbr=|[*\\\[])"
)
_ACCENTS = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "ÅBÇÐÉFĞĦÎJĶĻMÑÖPQŔŠŢÛVŴXÝŽåbçðéfğħîjķļmñöpqŕšţûvŵxýž",
)
_ARABIC = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ,;?",
    "ابچدےفگہیجکلمنوپقرستعوغخژزابچدےفگہیجکلمنوپقرستعوغخژز،؛؟",
)
_LONGER = 0.4
_FILLER = ("öñé", "ţŵö", "ţħŕéé", "föûŕ", "fîvé", "šîx", "šévéñ", "éîğħţ", "ñîñé", "ţéñ")


def translate(text: str, language: Language) -> str:
    """`text` in a pseudo-language."""
    if language.direction == "rtl":
        return _spelled(text, _ARABIC)
    return f"«{_spelled(text, _ACCENTS)}{_filler(len(text))}»"


def _spelled(text: str, table: dict[int, int]) -> str:
    pieces = _KEPT.split(text)
    return "".join(
        piece if index % 2 else piece.translate(table) for index, piece in enumerate(pieces)
    )


def _filler(length: int) -> str:
    """Words that make a text of `length` characters 40 % longer, never less than one."""
    words, wanted = "", length * _LONGER
    for index in range(length):
        if len(words) >= wanted:
            break
        words += " " + _FILLER[index % len(_FILLER)]
    return words
