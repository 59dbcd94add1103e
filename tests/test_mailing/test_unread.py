"""What a list says and nobody reads: it stops the row, or is told; it is never passed over."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from leafpress.findings import Problem
from leafpress.mailing.lists.appointments import AppointmentList, read_appointments
from leafpress.mailing.lists.mapping import Mapping, read_mapping
from leafpress.mailing.lists.propose_mapping import propose_mapping

HEAD = ["reference", "language", "need", "leaflets"]
ROW = ["RX200001", "", "", "back-pain"]


def read_file(tmp_path: Path, data: bytes | str, mapping: Mapping | None = None) -> AppointmentList:
    path = tmp_path / "list.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_appointments(path, mapping)


def read_table(tmp_path: Path, *rows: list[str], mapping: Mapping | None = None) -> AppointmentList:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return read_file(tmp_path, text.getvalue(), mapping)


def rules_of_rows(list_: AppointmentList) -> list[list[str]]:
    return [[own.rule for own in row.findings] for row in list_.appointments]


def rules_told(list_: AppointmentList) -> set[str]:
    return {own.rule for own in list_.findings}


def rules_raised(tmp_path: Path, data: bytes | str, mapping: Mapping | None = None) -> set[str]:
    with pytest.raises(Problem) as caught:
        read_file(tmp_path, data, mapping)
    return {own.rule for own in caught.value.findings}


STOPS = [
    ("AIS flag", "braille"),
    ("Accesibility", "Easy read"),
    ("Main spoken language", "Urdu"),
    ("1st Lang", "ur"),
    ("1st Lang", "Polish"),
    ("Alerts", "large print"),
    ("Alerts", "12"),
    ("Alerts", "LP"),
    ("Notes", "Needs 24 point"),
    ("Notes", "Ring first; Urdu"),
    ("Notes", "Ring first, Polish"),
    ("Notes", "daughter rings, patient speaks Polish"),
    ("Notes", "Polish speaking"),
    ("Notes", "Please send letters in Welsh"),
    ("Notes", "prefers Polish leaflet"),
    ("Notes", "Polish interpreter booked"),
    ("Notes", "Blind: braille only"),
    ("Notes", "wants a font size 20"),
    ("Notes", "wants text size 20"),
    ("Notes", "letters 18pt please"),
    ("Notes", "796161000000101"),
    ("Notes", "796161000000101 | Easyread |"),
    ("Notes", "BSL user"),
    ("Notes", "آگاہ اردو پڑھتے ہیں"),
    ("Notes", "interpreter required"),
    ("Notes", "speaks Russian"),
    ("Comments", "large-print please"),
    ("Comments", "needs bigger letters"),
    ("Comments", "letters in large font"),
    ("Comments", "speaks no English"),
    ("Comments", "doesn't read English"),
    ("Comments", "Lang: ur"),
    ("Comments", "leaflets should be in Ukrainian"),
    ("Comments", "please translate to Polish"),
    ("Tongue?", "Portuguese (Brazil)"),
    ("Anything", "Portuguese (Brazil)"),
    ("Mother tongue", "Russian"),
    ("Mother tongue", "Sylheti"),
    ("Mother tongue", "Chinese"),
    ("Anything", "Polish"),
    ("Anything", "Urdu / English"),
    ("Anything", "Easy Read"),
    ("Anything", "24 pt"),
    ("Anything", "32 point"),
    ("Surname", "needs large print"),
    ("Consultant", "speaks Polish"),
    ("Large print?", "Y"),
    ("Braille", "yes"),
    ("BSL", "TRUE"),
    ("Needs easy read", "x"),
    ("Speaks Polish", "1"),
    ("Font size", "24"),
    ("Interpreter", "Y"),
]
"""Headings and cells that nobody reads and that mean a need or a language."""


@pytest.mark.parametrize(("heading", "cell"), STOPS)
def test_cells_that_stop_a_row(heading: str, cell: str, tmp_path: Path) -> None:
    list_ = read_table(tmp_path, [*HEAD, heading], [*ROW, cell], [*ROW, ""])
    assert rules_of_rows(list_) == [["E071"], []]
    (column,) = list_.unread
    assert (column.heading, column.filled, column.ignored) == (heading, (2,), False)
    (own,) = list_.appointments[0].findings
    assert heading in own.sentence
    assert cell not in own.sentence.replace(heading, "")


GO_ON = [
    ("Clinic site", "Polish Road"),
    ("Clinic site", "Braille House, 12 Welsh Street"),
    ("Site", "Polish"),
    ("Surname", "English"),
    ("Surname", "Pole"),
    ("Surname", "Moon"),
    ("Patient", "French, John"),
    ("Px", "French, John"),
    ("Consultant", "Welsh"),
    ("Dr", "German"),
    ("Nationality", "Polish"),
    ("Ethnic group", "Chinese"),
    ("Country of birth", "Somali"),
    ("Address", "12 High Street, Polish Hill"),
    ("Initials", "PA"),
    ("Initials", "LP"),
    ("Room", "12"),
    ("Age", "11"),
    ("Ward", "13"),
    ("Pt age", "24"),
    ("Reminder", "text"),
    ("Confirmed", "by email"),
    ("Type", "audio"),
    ("Arrived", "no"),
    ("Notes", "remove nail polish"),
    ("Notes", "Polish husband drives"),
    ("Notes", "lives in the Welsh hills"),
    ("Notes", "interpreter room at 10"),
    ("Notes", "CT with contrast, arrives at 12"),
    ("Notes", "read the record"),
    ("Notes", "grade 2 sprain, 3 point stance"),
    ("Notes", "English"),
    ("Notes", "speaks English"),
    ("AIS flag", "none"),
    ("Alerts", "N/A"),
    ("Large print?", "N"),
    ("Braille", "no"),
    ("BSL", "FALSE"),
    ("Preferred time", "12"),
    ("Notes", "size 20 needle, MMSE 24 points, 18 point scale"),
    ("Lives at", "24 Point Close"),
    ("Address", "24 Point Pleasant"),
    ("Notes", "No interpreter required"),
    ("Interpreter", "not required"),
    ("Type", "text"),
    ("Anything", "wheelchair"),
]
"""Headings and cells that mean something else, or what the row gets anyway."""


@pytest.mark.parametrize(("heading", "cell"), GO_ON)
def test_cells_that_are_no_need(heading: str, cell: str, tmp_path: Path) -> None:
    list_ = read_table(tmp_path, [*HEAD, heading], [*ROW, cell])
    assert rules_of_rows(list_) == [[]]
    everyday = heading in ("Site", "Surname", "Consultant", "Address", "Initials")
    everyday = everyday or heading in ("Room", "Age", "Ward")
    assert rules_told(list_) == (set() if everyday else {"E073"})


@pytest.mark.parametrize(
    ("row", "rules"),
    [
        ("ur | - | Main spoken language | Urdu", []),
        ("pl | - | Notes | speaks Polish", []),
        ("bn | - | Dialect | Sylheti", []),
        ("ur | - | Interpreter | Y", []),
        ("ur | - | Notes | speaks English well", []),
        ("ur | - | Notes | doesn't read English", []),
        ("ur | - | Notes | letters in English", ["E071"]),
        ("ur | - | Spoken | English", ["E071"]),
        ("ur | - | Spoken | Polish", ["E071"]),
        ("- | 24 point | Alerts | large print", []),
        ("- | large print | Alerts | 24 point", ["E071"]),
        ("- | braille grade 1 | Alerts | braille", []),
        ("- | easy read | Alerts | braille", ["E071"]),
    ],
)
def test_what_the_row_says_already(row: str, rules: list[str], tmp_path: Path) -> None:
    language, need, heading, cell = row.split(" | ")
    cells = ["RX200001", language.strip("-"), need.strip("-"), "back-pain", cell]
    list_ = read_table(tmp_path, [*HEAD, heading], cells)
    assert rules_of_rows(list_) == [rules]


def test_codes_alone_make_a_column_of_languages(tmp_path: Path) -> None:
    list_ = read_table(tmp_path, [*HEAD, "L1"], [*ROW, "ur"], [*ROW, "en"], [*ROW, "pl"])
    assert rules_of_rows(list_) == [["E071"], [], ["E071"]]


@pytest.mark.parametrize(
    ("head", "row", "letters"),
    [
        (["reference", "need", "", "leaflets"], ["RX200001", "", "easy read", "back-pain"], "C"),
        (["reference", "need", " ", "leaflets"], ["RX200001", "", "-", "back-pain"], "C"),
        (["reference", "leaflets", "", ""], ["RX200001", "back-pain", "24 point", "x"], "C, D"),
    ],
)
def test_cells_under_no_heading(
    head: list[str], row: list[str], letters: str, tmp_path: Path
) -> None:
    list_ = read_table(tmp_path, head, row)
    (own,) = list_.appointments[0].findings
    assert own.rule == "E072"
    assert f"({letters})" in own.sentence


def _mapping(tmp_path: Path, text: str) -> Mapping:
    path = tmp_path / "mapping.yaml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path)


COLUMNS = "columns: {reference: reference, language: language, need: need, leaflets: leaflets}\n"


def test_many_columns_are_counted(tmp_path: Path) -> None:
    head = [*HEAD, *(f"Extra {number}" for number in range(40))]
    list_ = read_table(tmp_path, head, [*ROW, *["x"] * 40])
    assert "“Extra 29” and 10 more" in list_.findings[0].sentence


def test_what_the_mapping_ignores(tmp_path: Path) -> None:
    mapping = _mapping(tmp_path, COLUMNS + "ignore: [Alerts, column F]\n")
    head, row = [*HEAD, "alerts", ""], [*ROW, "braille", "1"]
    list_ = read_table(tmp_path, head, row, mapping=mapping)
    assert rules_of_rows(list_) == [[]]
    assert rules_told(list_) == set()
    assert [column.ignored for column in list_.unread] == [True, True]


def test_a_clinics_own_words_are_understood_everywhere(tmp_path: Path) -> None:
    mapping = _mapping(tmp_path, COLUMNS + "needs: {LP24: 24 point}\nlanguages: {Urd1: ur}\n")
    rows = [[*ROW, "LP24"], [*ROW, "urd1"], [*ROW, "LP23"]]
    list_ = read_table(tmp_path, [*HEAD, "Extra"], *rows, mapping=mapping)
    assert rules_of_rows(list_) == [["E071"], ["E071"], []]


@pytest.mark.parametrize(
    "text",
    [
        "columns: {reference: A, language: B, need: b}\n",
        "columns: {reference: A, need: [B, C, b]}\n",
        "columns: {reference: A, need: Alerts}\nignore: [alerts]\n",
        "columns: {reference: A}\nneeds: {LP: large print, lp: easy read}\n",
        "columns: {reference: A}\nlanguages: {U-1: ur, U 1: pl}\n",
    ],
)
def test_mappings_that_say_something_twice(text: str, tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        _mapping(tmp_path, text)
    assert {own.rule for own in caught.value.findings} == {"E075"}


def test_a_draft_ignores_only_what_is_everyday() -> None:
    draft = propose_mapping(["Ref", "Leaflets", "Surname", "DOB", "1st Lang", "Alert 2"])
    ignored = draft.partition("ignore:\n")[2]
    active = [line.strip(" -") for line in ignored.splitlines() if line.startswith("  -")]
    assert active == ["'Surname'", "'DOB'"]
    assert "'1st Lang'" in draft
    assert "'Alert 2'" in draft


@pytest.mark.parametrize("title", ["All patients need large print", "Urdu", "Speaks Polish"])
def test_titles_that_mean_all_rows(title: str, tmp_path: Path) -> None:
    text = f"{title},,,\n{','.join(HEAD)}\n{','.join(ROW)}\n"
    assert rules_raised(tmp_path, text) == {"E071"}


@pytest.mark.parametrize("title", ["Polish clinic, Monday, 12 patients", "English", "Page 1 of 2"])
def test_titles_that_are_only_titles(title: str, tmp_path: Path) -> None:
    text = f'"{title}",,,\n{",".join(HEAD)}\n{",".join(ROW)}\n'
    assert rules_of_rows(read_file(tmp_path, text)) == [[]]


def _sheet(*rows: list[object]) -> Worksheet:
    sheet = openpyxl.Workbook().active
    assert isinstance(sheet, Worksheet)
    for row in ([*HEAD], *rows):
        sheet.append(row)
    return sheet


def saved(sheet: Worksheet) -> bytes:
    assert sheet.parent is not None
    out = io.BytesIO()
    sheet.parent.save(out)
    return out.getvalue()


def test_merged_headings_and_cells_beside_them(tmp_path: Path) -> None:
    sheet = openpyxl.Workbook().active
    assert isinstance(sheet, Worksheet)
    sheet.append(["reference", "leaflets", "need", None])
    sheet.append(["RX200001", "back-pain", None, "braille"])
    sheet.append(["RX200002", "back-pain", "easy read", None])
    sheet.append(["RX200003", "back-pain", None, None, None, "24 point"])
    sheet.merge_cells("C1:D1")
    list_ = read_file(tmp_path, saved(sheet))
    assert rules_of_rows(list_) == [["E072"], [], ["E072"]]


def test_rows_struck_out(tmp_path: Path) -> None:
    sheet = _sheet([*ROW], ["RX200002", "ur", "braille", "back-pain"], [*ROW])
    for cell in sheet[2]:
        cell.font = Font(strike=True)
    sheet["C3"].font = Font(strike=True)
    list_ = read_file(tmp_path, saved(sheet))
    sentences = [[own.sentence for own in row.findings] for row in list_.appointments]
    assert "it is struck out" in sentences[0][0]
    assert "the need is struck out" in sentences[1][0]
    assert [len(own) for own in sentences] == [1, 1, 0]


def test_words_struck_out_in_a_cell(tmp_path: Path) -> None:
    struck = TextBlock(InlineFont(strike=True), "braille")
    sheet = _sheet(
        ["RX200001", None, CellRichText("easy read; ", struck), "back-pain"],
        ["RX200002", None, CellRichText("easy ", TextBlock(InlineFont(b=True), "read")), "x"],
    )
    list_ = read_file(tmp_path, saved(sheet))
    assert rules_of_rows(list_) == [["E041"], []]
    assert list_.appointments[1].need == "easy read"


def test_comments_on_cells(tmp_path: Path) -> None:
    sheet = _sheet([*ROW], [*ROW])
    sheet["A2"].comment = Comment("Ann:\nneeds braille", "Ann")
    sheet["A3"].comment = Comment("Ann:\nring first", "Ann")
    list_ = read_file(tmp_path, saved(sheet))
    assert rules_of_rows(list_) == [["E071"], []]
    (told,) = list_.findings
    assert told.rule == "E074"
    assert "2 comments" in told.sentence


def test_hidden_columns_and_sheets(tmp_path: Path) -> None:
    sheet = _sheet([*ROW[:2], "braille", ROW[3]])
    sheet.column_dimensions["C"].hidden = True
    assert sheet.parent is not None
    other = sheet.parent.create_sheet("Codes")
    other.append(["Urdu"])
    other.sheet_state = "hidden"
    list_ = read_file(tmp_path, saved(sheet))
    assert list_.appointments[0].need == "braille"
    sentences = " ".join(own.sentence for own in list_.findings)
    assert "hidden columns (C)" in sentences
    assert "1 hidden sheets" in sentences


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ([["Call Ann"]], None),
        ([["Language"], ["Urdu"], ["Polish"]], None),
        ([["reference", "need"], ["RX200001", "braille"]], "E071"),
        ([["Reference", "1st Lang"], ["RX200001", "ur"]], "E071"),
        ([["reference", "room"], ["RX200001", "12"]], None),
    ],
)
def test_other_sheets(rows: list[list[str]], rule: str | None, tmp_path: Path) -> None:
    sheet = _sheet([*ROW])
    assert sheet.parent is not None
    other = sheet.parent.create_sheet("Other")
    for row in rows:
        other.append(row)
    data = saved(sheet)
    if rule:
        assert rule in rules_raised(tmp_path, data)
    else:
        list_ = read_file(tmp_path, data)
        assert rules_told(list_) == {"E074"}
    mapping = _mapping(tmp_path, COLUMNS + "sheet: Sheet\n")
    assert read_file(tmp_path, data, mapping).findings == ()
