"""From a list in any of its forms to appointments: one for each row that is not empty."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from leafpress.findings import Finding, Problem, Severity, Span, errors
from leafpress.mailing.lists import csv_file, fhir, workbook
from leafpress.mailing.lists.mapping import FIELDS, STANDARD, Mapping
from leafpress.mailing.lists.normalise import plain
from leafpress.mailing.lists.propose_mapping import guess
from leafpress.mailing.lists.sheet import Cell, Row, Sheet
from leafpress.rules import finding

MAX_BYTES = 100_000_000
"""A list of 100,000 rows has about 20 million."""

_BEFORE_JSON = b"\xef\xbb\xbf \t\r\n"
"""What may stand before a Bundle's first brace."""

_HEADINGS_WITHIN = 20
"""Rows in which the headings are looked for: titles and logos may stand above them."""

_SPOILT = re.compile(r"\d+\.0|\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
"""What becomes of a number in a spreadsheet or a program: `1234.0`, `9.43E+09`."""


_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#NULL!", "#DIV/0!", "#NUM!", "#####"})
"""What spreadsheets write into cells, and into CSV, when a formula fails."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """What one row says, in the list's own words. `findings` are the faults of its cells."""

    row: int
    letter: str = ""
    reference: str = ""
    language: str = ""
    need: str = ""
    leaflets: str = ""
    clinic: str = ""
    delivery: str = ""
    fallback: str = ""
    email: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class List:
    """A list of appointments that was read.

    Args:
        empty: rows in which nothing stands.
        fields: what the list says at all, of `FIELDS`.
    """

    name: str
    digest: str
    appointments: tuple[Appointment, ...]
    fields: frozenset[str]
    empty: int = 0
    findings: tuple[Finding, ...] = ()


def read(path: Path, mapping: Mapping | None) -> List:
    """The appointments of a list.

    Raises:
        Problem: the list as a whole cannot be trusted (E030 to E036).
    """
    data, name = _bytes(path), path.name
    digest = hashlib.sha256(data).hexdigest()
    if data.lstrip(_BEFORE_JSON).startswith(b"{"):
        return _bundle(data, name, digest, mapping or STANDARD)
    sheet, columns = _sheet(_sheets(data, name, digest), mapping or STANDARD)
    heads, rows = sheet.rows[columns.row - 1], sheet.rows[columns.row :]
    full = [row for row in rows if not row.is_empty]
    findings = (*_kept(sheet, columns.row), *_columns_told(sheet, columns, mapping))
    if errors(findings):
        raise Problem(*findings)
    every = tuple(_appointment(sheet, heads, row, columns) for row in full)
    findings = (*findings, *_numbers(sheet, full, columns))
    fields = frozenset(columns.places)
    return List(name, digest, every, fields, len(rows) - len(full), findings)


def headings(path: Path) -> list[str]:
    """The headings of a list that nobody has mapped yet.

    They are the first row of its first sheet with three cells or more: titles above have fewer.

    Raises:
        Problem: the list cannot be read (E030, E031), or is a FHIR Bundle, which needs no mapping.
    """
    data, name = _bytes(path), path.name
    if data.lstrip(_BEFORE_JSON).startswith(b"{"):
        problem = "a FHIR Bundle has no columns, and needs no mapping for them"
        raise Problem(finding("E031", Span(name), problem=problem))
    for sheet in _sheets(data, name, "")[:1]:
        for row in sheet.rows[:_HEADINGS_WITHIN]:
            found = [cell.text for cell in row.cells]
            if sum(map(bool, found)) >= min(3, len(found)):
                return found
    raise Problem(finding("E035", Span(name), column="headings"))


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise Problem(finding("E030", Span(path.name), reason="there is no such file"))
        if path.stat().st_size > MAX_BYTES:
            raise Problem(finding("E030", Span(path.name), reason="it is far too large for a list"))
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        raise Problem(finding("E030", Span(path.name), reason=reason)) from None


def _bundle(data: bytes, name: str, digest: str, mapping: Mapping) -> List:
    rows, findings = fhir.read(data, name, mapping)
    every = tuple(Appointment(**row) for row in rows)
    return List(name, digest, every, frozenset(FIELDS), 0, findings)


def _sheets(data: bytes, name: str, digest: str) -> list[Sheet]:
    if data.startswith(b"PK\x03\x04"):
        return workbook.read(data, name, digest)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Problem(finding("E031", Span(name), problem="it is an old .xls workbook"))
    return [csv_file.read(data, name, digest)]


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a sheet has its headings (a row from 1), and the columns (from 0) of each field."""

    row: int
    places: dict[str, tuple[int, ...]]


def _sheet(sheets: list[Sheet], mapping: Mapping) -> tuple[Sheet, Columns]:
    """The sheet that is meant.

    Raises:
        Problem: none has the headings, or several (E035, E036).
    """
    named = [each for each in sheets if mapping.sheet in (None, each.title)]
    found = [(each, columns) for each in named if (columns := _find(each, mapping))]
    name = sheets[0].name if sheets else "list"
    if len(found) > 1:
        raise Problem(finding("E036", Span(name), what=f"{len(found)} sheets have such columns"))
    if not found:
        raise Problem(*_missing(named, mapping, name))
    return found[0]


def _find(sheet: Sheet, mapping: Mapping) -> Columns | None:
    """The row of headings: the first that has those that every list needs."""
    for row in sheet.rows[:_HEADINGS_WITHIN]:
        places = {field: _places(row, mapping, field) for field in FIELDS}
        if places["reference"] and (places["leaflets"] or places["clinic"]):
            return Columns(row.number, {field: at for field, at in places.items() if at})
    return None


def _places(row: Row, mapping: Mapping, field: str) -> tuple[int, ...]:
    wanted = [plain(heading) for heading in mapping.columns.headings(field)]
    return tuple(i for i, cell in enumerate(row.cells) if cell.text and plain(cell.text) in wanted)


def _missing(sheets: list[Sheet], mapping: Mapping, name: str) -> Iterator[Finding]:
    if not sheets:
        yield finding("E035", Span(name), column=f"the sheet {mapping.sheet}")
        return
    heads = {plain(cell.text) for row in sheets[0].rows[:_HEADINGS_WITHIN] for cell in row.cells}
    for field in ("reference", "leaflets"):
        wanted = [*mapping.columns.headings(field)]
        wanted += [*mapping.columns.headings("clinic")] if field == "leaflets" else []
        if not any(plain(heading) in heads for heading in wanted):
            yield finding("E035", Span(name), column=f"“{' or '.join(wanted) or field}”")
    if all(plain(h) in heads for h in mapping.columns.headings("reference")):
        yield finding("E035", Span(name), column="all the headings in one row")


def _kept(sheet: Sheet, heading_row: int) -> Iterator[Finding]:
    """The sheet's own findings; cells merged above the headings are only titles."""
    for found in sheet.findings:
        if found.rule != "E033" or found.span.line > heading_row:
            yield found


def _columns_told(sheet: Sheet, columns: Columns, mapping: Mapping | None) -> Iterator[Finding]:
    """What the headings leave out, or say twice."""
    used = mapping or STANDARD
    row, at = sheet.rows[columns.row - 1], sheet.place(columns.row)
    headings = Counter(plain(cell.text) for cell in row.cells if cell.text)
    for field in FIELDS:
        counts = {each: headings[plain(each)] for each in used.columns.headings(field)}
        if max(counts.values(), default=0) > 1 or (field != "need" and sum(counts.values()) > 1):
            yield finding("E036", at, what=f"{sum(counts.values())} columns are headed as {field}")
        if mapping:
            absent = [heading for heading, count in counts.items() if not count]
            yield from (finding("E035", at, column=f"“{heading}”") for heading in absent)
    taken = {place for places in columns.places.values() for place in places}
    ignored = {plain(heading) for heading in used.ignore}
    for place, cell in enumerate(row.cells):
        meant = guess(cell.text) if place not in taken and plain(cell.text) not in ignored else None
        if meant in ("language", "need", "fallback", "delivery"):
            yield finding("E037", at, heading=cell.text, field=meant)
    for field in ("language", "need"):
        if field not in columns.places:
            yield finding("E038", at, field=field)


def _numbers(sheet: Sheet, rows: list[Row], columns: Columns) -> Iterator[Finding]:
    """Warn once of references that a spreadsheet stores as numbers."""
    places = columns.places["reference"]
    hits = [row.number for row in rows if any(_at(row, place).number for place in places)]
    if hits:
        yield finding("E040", sheet.place(hits[0]), count=len(hits))


def _at(row: Row, place: int) -> Cell:
    return row.cells[place] if place < len(row.cells) else Cell()


def _appointment(sheet: Sheet, heads: Row, row: Row, columns: Columns) -> Appointment:
    words = {
        field: "; ".join(filter(None, (_at(row, place).text for place in places)))
        for field, places in columns.places.items()
    }
    faults = tuple(_faults(sheet, heads, row, columns))
    return Appointment(row.number, **words, findings=faults)


def _faults(sheet: Sheet, heads: Row, row: Row, columns: Columns) -> Iterator[Finding]:
    """Why a row's cells must not be believed."""
    at = sheet.place(row.number)
    width = len(heads.cells)
    if len(row.cells) < width or any(cell.text for cell in row.cells[width:]):
        problem = f"it has {len(row.cells)} cells where the headings have {width}"
        yield finding("E041", at, problem=problem)
    for field, places in columns.places.items():
        for cell in (_at(row, place) for place in places):
            if cell.text in _ERRORS and not cell.trouble:
                yield finding("E041", at, problem=f"the {field} is an error of the spreadsheet")
            elif cell.trouble:
                yield finding("E041", at, problem=f"the {field} is {cell.trouble}")
            elif field != "need" and "\n" in cell.text:
                yield finding("E041", at, problem=f"the {field} goes over several lines")
            elif field == "reference" and _SPOILT.fullmatch(cell.text):
                problem = "the reference looks like a number that a spreadsheet has changed"
                yield finding("E041", at, problem=problem)


def refused_outright(appointment: Appointment) -> tuple[Finding, ...]:
    """The faults of a row's cells that stop it."""
    return tuple(each for each in appointment.findings if each.severity is Severity.ERROR)
