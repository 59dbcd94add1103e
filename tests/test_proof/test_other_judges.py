"""Judges that are not ours, on every format in three scripts and on joined files.

veraPDF, `outloud`, and pdf.js, by which Firefox shows and finds words. What they say has to be
nothing, or to have a reason in a table (docs/proof.md) that is looked for in the file anew.
"""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT, TODAY, shared
from test_joining import producers

from benchmarks import second_opinions, three_readings
from benchmarks.second_opinions import Opinion
from benchmarks.three_readings import Readings
from leafpress.findings import Verdict
from leafpress.joining.join import join, prepare
from leafpress.pages.formats import FORMATS, Kind
from leafpress.pdf.metadata import DEFAULT, PROFILES
from leafpress.proof.standards import conformance

LEAFLET = "back-pain"
"""It has a picture with words in it, a diary, easy read, and boxes that go on."""

LANGUAGES = ("en-GB", "ur", "bn")
PDFS = tuple(name for name, row in FORMATS.items() if row.kind is Kind.PDF)

REFUSED = {("bn", "a4-mono")}
"""An edition that is not made: it would print more ink than is promised (P028)."""

OTHERWISE = {"en-GB": 0.0, "ur": 4.0, "bn": 10.0}
"""Pieces in percent that pdf.js may read otherwise, each for a reason; measured: 0, 3.1, 7.9."""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every PDF of one leaflet in three languages, and a letter joined with each A4 edition."""
    return shared(tmp_path_factory, "judged", _make)


def _make(folder: Path) -> None:
    for tag in LANGUAGES:
        formats = [f"--format={name}" for name in PDFS if (tag, name) not in REFUSED]
        asked = [f"--leaflet={LEAFLET}", f"--language={tag}", *formats]
        dated = [f"--date={TODAY}", f"--out={folder}"]
        command = [sys.executable, "build.py", *asked, *dated]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    (folder / "joined").mkdir()
    letter = producers.typst(folder / "joined")
    (folder / "joined" / "letter.pdf").write_bytes(letter)
    for tag in LANGUAGES:
        leaflet = folder / tag / f"{LEAFLET}-a4.pdf"
        joined = join(letter, "letter.pdf", [prepare(leaflet.read_bytes(), leaflet.name)])
        (folder / "joined" / f"{tag}.pdf").write_bytes(joined.data)


def _editions(folder: Path) -> list[Path]:
    return sorted(file for tag in LANGUAGES for file in (folder / tag).glob("*.pdf"))


def _joined(folder: Path) -> list[Path]:
    return [folder / "joined" / f"{tag}.pdf" for tag in LANGUAGES]


def test_every_format_is_judged(folder: Path) -> None:
    """English is not set beside itself."""
    beside_itself = sum(FORMATS[name].pairs for name in PDFS)
    assert len(_editions(folder)) == 3 * len(PDFS) - beside_itself - len(REFUSED)
    assert all(file.is_file() for file in _joined(folder))


def test_verapdf_finds_nothing(folder: Path) -> None:
    """What the letter claims, joined files claim: PDF/UA-1."""
    files = {str(file): (file, PROFILES[DEFAULT].flavours) for file in _editions(folder)}
    files |= {str(file): (file, ("ua1",)) for file in _joined(folder)}
    for name, result in conformance.prove(files):
        verdicts = {flavour: each.verdict for flavour, each in result.results.items()}
        assert set(verdicts.values()) == {Verdict.PASS}, (name, result.findings)


def test_outloud_finds_nothing_without_a_reason(folder: Path) -> None:
    found = {str(file): list(second_opinions.unexplained(file)) for file in _editions(folder)}
    assert not any(found.values()), found


def test_outloud_finds_no_more_in_joined_files_than_in_their_letter(folder: Path) -> None:
    letter = folder / "joined" / "letter.pdf"
    own = frozenset(opinion.rule for opinion in second_opinions.opinions(letter))
    for file in _joined(folder):
        left = list(second_opinions.unexplained(file, own))
        assert not left, (file, left)


def test_a_reason_that_does_not_fit_is_none(folder: Path) -> None:
    """Of a picture without words and of control characters outloud is right."""
    reasons = {rule: fits for rule, (_, fits) in second_opinions.REASONS.items()}
    control = Opinion("TXT-004", "warning", 1, "3 code(s) map to control characters", "")
    many = Opinion("TXT-004", "warning", 1, "7 different codes all map to U+0041 'A'", "")
    assert not reasons["TXT-004"](None, many)  # type: ignore[arg-type]
    assert not reasons["TXT-004"](None, control)  # type: ignore[arg-type]
    assert not second_opinions._is_language("IMG_0001.png")
    assert second_opinions._is_language("পেছন থেকে দেখা শরীর")


@cache
def _readings(folder: Path) -> dict[Path, Readings]:
    """pdf.js reads all files in one process."""
    files = [*_editions(folder), *_joined(folder)]
    pages = three_readings.by_pdfjs(files)
    return {file: three_readings.compare(file, own) for file, own in zip(files, pages, strict=True)}


def test_all_readings_have_the_same_order(folder: Path) -> None:
    """By the tags, as painted, and by pdf.js's tags and text."""
    disorder = {str(file): each.disorder for file, each in _readings(folder).items()}
    assert not any(disorder.values()), disorder


def test_all_readings_have_the_same_words(folder: Path) -> None:
    left = {str(file): each.unexplained for file, each in _readings(folder).items()}
    assert not any(left.values()), left


def test_few_words_are_read_otherwise(folder: Path) -> None:
    readings = _readings(folder)
    for file in _editions(folder):
        tag, each = file.parent.name, readings[file]
        percent = 100 * sum(map(len, each.otherwise.values())) / each.pieces
        assert percent <= OTHERWISE[tag], (file, percent, each.otherwise)
