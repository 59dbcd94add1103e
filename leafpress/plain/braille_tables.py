"""Words in braille: each piece by the table of its language.

A table of one language seldom knows the letters and signs of another. What the leaflet's table
lacks, and Latin words between letters of another script, such as “NHS” or “38°C” in Urdu, are
written in Unified English Braille, uncontracted; what that lacks too is an error, never a gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from leafpress.plain import liblouis
from leafpress.plain.document import Line
from leafpress.translation.direction import bare
from leafpress.translation.language import LANGUAGES, SOURCE

BLANK, NO_BREAK = "\u2800", "\xa0"

_ENGLISH = LANGUAGES[SOURCE].braille[0]

_SPELT = {
    "bn.tbl": {
        # liblouis wants these in one character each, which Unicode's NFC takes apart.
        "\u09a1\u09bc": "\u09dc",
        "\u09a2\u09bc": "\u09dd",
        "\u09af\u09bc": "\u09df",
        # The danda is dots 256, as the full stop is: liblouis's later bengali.cti has it.
        "।": ".",
    },
    "pa.tbl": {
        # NFC parts letter and nukta (they are composition exclusions of Unicode).
        "\u0a38\u0a3c": "\u0a36",
        "\u0a32\u0a3c": "\u0a33",
        "\u0a16\u0a3c": "\u0a59",
        "\u0a17\u0a3c": "\u0a5a",
        "\u0a1c\u0a3c": "\u0a5b",
        "\u0a2b\u0a3c": "\u0a5e",
    },
}
"""Other spellings of the same signs, by table, where liblouis 3.24 knows only those."""


_LATIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_LATIN_SCRIPTS = frozenset({"latin", "vietnamese"})


@dataclass(frozen=True, slots=True)
class BraillePart:
    """Words for one table; joined, the parts of a line are the line."""

    table: str
    text: str


def parts(line: Line, language: str, grade: int) -> list[BraillePart]:
    """A line by tables, before what a table lacks is known."""
    found: list[BraillePart] = []
    for piece in line:
        table = _table(piece.language, language, grade)
        text = bare(piece.text).replace(NO_BREAK, " ")
        if found and found[-1].table == table:
            text = found.pop().text + text
        found.append(BraillePart(table, text))
    return [BraillePart(each.table, _spelt(each.table, each.text)) for each in found]


def tables(language: str) -> tuple[str, str]:
    """The tables of a language, grade 1 and 2; empty where there are none."""
    known = LANGUAGES.get(language)
    return known.braille if known else ("", "")


def _table(language: str, main: str, grade: int) -> str:
    """Words in another language are not contracted: who reads one code may not read both."""
    if language == main:
        return tables(main)[grade - 1]
    return tables(language)[0] or tables(language.partition("-")[0])[0] or tables(main)[grade - 1]


def _spelt(table: str, text: str) -> str:
    for long, short in _SPELT.get(table, {}).items():
        text = text.replace(long, short)
    return text


def unknown(found: Iterable[BraillePart]) -> dict[str, frozenset[str]]:
    """The characters that each table lacks, of those that it is asked for."""
    asked: dict[str, set[str]] = {_ENGLISH: set()}
    for part in found:
        asked.setdefault(part.table, set()).update(part.text.replace(" ", ""))
        asked[_ENGLISH].update(part.text.replace(" ", ""))
    return {table: _lacking(table, sorted(characters)) for table, characters in asked.items()}


def _is_of_other_script(table: str) -> bool:
    """Whether a language that is not written in Latin letters has the table."""
    owners = (language for language in LANGUAGES.values() if table in language.braille)
    return any(language.script not in _LATIN_SCRIPTS for language in owners)


_NOBODY_HAS = "\ue000"
"""A character for private use, which no table has."""


def _lacking(table: str, characters: list[str]) -> frozenset[str]:
    spelt, *cells = liblouis.forward(table, [_NOBODY_HAS, *characters])
    foreign = _LATIN if _is_of_other_script(table) else frozenset[str]()
    pairs = zip(characters, cells, strict=True)
    return frozenset(
        character
        for character, said in pairs
        if has_no_sign(said) or _is_spelt(said, spelt) or character in foreign
    )


def has_no_sign(cells: str) -> bool:
    """Whether cells hold one of eight dots, as they do where a table has no sign."""
    return any(cell > liblouis.LAST_CELL for cell in cells)


def _is_spelt(cells: str, spelt: str) -> bool:
    r"""Whether a character is written as its number, which is liblouis's way where it lacks one.

    That is “€” as `'\x20ac'`. In Polish, whose table has a backslash, only the shape tells: how
    the number begins and ends.

    Args:
        spelt: a character that the table surely lacks.
    """
    same_ends = cells[:_BEGINNING] == spelt[:_BEGINNING] and cells[-1:] == spelt[-1:]
    return len(spelt) > _BEGINNING and len(cells) > _BEGINNING and same_ends


_BEGINNING = 3
"""Cells of what a number begins with: quotation mark, backslash, x."""


def shared(part: BraillePart, lacking: dict[str, frozenset[str]]) -> Iterator[BraillePart]:
    """A part, with what its table lacks given to the English one.

    Digits and signs that touch such a piece go with it, so that `38°C` is not torn.
    """
    gaps = lacking[part.table] - lacking[_ENGLISH]
    if not gaps or part.table == _ENGLISH:
        yield part
        return
    gap = f"[{re.escape(''.join(sorted(gaps)))}]"
    near = r"[0-9!-/:-@°‘’“”–]"
    pattern = re.compile(f"((?:{gap}|{near})*{gap}(?:{gap}|{near})*)")
    for index, text in enumerate(pattern.split(part.text)):
        if text:
            yield BraillePart(_ENGLISH if index % 2 else part.table, text)


def in_cells(wanted: Iterable[BraillePart]) -> dict[BraillePart, str]:
    """Each part in cells; blanks at its ends stay blanks. A call of liblouis a table."""
    by_table: dict[str, list[BraillePart]] = {}
    for part in dict.fromkeys(wanted):
        by_table.setdefault(part.table, []).append(part)
    found: dict[BraillePart, str] = {}
    for table, same in by_table.items():
        texts = [_with_blanks_in_numbers(table, part.text.strip()) for part in same]
        cells = liblouis.forward(table, texts)
        found |= {part: _padded(part.text, said) for part, said in zip(same, cells, strict=True)}
    return found


_BLANK_IN_NUMBER = re.compile(r"(?<=\d) (?=\d)")


def _with_blanks_in_numbers(table: str, text: str) -> str:
    """A text with the blank that a table takes for one inside a number (UEB 2013, 6.6)."""
    if not _BLANK_IN_NUMBER.search(text):
        return text
    return _BLANK_IN_NUMBER.sub(_blank_in_number(table), text)


@cache
def _blank_in_number(table: str) -> str:
    """What makes the numeric space: liblouis 3.24 wants a blank, 3.33 a no-break one; so: asked."""
    plain, no_break = liblouis.forward(table, ["1 1", f"1{NO_BREAK}1"])
    return NO_BREAK if _has_blank(plain) and not _has_blank(no_break) else " "


def _has_blank(cells: str) -> bool:
    return any(blank in cells for blank in (BLANK, " ", NO_BREAK))


def _padded(text: str, cells: str) -> str:
    if not text.strip():
        return BLANK if text else ""
    before = BLANK if text[0] == " " else ""
    after = BLANK if text[-1] == " " else ""
    return before + re.sub(r"\s", BLANK, cells) + after
