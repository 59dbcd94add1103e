"""veraPDF's own program, where it is installed.

Here a script stands in for it: what is tested is how we ask and how we read its report.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leafpress.findings import Verdict
from leafpress.proof.standards import conformance, verapdf_cli

GOOD = {"compliant": True, "details": {"passedRules": 106, "failedRules": 0, "ruleSummaries": []}}
BAD = {
    "compliant": False,
    "details": {
        "failedRules": 1,
        "ruleSummaries": [
            {
                "ruleStatus": "FAILED",
                "specification": "ISO 14289-1:2014",
                "clause": "7.18.5",
                "testNumber": 1,
                "description": "Links shall be tagged",
                "failedChecks": 3,
            }
        ],
    },
}


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Puts a `verapdf` on PATH that writes down how it was asked, and prints `report.json`."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "verapdf"
    script.write_text(f'#!/bin/sh\necho "$@" >> "{folder}/asked"\ncat "{folder}/report.json"\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder


def report(folder: Path, results: dict[Path, object]) -> None:
    jobs = [
        {"itemDetails": {"name": str(path), "size": 1}, "validationResult": result}
        for path, result in results.items()
    ]
    (folder / "report.json").write_text(json.dumps({"report": {"jobs": jobs}}))


@pytest.mark.parametrize("listed", [True, False])
def test_its_report_is_read(program: Path, tmp_path: Path, listed: bool) -> None:
    good, bad, silent = (tmp_path / f"{name}.pdf" for name in ("good", "bad", "silent"))
    report(program, {good: [GOOD] if listed else GOOD, bad: [BAD] if listed else BAD})
    found = verapdf_cli.judge([good, bad, silent], "ua1")
    assert [found[each].verdict for each in (good, bad, silent)] == [
        Verdict.PASS,
        Verdict.FAIL,
        Verdict.NOT_CHECKED,
    ]
    assert [(each.rule, each.count) for each in found[bad].broken] == [("7.18.5-1", 3)]


@pytest.mark.parametrize("text", ["", "not JSON", "{}", '{"report": {"jobs": [{}]}}'])
def test_what_cannot_be_read_is_no_pass(program: Path, tmp_path: Path, text: str) -> None:
    (program / "report.json").write_text(text)
    found = verapdf_cli.judge([tmp_path / "a.pdf"], "2a")
    assert {each.verdict for each in found.values()} == {Verdict.NOT_CHECKED}


def test_it_is_asked_once_for_each_flavour(program: Path, tmp_path: Path) -> None:
    files = {name: (tmp_path / name, ("ua1", "2a")) for name in ("a.pdf", "b.pdf")}
    report(program, {path: [GOOD] for path, _ in files.values()})
    found = dict(conformance.prove(files))
    assert found.keys() == files.keys()
    assert all(each.verdicts == {"ua1": "pass", "2a": "pass"} for each in found.values())
    assert len((program / "asked").read_text().splitlines()) == 2
