"""`build.py listen`: a finished file as a listener meets it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from conftest import ROOT
from pikepdf import Dictionary, Name
from test_joining.small import letter, saved

from leafpress.cli.listen import screen_reader_lines
from leafpress.findings import ExitCode, Problem
from leafpress.proof.tags import tagged, tree_checks

Place = Callable[[pikepdf.Pdf, pikepdf.Stream], None]


def test_an_edition_by_its_name(built: Path) -> None:
    lines = screen_reader_lines("en-GB/cannabis-medicines-a4", built)
    assert lines[0].startswith("Document, language en-GB, ")
    assert any(line.startswith("  Heading 1: ") for line in lines)
    assert any("<link: Call 999>" in line for line in lines)
    assert any(line.strip().startswith("Picture: A picture of 100 people") for line in lines)
    assert any(re.match(r" +List, \d items", line) for line in lines)
    assert any(re.search(r"\(\w[^,]+, Swallowed\): ", line) for line in lines)


def test_languages_are_told(built: Path) -> None:
    lines = screen_reader_lines("ur/neck-pain-a4.pdf", built)
    assert lines[0].startswith("Document, language ur, ")
    assert any("[en-GB] " in line for line in lines)


def test_a_path(built: Path, tmp_path: Path) -> None:
    path = str(built / "cy" / "neck-pain-a4.pdf")
    assert screen_reader_lines(path, tmp_path) == screen_reader_lines("cy/neck-pain-a4", built)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(Problem) as raised:
        screen_reader_lines("en-GB/nothing-a4", tmp_path)
    assert raised.value.code == ExitCode.USAGE
    (found,) = raised.value.findings
    assert found.rule == "B011"
    assert "no such file" in found.sentence


@pytest.mark.parametrize("data", [b"", b"not a PDF", b"%PDF-1.7\n"])
def test_not_a_pdf(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(data)
    with pytest.raises(Problem) as raised:
        screen_reader_lines(str(file), tmp_path)
    assert raised.value.code == ExitCode.USAGE
    assert [each.rule for each in raised.value.findings] == ["B011"]


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(Problem) as raised:
        screen_reader_lines(str(tmp_path), tmp_path)
    assert [each.rule for each in raised.value.findings] == ["B011"]


def _listen(out: Path, edition: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "build.py", "--out", str(out), "listen", edition]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_command(built: Path) -> None:
    done = _listen(built, "cy/neck-pain-a4")
    assert done.returncode == ExitCode.OK, done.stderr
    assert done.stdout.startswith("Document, language cy, ")


def test_the_command_on_nothing(built: Path) -> None:
    done = _listen(built, "cy/nothing")
    assert done.returncode == ExitCode.USAGE
    assert "error B011: this is not a PDF that can be read: " in done.stderr
    assert "Traceback" not in done.stderr


START = b"/P <</MCID 0>> BDC BT /F 12 Tf 72 800 Td (Your appointment) Tj ET EMC\n"
OTHER = b"/P <</MCID 1>> BDC BT /F 12 Tf 72 780 Td (how to prepare) Tj ET EMC\n"

ODD = {
    START + OTHER: [],
    START + OTHER + START: ["Heard together, its number stands twice, "],
    START.replace(b"EMC\n", OTHER + b"EMC"): ["Heard apart, it stands inside other content, "],
    START + b"/Artifact BMC " + OTHER + b"EMC": ["Heard apart, it stands inside other content, "],
    START + OTHER + OTHER.replace(b"MCID 1", b"MCID 2"): ["Not heard, its tag hangs nowhere, "],
}


@pytest.mark.parametrize("content", ODD)
def test_what_nobody_can_be_sure_to_hear(content: bytes, tmp_path: Path) -> None:
    pdf = letter([["H1", "P"]])
    pdf.pages[0].obj.Contents = pdf.make_stream(content)
    path = tmp_path / "letter.pdf"
    path.write_bytes(saved(pdf))
    lines = screen_reader_lines(str(path), tmp_path)
    told = [line for line in lines if "page 1: " in line]
    assert [line.partition("page 1: ")[0] for line in told] == ODD[content]
    with pikepdf.open(path) as written:
        faults = list(tree_checks.all_content(tagged.read(written)))
    assert len(faults) == len(told)


def _in_a_form(pdf: pikepdf.Pdf, stream: pikepdf.Stream) -> None:
    pdf.pages[0].obj.Resources.XObject = Dictionary(X=stream)


def _in_a_glyph(pdf: pikepdf.Pdf, stream: pikepdf.Stream) -> None:
    glyphs = Dictionary(Type=Name.Font, Subtype=Name.Type3, CharProcs=Dictionary(a=stream))
    pdf.pages[0].obj.Resources.Font.T = glyphs


@pytest.mark.parametrize("place", [_in_a_form, _in_a_glyph])
def test_our_proof_finds_tagged_content_beside_the_pages(place: Place) -> None:
    pdf = letter([["H1", "P"]])
    place(pdf, pdf.make_stream(OTHER))
    assert list(tree_checks.all_content(tagged.read(pdf))) == [
        "1 streams beside the pages have tagged content (forms, glyphs, patterns)"
    ]
