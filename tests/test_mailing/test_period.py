"""`build.py given`: what went with letters in a period, counted from receipts."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, TODAY
from lxml import html
from office import Office

from leafpress.cli.main import main
from leafpress.findings import ExitCode

PATIENTS = ("A12345", "B12345", "C12345", "D12345", "E12345")

Given = Callable[..., int]


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The receipts of one night: four letters, and one that is refused."""
    office = Office(tmp_path_factory.mktemp("period") / "office")
    first, second, third, fourth, refused = PATIENTS
    office.run(
        office.pair(first, language="ur", delivery="print"),
        office.pair(second, need="easy read"),
        office.pair(third, leaflets="back-pain; neck-pain"),
        office.pair(fourth, language="ur", need="large print", fallback="a4"),
        office.pair(refused, need="audio"),
    )
    return office.out / "receipts.json"


@pytest.fixture
def nights(night: Path, tmp_path: Path) -> Path:
    """That night, one a month before with other patients, and a backup of the first."""
    folder = tmp_path / "nights"
    for name in ("now", "before", "backup/now"):
        (folder / name).mkdir(parents=True)
        shutil.copy(night, folder / name)
    before = folder / "before" / "receipts.json"
    before.write_text(
        before.read_text().replace("12345", "54321").replace(str(TODAY), "2026-10-31")
    )
    return folder


@pytest.fixture
def given(nights: Path, tmp_path: Path) -> Given:
    """Run the command on these nights; its exit code."""

    def run(*options: str) -> int:
        line = ["--date", str(TODAY), "given", str(nights), "--out", str(tmp_path / "out")]
        return main(ROOT, [*line, *options])

    return run


def _table(out: Path) -> list[dict[str, str]]:
    with (out / "given.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _rows(out: Path, caption: str) -> list[list[str]]:
    page = html.document_fromstring((out / "given.html").read_text(encoding="utf-8"))
    (table,) = page.xpath(f'//table[caption="{caption}"]')
    return [[cell.text_content() for cell in row] for row in table.iterfind("tbody/tr")]


def test_a_month(given: Given, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert given("--since", "2026-11-01", "--until", "2026-11-30") == ExitCode.OK
    said = capfd.readouterr().out.splitlines()
    assert said[:3] == [
        f"4 letters with 5 leaflets on {TODAY}, by 2 files of receipts",
        "  back-pain: 4",
        "  neck-pain: 1",
    ]
    assert said[3] == "Not counted: 1 file of receipts, the same as another."
    page = (tmp_path / "out" / "given.html").read_text(encoding="utf-8")
    assert "Asked for: from 2026-11-01 to 2026-11-30." in page
    rows = _table(tmp_path / "out")
    assert {row["month"] for row in rows} == {"2026-11"}
    urdu = [row for row in rows if row["language"] == "Urdu" and row["delivery"] == "print"]
    assert [(row["leaflet"], row["format"], row["version"], row["copies"]) for row in urdu] == [
        ("back-pain", "a4", "1.0", "1")
    ]


def test_all_days(given: Given, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert given() == ExitCode.OK
    assert "8 letters with 10 leaflets from 2026-10-31 to" in capfd.readouterr().out
    out = tmp_path / "out"
    assert _rows(out, "Leaflets by language") == [["English", "6"], ["Urdu", "4"]]
    assert _rows(out, "Leaflets by month") == [["2026-10", "5"], ["2026-11", "5"]]
    easy = "Easy read, 18 point: short sentences, each with a picture"
    assert _rows(out, "Leaflets by format") == [["A4, 14 point", "8"], [easy, "2"]]
    assert _rows(out, "Leaflets by delivery") == [["not said", "8"], ["print", "2"]]


def test_needs_of_all_nights_are_added_up(given: Given, tmp_path: Path) -> None:
    given()
    assert _rows(tmp_path / "out", "Needs by how they went") == [
        ["audio", "2", "0", "0", "2"],
        ["easy read", "2", "2", "0", "0"],
        ["large print", "2", "0", "2", "0"],
    ]


def test_nothing_of_a_patient(given: Given, tmp_path: Path) -> None:
    assert given() == ExitCode.OK
    files = [tmp_path / "out" / name for name in ("given.html", "given.csv")]
    written = "".join(path.read_text(encoding="utf-8") for path in files)
    others = [patient.replace("12345", "54321") for patient in PATIENTS]
    assert not [word for word in (*PATIENTS, *others, "letter-") if word in written]


def test_a_refused_row_of_a_list_of_which_nothing_was_done(
    given: Given, nights: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(nights)
    office = Office(tmp_path / "refusing")
    office.run(office.pair("A12345", need="audio"))
    shutil.copytree(office.out, nights)
    assert given("--since", "2026-11-01") == ExitCode.OK
    assert "Not counted: 1 refused row of lists of which nothing" in capfd.readouterr().out
    assert given() == ExitCode.OK
    assert "Not counted" not in capfd.readouterr().out
    assert _rows(tmp_path / "out", "Needs by how they went") == [["audio", "1", "0", "0", "1"]]


def test_receipts_that_nobody_can_read(
    given: Given, nights: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (nights / "now" / "receipts.json").write_text("{}")
    assert given() == ExitCode.FINDINGS
    assert "not counted, since it cannot be read" in capfd.readouterr().err
    assert "1 file of receipts, which nobody can read" in (tmp_path / "out/given.html").read_text()


def test_days_the_wrong_way_round(given: Given, tmp_path: Path) -> None:
    assert given("--since", "2026-11-30", "--until", "2026-11-01") == ExitCode.USAGE
    assert not (tmp_path / "out").exists()


def test_no_receipts(given: Given, nights: Path, tmp_path: Path) -> None:
    shutil.rmtree(nights)
    nights.mkdir()
    assert given() == ExitCode.OK
    assert "0 letters with 0 leaflets, by 0 files" in (tmp_path / "out/given.html").read_text()
