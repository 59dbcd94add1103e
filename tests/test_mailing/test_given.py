"""How many copies of a leaflet were given, by the receipts that were kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import TODAY, MakeProject
from office import Office

from leafpress.cli.main import main
from leafpress.mailing.reports.given import CopiesGiven, GivenBefore, given_before, withdrawn_rows
from leafpress.press.edition import Withdrawal

ROW = Withdrawal("back-pain", "ur", "a4", "کمر", "1.0", "2026-11-28", "a number is wrong")


@pytest.fixture(scope="module")
def receipts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The receipts of one night."""
    office = Office(tmp_path_factory.mktemp("given") / "office")
    rows = [office.pair("A12345", language="ur"), office.pair("B12345", language="ur")]
    refused = office.pair("C12345", need="audio")
    office.run(*rows, office.pair("D12345", leaflets="back-pain; neck-pain"), refused)
    return office.out / "receipts.json"


@pytest.fixture
def nights(receipts: Path, tmp_path: Path) -> Path:
    """The receipts of that night, of another with other patients, and a backup of both."""
    folder = tmp_path / "nights"
    for night in ("one", "deeper/two"):
        (folder / night).mkdir(parents=True)
        shutil.copy(receipts, folder / night)
    other = folder / "deeper" / "two" / "receipts.json"
    other.write_text(other.read_text().replace("12345", "54321"))
    shutil.copytree(folder, tmp_path / "backup")
    shutil.move(tmp_path / "backup", folder)
    return folder


def test_copies_are_counted(nights: Path) -> None:
    day = str(TODAY)
    found = given_before(nights)
    assert found == GivenBefore(
        (
            CopiesGiven("back-pain", "en-GB", 2, ("1.0",), day, day),
            CopiesGiven("back-pain", "ur", 4, ("1.0",), day, day),
            CopiesGiven("neck-pain", "en-GB", 2, ("1.0",), day, day),
        ),
        files=2,
    )
    (copies,) = found.of("back-pain", ["ur", "pl"])
    assert copies.sentence == "4 copies in Urdu, on 2026-11-29 (version 1.0)"


def test_days_between(nights: Path) -> None:
    shutil.rmtree(nights / "backup")
    file = nights / "one" / "receipts.json"
    file.write_text(file.read_text().replace(str(TODAY), "2026-11-02").replace('"1.0"', '"0.9"'))
    (copies,) = given_before(nights).of("neck-pain", ["en-GB"])
    sentence = "2 copies in English, from 2026-11-02 to 2026-11-29 (version 0.9, 1.0)"
    assert copies.sentence == sentence


def test_receipts_that_nobody_can_read(nights: Path) -> None:
    shutil.rmtree(nights / "backup")
    damaged = nights / "one" / "receipts.json"
    damaged.write_text("{}")
    found = given_before(nights)
    assert (found.files, found.unread) == (1, (damaged,))


def test_what_the_summary_says(nights: Path) -> None:
    before = given_before(nights)
    (row,) = withdrawn_rows([ROW, ROW], before)
    assert (row.language, row.copies) == ("Urdu", "4 copies in Urdu, on 2026-11-29 (version 1.0)")
    (row,) = withdrawn_rows([ROW], None)
    assert row.copies == "not known"
    (row,) = withdrawn_rows([ROW], GivenBefore())
    assert row.copies == "none"


@pytest.mark.parametrize(("tag", "shown"), [("en-GB", 2), ("ur", 1)])
def test_withdraw_says_so(
    tag: str, shown: int, nights: Path, make_project: MakeProject, capfd: pytest.CaptureFixture[str]
) -> None:
    root = make_project()
    text = (root / "leaflets" / "case.yaml").read_text().replace("id: case", "id: back-pain")
    (root / "leaflets" / "back-pain.yaml").write_text(text)
    who = ["--name", "Test Manager", "--role", "manager", "--remarks", "A number is wrong."]
    asked = ["--date", str(TODAY), "withdraw", "back-pain", "--language", tag, *who]
    assert main(root, [*asked, "--receipts", str(nights)]) == 0
    said = capfd.readouterr().out
    assert "Given before, by 2 files of receipts:" in said
    assert said.count(" (version 1.0)") == shown
    assert "4 copies in Urdu" in said
