"""Files that other programs write: separators, workbooks, and what is no list at all."""

from __future__ import annotations

import datetime
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from test_unread import HEAD, ROW, read_file, rules_of_rows, rules_raised, rules_told, saved

from leafpress.findings import Finding, Problem, Span
from leafpress.mailing.lists.appointments import headings
from leafpress.mailing.lists.mapping import read_mapping
from leafpress.mailing.lists.number_format import show_number, show_text
from leafpress.mailing.selection.letters import LetterFolder

NOTE = "Ring first, use the side door, flat 2, second floor, bring the card, the blue one"


@pytest.mark.parametrize(
    "text",
    [
        f"reference;language;leaflets;notes\nRX200001;ur;back-pain;{NOTE}\n",
        f'reference;language;leaflets;notes\nRX200001;ur;back-pain;"{NOTE}\n{NOTE}"\n',
        "reference;language;leaflets;notes\nRX200001;ur;back-pain;a\tb\tc\td\te\tf\tg\n",
        "reference,language,leaflets,notes\nRX200001,ur,back-pain,a|b|c|d|e|f|g|h\n",
        "reference|language|leaflets|notes\nRX200001|ur|back-pain|a;b;c;d;e;f;g;h\n",
        "reference\tlanguage\tleaflets\tnotes\nRX200001\tur\tback-pain\ta, b, c, d, e, f\n",
        f"{NOTE}\n{NOTE}\nreference;language;leaflets\nRX200001;ur;back-pain\n",
        "Reference, clinic, Monday, page 1, page 2\nreference;language;leaflets\n"
        "RX200001;ur;back-pain\n",
        "sep=,\nreference;language;leaflets\nRX200001;ur;back-pain\n",
        "sep=|\rreference|language|leaflets|notes\rRX200001|ur|back-pain|a;b\r",
        'reference;language;leaflets;notes\nRX200001;ur;back-pain;"bring; 2; glasses\nthen"\n',
        '"reference";"language";"leaflets"\n"RX200001";"ur";"back-pain"\n',
        'reference;language;leaflets;notes\nRX200001;ur;back-pain;5" pin, and, a, scar\n',
    ],
)
def test_the_separator_makes_the_headings_fit(text: str, tmp_path: Path) -> None:
    list_ = read_file(tmp_path, text)
    (row,) = list_.appointments
    assert (row.reference, row.language, row.leaflets) == ("RX200001", "ur", "back-pain")
    assert row.findings == ()


def test_the_separator_fits_the_mappings_headings(tmp_path: Path) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text("columns: {reference: Nr, leaflets: Blatt, language: Sprache}\n")
    text = f"Nr;Sprache;Blatt;Info\n1;ur;x;{NOTE}\n2;ur;x;{NOTE}\n"
    list_ = read_file(tmp_path, text, read_mapping(path))
    assert [row.language for row in list_.appointments] == ["ur", "ur"]


def test_a_heading_that_is_missing_is_named(tmp_path: Path) -> None:
    text = f"hospital;language;leaflets;notes\nRX200001;ur;back-pain;{NOTE}\n"
    with pytest.raises(Problem) as caught:
        read_file(tmp_path, text)
    (own,) = caught.value.findings
    assert own.rule == "E035"
    assert "reference" in own.sentence
    assert "leaflet" not in own.sentence


@pytest.mark.parametrize(
    "row",
    [
        'RX200001,ur,,"back-pain\nRX200002,ur,,back-pain\nRX200003,ur,,"back-pain',
        'RX200001,"ur,,back-pain\nRX200002,"ur,,back-pain',
        'RX200001,ur,,"back-pain\nRX200002,ur,,"',
    ],
)
def test_rows_that_a_quote_swallows(row: str, tmp_path: Path) -> None:
    assert rules_raised(tmp_path, f"{','.join(HEAD)}\n{row}\nRX200009,ur,,x\n") == {"E031"}


@pytest.mark.parametrize(
    "reference",
    ['="0030612"', '"=""0030612"""', '" =""0030612"" "'],
    ids=["bare", "quoted", "blank"],
)
def test_numbers_kept_by_a_formula_in_csv(reference: str, tmp_path: Path) -> None:
    list_ = read_file(tmp_path, f"reference,leaflets\n{reference},x\n")
    assert list_.appointments[0].reference == "0030612"


def _grid(*rows: list[object]) -> Worksheet:
    sheet = openpyxl.Workbook().active
    assert isinstance(sheet, Worksheet)
    for row in ([*HEAD], *rows):
        sheet.append(row)
    return sheet


@pytest.mark.parametrize(
    ("value", "number_format", "reference"),
    [
        ('="0030612"', "General", "0030612"),
        (30612, '"RX"000000', "RX030612"),
        (30612, "0000000_-", "0030612"),
        (30612, r"\R\X000000", "RX030612"),
        (30612, '"RX"000000;[Red]\\-0', "RX030612"),
        (9434765919, "000 000 0000", "943 476 5919"),
        (30612, "#,##0", "30612"),
        ("000123", '"RX"@', "RX000123"),
        ("A1_x000D_\n", "General", "A1"),
        ("_x0041_1", "@", "A1"),
    ],
)
def test_references_as_they_are_shown(
    value: object, number_format: str, reference: str, tmp_path: Path
) -> None:
    sheet = _grid([value, "ur", None, "x"])
    sheet["A2"].number_format = number_format
    list_ = read_file(tmp_path, saved(sheet))
    assert (list_.appointments[0].reference, rules_of_rows(list_)) == (reference, [[]])


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ("General", "30612"),
        ("", "30612"),
        ("0", "30612"),
        ("0.00", "30612"),
        ("000\\-000\\-0000", "000-003-0612"),
        ('_-* 0000000_-;-* 0000_-;"-"', "0030612"),
        ("[$-809]0000000", "0030612"),
        ('"RX"General', "RX30612"),
        ('0"A;B"', "30612A;B"),
        ("?????", "30612"),
        ('"RX"#,##0', None),
        ('"RX"0.0', None),
    ],
)
def test_number_formats(number_format: str, shown: str | None) -> None:
    assert show_number("30612", number_format) == shown


@pytest.mark.parametrize("number_format", ["General", "@", "0000", 'General;General;General;"A'])
def test_formats_that_leave_texts_alone(number_format: str) -> None:
    assert show_text("000123", number_format) == "000123"


@pytest.mark.parametrize(
    ("place", "value", "number_format", "words"),
    [
        ("A2", 30612, '"RX"#,##0', "a number with letters"),
        ("B2", True, "General", "a truth value"),
        ("C2", False, "General", "a truth value"),
        ("C2", "#REF!", "General", "an error of the spreadsheet"),
        ("B2", "#N/A", "General", "an error of the spreadsheet"),
        ("C2", "#SPILL!", "General", "an error of the spreadsheet"),
        ("A2", "Err:502", "General", "an error of the spreadsheet"),
        ("C2", "=VLOOKUP(A2,B:C,2)", "General", "never saved"),
        ("C2", 99999999999, "yyyy-mm-dd", "an error of the spreadsheet"),
        ("C2", datetime.date(2026, 1, 1), "yyyy-mm-dd", "a date"),
    ],
)
def test_cells_that_hold_no_words(
    place: str, value: object, number_format: str, words: str, tmp_path: Path
) -> None:
    sheet = _grid([*ROW])
    sheet[place] = value
    sheet[place].number_format = number_format
    list_ = read_file(tmp_path, saved(sheet))
    (own,) = list_.appointments[0].findings
    assert own.rule == "E041"
    assert words in own.sentence


def _rewritten(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    out = io.BytesIO()
    packed = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with zipfile.ZipFile(io.BytesIO(data)) as package, packed as copy:
        for name in package.namelist():
            copy.writestr(name, change(name, package.read(name)))
    return out.getvalue()


def _strict(_name: str, part: bytes) -> bytes:
    pattern = rb"http://schemas\.openxmlformats\.org/(spreadsheetml|officeDocument|drawingml)/2006/"
    return re.sub(pattern, rb"http://purl.oclc.org/ooxml/\1/", part)


def _fill(name: str, part: bytes) -> bytes:
    return part.replace(b"<fill><patternFill/></fill>", b"<fill/>") if "styles" in name else part


@pytest.mark.parametrize("change", [_strict, _fill])
def test_workbooks_of_other_programs(change: Callable[[str, bytes], bytes], tmp_path: Path) -> None:
    data = saved(_grid(["RX200001", "ur", "braille", "x"]))
    changed = _rewritten(data, change)
    assert changed != _rewritten(data, lambda _name, part: part)
    (row,) = read_file(tmp_path, changed).appointments
    assert (row.reference, row.language, row.need) == ("RX200001", "ur", "braille")


def test_a_workbook_that_openpyxl_does_not_take(tmp_path: Path) -> None:
    broken = lambda name, part: part[:-99] if name == "xl/workbook.xml" else part  # noqa: E731
    sentence = _reason(tmp_path, _rewritten(saved(_grid(ROW)), broken))
    assert "save it anew as .xlsx" in sentence


def test_text_boxes(tmp_path: Path) -> None:
    out = io.BytesIO(saved(_grid([*ROW])))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("xl/drawings/drawing1.xml", "<a:t>All need braille</a:t>")
    assert rules_told(read_file(tmp_path, out.getvalue())) == {"E074"}


def _reason(tmp_path: Path, data: bytes) -> str:
    with pytest.raises(Problem) as caught:
        read_file(tmp_path, data)
    (own,) = caught.value.findings
    assert own.rule == "E031"
    return own.sentence


def _zip(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in members.items():
            package.writestr(name.replace("__", "/").replace("_", "."), text)
    return out.getvalue()


def _ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(99)


ODS = "application/vnd.oasis.opendocument.spreadsheet"
LINE = f"{','.join(HEAD)}\n{','.join(ROW)}\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it is empty"),
        (b" \r\n\r\n", "it is empty"),
        (b"\xef\xbb\xbf\n", "it is empty"),
        (b"\xff\xfe", "it is empty"),
        (_ole("EncryptedPackage"), "protected with a password"),
        (_ole("Workbook"), "an old .xls workbook"),
        (_ole("Book"), "an old .xls workbook"),
        (_ole("WordDocument"), "a Word document"),
        (_ole("Other"), "an old Office program"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(20), "an old .xls workbook"),
        (_zip(mimetype=ODS, content_xml="<x/>"), ".ods"),
        (_zip(word__document_xml="<x/>"), "a Word document"),
        (_zip(xl__workbook_bin="x"), ".xlsb"),
        (_zip(a_csv=LINE), "a ZIP archive"),
        (_zip(a_csv=LINE) + b"PK\x01\x02" * 30_000, "far more files"),
        (saved(_grid(ROW))[:2000], "damaged"),
        (b"PK\x03\x04" + bytes(50), "damaged"),
        (b"%PDF-1.7\n" + LINE.encode(), "it is a PDF"),
        (b"{\\rtf1 " + LINE.encode() + b"}", "RTF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "a picture"),
        (b"\x1f\x8b\x08" + bytes(20), "gzip"),
        (b"<html><table><tr><td>reference</td></tr></table></html>", "a web page (HTML)"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE HTML><p>reference,leaflets", "a web page (HTML)"),
        ("<TABLE><tr>".encode("utf-16"), "a web page (HTML)"),
        (b"<!-- a report --><div><table>", "a web page (HTML)"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", "a web page (HTML)"),
        (saved(openpyxl.Workbook().active), "nothing stands on any sheet"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "a web page (MHT)"),
        (b'<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir"/>', "FHIR as XML"),
        (b'<Bundle xmlns="http://hl7.org/fhir"><type/></Bundle>', "FHIR as XML"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
         "Excel 2003"),
        (b'<?xml version="1.0"?><list/>', "it is XML"),
        (b'[{"reference": "A1"}]', "no FHIR Bundle"),
        (b'\xff\xfe{\0"\0a', "UTF-16"),
        (LINE.encode("utf-16")[:-1], "UTF-16, and is damaged"),
        (LINE.encode() + b"\0", "not a file of text"),
        (b"ID;PWXL;N;E\n", "SYLK"),
    ],
)  # fmt: skip
def test_the_true_reason(data: bytes, words: str, tmp_path: Path) -> None:
    assert words in _reason(tmp_path, data)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
@pytest.mark.parametrize("name", ["Zoë", "رضا", "یہ ایک بہت لمبا نام ہے جو اردو میں ہے"])
def test_other_encodings_are_read(encoding: str, name: str, tmp_path: Path) -> None:
    text = f"reference,language,need,leaflets\n{name}123,ur,,back-pain\n"
    list_ = read_file(tmp_path, text.encode(encoding))
    assert list_.appointments[0].reference == f"{name}123"
    assert rules_told(list_) == ({"E039"} if encoding in ("utf-16-le", "utf-16-be") else set())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "utf-32"])
def test_a_bundle_in_other_encodings(encoding: str, tmp_path: Path) -> None:
    appointment = {"resourceType": "Appointment", "status": "booked"}
    bundle = {"resourceType": "Bundle", "entry": [{"resource": appointment}]}
    list_ = read_file(tmp_path, json.dumps(bundle).encode(encoding))
    assert len(list_.appointments) == 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (r"monday\RX1.pdf", "monday/RX1.pdf"),
        (r".\monday\RX1.pdf", "monday/RX1.pdf"),
        ("./monday/RX1.pdf", "monday/RX1.pdf"),
        (r"Monday\rx1", "monday/RX1.pdf"),
        (r"monday\RX2.pdf", "E042"),
        (r"..\RX1.pdf", "E043"),
        (r"monday\..\..\RX1.pdf", "E043"),
        (r"\\server\RX1.pdf", "E043"),
        (r"C:\letters\RX1.pdf", "E043"),
        ("/etc/passwd", "E043"),
    ],
)
def test_letters_with_the_folders_of_windows(name: str, expected: str, tmp_path: Path) -> None:
    (tmp_path / "monday").mkdir()
    (tmp_path / "monday" / "RX1.pdf").write_bytes(b"%PDF")
    letter = LetterFolder(tmp_path).find(name, Span("list"))
    if isinstance(letter, Finding):
        assert letter.rule == expected
    else:
        assert letter.relative_to(tmp_path).as_posix() == expected


def _areas(count: str) -> Callable[[str, bytes], bytes]:
    area = f'<mergeCells><mergeCell ref="{count}"/></mergeCells>'.encode()
    return lambda _name, part: part.replace(b"</sheetData>", b"</sheetData>" + area)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_areas("A5:XFD1048576"), "far more cells"),
        (lambda name, part: part + b" " * 400_000_000 if name.endswith("sheet1.xml") else part,
         "far more than a list"),
        (lambda name, part: part + b"<c/>" * 16_000_000 if name.endswith("sheet1.xml") else part,
         "far more cells"),
        (lambda _name, part: b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + part, "entities"),
    ],
    ids=["merged", "blanks", "cells", "entities"],
)  # fmt: skip
def test_bombs_of_workbooks(
    change: Callable[[str, bytes], bytes], words: str, tmp_path: Path
) -> None:
    assert words in _reason(tmp_path, _rewritten(saved(_grid(ROW)), change))


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("reference,x\nleaflets,y\n", "all the headings in one row"),
        ("letter,x\nleaflets,y\n", "“reference or patient reference”"),
        ("reference,x\nletter,y\n", "“leaflets or leaflet or clinic or clinic code”"),
    ],
)
def test_headings_that_are_not_there(text: str, column: str, tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        read_file(tmp_path, text)
    (own,) = caught.value.findings
    assert own.sentence == f"the list has no column {column}"


def test_lists_without_end(tmp_path: Path) -> None:
    wide = "," * 1_000_000
    assert "more than 16,384 columns" in _reason(tmp_path, f"{LINE}{wide}\n".encode())
    assert "more than 3,000,000 cells" in _reason(tmp_path, f"{LINE}{wide * 4}\n".encode())
    stray = "," * 16_000
    list_ = read_file(tmp_path, f"{','.join(HEAD)}{stray}\n{','.join(ROW)}{stray}\n")
    assert rules_of_rows(list_) == [[]]


def test_headings_that_are_the_same(tmp_path: Path) -> None:
    head = "reference,leaflets,language,need"
    assert rules_raised(tmp_path, f"{head},Need \nA1,x,,,braille\n") == {"E036"}
    assert rules_raised(tmp_path, f"{head},NEED-\nA1,x,,,braille\n") == {"E036"}
    list_ = read_file(tmp_path, f"{head},needs\nA1,x,,24 point,braille\n")
    assert list_.appointments[0].need == "24 point; braille"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Clinic list, Monday, page 1\nMRN,Leaflet codes,Info\n", ["MRN", "Leaflet codes", "Info"]),
        ("Title,,\nNr,Blatt,Info\n1,2,3\n", ["Nr", "Blatt", "Info"]),
    ],
)
def test_headings_of_a_list_that_nobody_has_mapped(
    text: str, expected: list[str], tmp_path: Path
) -> None:
    (tmp_path / "list.csv").write_text(text)
    assert headings(tmp_path / "list.csv") == expected


def test_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text("columns: {reference: reference, leaflets: leaflets}\nsheet: Monday\n")
    with pytest.raises(Problem) as caught:
        read_file(tmp_path, saved(_grid([*ROW])), read_mapping(path))
    assert "it has no sheet “Monday”" in caught.value.findings[0].sentence
