"""Lists that nobody would write: whatever they are, they are read or refused, never a fault."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.exceptions import IllegalCharacterError
from openpyxl.worksheet.worksheet import Worksheet

from leafpress.findings import Finding, Problem
from leafpress.mailing.lists.appointments import AppointmentList, headings, read_appointments

quick = settings(deadline=None, max_examples=50, suppress_health_check=[*HealthCheck])

WORDS = [
    *("reference", "leaflets", "language", "need", "Notes", "Surname", "1st Lang", "", " "),
    *("RX200001", "ur", "braille", "speaks Polish", "back-pain", "none", "#N/A", '="007"', "24"),
    *("a;b", "a,b", "a\tb", "a\nb", '"', "_x000D_", "_xD800_", "\u2028", "é", "اردو", "1E999"),
]

cells = st.sampled_from(WORDS) | st.text(st.characters(codec="utf-8"), max_size=5)
rows = st.lists(st.lists(cells, max_size=7), max_size=6)
values = cells | st.booleans() | st.integers() | st.floats() | st.dates() | st.none()
formats = st.sampled_from(
    ["General", "@", "0000000", '"RX"000', "yyyy-mm-dd", "0%", '"', ";;;", "["]
)
SEED = b"reference,language,need,leaflets\nRX200001,ur,,back-pain\nRX200002,,easy read,x\n"


def _read(path: Path, data: bytes) -> AppointmentList | None:
    """The list, or nothing where it is refused; headings can be asked for of any file."""
    path.write_bytes(data)
    list_ = None
    for work in (lambda: read_appointments(path, None), lambda: headings(path)):
        try:
            outcome = work()
        except Problem as problem:
            assert problem.findings
            assert all(isinstance(own, Finding) for own in problem.findings)
        else:
            list_ = outcome if isinstance(outcome, AppointmentList) else list_
    return list_


def _accounted(list_: AppointmentList, row: list[str]) -> bool:
    """Whether each cell of the first row is read, told as unread, or stops the row."""
    (appointment, *_) = list_.appointments
    if appointment.findings:
        return True
    read = "; ".join(getattr(appointment, field) for field in list_.fields)
    unread = {column.place for column in list_.unread if appointment.row in column.filled}
    left = [cell for place, cell in enumerate(row) if place not in unread]
    return all(cell.strip() in read or '="' in cell for cell in left)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lists") / "list"


@given(data=st.binary(max_size=200))
@quick
def test_any_bytes(data: bytes, path: Path) -> None:
    _read(path, data)


@given(place=st.integers(0, len(SEED)), more=st.binary(max_size=8), less=st.integers(0, 8))
@quick
def test_bytes_that_were_changed(place: int, more: bytes, less: int, path: Path) -> None:
    for encoding in ("utf-8", "utf-16", "utf-16-le", "cp1252"):
        data = SEED.decode().encode(encoding)
        _read(path, data[:place] + more + data[place + less :])


@given(table=rows, separator=st.sampled_from(",;\t|"))
@quick
def test_any_table(table: list[list[str]], separator: str, path: Path) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(table)
    _read(path, text.getvalue().encode())


@given(extra=st.lists(st.tuples(cells, cells), max_size=5), separator=st.sampled_from(",;\t|"))
@quick
def test_every_cell_is_accounted_for(
    extra: list[tuple[str, str]], separator: str, path: Path
) -> None:
    head = ["reference", "leaflets", *(heading for heading, _ in extra)]
    row = ["RX200001", "back-pain", *(cell for _, cell in extra)]
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([head, row])
    list_ = _read(path, text.getvalue().encode())
    assert list_ is None or _accounted(list_, row)


@given(grid=st.lists(st.lists(st.tuples(values, formats), max_size=6), max_size=5))
@quick
def test_any_grid(grid: list[list[tuple[object, str]]], path: Path) -> None:
    sheet = openpyxl.Workbook().active
    assert isinstance(sheet, Worksheet)
    sheet.append(["reference", "leaflets", "language", "need"])
    for number, row in enumerate(grid, start=2):
        for place, (value, number_format) in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            try:
                cell.value = value  # type: ignore[assignment]  # any
            except (IllegalCharacterError, ValueError):
                continue
            cell.number_format = number_format
    assert sheet.parent is not None
    out = io.BytesIO()
    sheet.parent.save(out)
    list_ = _read(path, out.getvalue())
    for own in list_.appointments if list_ else ():
        assert "\0" not in f"{own.reference}{own.letter}"


def _book() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


BOOK = _book()


@given(changes=st.dictionaries(st.integers(0, len(BOOK) - 1), st.integers(0, 255), max_size=4))
@quick
def test_workbooks_that_were_changed(changes: dict[int, int], path: Path) -> None:
    book = bytearray(BOOK)
    for place, value in changes.items():
        book[place] = value
    _read(path, bytes(book))
