"""Files that are not what they should be."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import MakeProject, order_for

from leafpress.content.source import MAX_BYTES, read
from leafpress.findings import Problem
from leafpress.press.edition import Edition
from leafpress.press.pipeline import check

EDITION = Edition("case", "en-GB", "a4")


def _rules(root: Path) -> list[str]:
    return [f"{found.span.file} {found.rule}" for found in check(EDITION, order_for(root))]


def test_a_folder_in_place_of_a_file(make_project: MakeProject) -> None:
    root = make_project()
    (root / "leaflets" / "case.yaml").unlink()
    (root / "leaflets" / "case.yaml").mkdir()
    assert _rules(root) == ["leaflets/case.yaml L001"]


def test_a_missing_clinic(make_project: MakeProject) -> None:
    root = make_project()
    (root / "clinic.yaml").unlink()
    assert _rules(root) == ["clinic.yaml L001"]


def test_a_link_to_nowhere(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").symlink_to(tmp_path / "nothing")
    with pytest.raises(Problem, match="L001"):
        read(tmp_path / "x.yaml", "x.yaml")


def test_ten_megabytes(make_project: MakeProject) -> None:
    root = make_project()
    (root / "leaflets" / "case.yaml").write_bytes(b"# " + b"x" * 10_000_000)
    assert _rules(root) == ["leaflets/case.yaml L003"]


def test_the_largest_that_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"x" * MAX_BYTES)
    assert len(read(tmp_path / "x.yaml", "x.yaml").text) == MAX_BYTES


def test_an_endless_file(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").symlink_to("/dev/zero")
    with pytest.raises(Problem, match="L003"):
        read(tmp_path / "x.yaml", "x.yaml")


def test_a_byte_order_mark_is_no_letter(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"\xef\xbb\xbfid: x\n")
    assert read(tmp_path / "x.yaml", "x.yaml").text == "id: x\n"


def test_the_place_of_a_wrong_byte_counts_letters_not_bytes(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes("a: b\nż: ł".encode() + b"\xff\n")
    with pytest.raises(Problem, match=r"x\.yaml:2:5: error L002"):
        read(tmp_path / "x.yaml", "x.yaml")
