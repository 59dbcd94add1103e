"""`build.py listen`: a finished file as a listener meets it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from leafpress.cli.listen import screen_reader_lines
from leafpress.findings import ExitCode, Problem


def test_an_edition_by_its_name(built: Path) -> None:
    lines = screen_reader_lines("en-GB/cannabis-medicines-a4", built)
    assert lines[0].startswith("Document, language en-GB, ")
    assert any(line.startswith("  Heading 1: ") for line in lines)
    assert any("<link: Call 999>" in line for line in lines)
    assert any(line.strip().startswith("Picture: A picture of 100 people") for line in lines)
    assert any(line.strip().startswith("List, 6 items") for line in lines)
    assert any("(Lasts, Swallowed): " in line for line in lines)


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
