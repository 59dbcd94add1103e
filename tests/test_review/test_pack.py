"""What a pack holds: the same rows in each file, fit to be read and worked on."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path
from typing import Any

import docx
import people
import polib
import pytest
from conftest import of_the_machine, order_for, run_build
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from edits import ENGLISH, NUMBER, PLACE, WORDS, XLIFF, row_of
from lxml import etree
from packs import Sent, urdu_project

from leafpress.approval.approvals import Approvals
from leafpress.approval.entry import Step
from leafpress.review import memory, pack, pictures, redline
from leafpress.review.protect import ProtectedPieces
from leafpress.review.rows import rows
from leafpress.review.take_in import take_in
from leafpress.translation.language import LANGUAGES

URDU = LANGUAGES["ur"]


def test_the_files(sent: Sent) -> None:
    names = {path.name for path in sent.packs.iterdir()}
    own = {"case-ur.docx", "case-ur.xliff", "case-ur.po", "case.tmx", "glossary.csv"}
    assert names == {*own, "case-en-GB.docx", "redline.html"}
    terms = list(csv.DictReader((sent.packs / "glossary.csv").read_text().splitlines()))
    assert {"english", "term", "forbidden", "note"} == set(terms[0])


def test_a_row_a_message(sent: Sent, approvals: Approvals) -> None:
    table = docx.Document(str(sent.file("docx"))).tables[0]
    every = rows(approvals, "case", URDU)
    assert len(every) == 15
    shown = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    expected = [[f"{r.number}\n{r.code(r.words)}", r.english, r.words] for r in every]
    assert [cells[: WORDS + 1] for cells in shown] == expected
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    [emergency] = [r for r in every if "{111}" in r.english]
    assert emergency.safety
    assert "About safety" in row_of(table, "Call your GP").cells[PLACE].text


def test_right_to_left_and_large_enough(sent: Sent) -> None:
    document = docx.Document(str(sent.file("docx")))
    for row in document.tables[0].rows[1:]:
        [paragraph] = row.cells[WORDS].paragraphs
        assert paragraph._p.pPr.find(qn("w:bidi")) is not None
        properties = paragraph.runs[0]._r.rPr
        assert properties.find(qn("w:rtl")) is not None
        assert properties.find(qn("w:lang")).get(qn("w:bidi")) == "ur"
        assert row.cells[ENGLISH].paragraphs[0]._p.find(qn("w:bidi")) is None
    sizes = [int(size.get(qn("w:val"))) for size in document.element.iter(qn("w:sz"), qn("w:szCs"))]
    assert sizes
    assert min(sizes) >= 24
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert "PAGE" in etree.tostring(section.footer._element).decode()


def test_the_first_page_says_what_to_do(sent: Sent) -> None:
    lines = [paragraph.text for paragraph in docx.Document(str(sent.file("docx"))).paragraphs]
    assert "Pack: case / ur" in lines
    for must_stay in ("{999}", "**two stars**", "every number"):
        assert any(must_stay in line for line in lines)


def test_pictures_show_the_place(sent: Sent, approvals: Approvals) -> None:
    table = docx.Document(str(sent.file("docx"))).tables[0]
    drawn = {
        row.cells[ENGLISH].text: row.cells[PLACE]._tc.find(f".//{qn('wp:docPr')}")
        for row in table.rows[1:]
    }
    without = [english for english, picture in drawn.items() if picture is None]
    assert without == ["The lower body from behind."]
    alone = row_of(table, without[0]).cells[PLACE].text
    assert alone.startswith("Not printed as words on a page")
    number = row_of(table, "Call your GP").cells[NUMBER].text.split()[0]
    described = drawn["Call your GP or {111} today"].get("descr")
    assert described == f"Page 1 of a4, with row {number} in a frame"


def test_words_are_found_where_they_are_printed(sent: Sent, approvals: Approvals) -> None:
    [pages] = pictures.drawn_pages(sent.options, "case", "ur")
    _, owners, _, _ = pages.letters
    for row in rows(approvals, "case", URDU):
        at = pictures.where(pages, row.words, 0)
        if at:
            lines = [pages.runs[n].text for n in dict.fromkeys(owners[at[0] : at[1]])]
            words = row.words.replace("*", "").split("{")[0].split("[")[0].split("(")[0].split()
            assert words[0] in " ".join(lines), row.words


def test_xliff_as_another_reader_sees_it(sent: Sent, approvals: Approvals) -> None:
    root = etree.parse(sent.file("xliff")).getroot()
    file = root.find(f"{XLIFF}file")
    assert (root.get("version"), file.get("target-language")) == ("1.2", "ur")
    units = list(root.iter(f"{XLIFF}trans-unit"))
    every = rows(approvals, "case", URDU)
    assert [unit.get("id") for unit in units] == [f"{r.number}-{r.code(r.words)}" for r in every]
    assert [unit.get("maxwidth") for unit in units] == [str(r.limit) for r in every]
    [call] = [unit for unit in units if _english(unit).startswith("Call your GP")]
    [placeholder] = call.findall(f"{XLIFF}target/{XLIFF}x")
    assert placeholder.get("equiv-text") == "{111}"
    [legs] = [unit for unit in units if "tingling" in _english(unit)]
    kinds = {group.get("ctype"): group.text for group in legs.findall(f"{XLIFF}target/{XLIFF}g")}
    assert kinds == {"bold": "دونوں", "link": "دوسرا حصہ"}


def _english(unit: Any) -> str:
    return "".join(unit[0].itertext())


PROTECTED = [
    "Call {999} now, or *go* to [**{a-and-e}**](#two).",
    "%(num)s of 2 * 3 and [x] and \\* and **half",
    "{a} {a} **b** *c* **d**",
    "[one](#a) [two](https://b.example/c)",
]


@pytest.mark.parametrize("text", PROTECTED)
def test_protected_pieces_come_back(text: str) -> None:
    pieces = ProtectedPieces.of(text)
    assert pieces.wholes
    assert pieces.decode(pieces.encode(text)) == text


def test_po_as_other_readers_see_it(sent: Sent, approvals: Approvals, tmp_path: Path) -> None:
    catalogue = polib.pofile(str(sent.file("po")))
    every = rows(approvals, "case", URDU)
    assert [(e.msgid, e.msgstr) for e in catalogue] == [(r.english, r.words) for r in every]
    command = ["msgfmt", "--output-file", str(tmp_path / "case.mo"), str(sent.file("po"))]
    assert subprocess.run(command, check=False).returncode == 0


def test_english_packs_have_the_notes_at_their_rows(sent: Sent) -> None:
    table = docx.Document(str(sent.file("docx", "en-GB"))).tables[0]
    heading = [cell.text for cell in table.rows[0].cells]
    assert heading == ["Row", "Words", "Notes for you", "Where it stands", "Remark"]
    notes = {row.cells[1].text: row.cells[2].text for row in table.rows[1:]}
    assert notes["The lower body from behind."] == "Is the shaded part right?"
    assert sum(map(bool, notes.values())) == 1


def test_through_libreoffice(sent: Sent, approvals: Approvals, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path)]
    done = subprocess.run(
        [*command, str(sent.file("docx"))],
        capture_output=True,
        check=False,
        env=of_the_machine(),
        timeout=120,
    )
    saved = tmp_path / "case-ur.docx"
    assert saved.exists(), done.stderr
    assert saved.read_bytes() != sent.file("docx").read_bytes()
    taken = take_in(approvals, saved, saved.name, "ur")
    assert (taken.findings, taken.warnings, taken.is_empty) == ((), (), True)
    document = docx.Document(str(saved))
    cell = row_of(document.tables[0], "Adults.").cells[WORDS]
    cell.paragraphs[0].runs[0].text = "بڑی عمر کے افراد۔"
    document.save(str(saved))
    [change] = take_in(approvals, saved, saved.name, "ur").changes
    assert (change.row.english, change.words) == ("Adults.", "بڑی عمر کے افراد۔")


def test_signed_pairs_and_what_changed_since(tmp_path: Path) -> None:
    root = urdu_project(tmp_path / "project")
    own = people.approvals(root)
    assert memory.as_tmx(URDU, memory.approved(own, "case", URDU))[1] == 0
    assert "Nobody has signed" in redline.page(own, "case", URDU, people.TODAY)
    for subject in ("case", "shared"):
        for step, by in ((Step.TRANSLATED, people.TRANSLATOR), (Step.REVISED, people.REVISER)):
            people.sign(root, step, by, subject=subject, language="ur")
    people.sign(root, Step.APPROVED, people.MANAGER, language="ur")
    own = people.approvals(root)
    data, pairs = memory.as_tmx(URDU, memory.approved(own, "case", URDU))
    segments = [segment.text for segment in etree.fromstring(data).iter("seg")]
    assert pairs * 2 == len(segments) > 20
    assert segments[segments.index("Adults.") + 1] == "بالغ افراد۔"
    assert "Nothing has changed" in redline.page(own, "case", URDU, people.TODAY)
    catalogue = root / "locales" / "ur" / "LC_MESSAGES" / "case.po"
    catalogue.write_text(catalogue.read_text().replace("بالغ افراد۔", "بڑے افراد۔"))
    page = redline.page(people.approvals(root), "case", URDU, people.TODAY)
    assert "<del>بالغ</del> <ins>بڑے</ins>" in page
    assert "taken out: " in page
    left = [message.words for message in memory.approved(people.approvals(root), "case", URDU)]
    assert "آپ کو بخار ہے (38°C یا زیادہ)۔" in left
    assert "بڑے افراد۔" not in left


def test_words_that_all_share(sent: Sent) -> None:
    files = dict(pack.files(sent.options, "shared", URDU))
    assert {"shared-ur.docx", "shared-ur.xliff", "shared-ur.po"} <= set(files)
    root = etree.fromstring(files["shared-ur.xliff"])
    notes = [note.text for note in root.iter(f"{XLIFF}note")]
    assert "About safety." in notes
    assert any("Plural form 2" in note for note in notes)


def test_a_language_that_nobody_has_begun(sent: Sent, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(sent.root, root, symlinks=True)
    order = order_for(root)
    files = dict(pack.files(order, "case", LANGUAGES["pl"]))
    catalogue = polib.pofile(files["case-pl.po"].decode())
    assert len(catalogue) == 15
    assert not any(entry.msgstr for entry in catalogue)


def test_not_among_what_is_handed_out(sent: Sent) -> None:
    done = run_build(sent.root, "review", "case", "--language", "ur", "--out", "out/packs")
    assert done.returncode == 2
    assert "S045" in done.stderr
    assert not (sent.root / "out" / "packs").exists()
