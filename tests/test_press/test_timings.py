"""`--timings`: a row for each edition for which something was done."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from conftest import MakeProject, run_build

from leafpress.findings import ExitCode
from leafpress.system.laps import Stage

ASKED = ("-L", "en-GB", "-f", "a4,text")


@pytest.fixture
def root(make_project: MakeProject) -> Path:
    return make_project()


def test_as_csv(root: Path) -> None:
    done = run_build(root, *ASKED, "--timings", "times.csv")
    assert done.returncode == ExitCode.OK, done.stderr
    with (root / "times.csv").open(newline="") as file:
        rows = {row["format"]: row for row in csv.DictReader(file)}
    assert set(rows) == {"a4", "text"}
    a4 = rows["a4"]
    assert list(a4)[5:] == ["total_ms", *(f"{stage}_ms" for stage in Stage)]
    assert (a4["leaflet"], a4["language"], a4["status"], a4["pages"]) == (
        *("case", "en-GB", "built"),
        "1",
    )
    own = ("read", "render", "compare", "check", "layout", "tags", "write", "save")
    assert all(float(a4[f"{stage}_ms"]) > 0 for stage in own)
    assert float(rows["text"]["layout_ms"]) == 0


def test_as_json(root: Path) -> None:
    run_build(root, *ASKED, "--timings", "times.json")
    document = json.loads((root / "times.json").read_bytes())
    assert (document["form"], document["unit"]) == (1, "ms")
    for row in document["editions"]:
        assert 0 < sum(row["stages"].values()) <= row["total"]
    done = run_build(root, *ASKED, "--timings", "times.json")
    assert done.stdout.startswith("2 unchanged")
    assert json.loads((root / "times.json").read_bytes())["editions"] == []


def test_as_a_table(root: Path) -> None:
    """With the table, programs still get their document alone."""
    done = run_build(root, *ASKED, "--json", "--timings")
    rows = json.loads(done.stdout)["editions"]
    assert all(sum(row["stages"].values()) <= row["seconds"] * 1000 for row in rows)
    lines = [line.split() for line in done.stderr.splitlines()]
    assert [line[0] for line in lines] == [
        "milliseconds",
        "en-GB/case-a4.pdf",
        "en-GB/case-text.txt",
        "all",
    ]
    assert {len(line) for line in lines} == {10}


def test_what_is_proven(root: Path) -> None:
    """Judged again without being built: only that took time."""
    run_build(root, *ASKED)
    run_build(root, *ASKED, "--prove", "--timings", "times.json")
    rows = json.loads((root / "times.json").read_bytes())["editions"]
    assert {row["format"]: [*row["stages"]] for row in rows} == {
        "a4": ["verapdf", "prove"],
        "text": ["prove"],
    }


def test_a_failure_is_timed_too(root: Path) -> None:
    leaflet = root / "leaflets" / "case.yaml"
    leaflet.write_text(leaflet.read_text().replace("title: One", "titel: One"))
    done = run_build(root, "-L", "en-GB", "-f", "text", "--timings")
    assert done.returncode == ExitCode.FINDINGS
    assert "en-GB/case-text.txt" in done.stdout


@pytest.mark.parametrize("name", ["times.txt", "times", "prove"])
def test_a_file_of_no_known_kind(name: str, root: Path) -> None:
    done = run_build(root, *ASKED, f"--timings={name}")
    assert done.returncode == ExitCode.USAGE
    assert f"{name} has to end in .csv or .json" in done.stderr
    assert not (root / "out").exists()


def test_a_file_that_cannot_be_written(root: Path) -> None:
    (root / "times.csv").mkdir()
    done = run_build(root, *ASKED, "--timings", "times.csv")
    assert done.returncode == ExitCode.CANNOT_WRITE
    assert "B004" in done.stderr
