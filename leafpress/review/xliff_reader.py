"""A returned XLIFF file (1.2), read by moz.l10n, which did not write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree
from moz.l10n.formats.xliff import xliff_parse
from moz.l10n.model import PatternMessage

from leafpress.findings import Finding, Span
from leafpress.review.protect import NotProtected, ProtectedPieces
from leafpress.review.returned import (
    Known,
    ReturnedFile,
    ReturnedRow,
    unreadable,
)
from leafpress.review.rows import ReviewRow, one_line
from leafpress.review.xliff import NAMESPACE, OURS, state_of
from leafpress.rules import finding
from leafpress.translation.language import SOURCE

_ID = re.compile(r"(\d{1,5})-([0-9a-f]{8})")
_DONE = frozenset({"translated", "signed-off", "final"})
"""States of a target that a person has looked at (section 2.3, `state`)."""

_NOT_DONE = frozenset(
    {
        "new",
        "needs-translation",
        "needs-adaptation",
        "needs-l10n",
        "needs-review-translation",
        "needs-review-adaptation",
        "needs-review-l10n",
    }
)
"""States of a target that has to be worked on (the same section)."""

_N = f"{{{NAMESPACE}}}"

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class _Unit:
    """A `trans-unit` as it stands in the file."""

    id: str
    source: PatternMessage
    target: PatternMessage
    element: Any


def read_xliff(data: bytes, name: str, known: Known) -> ReturnedFile:
    """A returned XLIFF file.

    Raises:
        Problem: it is no XLIFF 1.2 (S030).
    """
    root = _root(data, name)
    file = root.find(f"{_N}file")
    subject, language = file.get("original", ""), file.get("target-language", "")
    _require_languages(root, language, name)
    rows = {row.number: row for row in known(subject, language)}
    found: list[Finding] = []
    returned = tuple(_rows(_units(data, root, name), rows, name, found))
    return ReturnedFile(name, subject, language, returned, tuple(found))


def _root(data: bytes, name: str) -> Any:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise unreadable(name, "it declares a document type, as XLIFF never does")
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.LxmlError, ValueError) as error:
        raise unreadable(name, f"it is no XML: {error}") from error
    files = root.findall(f"{_N}file")
    if root.tag != f"{_N}xliff" or len(files) != 1:
        raise unreadable(name, f"it is no XLIFF 1.2 with one file in it, but has {len(files)}")
    return root


def _require_languages(root: Any, language: str, name: str) -> None:
    """The source is English, and no target says that it is in another language than the file.

    Raises:
        Problem: not so (S030).
    """
    source = str(root.find(f"{_N}file").get("source-language", SOURCE))
    if _primary(source) != _primary(SOURCE):
        raise unreadable(name, f"its source language is “{source}”, and not “{SOURCE}”")
    for target in root.iter(f"{_N}target"):
        own = str(target.get(_XML_LANG, language))
        if _primary(own) != _primary(language):
            problem = f"the target on line {target.sourceline} says that its language is “{own}”"
            raise unreadable(name, f"{problem}, and the file “{language}”")


def _primary(tag: str) -> str:
    return tag.replace("_", "-").partition("-")[0].lower()


def _units(data: bytes, root: Any, name: str) -> Iterator[_Unit]:
    elements = list(root.iter(f"{_N}trans-unit"))
    for element in elements:
        if len(element.findall(f"{_N}target")) > 1:
            raise unreadable(name, f"the unit on line {element.sourceline} has two targets")
    try:
        targets = _patterns(xliff_parse(data))
        sources = _patterns(xliff_parse(data, source_entries=True))
    except (ValueError, TypeError, etree.LxmlError) as error:
        raise unreadable(name, f"it is no XLIFF 1.2: {error}") from error
    if not len(elements) == len(targets) == len(sources):
        raise unreadable(name, "it has units that are no `trans-unit`")
    for element, target, source in zip(elements, targets, sources, strict=True):
        yield _Unit(element.get("id", ""), source, target, element)


def _patterns(resource: Any) -> list[PatternMessage]:
    entries = [entry for section in resource.sections for entry in section.entries]
    values = [getattr(entry, "value", None) for entry in entries]
    return [value for value in values if isinstance(value, PatternMessage)]


def _rows(
    units: Iterator[_Unit], rows: dict[int, ReviewRow], name: str, found: list[Finding]
) -> Iterator[ReturnedRow]:
    for unit in units:
        numbered = _ID.fullmatch(unit.id)
        row = rows.get(int(numbered[1])) if numbered else None
        place = Span(name, row.number if row else 0)
        if numbered is None or row is None:
            problem = f"the unit on line {unit.element.sourceline} has the id “{unit.id[:40]}”"
            found.append(finding("S033", place, problem=f"{problem}, which is no row"))
        else:
            yield from _row(unit, row, place, numbered[2], found)


def _row(
    unit: _Unit, row: ReviewRow, place: Span, code: str, found: list[Finding]
) -> Iterator[ReturnedRow]:
    pieces = ProtectedPieces.of(row.english)
    try:
        source = one_line(pieces.decode(unit.source.pattern))
    except NotProtected:
        source = ""
    try:
        words = one_line(pieces.decode(unit.target.pattern))
    except NotProtected as error:
        problem = f"its translation holds {error}, which the English does not have"
        found.append(finding("S033", place, problem=problem))
        return
    remark = " ".join(_remarks(unit.element))
    done = unit.element.get("approved") == "yes" or _state(unit.element) in _DONE
    yield ReturnedRow(
        place,
        row.number,
        code,
        source,
        words,
        remark=one_line(remark),
        confirmed=done,
        unfinished=_state(unit.element) in _NOT_DONE - {state_of(row)},
    )


def _state(element: Any) -> str:
    target = element.find(f"{_N}target")
    return "" if target is None else str(target.get("state", ""))


def _remarks(element: Any) -> Iterator[str]:
    for note in element.findall(f"{_N}note"):
        if note.get("from") != OURS:
            yield "".join(note.itertext())
