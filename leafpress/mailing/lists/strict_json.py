"""JSON as it has to be before a patient's language is taken from it: one reader for all of it.

JSON lets a name stand twice in an object (RFC 8259, section 4: "unpredictable"), and Python's
reader takes the last; it also takes NaN and halves of characters. None of these is read here.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from typing import Any

DEEPEST = 100
"""Levels. The deepest FHIR resources, questionnaires in questionnaires, have some 30."""

_HALF = re.compile("[\ud800-\udfff]")
"""Halves of characters, which no file and no page can hold."""

_PLAIN_NAME = re.compile(r"[A-Za-z_][\w.-]{0,59}")
"""Names that are no more than names: what else a file holds is not repeated in messages."""


class UnsoundJson(ValueError):
    """Text that is not JSON, or says something twice. `problem` goes into a sentence."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def read_json(data: bytes) -> Any:
    """The value that stands in UTF-8, -16 or -32.

    Raises:
        UnsoundJson: it is not JSON, has a name twice in one object, a number that is none, or is
            nested more than `DEEPEST` levels.
    """
    try:
        value = json.loads(
            data.decode(json.detect_encoding(data)),
            object_pairs_hook=_object,
            parse_constant=_number,
            parse_float=_number,
        )
    except UnicodeDecodeError:
        raise UnsoundJson("it is not UTF-8, as JSON has to be") from None
    except json.JSONDecodeError as error:
        problem = f"it is not JSON (line {error.lineno}, column {error.colno})"
        raise UnsoundJson(problem) from None
    except RecursionError:
        raise UnsoundJson(_too_deep()) from None
    except UnsoundJson:
        raise
    except ValueError:
        raise UnsoundJson("it holds a number that is far too long") from None
    _require_sound(value)
    return value


def plain_name(name: str) -> str:
    """A name as messages may show it."""
    return f"“{name}”" if _PLAIN_NAME.fullmatch(name) else "a name"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        twice, _ = Counter(name for name, _ in pairs).most_common(1)[0]
        raise UnsoundJson(f"{plain_name(twice)} stands twice in one object")
    return value


def _number(text: str) -> float:
    """A number with a fraction or an exponent; `NaN` and `Infinity` are none."""
    number = float(text)
    if not math.isfinite(number):
        raise UnsoundJson("it holds a number that is none (NaN or infinite)")
    return number


def _require_sound(value: Any) -> None:
    waiting = [(value, 1)]
    while waiting:
        member, depth = waiting.pop()
        if depth > DEEPEST:
            raise UnsoundJson(_too_deep())
        if isinstance(member, dict):
            waiting += [(inner, depth + 1) for inner in (*member, *member.values())]
        elif isinstance(member, list):
            waiting += [(inner, depth + 1) for inner in member]
        elif isinstance(member, str) and _HALF.search(member):
            raise UnsoundJson("it holds half of a character")


def _too_deep() -> str:
    return f"it is nested more than {DEEPEST} levels deep"
