"""The claims of every PDF hold, by veraPDF's engine; and where they do not, that is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pikepdf
import pytest

from leafpress.findings import Severity
from leafpress.proof.standards import conformance, verapdf

FLAVOURS = ("ua1", "2a")


def test_every_edition_passes(built: Path) -> None:
    files = {str(p.relative_to(built)): (p, FLAVOURS) for p in sorted(built.rglob("*.pdf"))}
    assert len(files) == 15
    for name, result in conformance.prove(files):
        assert result.findings == (), name
        assert result.verdicts == {"ua1": "pass", "2a": "pass"}, name


def test_a_broken_file_fails(built: Path, tmp_path: Path) -> None:
    with pikepdf.open(built / "en-GB" / "neck-pain-a4.pdf") as pdf:
        del pdf.Root.MarkInfo
        pdf.save(tmp_path / "broken.pdf")
    ((_, result),) = conformance.prove({"broken.pdf": (tmp_path / "broken.pdf", FLAVOURS)})
    assert result.verdicts == {"ua1": "fail", "2a": "fail"}
    assert {each.rule for each in result.findings} == {"P020"}
    assert "6.2-1" in result.findings[0].sentence + result.findings[-1].sentence


def test_no_pdf_at_all(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_text("not a PDF")
    ((_, result),) = conformance.prove({"x.pdf": (tmp_path / "x.pdf", FLAVOURS)})
    assert result.verdicts == {"ua1": "not checked", "2a": "not checked"}


def test_without_java(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert verapdf.missing() == "there is no Java"
    name = "en-GB/neck-pain-a4.pdf"
    ((_, result),) = conformance.prove({name: (built / name, FLAVOURS)})
    assert set(result.verdicts.values()) == {"not checked"}
    assert [(each.rule, each.severity) for each in result.findings] == [("P021", Severity.REVIEW)]
