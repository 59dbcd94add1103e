"""What a journal's lines must be to be believed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office import Office

from leafpress.findings import Finding
from leafpress.mailing.batch import journal
from leafpress.mailing.output.folder import JOURNAL, STATE
from leafpress.mailing.selection.task import RowResult

Line = dict[str, Any]

_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
st.register_type_strategy(str, _TEXT)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@given(st.builds(RowResult, warnings=st.lists(st.builds(Finding)).map(tuple)))
def test_there_and_back(result: RowResult) -> None:
    line = journal.line_of(result)
    assert line.count(b"\n") == 1
    assert journal._lines().validate_json(line, strict=True, extra="forbid").result == result


def _pages_in_words(line: Line) -> None:
    line["result"]["pages"] = "many"


def _pages_as_text(line: Line) -> None:
    line["result"]["pages"] = "3"


def _no_digest(line: Line) -> None:
    del line["result"]["outputs"][0]["digest"]


def _an_unknown_outcome(line: Line) -> None:
    line["result"]["outcome"] = "shredded"


def _half_a_stamp(line: Line) -> None:
    line["result"]["letter_stamp"] = [1, 2]


def _more_than_we_write(line: Line) -> None:
    line["result"]["approved"] = True


def _another_version(line: Line) -> None:
    line["form"] = 1


@pytest.mark.parametrize(
    "spoil",
    [
        _pages_in_words,
        _pages_as_text,
        _no_digest,
        _an_unknown_outcome,
        _half_a_stamp,
        _more_than_we_write,
        _another_version,
    ],
)
def test_lines_that_are_not_believed(spoil: Callable[[Line], None], office: Office) -> None:
    """Their rows are done again, and end as the same files."""
    rows = [office.pair("A12345"), office.pair("B12345")]
    office.run(*rows)
    files = {path: path.read_bytes() for path in office.out.glob("*") if path.is_file()}
    path = office.out / STATE / JOURNAL
    first, second = path.read_bytes().splitlines()
    line = json.loads(first)
    spoil(line)
    path.write_bytes(json.dumps(line).encode() + b"\n" + second + b"\n")
    assert office.run(*rows).worked == 1
    assert {path: path.read_bytes() for path in files} == files


def test_the_first_run_after_version_0_1(office: Office) -> None:
    """Its journal had another form: everything is done again, once."""
    rows = [office.pair("A12345"), office.pair("B12345", need="audio"), office.pair("C12345")]
    office.run(*rows)
    files = {path: path.read_bytes() for path in office.out.glob("*") if path.is_file()}
    old = {"form": 1, "key": "k", "stamp": [1, 2, 3], "day": "2026-11-22", "result": {}}
    (office.out / STATE / JOURNAL).write_text(json.dumps(old) + "\n")
    again = office.run(*rows)
    assert (again.worked, again.removed) == (2, 2)
    assert {path: path.read_bytes() for path in files} == files
    assert office.run(*rows).worked == 0
