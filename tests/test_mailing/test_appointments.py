"""Lists in every form that patient systems and people make them."""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from conftest import ROOT

from leafpress.findings import Problem
from leafpress.mailing.lists.appointments import AppointmentList, read_appointments
from leafpress.mailing.lists.mapping import Mapping, read_mapping

HEAD = "letter,reference,language,need,leaflets"
SAMPLES = ROOT / "docs" / "samples"


def _read(tmp_path: Path, data: bytes | str, mapped: Mapping | None = None) -> AppointmentList:
    path = tmp_path / "list.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_appointments(path, mapped)


def _rule(work: Callable[[], object]) -> set[str]:
    with pytest.raises(Problem) as caught:
        work()
    return {each.rule for each in caught.value.findings}


def _faults(found: AppointmentList) -> dict[int, set[str]]:
    return {each.row: {f.rule for f in each.findings} for each in found.appointments}


@pytest.mark.parametrize(
    "data",
    [
        HEAD + "\na.pdf,A12345,ur,,back-pain\n",
        "\ufeff" + HEAD + "\r\na.pdf,A12345,ur,,back-pain\r\n",
        (HEAD + "\na.pdf,A12345,ur,,back-pain\n").replace(",", ";"),
        (HEAD + "\na.pdf,A12345,ur,,back-pain\n").replace(",", "\t"),
        (HEAD + "\na.pdf,A12345,ur,,back-pain\n").replace(",", "|"),
        "sep=;\n" + (HEAD + "\na.pdf,A12345,ur,,back-pain\n").replace(",", ";"),
        (HEAD + "\na.pdf,A12345,ur,,back-pain\n").encode("utf-16"),
        "Appointments for tomorrow,,,,\n\n" + HEAD + "\na.pdf,A12345,ur,,back-pain\n",
        HEAD.upper() + '\n"a.pdf","A12345"," ur ","","back-pain"\n\n,,,,\n',
        (HEAD + "\ra.pdf,A12345,ur,,back-pain\r"),
    ],
)
def test_csv(data: str | bytes, tmp_path: Path) -> None:
    found = _read(tmp_path, data)
    (row,) = found.appointments
    assert (row.letter, row.reference, row.language) == ("a.pdf", "A12345", "ur")
    assert (row.need, row.leaflets, row.findings) == ("", "back-pain", ())


def test_rows_are_numbered_as_a_spreadsheet_does(tmp_path: Path) -> None:
    text = HEAD + '\na.pdf,A1,ur,"one\ntwo",x\n\nb.pdf,A2,ur,,x\n'
    found = _read(tmp_path, text)
    assert [each.row for each in found.appointments] == [2, 4]
    assert found.empty == 1


def test_cp1252(tmp_path: Path) -> None:
    found = _read(tmp_path, (HEAD + "\nBéa.pdf,A12345,ur,,x\n").encode("cp1252"))
    assert found.appointments[0].letter == "Béa.pdf"
    assert [each.rule for each in found.findings] == ["E039"]


@pytest.mark.parametrize(
    ("row", "rules"),
    [
        ("a.pdf,A12345,ur,,x,more", {"E041"}),
        ("a.pdf,A12345,ur", {"E041"}),
        ("a.pdf,A12345,ur,,x,", set()),
        ("a.pdf,12345.0,ur,,x", {"E041"}),
        ("a.pdf,A12345,#N/A,,x", {"E041"}),
        ("a.pdf,9.43E+09,ur,,x", {"E041"}),
        ('"a\nb.pdf",A12345,ur,,x', {"E041"}),
        ('a.pdf,A12345,ur,"easy read\nlarge print",x', set()),
    ],
)
def test_rows_that_cannot_be_trusted(row: str, rules: set[str], tmp_path: Path) -> None:
    assert _faults(_read(tmp_path, f"{HEAD}\n{row}\n"))[2] == rules


@pytest.mark.parametrize(
    "text",
    [
        HEAD + '\na.pdf,"A12345,ur,,x\nb.pdf,A12346,ur,,x\n',
        HEAD + '\na.pdf,"A12345,ur,,x\nb.pdf,A12346,ur,,x\nc.pdf,A12347,ur,",x\n',
        HEAD + '\na.pdf,A12"345"x,"ur"y,,x\n',
        HEAD + "\na.pdf,A1\x002345,ur,,x\n",
    ],
)
def test_a_quote_must_not_swallow_rows(text: str, tmp_path: Path) -> None:
    assert _rule(lambda: _read(tmp_path, text)) == {"E031"}


@pytest.mark.parametrize(
    ("head", "rules"),
    [
        ("letter,language,need,leaflets", {"E035"}),
        ("letter,reference,language,need", {"E035"}),
        ("letter,reference,reference,language,need,leaflets", {"E036"}),
        ("letter,reference,patient reference,language,need,leaflets", {"E036"}),
        ("letter,reference,language,leaflets,Communication Needs", {"E037"}),
    ],
)
def test_headings(head: str, rules: set[str], tmp_path: Path) -> None:
    row = ",".join("x" for _ in head.split(","))
    assert rules <= _rule(lambda: _read(tmp_path, f"{head}\n{row}\n"))


def test_a_list_without_needs_is_told(tmp_path: Path) -> None:
    found = _read(tmp_path, "letter,reference,leaflets\na.pdf,A12345,x\n")
    assert [each.rule for each in found.findings] == ["E038", "E038"]


@pytest.mark.parametrize(
    ("data", "rule"),
    [(b"\xd0\xcf\x11\xe0old", "E031"), (b"PK\x03\x04broken", "E031"), (b"\x81\x8d\x8f", "E031")],
)
def test_files_that_are_no_list(data: bytes, rule: str, tmp_path: Path) -> None:
    assert _rule(lambda: _read(tmp_path, data)) == {rule}


def test_no_file(tmp_path: Path) -> None:
    assert _rule(lambda: read_appointments(tmp_path / "none.csv", None)) == {"E030"}
    assert _rule(lambda: read_appointments(tmp_path, None)) == {"E030"}


def _book(tmp_path: Path, change: Callable[[openpyxl.Workbook], None]) -> AppointmentList:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD.split(","))
    sheet.append(["a.pdf", "A12345", "ur", None, "back-pain"])
    sheet.append(["b.pdf", "A12346", "ur", None, "back-pain"])
    change(book)
    made = io.BytesIO()
    book.save(made)
    return _read(tmp_path, made.getvalue())


def _cell(value: object, at: str = "B2", shown: str = "General") -> Callable[..., None]:
    def change(book: openpyxl.Workbook) -> None:
        book.active[at] = value
        book.active[at].number_format = shown

    return change


@pytest.mark.parametrize(
    ("change", "reference", "rules"),
    [
        (_cell("A12345"), "A12345", set()),
        (_cell(12345), "12345", set()),
        (_cell(12345.0), "12345", set()),
        (_cell(12345, shown="0000000"), "0012345", set()),
        (_cell(12345678901234567), None, {"E041"}),
        (_cell("=A1"), None, {"E041"}),
        (_cell("=A1", at="D2"), "A12345", {"E041"}),
        (_cell("#N/A"), None, {"E041"}),
        (_cell(datetime.date(2026, 1, 1), shown="yyyy-mm-dd"), None, {"E041"}),
    ],
)
def test_xlsx_cells(
    change: Callable[..., None], reference: str | None, rules: set[str], tmp_path: Path
) -> None:
    found = _book(tmp_path, change)
    assert _faults(found)[2] == rules
    assert reference in (None, found.appointments[0].reference)
    assert len(found.appointments) == 2


def test_xlsx_titles_above_and_rows_merged(tmp_path: Path) -> None:
    def titles(book: openpyxl.Workbook) -> None:
        book.active.insert_rows(1, 2)
        book.active["A1"] = "Tomorrow"
        book.active.merge_cells("A1:E2")

    assert [each.row for each in _book(tmp_path, titles).appointments] == [4, 5]
    merged = lambda book: book.active.merge_cells("C2:C3")  # noqa: E731
    assert _rule(lambda: _book(tmp_path, merged)) == {"E033"}


def test_xlsx_hidden_rows_and_numbers_are_told(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book.active.row_dimensions[3].hidden = True
        book.active["B2"] = 12345

    found = _book(tmp_path, change)
    assert sorted(each.rule for each in found.findings) == ["E032", "E040"]
    assert len(found.appointments) == 2


def test_xlsx_two_sheets(tmp_path: Path) -> None:
    notes = lambda book: book.create_sheet("Notes").append(["Call Ann"])  # noqa: E731
    assert len(_book(tmp_path, notes).appointments) == 2
    second = lambda book: book.create_sheet("More").append(HEAD.split(","))  # noqa: E731
    assert _rule(lambda: _book(tmp_path, second)) == {"E036"}


PATIENT = {
    "resourceType": "Patient",
    "id": "p1",
    "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9434765919"}],
    "communication": [{"language": {"coding": [{"code": "ur"}]}, "preferred": True}],
    "extension": [
        {
            "url": "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-ContactPreference",
            "extension": [
                {
                    "url": "PreferredWrittenCommunicationFormat",
                    "valueCodeableConcept": {"coding": [{"code": "11"}]},
                }
            ],
        }
    ],
}
APPOINTMENT = {
    "resourceType": "Appointment",
    "status": "booked",
    "serviceType": [{"coding": [{"code": "MSK1"}]}],
    "supportingInformation": [{"reference": "DocumentReference/d1"}],
    "participant": [{"actor": {"reference": "Patient/p1"}}],
}
FLAG = {
    "resourceType": "Flag",
    "status": "active",
    "subject": {"reference": "urn:uuid:1"},
    "code": {"coding": [{"code": "957351000000102"}]},
}
LETTER = {
    "resourceType": "DocumentReference",
    "id": "d1",
    "content": [{"attachment": {"url": "a.pdf"}}],
}


def _bundle(tmp_path: Path, *resources: dict[str, object], **keys: object) -> AppointmentList:
    entries = [{"fullUrl": f"urn:uuid:{n}", "resource": each} for n, each in enumerate(resources)]
    bundle = {"resourceType": "Bundle", "type": "searchset", "entry": entries, **keys}
    return _read(tmp_path, json.dumps(bundle))


def test_fhir(tmp_path: Path) -> None:
    (row,) = _bundle(tmp_path, APPOINTMENT, PATIENT, FLAG, LETTER).appointments
    assert (row.row, row.letter, row.reference) == (1, "a.pdf", "9434765919")
    assert (row.language, row.need, row.clinic) == ("ur", "11; 957351000000102", "MSK1")
    assert row.findings == ()


@pytest.mark.parametrize(
    "resources",
    [
        (APPOINTMENT | {"status": "cancelled"}, PATIENT),
        (APPOINTMENT,),
        (APPOINTMENT | {"participant": []}, PATIENT),
        (APPOINTMENT, PATIENT | {"identifier": [{"value": "1"}, {"value": "2"}]}),
        (APPOINTMENT, PATIENT | {"deceasedBoolean": True}),
        (
            APPOINTMENT,
            PATIENT | {"communication": [{"language": {"text": each}} for each in ("ur", "pl")]},
        ),
    ],
)
def test_fhir_rows_that_cannot_be_trusted(
    resources: tuple[dict[str, object], ...], tmp_path: Path
) -> None:
    (row,) = _bundle(tmp_path, *resources).appointments
    assert {each.rule for each in row.findings} == {"E041"}


def test_fhir_pages_and_nonsense(tmp_path: Path) -> None:
    more = [{"relation": "next", "url": "x"}]
    assert _rule(lambda: _bundle(tmp_path, APPOINTMENT, PATIENT, link=more)) == {"E031"}
    assert _rule(lambda: _bundle(tmp_path, PATIENT)) == {"E031"}
    for text in ("{", '{"resourceType": "Patient"}', '{"resourceType": "Bundle", "entry": 3}'):
        assert _rule(lambda text=text: _read(tmp_path, text)) == {"E031"}


def test_the_sample_mapping_of_a_patient_system() -> None:
    mapped = read_mapping(SAMPLES / "mapping-pas.yaml")
    found = read_appointments(SAMPLES / "list-pas.csv", mapped)
    assert [each.need for each in found.appointments] == ["", "INT", "LP24", ""]
    assert found.appointments[0].reference == "RX100001"
    assert found.findings == ()


def test_the_sample_mapping_of_a_spreadsheet() -> None:
    mapped = read_mapping(SAMPLES / "mapping-spreadsheet.yaml")
    assert mapped.letter_file == "{letter}.pdf"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("columns: {reference: A}\nlanguages: {URD: urdoo}\n", "E034"),
        ("columns: {reference: A}\nneeds: {XX: nonsense}\n", "E034"),
        ("columns: {reference: A}\ndeliveries: {XX: pigeon}\n", "E034"),
        ("columns: {reference: A}\nletter_file: all.pdf\n", "E034"),
        ("columns: {reference: A, lettre: B}\n", "L010"),
        ("colums: {}\n", "L010"),
    ],
)
def test_mappings_with_mistakes(text: str, rule: str, tmp_path: Path) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text(text)
    assert rule in _rule(lambda: read_mapping(path))


def test_a_mapping_names_a_column_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text("columns: {reference: Ref, leaflets: L, need: Needs}\n")
    mapped = read_mapping(path)
    assert "E035" in _rule(lambda: _read(tmp_path, "Ref,L\nA12345,x\n", mapped))


def test_cells_far_away(tmp_path: Path) -> None:
    far = lambda book: book.active.cell(1_000_000, 100, "x")  # noqa: E731
    assert _rule(lambda: _book(tmp_path, far)) == {"E031"}


def test_halves_of_characters(tmp_path: Path) -> None:
    bundle = {"resourceType": "Bundle", "entry": [{"resource": APPOINTMENT}], "x": "\ud800"}
    assert _rule(lambda: _read(tmp_path, json.dumps(bundle))) == {"E031"}
