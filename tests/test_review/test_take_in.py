"""Taking a returned file in: what is shown, what is written, and what is left as it is."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from conftest import order_for, run_build
from edits import (
    REMARK,
    WORDS,
    XLIFF,
    Edit,
    entry,
    replaced,
    row_of,
    target_of,
    target_text,
    text,
    with_row,
    with_unit,
    word,
)
from lxml import etree
from packs import Sent

from leafpress.content.root import Root
from leafpress.review import pack
from leafpress.review.take_in import TakenIn, save, take_in
from leafpress.translation.language import LANGUAGES

OLD, NEW = "بالغ افراد۔", "بڑی عمر کے افراد۔"
WAYS: dict[str, Edit] = {
    "docx": replaced("Adults.", OLD, NEW),
    "xliff": with_unit("Adults.", target_text(OLD, NEW)),
    "po": text(OLD, NEW),
}


@pytest.fixture
def copy(sent: Sent, tmp_path: Path) -> Sent:
    """A copy of the project that a test may write to."""
    root = tmp_path / "project"
    shutil.copytree(sent.root, root, symlinks=True)
    return Sent(root, order_for(root), root / "review")


def catalogue(sent: Sent) -> Path:
    return sent.root / "locales" / "ur" / "LC_MESSAGES" / "case.po"


def taken(sent: Sent, ending: str, *edits: Edit, language: str = "ur") -> TakenIn:
    """A returned file with some edits, as it would be taken in."""
    data = sent.file(ending, language).read_bytes()
    for edit in edits:
        data = edit(data)
    path = sent.root / f"returned.{ending}"
    path.write_bytes(data)
    return take_in(sent.approvals(), path, path.name, "")


@pytest.mark.parametrize(("ending", "edit"), WAYS.items())
def test_one_change_changes_one_message(copy: Sent, ending: str, edit: Edit) -> None:
    before = copy.file("po").read_text()
    found = taken(copy, ending, edit)
    assert (found.findings, found.warnings) == ((), ())
    save(Root(copy.root), found)
    assert catalogue(copy).read_text() == before.replace(OLD, NEW)
    assert taken(copy, ending, edit).is_empty, "it is taken in once"


def test_nothing_is_written_unless_somebody_says_so(copy: Sent) -> None:
    path = copy.root / "returned.docx"
    path.write_bytes(WAYS["docx"](copy.file("docx").read_bytes()))
    before = catalogue(copy).read_bytes()
    done = run_build(copy.root, "take-in", str(path))
    assert (done.returncode, catalogue(copy).read_bytes()) == (2, before)
    assert "S044" in done.stderr
    assert f"was: {OLD}" in done.stdout
    assert f"now: {NEW}" in done.stdout
    done = run_build(copy.root, "take-in", str(path), "--language", "ur", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert NEW in catalogue(copy).read_text()


def test_nothing_is_written_while_something_is_lost(copy: Sent) -> None:
    path = copy.root / "returned.docx"
    lost = replaced("You have a high", "38", "")
    path.write_bytes(lost(WAYS["docx"](copy.file("docx").read_bytes())))
    before = catalogue(copy).read_bytes()
    done = run_build(copy.root, "take-in", str(path), "--yes")
    assert (done.returncode, catalogue(copy).read_bytes()) == (1, before)
    assert "returned.docx:7: error T013" in done.stderr


def test_another_language_than_was_meant(copy: Sent) -> None:
    done = run_build(copy.root, "take-in", str(copy.file("po")), "--language", "pl")
    assert done.returncode == 1
    assert "S030" in done.stderr


def _write_remark(row: Any) -> None:
    row.cells[REMARK].text = "Is this the usual word?"


def _comment(data: bytes) -> bytes:
    document = docx.Document(BytesIO(data))
    runs = row_of(document.tables[0], "Adults.").cells[WORDS].paragraphs[0].runs
    document.add_comment(runs, text="Is this the usual word?", author="A reviewer", initials="R")
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _write_beside_picture(row: Any) -> None:
    row.cells[3].add_paragraph("Is this the usual word?")


def _add_note(unit: Any) -> None:
    etree.SubElement(unit, f"{XLIFF}note", {"from": "x"}).text = "Is this the usual word?"


REMARKS: list[tuple[str, Edit]] = [
    ("docx", with_row("Adults.", _write_remark)),
    ("docx", with_row("Adults.", _write_beside_picture)),
    ("docx", _comment),
    ("xliff", with_unit("Adults.", _add_note)),
    ("po", entry("Adults.", lambda old: f"# Is this the usual word?\n{old}")),
]


@pytest.mark.parametrize(("ending", "edit"), REMARKS)
def test_remarks_are_kept_beside_the_message(copy: Sent, ending: str, edit: Edit) -> None:
    found = taken(copy, ending, edit)
    assert [(remark.row.english, remark.text) for remark in found.remarks] == [
        ("Adults.", "Is this the usual word?")
    ]
    for _ in range(2):
        save(Root(copy.root), taken(copy, ending, edit))
    [comment] = [line for line in catalogue(copy).read_text().splitlines() if "usual" in line]
    assert comment == "# remark, 2026-11-29: Is this the usual word?"
    assert "# name" in catalogue(copy).read_text()


def test_words_outside_the_rows_are_told(copy: Sent) -> None:
    def add_below(table: Any) -> None:
        table._parent.add_paragraph("I am not sure of row 3.")

    found = taken(copy, "docx", word(add_below))
    assert [each.rule for each in found.warnings] == ["S042"]
    assert "I am not sure of row 3." in str(found.warnings[0])


def test_rows_may_stand_in_another_order(copy: Sent) -> None:
    def turn_around(table: Any) -> None:
        for row in reversed(table.rows[1:]):
            table._tbl.append(row._tr)

    assert taken(copy, "docx", word(turn_around)).is_empty
    found = taken(copy, "docx", word(turn_around), WAYS["docx"])
    assert [change.words for change in found.changes] == [NEW]


def _say_right(row: Any) -> None:
    row.cells[REMARK].text = "Right."


def _final(unit: Any) -> None:
    target_of(unit).set("state", "final")


CONFIRMED: dict[str, tuple[Edit, ...]] = {
    "docx": (with_row("Adults of any", _say_right),),
    "xliff": (with_unit("Adults of any", _final),),
    "po": (text("#, fuzzy", "#,"),),
}


@pytest.mark.parametrize(("ending", "confirm"), CONFIRMED.items())
def test_a_guess_stays_one_until_somebody_says_that_it_is_right(
    copy: Sent, ending: str, confirm: tuple[Edit, ...]
) -> None:
    leaflet = copy.root / "leaflets" / "case.yaml"
    leaflet.write_text(leaflet.read_text().replace("Adults.", "Adults of any age."))
    old = catalogue(copy).read_text()
    catalogue(copy).write_text(old.replace("Adults.", "Adults of some age."))
    for name, data in pack.files(copy.options, "case", LANGUAGES["ur"]):
        (copy.packs / name).write_bytes(data)
    untouched = taken(copy, ending)
    assert untouched.is_empty
    assert [copy_row.english for copy_row in _rows(copy) if copy_row.guess] == [
        "Adults of any age."
    ]
    assert len(untouched.guesses) == 1
    found = taken(copy, ending, *confirm)
    assert (found.findings, found.guesses, found.remarks) == ((), (), ())
    save(Root(copy.root), found)
    written = catalogue(copy).read_text()
    assert "fuzzy" not in written
    assert f'msgid "Adults of any age."\nmsgstr "{OLD}"' in written


def _rows(sent: Sent) -> Any:
    from leafpress.review.rows import rows

    return rows(sent.approvals(), "case", LANGUAGES["ur"])


def test_clinicians_words_go_to_the_author(copy: Sent) -> None:
    def answer(table: Any) -> None:
        row = next(row for row in table.rows if row.cells[1].text.startswith("The lower body"))
        row.cells[2].paragraphs[0].add_run(" agreed")
        row.cells[1].paragraphs[0].runs[0].text = "The back of the lower body."

    found = taken(copy, "docx", word(answer), language="en-GB")
    assert found.findings == ()
    save(Root(copy.root), found)
    page = (copy.root / "review" / "case-en-GB-remarks.md").read_text()
    assert "proposed: The back of the lower body." in page
    assert "remark: agreed" in page
    assert "The lower body from behind." in (copy.root / "leaflets" / "case.yaml").read_text()


def _translate(data: bytes) -> bytes:
    def fill(table: Any) -> None:
        row_of(table, "Adults.").cells[WORDS].text = "Dorośli."

    return word(fill)(data)


def test_what_omegat_writes_of_a_word_that_is_the_english(copy: Sent) -> None:
    """It takes “Paracetamol” for untranslated, and empties it: nothing is lost."""
    catalogue(copy).write_text(catalogue(copy).read_text().replace(OLD, "Adults."))
    for name, data in pack.files(copy.options, "case", LANGUAGES["ur"]):
        (copy.packs / name).write_bytes(data)
    found = taken(copy, "po", text('msgstr "Adults."', 'msgstr ""'))
    assert found.is_empty
    assert found.findings == ()


def test_a_first_translation_makes_a_catalogue(copy: Sent) -> None:
    for name, data in pack.files(copy.options, "case", LANGUAGES["pl"]):
        (copy.packs / name).write_bytes(data)
    found = taken(copy, "docx", _translate, language="pl")
    assert found.findings == ()
    save(Root(copy.root), found)
    made = copy.root / "locales" / "pl" / "LC_MESSAGES" / "case.po"
    assert 'msgid "Adults."\nmsgstr "Dorośli."' in made.read_text()
