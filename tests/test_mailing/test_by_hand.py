"""`build.py join`, from the shell."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT, run_build
from test_joining.small import letter, saved

from leafpress.cli import join
from leafpress.cli.join import JoinRequest, join_files
from leafpress.findings import Problem
from leafpress.joining import integrity


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "letter.pdf").write_bytes(saved(letter()))
    (tmp_path / "pl").mkdir()
    (tmp_path / "pl" / "pain-a4.pdf").write_bytes(saved(letter([["H1"], ["P"]], "pl")))
    (tmp_path / "untagged.pdf").write_bytes(saved(_untagged()))
    return tmp_path


def _untagged():  # type: ignore[no-untyped-def]
    pdf = letter()
    del pdf.Root["/StructTreeRoot"]
    return pdf


def _join(folder: Path, *arguments: str, leaflet: str = "pl/pain-a4"):  # type: ignore[no-untyped-def]
    options = ["--out", str(folder), "-o", "joined.pdf"]
    return run_build(folder, "join", *arguments, leaflet, *options)


def test_one_line(folder: Path) -> None:
    """These letters embed no font: veraPDF denies what they claim, and the claim falls."""
    done = _join(folder, "letter.pdf")
    assert done.returncode == 0, done.stderr
    parts = "letter.pdf (1 page), pl/pain-a4 (2 pages)"
    assert done.stdout == f"joined.pdf: 3 pages: {parts}; claims nothing\n"
    assert "warning E015: the joined file does not claim PDF/UA-1: " in done.stderr
    data = (folder / "joined.pdf").read_bytes()
    assert list(integrity.faults(data, (1, 2))) == []
    assert b"pdfuaid:part" not in data


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("untagged.pdf",), 0, "E012"),
        (("untagged.pdf", "--strict"), 1, "E012"),
        (("missing.pdf",), 2, "B011"),
        (("letter.pdf", "missing.pdf"), 2, "B011"),
    ],
)
def test_codes(folder: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    done = _join(folder, *arguments)
    assert done.returncode == code
    assert said in done.stderr
    assert (folder / "joined.pdf").exists() == (code == 0)
    assert "Traceback" not in done.stderr


def test_inputs_are_not_overwritten(folder: Path) -> None:
    (folder / "other.pdf").hardlink_to(folder / "letter.pdf")
    before = (folder / "letter.pdf").read_bytes()
    for target in ("letter.pdf", "other.pdf", str(folder / "pl" / ".." / "pl" / "pain-a4.pdf")):
        request = JoinRequest("letter.pdf", ("pl/pain-a4",), Path(target), folder)
        with pytest.raises(Problem) as caught, _inside(folder):
            join_files(request)
        assert caught.value.findings[0].rule == "E019"
        assert caught.value.code == 2
    assert (folder / "letter.pdf").read_bytes() == before


def _inside(folder: Path):  # type: ignore[no-untyped-def]
    from contextlib import chdir

    return chdir(folder)


def _request(folder: Path, name: str, **options: bool) -> JoinRequest:
    return JoinRequest(
        str(folder / name), ("pl/pain-a4",), folder / "joined.pdf", folder, **options
    )


def test_repair_only_when_asked(folder: Path) -> None:
    damaged = (folder / "letter.pdf").read_bytes()[:-40]
    (folder / "damaged.pdf").write_bytes(damaged)
    with pytest.raises(Problem) as caught:
        join_files(_request(folder, "damaged.pdf"))
    assert caught.value.findings[0].rule == "E006"
    _, found = join_files(_request(folder, "damaged.pdf", repair=True))
    assert "E021" in {each.rule for each in found}


def test_a_file_that_would_not_be_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(join.integrity, "faults", lambda *_: iter(["a tag has two parents"]))
    with pytest.raises(Problem) as caught:
        join_files(_request(folder, "letter.pdf"))
    assert caught.value.findings[0].rule == "E020"
    assert not (folder / "joined.pdf").exists()


def test_claims_fall_where_nobody_can_check(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leafpress.proof.standards.conformance.missing", lambda: "there is no Java")
    monkeypatch.setattr("leafpress.proof.standards.verapdf_cli.is_there", lambda: False)
    line, found = join_files(_request(folder, "letter.pdf"))
    assert line.endswith("claims nothing")
    assert any("there is no Java" in each.sentence for each in found)


def test_the_page_about_it_names_every_limit() -> None:
    text = (ROOT / "docs" / "joining.md").read_text()
    for number in ("600", "60 MB"):
        assert number in text
