"""`build.py pack`: what goes into one PDF, what is left out, and that its tags are kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import pikepdf
import pytest
from conftest import MakeProject, allow_drafts, order_for, project_in

from leafpress.cli.listen import screen_reader_lines
from leafpress.cli.main import main
from leafpress.findings import ExitCode
from leafpress.joining import integrity
from leafpress.press.edition import Edition
from leafpress.press.manifest import Manifest
from leafpress.press.pipeline import build
from leafpress.press.schedule import store

NAMES = ("case", "other")


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with two leaflets in English, built and proven, that may be given out."""
    root = project_in(tmp_path_factory.mktemp("ward") / "project", "leaflet.yaml")
    other = (root / "leaflets" / "case.yaml").read_text(encoding="utf-8")
    other = other.replace("id: case", "id: other").replace("title: A leaflet", "title: Another")
    (root / "leaflets" / "other.yaml").write_text(other, encoding="utf-8")
    allow_drafts(root, "2026-12-24")
    manifest = Manifest(root / "out")
    for name in NAMES:
        edition = Edition(name, "en-GB", "a4")
        store(build(edition, order_for(root), None), manifest)
        manifest.entries[edition.output].verdicts["leafpress"] = "pass"
    manifest.save()
    return root


@pytest.fixture
def copied(ward: Path, tmp_path: Path) -> Path:
    """A copy to change."""
    root = tmp_path / "copy"
    shutil.copytree(ward, root, symlinks=True)
    return root


def _pack(root: Path, *words: str) -> int:
    return main(root, ["pack", "--language", "en-GB", *words])


def test_one_file_with_everything(
    ward: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Tags, bookmarks and words, from the contents page to the last leaflet."""
    assert _pack(ward, "--to", str(tmp_path)) == ExitCode.OK, capsys.readouterr().err
    file = tmp_path / "en-GB-a4.pdf"
    assert f"{file}: 2 leaflets, 2 pages, and their contents" in capsys.readouterr().out
    assert list(integrity.faults(file.read_bytes(), (1, 1, 1))) == []
    with pikepdf.open(file) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles == ["Leaflets in English", "A leaflet", "Another"]
    lines = screen_reader_lines(str(file), tmp_path)
    heard = "\n".join(lines)
    assert lines[1].strip() == "Heading 1: Leaflets in English"
    assert "Do not hand out after 2026-12-24." in heard
    assert "Table “2 leaflets, in this order”, 3 rows, 5 columns" in heard
    assert "trial of a draft, allowed by Test Manager, manager, until 2026-12-24" in heard
    assert heard.count("Heading 1:") == len(titles)


def test_a_leaflet_is_chosen(ward: Path, tmp_path: Path) -> None:
    assert _pack(ward, "--to", str(tmp_path), "--leaflet", "other") == ExitCode.OK
    with pikepdf.open(tmp_path / "en-GB-a4.pdf") as pdf:
        assert len(pdf.pages) == 2


def _sourced_anew(root: Path) -> None:
    leaflet = root / "leaflets" / "case.yaml"
    text = leaflet.read_text(encoding="utf-8")
    leaflet.write_text(text.replace("Some words.", "Other words."), encoding="utf-8")


def test_what_may_not_be_handed_out_is_left_out(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _sourced_anew(copied)
    assert _pack(copied) == ExitCode.OK
    said = capsys.readouterr()
    assert "en-GB/case-a4.pdf: warning S046: this is left out of the pack" in said.err
    assert "packs/en-GB-a4.pdf: 1 leaflet, 1 page, and its contents" in said.out
    assert _pack(copied, "--strict") == ExitCode.FINDINGS


def test_a_leaflet_that_was_named_has_to_be_in(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _sourced_anew(copied)
    assert _pack(copied, "--leaflet", "case,other") == ExitCode.FINDINGS
    assert "error S049" in capsys.readouterr().err
    assert not (copied / "packs").exists()


def test_a_pack_of_nothing(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clinic = copied / "clinic.yaml"
    clinic.write_text(clinic.read_text(encoding="utf-8").partition("drafts_allowed_by")[0])
    assert _pack(copied) == ExitCode.FINDINGS
    said = capsys.readouterr().err
    assert "S047: no leaflet in English as a4 may be handed out" in said
    assert said.count("S046") == len(NAMES)


@pytest.mark.parametrize("format_", ["booklet", "web", "a4,large-print-18"])
def test_a_format_without_pages_in_order(
    format_: str, make_project: MakeProject, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _pack(make_project(), "--format", format_) == ExitCode.USAGE
    assert "S048" in capsys.readouterr().err
