"""Reading a FHIR resource without trusting it: what is written otherwise is unclear, never absent.

A single object where FHIR has a list is taken for a list of one, as converters from XML write it.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

Resource = dict[str, Any]

_Value = TypeVar("_Value")

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?:T[\d:.Z+-]+)?)?)?")
"""FHIR's date and dateTime: a year, a month, a day, or a time of a day."""

_PUBLISHED = re.compile(r"Extension-(?:UKCore|CareConnect|PDS|England)-(?:GPC-)?(\w+?)(?:-\d+)?")
"""Names of the NHS's extensions: who published them, the name, and of older ones a version."""

ENTERED_IN_ERROR = "entered-in-error"
"""Of every resource's state: it should never have been there."""


class UnclearRecord(Exception):
    """A record that must not be believed. `problem` goes into a sentence; it costs its own row."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Net:
    """Catches what is unclear in each part of a record, so that all of it is told at once."""

    problems: list[str] = field(default_factory=list)

    def note(self, problems: Iterator[str]) -> None:
        """Keep each of these problems, and what is unclear while they are looked for."""
        try:
            self.problems.extend(problems)
        except UnclearRecord as unclear:
            self.problems.append(unclear.problem)

    def read(self, reader: Callable[[], _Value], otherwise: _Value) -> _Value:
        """What a reader returns, or `otherwise` where the record is unclear."""
        try:
            return reader()
        except UnclearRecord as unclear:
            self.problems.append(unclear.problem)
            return otherwise


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was seen in a Bundle and not used, by kind, with its count.

    Args:
        unread: what nothing reads, and is not declared as something that may be ignored.
        aside: what is not valid: over, not begun, old, or entered in error.
    """

    unread: Counter[str] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)


def objects(holder: Resource, key: str) -> list[Resource]:
    """The objects in the list under `key`.

    Raises:
        UnclearRecord: something else stands there.
    """
    value = holder.get(key)
    if value is None:
        return []
    members = value if isinstance(value, list) else [value]
    if all(isinstance(member, dict) for member in members):
        return members
    raise _written_otherwise(key)


def one(holder: Resource, key: str) -> Resource:
    """The object under `key`; an empty one where there is none.

    Raises:
        UnclearRecord: something else stands there, or several.
    """
    members = objects(holder, key)
    if len(members) > 1:
        raise _written_otherwise(key)
    return members[0] if members else {}


def text(holder: Resource, key: str) -> str:
    """The text under `key`, or the whole number as one; empty where there is none.

    Raises:
        UnclearRecord: something else stands there.
    """
    value = holder.get(key)
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise _written_otherwise(key)


def truth(holder: Resource, key: str) -> bool | None:
    """The boolean under `key`.

    Raises:
        UnclearRecord: something else stands there, such as the text "false".
    """
    value = holder.get(key)
    if value is None or isinstance(value, bool):
        return value
    raise _written_otherwise(key)


def _written_otherwise(key: str) -> UnclearRecord:
    return UnclearRecord(f"its `{key}` is not written as FHIR writes it")


def value_keys(extension: Resource) -> list[str]:
    """The names under which an extension's value stands, such as `valueCode`."""
    return [key for key in extension if key.startswith("value") and len(key) > len("value")]


def last_segment(url: str) -> str:
    """The name in an address: `.../StructureDefinition/patient-religion` is `patient-religion`."""
    return re.split(r"[/#:]", url.rstrip("/"))[-1].split("|")[0]


def extension_name(extension: Resource) -> str:
    """What an extension is called, without who published it: `NHSCommunication`."""
    name = last_segment(text(extension, "url"))
    published = _PUBLISHED.fullmatch(name)
    return published[1] if published else name


def extensions(value: Any, whole: frozenset[str]) -> Iterator[Resource]:
    """Every extension at any depth, outermost first; not what is inside those named `whole`.

    Contained resources are left out: they are records of their own.
    """
    if isinstance(value, list):
        for member in value:
            yield from extensions(member, whole)
    elif isinstance(value, dict):
        for key, member in value.items():
            if key == "extension":
                for extension in objects(value, key):
                    yield extension
                    if extension_name(extension) not in whole:
                        yield from extensions(extension, whole)
            elif key != "contained":
                yield from extensions(member, whole)


def is_valid(holder: Resource, today: datetime.date | None) -> bool:
    """Whether the `period` of a record holds on a day; without a period it does.

    An end counts to its last moment, so `2021` is all of that year
    (https://hl7.org/fhir/R4/datatypes.html#Period).

    Raises:
        UnclearRecord: the period cannot be understood, or nobody said what day it is.
    """
    period = one(holder, "period")
    start, end = (_day(period, key) for key in ("start", "end"))
    if not start and not end:
        return True
    if today is None or (start and end and start[: len(end)] > end):
        raise UnclearRecord("it has a period that cannot be judged")
    day = today.isoformat()
    return start <= day[: len(start)] and (not end or day[: len(end)] <= end)


def has_end(holder: Resource) -> bool:
    """Whether a record says when it will be over."""
    return bool(text(one(holder, "period"), "end"))


def _day(period: Resource, key: str) -> str:
    moment = text(period, key)
    if moment and not _DATE.fullmatch(moment):
        raise UnclearRecord("it has a period that cannot be judged")
    return moment[: len("2026-12-31")]
