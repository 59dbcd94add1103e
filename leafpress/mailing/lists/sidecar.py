"""What a sidecar says: a row of a list, as JSON beside a letter."""

from __future__ import annotations

import json
from typing import Any

from leafpress.findings import Problem, Span
from leafpress.mailing.lists.mapping import FIELDS
from leafpress.rules import finding

LARGEST = 100_000
"""Bytes of a sidecar: it says what one row of a list says. No more than that is ever read."""


def read_sidecar(content: bytes, letter: str) -> dict[str, str]:
    """What a sidecar says: the fields of a list's row, by our names.

    Args:
        content: its bytes, or as many of them as are more than it may have.
        letter: the name of the letter that it lies beside.

    Raises:
        Problem: it is not a JSON object of texts by these names (E041).
    """
    data = _json(content)
    if isinstance(data, dict) and isinstance(data.get("leaflets"), list):
        data["leaflets"] = "; ".join(map(str, data["leaflets"]))
    if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
        raise _wrong("its sidecar is not an object of texts")
    unknown = set(data) - set(FIELDS)
    if unknown:
        known = ", ".join(field for field in FIELDS if field != "letter")
        raise _wrong(f"its sidecar has {len(unknown)} names that are not known; known are {known}")
    return data | {"letter": letter}


def _json(content: bytes) -> Any:
    """What stands in a sidecar.

    Raises:
        Problem: it is larger than it may be, or not JSON (E041).
    """
    if len(content) > LARGEST:
        raise _wrong(f"its sidecar is larger than {LARGEST:,} bytes")
    try:
        data = json.loads(content.decode("utf-8-sig"))
        json.dumps(data, ensure_ascii=False).encode()  # no halves of characters
    except (ValueError, RecursionError):
        raise _wrong("its sidecar is not JSON") from None
    return data


def _wrong(problem: str) -> Problem:
    return Problem(finding("E041", Span("the sidecar"), problem=problem))
