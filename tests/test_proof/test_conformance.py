"""The claims of every PDF hold, by veraPDF's engine; and where they do not, that is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pikepdf
import pytest

from leafpress.findings import Severity, Verdict
from leafpress.press.prove import _standards
from leafpress.proof.standards import conformance, verapdf
from leafpress.proof.standards.verapdf import Broken, Judgement

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


def test_findings_are_kept_by_flavour() -> None:
    """“8.2.4-1” is a clause of PDF/UA-2: no finding of PDF/A-4, whatever its sentence holds."""
    broken = Broken("8.2.4-1", 1, "a heading is missing")
    judgements = {"ua2": Judgement(Verdict.FAIL, (broken,)), "4": Judgement(Verdict.PASS)}
    result = conformance._conformance("x.pdf", judgements)
    answers = {answer.question: answer for answer in _standards(result)}
    assert answers["veraPDF: 4"].findings == ()
    assert answers["veraPDF: 4"].verdict is Verdict.PASS
    assert [finding.rule for finding in answers["veraPDF: ua2"].findings] == ["P020"]


@pytest.mark.parametrize(
    ("script", "seconds", "reason"),
    [
        ("read order && exec sleep 60", 0.5, "veraPDF took longer than 0.5 seconds"),
        ("read order; echo PASS", 60, "veraPDF stopped without an answer"),
    ],
    ids=["hangs", "breaks off"],
)
def test_a_judge_that_does_not_answer(
    script: str, seconds: float, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No verdict is not a pass, and the next file is judged by a new process."""
    java = tmp_path / "java"
    java.write_text(f"#!/bin/sh\nexec 2>/dev/null\n{script}\n")
    java.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(verapdf, "SECONDS", seconds)
    with verapdf.VeraPDF() as judge:
        for _ in range(2):
            judgement = judge.judge(tmp_path / "x.pdf", "ua1")
            assert (judgement.verdict, judgement.reason) == (Verdict.NOT_CHECKED, reason)


def test_without_java(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert verapdf.missing() == "there is no Java"
    name = "en-GB/neck-pain-a4.pdf"
    ((_, result),) = conformance.prove({name: (built / name, FLAVOURS)})
    assert set(result.verdicts.values()) == {"not checked"}
    assert [(each.rule, each.severity) for each in result.findings] == [("P021", Severity.REVIEW)]
