"""Reading `locales/languages.toml`. Light: a build with nothing to do reads it too."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leafpress.findings import ExitCode, Finding, Problem, Span, did_you_mean
from leafpress.rules import finding

FILE = "locales/languages.toml"

Row = Mapping[str, Any]
"""A language's columns, each of its type in `_COLUMNS`."""

_COLUMNS: Mapping[str, type] = {
    "english": str,
    "native": str,
    "script": str,
    "direction": str,
    "babel": str,
    "braille": list,
    "ends": dict,
    "quotes": str,
    "colon": str,
    "either": list,
    "doubled": list,
    "note": str,
    "built": bool,
    "pseudo": bool,
}

_WORDS = {str: "text in quotes", list: "a list", dict: "pairs in braces", bool: "true or false"}

_REQUIRED = ("english", "native")

_DIRECTIONS = ("ltr", "rtl")

TAG = r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?"
"""BCP 47, as far as gettext's folders go: language, script, region."""


def read_rows(path: Path, name: str) -> dict[str, Row]:
    """The rows of a file by their tags; none where there is no file.

    Args:
        name: as findings call it.

    Raises:
        Problem: it is no TOML, or a row has a fault, with exit code 2.
    """
    if not path.is_file():
        return {}
    try:
        text = path.read_text(encoding="utf-8")
        rows = tomllib.loads(text)
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        problem = finding("L001", Span(name), reason=str(error))
        raise Problem(problem, code=ExitCode.USAGE) from error
    faults = list(_faults(_Table(name, text, rows)))
    if faults:
        raise Problem(*faults, code=ExitCode.USAGE)
    return rows


@dataclass(frozen=True, slots=True)
class _Table:
    """A file: its name, its text and what it holds."""

    name: str
    text: str
    rows: Mapping[str, Any]

    def span(self, tag: str) -> Span:
        """Where a row begins, as far as its head is written plainly."""
        lines = self.text.splitlines()
        head = re.compile(rf"\s*(?:\[\s*)?[\"']?{re.escape(tag)}[\"']?\s*[]=]")
        found = (number for number, line in enumerate(lines, 1) if head.match(line))
        return Span(self.name, next(found, 1))


def _faults(table: _Table) -> Iterator[Finding]:
    for tag, row in table.rows.items():
        span = table.span(tag)
        if not re.fullmatch(TAG, tag):
            wanted = "as a tag of a language, such as pt, zh-Hans or pt-BR"
            yield finding("L016", span, value=f"`{tag}`", wanted=wanted)
        elif not isinstance(row, dict):
            yield finding("L013", span, wanted="a row with columns", got=f"`{row}`")
        else:
            yield from _row_faults(row, span)


def _row_faults(row: Row, span: Span) -> Iterator[Finding]:
    for key, value in row.items():
        if key not in _COLUMNS:
            yield finding("L010", span, key=key, advice=did_you_mean(key, list(_COLUMNS)))
        elif not isinstance(value, _COLUMNS[key]):
            yield finding("L013", span, wanted=_WORDS[_COLUMNS[key]], got=f"`{value}`")
    either = row.get("either", ["", ""])
    if isinstance(either, list) and [type(words) for words in either] != [str, str]:
        yield finding("L013", span, wanted="two texts in a list", got=f"`{either}`")
    for key in _REQUIRED:
        if not row.get(key):
            yield finding("L011", span, key=key)
    direction = row.get("direction", "ltr")
    if direction not in _DIRECTIONS:
        advice = did_you_mean(str(direction), list(_DIRECTIONS))
        yield finding("L015", span, value=direction, advice=advice)
