"""Braille: signs by the published rules, pages that fit an embosser, words that read back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import REFERENCE, ROOT, MakeProject, Reference, order_for
from conftest import run_build as run
from hypothesis import given, settings
from hypothesis import strategies as st
from test_plain.editions import LANGUAGES, markup

from leafpress.findings import ExitCode, Problem, Span
from leafpress.plain import braille_tables, brf, liblouis, paging
from leafpress.plain.braille import brailled
from leafpress.plain.braille_lines import in_cells
from leafpress.plain.document import Piece, Shape
from leafpress.plain.paging import CELLS, LINES, BrailleRow
from leafpress.plain.reading import read
from leafpress.press.edition import Edition
from leafpress.press.pipeline import build
from leafpress.proof.answers import Case
from leafpress.proof.text import back_translation, plain_checks
from leafpress.translation.language import LANGUAGES as KNOWN

HERE = Span("here")
EDITIONS = [(tag, grade) for tag in LANGUAGES for grade in (1, 2) if KNOWN[tag].braille[grade - 1]]

UEB = [
    # Rules of Unified English Braille, second edition (2013), by chapter.
    ("999", "⠼⠊⠊⠊", "6: numeric mode"),
    ("0.5", "⠼⠚⠲⠑", "6: decimal point"),
    ("10,000", "⠼⠁⠚⠂⠚⠚⠚", "6: comma in a number"),
    ("020 7946 0000", "⠼⠚⠃⠚⠐⠛⠊⠙⠋⠐⠚⠚⠚⠚", "6: space in a number"),
    ("5mg", "⠼⠑⠍⠛", "6: letters that are no digits"),
    ("5 mg", "⠼⠑⠀⠍⠛", "3: units"),
    ("2b", "⠼⠃⠰⠃", "6: grade 1 sign before a to j"),
    ("50%", "⠼⠑⠚⠨⠴", "3: per cent"),
    ("£3", "⠈⠇⠼⠉", "3: pound"),
    ("38°C", "⠼⠉⠓⠘⠚⠠⠉", "3: degree"),
    ("a/b", "⠁⠸⠌⠃", "7: solidus"),
    ("A&E", "⠠⠁⠈⠯⠠⠑", "3: ampersand"),
    ("GP", "⠠⠠⠛⠏", "8: capitals word"),
    ("NHS 111", "⠠⠠⠝⠓⠎⠀⠼⠁⠁⠁", "8: capitals word"),
    ("Call", "⠠⠉⠁⠇⠇", "8: capital letter"),
    ("“Yes”", "⠦⠠⠽⠑⠎⠴", "7: quotation marks"),
    ("(or)", "⠐⠣⠕⠗⠐⠜", "7: round brackets"),
    ("Who?", "⠠⠺⠓⠕⠦", "7: question mark"),
    ("clinic’s", "⠉⠇⠊⠝⠊⠉⠄⠎", "7: apostrophe"),
    ("now – no", "⠝⠕⠺⠀⠠⠤⠀⠝⠕", "7: dash"),
    ("a@b.example", "⠁⠈⠁⠃⠲⠑⠭⠁⠍⠏⠇⠑", "3: at sign"),
]

CONTRACTED = [
    ("the people", "⠮⠀⠏", "10: contractions"),
    ("and for of with", "⠯⠀⠿⠀⠷⠀⠾", "10: strong contractions"),
    ("after", "⠁⠋", "10: shortforms"),
    ("999", "⠼⠊⠊⠊", "6: numbers are not contracted"),
]


def _cells(text: str, grade: int) -> str:
    line = (Piece(text, "en-GB"),)
    return in_cells([line], "en-GB", grade, HERE).of(line)


@pytest.mark.parametrize(("text", "cells", "rule"), UEB, ids=[case[0] for case in UEB])
def test_uncontracted_english(text: str, cells: str, rule: str) -> None:
    assert _cells(text, 1) == cells, rule


@pytest.mark.parametrize(("text", "cells", "rule"), CONTRACTED, ids=[c[0] for c in CONTRACTED])
def test_contracted_english(text: str, cells: str, rule: str) -> None:
    assert _cells(text, 2) == cells, rule


def test_numbers_are_alike_in_every_language() -> None:
    tables = {table for tag in LANGUAGES for table in KNOWN[tag].braille if table}
    assert len(tables) == 8
    for table in sorted(tables):
        assert liblouis.forward(table, ["999", "111"]) == ["⠼⠊⠊⠊", "⠼⠁⠁⠁"], table


def test_every_table_is_there() -> None:
    """Those of languages that wait for catalogues too."""
    tables = [t for each in KNOWN.values() for t in each.braille if t]
    assert len(tables) > 20
    for table in tables:
        assert len(liblouis.forward(table, ["1"])) == 1


def test_other_scripts_have_their_english_in_the_english_code() -> None:
    for language in ("ur", "bn"):
        line = (Piece("NHS (CBT) 38°C", language),)
        found = in_cells([line], language, 1, HERE)
        assert {part.table for part in found.parts(line) if part.text.strip()} == {"en-ueb-g1.ctb"}


def test_bengali_that_unicode_takes_apart() -> None:
    """The letter YYA in two characters, as NFC has it; and the danda, which is dots 256."""
    line = (Piece("হ\u09af\u09bc।", "bn"),)
    assert in_cells([line], "bn", 1, HERE).of(line) == "⠓⠢⠲"


@pytest.mark.parametrize("sign", ["€", "•", "±", "′", "™"])
def test_a_sign_that_the_polish_table_spells_by_its_number(sign: str) -> None:
    """It would be its number in words: the Polish table has even a sign for the backslash there."""
    line = (Piece(f"koszt 5 {sign} dziennie", "pl"),)
    assert in_cells([line], "pl", 1, HERE).of(line) == (f"⠅⠕⠎⠵⠞⠀⠼⠑⠀{_cells(sign, 1)}⠀⠙⠵⠊⠑⠝⠝⠊⠑")


READ_OTHERWISE = [
    ("en-GB", "She said ‘yes’, and it’s ‘no’."),
    ("en-GB", "An encyclopædia of “words” (1–2)…"),
    ("en-GB", "Call 020 7946 0000 at 3 × 2 – or 50%."),
    ("cy", "Dywedodd “ie”; yna… ‘na’."),
    ("pl", "To „słowo” i «inne», 3 × 2 = 6… oraz ‘trzy’ + 1."),
    ("bn", "ব্যথা ‘ভালো’ – 50%, 3 × 2…"),
    ("bn", "ব্যথা ভালো। আর যায়."),
]


@pytest.mark.parametrize(("language", "words"), READ_OTHERWISE)
def test_signs_that_liblouis_reads_otherwise_count_as_the_same(language: str, words: str) -> None:
    line = (Piece(words, language),)
    cells = in_cells([line], language, 1, HERE)
    for reading in back_translation.read_back(cells, [line]).values():
        assert reading.wrong == 0, reading.first


def test_letters_that_read_otherwise_do_not() -> None:
    line = (Piece("She said ‘yes’.", "en-GB"),)
    cells = in_cells([line], "en-GB", 1, HERE)
    other = (Piece("She said ‘yet’.", "en-GB"),)
    [(part, mine)] = zip(cells.parts(other), cells.parts(line), strict=True)
    broken = replace(cells, known={part: cells.known[mine]})
    (reading,) = back_translation.read_back(broken, [other]).values()
    assert reading.wrong == 1


@pytest.mark.parametrize("language", ["en-GB", "pl", "ur"])
def test_a_character_without_a_sign(language: str) -> None:
    with pytest.raises(Problem) as caught:
        in_cells([(Piece("Snow ☃", language),)], language, 1, HERE)
    (finding,) = caught.value.findings
    assert finding.rule == "P082"
    assert "“☃” (U+2603)" in finding.sentence


def test_without_liblouis(monkeypatch: pytest.MonkeyPatch, make_project: MakeProject) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Problem) as caught:
        liblouis.forward("en-ueb-g1.ctb", ["a"])
    assert caught.value.code == ExitCode.MISSING
    assert "apt install liblouis-bin" in caught.value.findings[0].hint
    outcome = build(Edition("case", "en-GB", "braille-1"), order_for(make_project()), None)
    assert outcome.code == ExitCode.MISSING


def test_without_a_table() -> None:
    with pytest.raises(Problem) as caught:
        liblouis.forward("no-such.ctb", ["a"])
    assert caught.value.findings[0].rule == "B001"
    assert "no-such.ctb" in caught.value.findings[0].sentence


def test_the_environment_brings_no_other_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOUIS_TABLEPATH", "/nowhere")
    assert liblouis.forward("en-ueb-g1.ctb", ["a"]) == ["⠁"]


@pytest.mark.parametrize(("language", "grade"), EDITIONS)
def test_every_edition_fits_and_loses_nothing(language: str, grade: int) -> None:
    made = brailled(markup(language, f"braille-{grade}"), grade, HERE)
    assert list(plain_checks.braille(made, brf.encode(made.pages), HERE)) == []
    assert len(made.pages) > 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_uncontracted_braille_reads_back(language: str) -> None:
    made = brailled(markup(language, "braille-1"), 1, HERE)
    found = back_translation.read_back(made.cells, made.lines)
    assert KNOWN[language].braille[0] in found
    assert found[KNOWN[language].braille[0]].total > 5000
    for reading in found.values():
        assert reading.agreement >= back_translation.LEAST, reading


def test_contracted_english_reads_back() -> None:
    made = brailled(markup("en-GB", "braille-2"), 2, HERE)
    (reading,) = back_translation.read_back(made.cells, made.lines).values()
    # Not one word may differ. "(38°C or more)" would, in braille that is right (UEB 10.1: a
    # wordsign may stand before a bracket): liblouis, reading back, takes "more" for a letter.
    assert reading.wrong == 0, reading.first


@pytest.mark.parametrize(("language", "grade"), [("en-GB", 1), ("ur", 1), ("bn", 1)])
def test_first_pages_as_they_were_read(language: str, grade: int, reference: Reference) -> None:
    made = brailled(markup(language, f"braille-{grade}"), grade, HERE)
    shown = "\n\n".join("\n".join(page) for page in made.pages[:2]) + "\n"
    reference.check(REFERENCE / "braille" / f"neck-pain-{language}-{grade}.txt", shown)


def test_the_file_is_what_liblouis_would_write() -> None:
    """Our table of ASCII braille, against the one of liblouis (`en-us-brf.dis`)."""
    words = [case[0] for case in UEB] + ["Page 10, (a) “b” [c] {d} <e> * + = _ | ~ ^ # $ é ñ ü ß"]
    cells = liblouis.forward("en-ueb-g1.ctb", words)
    asked = ["lou_translate", "--forward", "en-us-brf.dis,en-ueb-g1.ctb"]
    done = liblouis._run([liblouis.path(), *asked[1:]], "\n".join(words) + "\n").stdout
    ours = brf.encode([cells]).decode().replace("\r\n\f", "").split("\r\n")
    assert [each.upper() for each in done.split("\n")[:-1]] == ours


def test_the_file_can_be_read_again() -> None:
    everything = "".join(chr(0x2800 + dots) for dots in range(64))
    pages = [[everything[:40], everything[40:]], ["", "⠁"]]
    data = brf.encode(pages)
    assert data.endswith(b"\r\n\f")
    assert data.count(b"\f") == 2
    assert max(data) < 0x60
    assert brf.decode(data) == pages
    for broken in (data[:-1], data.replace(b"\r", b""), data.replace(b"A", b"a")):
        with pytest.raises(ValueError, match=r"."):
            brf.decode(broken)


def test_the_checks_find_a_changed_file() -> None:
    made = brailled(markup("en-GB", "braille-1"), 1, HERE)
    data = brf.encode(made.pages)
    rules = {
        "lost": data.replace(b",CALL", b",CAL", 1),
        "long": data.replace(b"\r\n", b" ", 2),
        "tall": data.replace(b"\f", b"", 1),
        "more": data[:-3] + b"A\r\n\f",
    }
    found = {
        name: {each.rule for each in plain_checks.braille(made, broken, HERE)}
        for name, broken in rules.items()
    }
    assert "P080" in found["lost"]
    assert all("P083" in found[name] for name in ("long", "tall", "more")), found


LINES_OF_CELLS = st.text("⠁⠃⠉⠀\xa0", min_size=1, max_size=200).filter(lambda each: each.strip("⠀"))


@settings(max_examples=80, deadline=None)
@given(LINES_OF_CELLS, st.integers(1, 9), st.integers(1, 9))
def test_no_line_is_too_long_and_no_cell_is_lost(cells: str, first: int, later: int) -> None:
    rows = paging.filled(cells, first, later)
    assert all(len(row) <= CELLS for row in rows)
    blanks = "⠀\xa0"
    assert "".join(rows).translate(dict.fromkeys(map(ord, blanks))) == "".join(
        each for each in cells if each not in blanks
    )


ROWS = st.lists(
    st.builds(BrailleRow, st.sampled_from(["⠁", "⠃⠉", ""]), st.booleans()), max_size=120
)


@settings(max_examples=120, deadline=None)
@given(ROWS, st.integers(3, LINES))
def test_pages(rows: list[BrailleRow], height: int) -> None:
    """No page is too tall, begins or ends blank; nothing is lost; kept rows stay together."""
    numbered = [BrailleRow(row.cells and f"{row.cells}{n}", row.keep) for n, row in enumerate(rows)]
    pages = paging.pages(numbered, height)
    assert all(0 < len(page) <= height and page[0] and page[-1] for page in pages)
    there = [cells for page in pages for cells in page if cells]
    assert there == [row.cells for row in numbered if row.cells]
    keeps = {row.cells for row in numbered if row.cells and row.keep}
    cells = [row.cells for row in numbered]
    for page in pages[:-1]:
        is_before_blank = not cells[cells.index(page[-1]) + 1]
        assert page[-1] not in keeps or is_before_blank or keeps.issuperset(filter(None, page))


@pytest.mark.parametrize(("language", "grade"), EDITIONS)
def test_no_heading_stands_last(language: str, grade: int) -> None:
    page = markup(language, f"braille-{grade}")
    made = brailled(page, grade, HERE)
    blocks = [block for block in read(page).blocks if block.shape is Shape.HEADING]
    heads = [made.cells.of(line) for block in blocks for line in block.lines]
    assert len(heads) > 10
    for body in made.pages:
        last = body[-1].strip("⠀")
        assert not any(head.endswith(last) for head in heads), last


def test_offered_where_there_is_a_table(make_project: MakeProject) -> None:
    root = make_project()
    done = run(root, "-L", "pl", "--format", "braille-2")
    assert done.returncode == ExitCode.USAGE
    assert "a table of liblouis for contracted braille" in done.stderr
    clinic = root / "clinic.yaml"
    clinic.write_text(clinic.read_text() + "formats: [text, braille-2]\n")
    listed = run(root, "list").stdout
    assert "pl     braille-2          not offered: it needs a table of liblouis" in listed


def test_proof(make_project: MakeProject) -> None:
    """A text passes, and braille that reads back; that nobody has read it is told beside."""
    import json

    root = make_project()
    done = run(root, "-L", "en-GB", "--format", "text,braille-1", "--prove")
    assert done.returncode == ExitCode.OK, done.stderr
    proofs = {
        path.stem: json.loads(path.read_text()) for path in (root / "out/proof").glob("*.json")
    }
    assert proofs["en-GB-case-text"]["verdict"] == "pass"
    braille = proofs["en-GB-case-braille-1"]
    assert braille["verdict"] == "pass"
    page = (root / "out/proof/index.html").read_text()
    assert "pass; for people: Proofread by a braille reader" in page
    verdicts = {each["rule"]: each["verdict"] for each in braille["answers"]}
    assert verdicts == {"P080": "pass", "P083": "pass", "P084": "pass", "P085": "not checked"}


@pytest.mark.parametrize("grade", [1, 2])
def test_braille_that_does_not_read_back(grade: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from leafpress.proof import judge_plain

    monkeypatch.setattr(liblouis, "backward", lambda _table, cells: ["?"] * len(cells))
    page = markup("en-GB", f"braille-{grade}")
    answer = judge_plain._read_back(brailled(page, grade, HERE), Case("x", Path("x"), None, page))
    assert answer.verdict == "fail"
    assert [each.rule for each in answer.findings] == ["P084"]


@pytest.mark.parametrize(
    ("reader", "verdict", "for_people"),
    [("", "not checked", True), ("Test Reader, on 2026-11-28", "pass", False)],
)
def test_contracted_braille_is_left_to_people(
    reader: str, verdict: str, for_people: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its tables are seldom made for reading back: with a few signs astray it is no fault."""
    from leafpress.proof import judge_plain

    monkeypatch.setattr(judge_plain, "LEAST", 100.1)
    page = markup("en-GB", "braille-2")
    case = Case("x", Path("x"), None, page, reader)
    answer = judge_plain._read_back(brailled(page, 2, HERE), case)
    assert (answer.verdict, answer.is_for_people) == (verdict, for_people)
    assert reader in answer.figure


def test_the_table_in_the_documentation() -> None:
    page = (ROOT / "docs" / "plain-text-and-braille.md").read_text()
    for language in KNOWN.values():
        if not language.pseudo:
            one, two = (f"`{table}`" if table else "none" for table in language.braille)
            assert f"| {language.english} | {one} | {two} |" in page


def test_tables_of_unknown_languages() -> None:
    assert braille_tables.tables("tlh") == ("", "")
