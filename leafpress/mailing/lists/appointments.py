"""From a list in any of its forms to appointments: one for each row that is not empty."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from leafpress.findings import Finding, Problem, Span, errors
from leafpress.mailing.lists.columns import (
    HEADINGS_WITHIN,
    SheetColumns,
    about_columns,
    heading_fit,
    meant_sheet,
)
from leafpress.mailing.lists.csv_file import read_csv
from leafpress.mailing.lists.encoding import decode
from leafpress.mailing.lists.fhir.rows import read_bundle
from leafpress.mailing.lists.file_kind import ZIP, refuse_other_files, refuse_other_texts
from leafpress.mailing.lists.mapping import FIELDS, STANDARD, Mapping
from leafpress.mailing.lists.sheet import STRUCK_OUT, ListCell, ListRow, ListSheet
from leafpress.mailing.lists.unread import UnreadColumn, UnreadParts, other_sheets, unread_parts
from leafpress.mailing.lists.workbook import read_workbook
from leafpress.rules import finding
from leafpress.system import digest

MAX_BYTES = 100_000_000
"""A list of 100,000 rows has about 20 million."""

_SPOILT = re.compile(r"\d+\.0|\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
"""What becomes of a number in a spreadsheet or a program: `1234.0`, `9.43E+09`."""


_ERROR = re.compile(r"#[A-Z][A-Z/0_]*[!?]?|#+|Err:\d{3}")
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
class AppointmentList:
    """A list of appointments that was read.

    Args:
        empty: rows in which nothing stands.
        fields: what the list says at all, of `FIELDS`.
        unread: columns that are seen and not used; with the fields' own they are all of a table.
    """

    name: str
    digest: str
    appointments: tuple[Appointment, ...]
    fields: frozenset[str]
    empty: int = 0
    findings: tuple[Finding, ...] = ()
    unread: tuple[UnreadColumn, ...] = ()


def read_appointments(
    path: Path, mapping: Mapping | None, today: datetime.date | None = None
) -> AppointmentList:
    """The appointments of a list.

    Args:
        mapping: which column is which; None for our own headings.
        today: the day of the run, on which the records of a Bundle have to be valid.

    Raises:
        Problem: the list as a whole cannot be trusted (E030 to E036, E071, E077, E078).
    """
    contents = _contents(path)
    used = mapping or STANDARD
    if isinstance(contents, _Text) and contents.is_bundle:
        return _from_bundle(contents, used, today)
    sheets = _sheets(contents, used)
    sheet, columns = meant_sheet(sheets, used)
    unread = unread_parts(sheet, columns, used)
    findings = (
        *contents.findings,
        *_about_cells(sheet, columns.row),
        *about_columns(sheet, columns, mapping),
        *unread.about_sheet(),
        *other_sheets(sheets, sheet, used),
    )
    if errors(findings):
        raise Problem(*findings)
    headings, rows = sheet.rows[columns.row - 1], sheet.rows[columns.row :]
    full = [row for row in rows if not row.is_empty]
    appointments = tuple(_appointment(unread, headings, row) for row in full)
    findings = (*findings, *_numbers(sheet, full, columns))
    return AppointmentList(
        contents.name,
        contents.digest,
        appointments,
        frozenset(columns.places),
        len(rows) - len(full),
        findings,
        unread.columns,
    )


def _name(path: Path) -> str:
    """How findings call the list: bytes of its name that are no UTF-8 become `?`."""
    return path.name.encode(errors="replace").decode()


def headings(path: Path) -> list[str]:
    """The headings of a list that nobody has mapped yet.

    They are the row of its first sheet with the most headings that are usual; where none is, the
    first with three cells or more: titles above have fewer.

    Raises:
        Problem: the list cannot be read (E030, E031), or is a FHIR Bundle, which needs no mapping.
    """
    contents = _contents(path)
    name = contents.name
    if isinstance(contents, _Text) and contents.is_bundle:
        problem = "a FHIR Bundle has no columns, and needs no mapping for them"
        raise Problem(finding("E031", Span(name), problem=problem))
    for sheet in _sheets(contents, STANDARD)[:1]:
        rows = sorted(sheet.rows[:HEADINGS_WITHIN], key=heading_fit(STANDARD), reverse=True)
        for row in rows:
            texts = [cell.text for cell in row.cells]
            if sum(map(bool, texts)) >= min(3, len(texts)):
                return texts
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


@dataclass(frozen=True, slots=True)
class _Package:
    """A file that may be a workbook."""

    name: str
    digest: str
    data: bytes
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Text:
    """A file of text: CSV, or a FHIR Bundle."""

    name: str
    digest: str
    text: str
    findings: tuple[Finding, ...]

    @property
    def is_bundle(self) -> bool:
        return self.text.lstrip("\ufeff \t\r\n").startswith("{")


def _contents(path: Path) -> _Package | _Text:
    """What a file holds.

    Raises:
        Problem: it cannot be read, or is no list at all (E030, E031).
    """
    data, name = _bytes(path), _name(path)
    refuse_other_files(data, name)
    sha256 = digest.of_bytes(data)
    if data.startswith(ZIP):
        return _Package(name, sha256, data)
    text, findings = decode(data, name)
    refuse_other_texts(text, name)
    return _Text(name, sha256, text, findings)


def _from_bundle(bundle: _Text, mapping: Mapping, today: datetime.date | None) -> AppointmentList:
    data = bundle.text.lstrip("\ufeff").encode()
    rows, findings = read_bundle(data, bundle.name, mapping, today)
    appointments = tuple(Appointment(**row) for row in rows)
    findings = (*bundle.findings, *findings)
    fields = frozenset(FIELDS)
    return AppointmentList(bundle.name, bundle.digest, appointments, fields, 0, findings)


def _sheets(contents: _Package | _Text, mapping: Mapping) -> list[ListSheet]:
    name, sha256 = contents.name, contents.digest
    if isinstance(contents, _Package):
        return read_workbook(contents.data, name, sha256)
    return [read_csv(contents.text, name, sha256, heading_fit(mapping))]


def _about_cells(sheet: ListSheet, heading_row: int) -> Iterator[Finding]:
    """The sheet's own findings; cells merged above the headings are only titles."""
    for own in sheet.findings:
        if own.rule != "E033" or own.span.line > heading_row:
            yield own


def _numbers(sheet: ListSheet, rows: list[ListRow], columns: SheetColumns) -> Iterator[Finding]:
    """Warn once of references that a spreadsheet stores as numbers."""
    places = columns.places["reference"]
    hits = [row.number for row in rows if any(_at(row, place).number for place in places)]
    if hits:
        yield finding("E040", sheet.span(hits[0]), count=len(hits))


def _at(row: ListRow, place: int) -> ListCell:
    return row.cells[place] if place < len(row.cells) else ListCell()


def _appointment(unread: UnreadParts, headings: ListRow, row: ListRow) -> Appointment:
    texts = {}
    for field, places in unread.at.places.items():
        cells = (_at(row, place).text for place in places)
        texts[field] = "; ".join(filter(None, cells))
    problems = (*_wrong_width(headings, row), *_wrong_cells(row, unread.at))
    span = unread.sheet.span(row.number)
    wrong = (finding("E041", span, problem=problem) for problem in problems)
    findings = (*wrong, *unread.about_row(row, texts))
    return Appointment(row.number, **texts, findings=findings)


def _wrong_width(headings: ListRow, row: ListRow) -> Iterator[str]:
    width = len(headings.cells)
    if len(row.cells) < width or any(cell.text for cell in row.cells[width:]):
        yield f"it has {len(row.cells)} cells where the headings have {width}"


def _wrong_cells(row: ListRow, columns: SheetColumns) -> Iterator[str]:
    """Why a row's cells must not be believed."""
    filled = [cell for cell in row.cells if cell.text]
    if filled and all(cell.trouble == STRUCK_OUT for cell in filled):
        yield f"it is {STRUCK_OUT}"
        return
    for field, places in columns.places.items():
        for place in places:
            problem = _wrong_cell(_at(row, place), field)
            if problem:
                yield problem


def _wrong_cell(cell: ListCell, field: str) -> str:
    if cell.trouble:
        return f"the {field} is {cell.trouble}"
    if _ERROR.fullmatch(cell.text):
        return f"the {field} is an error of the spreadsheet"
    if field != "need" and "\n" in cell.text:
        return f"the {field} goes over several lines"
    if field == "reference" and _SPOILT.fullmatch(cell.text):
        return "the reference looks like a number that a spreadsheet has changed"
    return ""


def refused_outright(appointment: Appointment) -> tuple[Finding, ...]:
    """The faults of a row's cells that stop it."""
    return errors(appointment.findings)
