"""Braille read back by liblouis, and compared with the words that it was made of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leafpress.plain import liblouis
from leafpress.plain.braille_lines import Cells
from leafpress.plain.braille_tables import BraillePart
from leafpress.plain.document import Line

LEAST = 99.0
"""Percent of the characters that have to read back as they were (the project's own number)."""

LEAST_CONTRACTED = 90.0
"""The same of contracted braille, whose tables are seldom made for reading it: of three leaflets
96.3 (Welsh) to 100 percent (English) do. With less, something else has happened."""


@dataclass(frozen=True, slots=True)
class BackTranslation:
    """How many characters of how many read back otherwise, and the first words that do."""

    wrong: int
    total: int
    first: str = ""

    @property
    def agreement(self) -> float:
        """Percent of the characters that read back as they were."""
        return 100 * (1 - self.wrong / self.total) if self.total else 100.0


def read_back(cells: Cells, lines: Iterable[Line]) -> dict[str, BackTranslation]:
    """What each table makes of the braille that it gave for these lines, by table.

    Raises:
        Problem: liblouis or a table of it is missing (B001, exit code 3).
    """
    by_table: dict[str, list[BraillePart]] = {}
    every_part = (part for line in lines for part in cells.parts(line))
    for part in dict.fromkeys(every_part):
        if part.text.strip():
            by_table.setdefault(part.table, []).append(part)
    return {table: _reading(table, parts, cells.known) for table, parts in by_table.items()}


def _reading(
    table: str, parts: list[BraillePart], known: Mapping[BraillePart, str]
) -> BackTranslation:
    from rapidfuzz.distance import Levenshtein

    wrong, total, first = 0, 0, ""
    answers = liblouis.backward(table, [known[part] for part in parts])
    for part, answer in zip(parts, answers, strict=True):
        expected, read = alike(part.text, table), alike(answer, table)
        distance = Levenshtein.distance(expected, read)
        if distance and not first:
            first = f"“{expected[:60]}” reads “{read[:60]}”"
        wrong, total = wrong + distance, total + len(expected)
    return BackTranslation(wrong, total, first)


_QUOTES = str.maketrans("“”„’‘–—‐‑", '"""\'\'----')

_VOWELS = str.maketrans("ািীুূৃেৈোৌ", "আইঈউঊঋএঐওঔ")
"""Bengali vowel signs, and the letters of the same vowels."""

_ENGLISH = (("'", '"'), ("ӕ", "æ"))
"""liblouis reads the British quotes ‘ and ’ as " and ', and æ as the letter of Cyrillic."""

_WELSH = (
    # The lowered digits of a computer code, in place of stops; ae as one letter; capitals.
    *(("1", ","), ("2", ";"), ("4", "."), ("3", ":"), ("6", "!"), ("8", "?"), ("æ", "ae")),
    *(("``", '"'), ("''", '"'), ("…", "'")),
)

_ONE_SIGN: Mapping[str, tuple[tuple[str, str], ...]] = {
    "en-ueb-g1.ctb": _ENGLISH,
    "en-ueb-g2.ctb": _ENGLISH,
    "cy-cy-g1.utb": _WELSH,
    "cy-cy-g2.ctb": _WELSH,
    "Pl-Pl-g1.utb": (
        *((")", "("), ("=", "("), ("'", "."), ("×", "."), ("+", "!")),
        *(("«", '"'), ("»", '"'), ("…", ". . .")),
    ),
    "bn.tbl": (
        *(("ৎ", "ত্"), ("।", "."), ("--", "-"), ("`", "'"), ("'", "ঁ")),
        *(("×", "ছ"), ("+", "ঙ্"), ("%", "ঞ্প"), (". . .", "…"), ("…", "ঁ")),
    ),
    "ur-pk-g1.utb": (("«", "ھ"), ("؛", "ً")),
    "ur-pk-g2.ctb": (("«", "ھ"), ("؛", "ً")),
}
"""What a table writes with the same cells, or reads back as another sign of the same use."""


_NUMBER = re.compile(r"\d+")
_DIGITS = str.maketrans("1234567890", "অবচদএফগহইজ")
"""Bharati braille has one cell for ণ and for the sign before numbers (dots 3456), and digits are
letters behind it: only the sense tells which, and liblouis takes now this, now that."""


def alike(text: str, table: str) -> str:
    """A text in which what stands in braille with the same cells is the same."""
    text = unicodedata.normalize("NFC", text).translate(_QUOTES)
    text = re.sub(r"\d", lambda digit: str(unicodedata.digit(digit[0])), text)
    text = text.lower() if table.startswith("cy-") else text
    for this, that in _ONE_SIGN.get(table, ()):
        text = text.replace(this, that)
    if table == "bn.tbl":
        text = text.translate(_VOWELS)
        text = _NUMBER.sub(lambda number: "ণ" + number[0].translate(_DIGITS), text)
    return " ".join(text.split())
