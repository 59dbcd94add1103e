"""A letter's sidecar: what a row of a list says, as one JSON object by our names.

What programs usually write is read: `null` for what is not there, whole numbers, lists where a row
may have several. What could be meant in two ways is refused.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from leafpress.findings import Problem, Span, did_you_mean
from leafpress.mailing.lists.mapping import FIELDS
from leafpress.mailing.lists.strict_json import UnsoundJson, plain_name, read_json
from leafpress.rules import finding

LARGEST = 100_000
"""Bytes of a sidecar: it says what one row of a list says. No more than that is ever read."""

_SEVERAL = frozenset({"need", "leaflets", "clinic", "fallback"})
"""Fields that may have a list."""

_EXACT = 2**53
"""Above it many programs do not keep whole numbers as they were (RFC 8259, section 6)."""


def read_sidecar(content: bytes, letter: str) -> dict[str, str]:
    """What a sidecar says: the fields of a list's row, with the letter's name.

    Args:
        letter: the letter's file name, beside which it lies.

    Raises:
        Problem: it cannot be understood in one way only (E041).
    """
    data = _parsed(content)
    unknown = [name for name in data if name not in FIELDS]
    if unknown:
        raise _wrong(_about_unknown(unknown))
    row = {name: _cell(name, value) for name, value in data.items() if value is not None}
    named = row.get("letter", letter)
    if unicodedata.normalize("NFC", named) != unicodedata.normalize("NFC", letter):
        raise _wrong("its sidecar names another letter than the one that it lies beside")
    return {**row, "letter": letter}


def _parsed(content: bytes) -> dict[str, Any]:
    if len(content) > LARGEST:
        raise _wrong(f"its sidecar is larger than {LARGEST:,} bytes")
    try:
        data = read_json(content)
    except UnsoundJson as error:
        raise _wrong(f"its sidecar cannot be read: {error.problem}") from None
    if not isinstance(data, dict):
        raise _wrong("its sidecar is not a JSON object: it has to begin with {")
    return data


def _about_unknown(names: list[str]) -> str:
    known = [field for field in FIELDS if field != "letter"]
    shown = ", ".join(map(plain_name, names[:5]))
    if len(names) == 1:
        return f"its sidecar has {shown}, which is not known; {did_you_mean(names[0], known)}"
    return f"its sidecar has {shown}, which are not known; known are {', '.join(known)}"


def _cell(name: str, value: Any) -> str:
    """A value as the cell of a list would have it."""
    if not isinstance(value, list):
        return _text(name, value)
    if name not in _SEVERAL:
        raise _wrong(f"its sidecar has a list for `{name}`, of which a row has one")
    return "; ".join(_text(name, member) for member in value if member is not None)


def _text(name: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _EXACT:
        return str(value)
    raise _wrong(
        f"its sidecar has something for `{name}` that is neither a text nor a whole number"
    )


def _wrong(problem: str) -> Problem:
    return Problem(finding("E041", Span("the sidecar"), problem=problem))
