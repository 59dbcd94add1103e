"""Nothing that nobody has signed gets behind a letter, whichever way it is tried."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tracemalloc
import zlib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from conftest import ROOT, TODAY, MakeProject, allow_drafts, order_for
from office import Office, letter

from leafpress.cli.main import main
from leafpress.content.root import Root
from leafpress.findings import ExitCode, Finding, Span
from leafpress.mailing.hot_folder import HotFolder
from leafpress.mailing.output.email_text import read_email_words
from leafpress.mailing.selection.copies import is_edition
from leafpress.mailing.selection.editions import AvailableEditions, ChosenEdition
from leafpress.press.edition import Edition
from leafpress.press.hand_out import SourceCheck
from leafpress.press.manifest import Manifest
from leafpress.press.pipeline import build
from leafpress.press.schedule import store
from leafpress.press.signed import SignedCheck

EDITION = Edition("case", "en-GB", "text")
TRIAL = "trial of a draft, allowed by Test Manager, manager, until 2027-11-28"

Change = Callable[[Path], None]


def _entries(folder: Path, **changes: Any) -> None:
    """Edit what a manifest says of all its editions; None takes a fact out."""
    file = folder / "manifest.json"
    document = json.loads(file.read_text())
    for row in document["editions"].values():
        row.update(changes)
        for name in [name for name, value in changes.items() if value is None]:
            del row[name]
    file.write_text(json.dumps(document))


def _edited(**changes: Any) -> Change:
    return lambda root: _entries(root / "out", **changes)


def _built(root: Path, today: date = TODAY) -> None:
    """Build the text, and let its proof be a pass."""
    manifest = Manifest.read(root / "out")
    store(build(EDITION, order_for(root, today=today), None), manifest)
    manifest.entries[EDITION.output].verdicts["leafpress"] = "pass"
    manifest.save()


def _asked(root: Path, today: date = TODAY) -> ChosenEdition | Finding:
    sources = SourceCheck(root / "out", Root(root), root / "clinic.yaml")
    editions = AvailableEditions.read(root / "out", today, sources)
    return editions.find("case", "en-GB", "text", Span("list.csv", 2))


def _as_is(_root: Path) -> None:
    pass


WAYS: dict[str, tuple[bool, Change, str, str]] = {
    "a draft": (False, _as_is, "E100", "not checked by a clinician"),
    "allowed in words": (False, _edited(given_out="true"), "E100", "draft ("),
    "nothing is missing": (False, _edited(missing=[]), "E100", "given out: draft"),
    "by an older version": (True, _edited(state=None, given_out=None), "E102", "older version"),
    "no state": (False, _edited(state=""), "E102", "older version"),
    "allowed by hand": (False, _edited(given_out=True), "E103", "not checked by a clinician"),
    "approved by hand": (
        False,
        _edited(given_out=True, state="approved", missing=[]),
        "E103",
        "not checked by a clinician",
    ),
    "a trial by hand": (
        False,
        _edited(given_out=True, trial=["A", "b", "2099-01-01"]),
        "E103",
        "not checked by a clinician",
    ),
    "not a trial any more": (
        True,
        _edited(state="approved", trial=[]),
        "E103",
        "they say “draft”, and its manifest “approved”",
    ),
    "a longer trial": (
        True,
        _edited(trial=["Test Manager", "manager", "2100-01-01"]),
        "E103",
        "until 2100-01-01",
    ),
    "a trial that is over": (
        True,
        _edited(trial=["Test Manager", "manager", "2026-11-27"]),
        "E101",
        "its trial ended on 2026-11-27",
    ),
}
"""Whether drafts are allowed, what somebody does, and which rule says what."""


@pytest.mark.parametrize("way", WAYS)
def test_not_given_out(way: str, make_project: MakeProject) -> None:
    allowed, change, rule, why = WAYS[way]
    root = make_project()
    if allowed:
        allow_drafts(root)
    _built(root)
    if allowed:
        answer = _asked(root)
        assert isinstance(answer, ChosenEdition), answer
        assert answer.state == TRIAL
    change(root)
    answer = _asked(root)
    assert isinstance(answer, Finding)
    assert (answer.rule, why in answer.sentence) == (rule, True), answer
    assert "build.py" in answer.hint


@pytest.mark.parametrize(("days", "rule"), [(0, ""), (1, "E101")])
def test_the_last_day_of_a_trial(days: int, rule: str, make_project: MakeProject) -> None:
    root = make_project()
    allow_drafts(root, until=str(TODAY))
    _built(root)
    answer = _asked(root, TODAY + timedelta(days=days))
    assert getattr(answer, "rule", "") == rule


@pytest.mark.parametrize("trial", [["A"], ["A", "b", "soon"], ["A", "b", "c", "2099-01-01"]])
def test_a_trial_that_is_none(trial: list[str], make_project: MakeProject) -> None:
    """No manifest to be believed: a last day that is none would never pass."""
    root = make_project()
    allow_drafts(root)
    _built(root)
    _entries(root / "out", trial=trial)
    assert Manifest.read(root / "out").entries == {}


Join = Callable[..., tuple[int, str]]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office in which nobody has signed anything."""
    office = Office(tmp_path)
    missing = ["the words in English: not checked by a clinician", "b", "c"]
    _entries(office.editions, state="draft", given_out=False, missing=missing)
    (tmp_path / "letter.pdf").write_bytes(letter("A12345"))
    return office


@pytest.fixture
def join(office: Office, capfd: pytest.CaptureFixture[str], monkeypatch: Any) -> Join:
    monkeypatch.chdir(office.root)

    def run(edition: str, *more: str) -> tuple[int, str]:
        folder = ("--out", str(office.editions), "--date", str(TODAY))
        asked = [*folder, *more, "join", "letter.pdf", edition, "-o", "joined.pdf"]
        code = main(office.root, asked)
        assert (code == ExitCode.OK) == (office.root / "joined.pdf").exists()
        return code, capfd.readouterr().err

    return run


def test_joined_by_name_by_path_and_as_a_copy(join: Join, office: Office) -> None:
    original = office.editions / "ur" / "back-pain-a4.pdf"
    shutil.copy(original, office.root / "holiday.pdf")
    (office.root / "elsewhere" / "ur").mkdir(parents=True)
    shutil.copy(original, office.root / "elsewhere" / "ur" / "back-pain-a4.pdf")
    (office.root / "link.pdf").symlink_to(original)
    ways = ("ur/back-pain-a4", str(original), "holiday.pdf", "link.pdf")
    for edition in (*ways, "elsewhere/ur/back-pain-a4.pdf"):
        code, said = join(edition)
        assert code == ExitCode.FINDINGS
        assert f"{edition}: error E100" in said
        assert "draft (the words in English: not checked by a clinician; b; and 1 more)" in said


def test_a_copy_of_what_may_be_given_out(join: Join, office: Office) -> None:
    _entries(office.editions, state="approved", given_out=True)
    shutil.copy(office.editions / "ur" / "back-pain-a4.pdf", office.root / "holiday.pdf")
    code, said = join("holiday.pdf")
    assert code == ExitCode.OK, said


def test_a_copy_of_the_project_s_own_editions(join: Join, office: Office) -> None:
    """Another output folder is named: those of the project are known all the same."""
    shutil.copy(office.editions / "ur" / "back-pain-a4.pdf", office.root / "holiday.pdf")
    office.editions.rename(office.root / "out")
    code, said = join("holiday.pdf")
    assert (code, "error E100" in said) == (ExitCode.FINDINGS, True)


def test_a_copy_that_no_manifest_names(join: Join, office: Office) -> None:
    """Saved again by another program, or withdrawn since: its metadata say whose page it is."""
    _save_again(office.editions / "ur" / "back-pain-a4.pdf", office.root / "saved.pdf")
    code, said = join("saved.pdf")
    assert (code, "saved.pdf: error E104" in said) == (ExitCode.FINDINGS, True)


def _save_again(edition: Path, target: Path) -> None:
    """As another program does: other bytes, and what leafpress says of its pages is kept."""
    with pikepdf.open(edition) as pdf:
        with pdf.open_metadata() as metadata:
            metadata["xmp:CreatorTool"] = "leafpress"
        pdf.save(target)


def test_a_draft_that_calls_itself_a_letter(office: Office) -> None:
    _entries(office.editions, state="approved", given_out=True)
    row = office.pair("A12345")
    letter_ = office.letters / row["letter"]
    plain = office.root / "plain.pdf"
    letter_.rename(plain)
    _save_again(plain, letter_)
    result = office.run(row)
    assert [receipt.rules for receipt in result.receipts] == [("E104",)]


def test_a_night_in_which_nothing_is_signed(office: Office) -> None:
    result = office.run(office.pair("A12345"), office.pair("B12345", language="ur"))
    assert [receipt.rules for receipt in result.receipts] == [("E100",), ("E100",)]
    assert "not checked by a clinician" in result.receipts[0].reason
    assert result.counts.done == 0
    assert [path.suffix for path in office.out.rglob("*.pdf")] == []


def test_a_fallback_that_nobody_signed(office: Office) -> None:
    result = office.run(office.pair("A12345", language="ur", fallback="en-GB"))
    assert result.receipts[0].rules == ("E100",)


def test_a_folder_that_is_served(office: Office) -> None:
    hot = office.root / "hot"
    hot.mkdir()
    (hot / "one.pdf").write_bytes(letter("A12345"))
    (hot / "one.json").write_text('{"reference": "A12345", "leaflets": "back-pain"}')
    folder = HotFolder(office.options(hot, letters=hot), 0.05, lambda _line: None)
    assert folder.serve(once=True) == 1
    assert "E100" in (hot / "refused" / "one" / "reason.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("until", ["2026-11-27", "2026-11-28"])
def test_the_day_cannot_be_set_back(until: str, join: Join, office: Office) -> None:
    trial = ["Test Manager", "manager", until]
    _entries(office.editions, state="draft", given_out=True, trial=trial)
    code, said = join("ur/back-pain-a4", "--date", "2026-01-01")
    assert (code, "E101" in said) == ((1, True) if until < str(TODAY) else (0, False)), said


def test_receipts_say_what_was_given(office: Office) -> None:
    trial = ["Test Manager", "manager", "2027-11-28"]
    _entries(office.editions, state="draft", given_out=True, trial=trial)
    result = office.run(office.pair("A12345"), fhir=True)
    assert result.receipts[0].leaflet_states == (TRIAL,)
    with (office.out / "receipts.csv").open(encoding="utf-8-sig") as file:
        assert [row["leaflet_states"] for row in csv.DictReader(file)] == [TRIAL]
    (entry,) = json.loads((office.out / "documents.json").read_text())["entry"]
    assert entry["resource"]["description"] == f"back-pain 1.0, {TRIAL} (en-GB, a4)"
    assert TRIAL in (office.out / "summary.html").read_text(encoding="utf-8")
    _entries(office.editions, state="approved", trial=[], changed=True)
    result = office.run(office.pair("A12345"))
    assert result.receipts[0].leaflet_states == ("approved, changed since it was checked",)


@pytest.mark.parametrize("signed", [True, False])
def test_e_mails_whose_words_are_signed(signed: bool) -> None:
    words = read_email_words(Root(ROOT), ["ur"], "020 7946 0000", lambda _tag: signed)
    assert ("Machine translation: not yet checked." in words["ur"].below) == (not signed)
    assert "Machine translation" not in words["en-GB"].below


def test_words_that_nobody_signed(make_project: MakeProject) -> None:
    root = make_project()
    assert not SignedCheck(Root(root), root / "clinic.yaml", TODAY).are_words_signed("en-GB")
    assert not SignedCheck(Root(ROOT), ROOT / "clinic.yaml", TODAY).are_words_signed("ur")


def test_a_stranger_s_metadata_is_not_unpacked_without_end() -> None:
    """A letter is asked whether it is an edition before anything has bounded what is in it."""
    packer = zlib.compressobj(9)
    blanks = [packer.compress(b" " * 1_000_000) for _ in range(200)]
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.Metadata = pdf.make_stream(b"".join(blanks) + packer.flush())
    pdf.Root.Metadata.Filter = pikepdf.Name.FlateDecode
    made = io.BytesIO()
    pdf.save(made, stream_decode_level=pikepdf.StreamDecodeLevel.none, recompress_flate=False)
    assert len(made.getvalue()) < 1_000_000
    tracemalloc.start()
    try:
        assert not is_edition(made.getvalue())
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
