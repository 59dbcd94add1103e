"""Nothing stale goes out: editions whose sources have changed, or that were withdrawn."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY, MakeProject, allow_drafts, order_for
from office import Office, letter

from leafpress.approval import sign_off, signing
from leafpress.approval.approvals import approvals_of
from leafpress.approval.entry import Person
from leafpress.cli.main import main
from leafpress.content.project import Project
from leafpress.content.root import Root
from leafpress.findings import ExitCode, Finding, Span
from leafpress.mailing.hot_folder import HotFolder
from leafpress.mailing.selection.editions import AvailableEditions, ChosenEdition
from leafpress.press.edition import Edition
from leafpress.press.hand_out import SourceCheck
from leafpress.press.manifest import Manifest
from leafpress.press.pipeline import build
from leafpress.press.schedule import store

EDITION = Edition("case", "en-GB", "text")
SPAN = Span("list.csv", 2)


@pytest.fixture
def project(make_project: MakeProject) -> Path:
    """A project whose text is built and proven."""
    root = make_project()
    allow_drafts(root)
    manifest = Manifest(root / "out")
    store(build(EDITION, order_for(root), None), manifest)
    manifest.entries[EDITION.output].verdicts["leafpress"] = "pass"
    manifest.save()
    return root


def _editions(root: Path, **changes: Any) -> AvailableEditions:
    sources = SourceCheck(root / "out", Root(root), root / changes.get("clinic", "clinic.yaml"))
    return AvailableEditions.read(root / "out", changes.get("today", TODAY), sources)


def _asked(root: Path, **changes: Any) -> ChosenEdition | Finding:
    return _editions(root, **changes).find("case", "en-GB", "text", SPAN)


def _appended(name: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        with (root / name).open("a") as file:
            file.write("\n")

    return change


def _removed(root: Path) -> None:
    (root / "leaflets" / "case.yaml").unlink()


def _not_remembered(root: Path) -> None:
    (root / "out" / ".memory.json").unlink()


def _damaged_memory(root: Path) -> None:
    (root / "out" / ".memory.json").write_text("{")


def _of_another_build(root: Path) -> None:
    """A copy that brought the memory of a newer build, and not yet its files."""
    _remember(root / "out", digest="0" * 64)


def _remember(folder: Path, **changes: Any) -> None:
    """Change what is remembered of all editions of a folder."""
    file = folder / ".memory.json"
    document = json.loads(file.read_text())
    for row in document["editions"].values():
        row.update(changes)
    file.write_text(json.dumps(document))


CHANGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "telephone": (_appended("clinic.yaml"), "before clinic.yaml changed"),
    "words": (_appended("leaflets/case.yaml"), "before leaflets/case.yaml changed"),
    "contacts": (_appended("leaflets/contacts.yaml"), "before leaflets/contacts.yaml changed"),
    "template": (_appended("templates/leaflet.html"), "before templates/leaflet.html changed"),
    "gone": (_removed, "before leaflets/case.yaml changed"),
    "not remembered": (_not_remembered, "what it was built from is not known"),
    "of another build": (_of_another_build, "what it was built from is not known"),
    "damaged": (_damaged_memory, "what it was built from is not known"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_out_of_date(change: str, project: Path) -> None:
    assert isinstance(_asked(project), ChosenEdition)
    do, why = CHANGES[change]
    do(project)
    answer = _asked(project)
    assert isinstance(answer, Finding)
    assert answer.rule == "E088"
    assert why in answer.sentence
    assert "anew: `python build.py --prove` does so for all that stands there" in answer.hint


def test_a_catalogue_that_changes(project: Path) -> None:
    """A web page leads to the other languages: one that is new makes it another page."""
    manifest = Manifest.read(project / "out")
    web = Edition("case", "en-GB", "web")
    store(build(web, order_for(project), None), manifest)
    manifest.save()
    folder = project / "locales" / "pl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "case.po").touch()
    answer = _editions(project).outdated(web.output, SPAN)
    assert answer
    assert "before locales/pl/LC_MESSAGES/case.po changed" in answer.sentence
    assert _editions(project).outdated(EDITION.output, SPAN) is None


def test_of_another_clinic(project: Path) -> None:
    shutil.copy(project / "clinic.yaml", project / "other.yaml")
    answer = _asked(project, clinic="other.yaml")
    assert isinstance(answer, Finding)
    assert "it was built for clinic.yaml, and not for other.yaml" in answer.sentence
    assert f"--clinic {project / 'other.yaml'}" in answer.hint


@pytest.mark.parametrize(("day", "rule"), [(date(2027, 1, 1), ""), (date(2027, 1, 2), "E055")])
def test_the_day_of_the_review(day: date, rule: str, project: Path) -> None:
    """Nothing was built since, and the day has passed: it is refused with the day."""
    answer = _asked(project, today=day)
    assert getattr(answer, "rule", "") == rule
    if isinstance(answer, Finding):
        assert "its review was due on 2027-01-01" in answer.sentence


def test_withdrawn(project: Path) -> None:
    manifest = Manifest.read(project / "out")
    store(build(EDITION, order_for(project, today=date(2027, 2, 1)), None), manifest)
    manifest.save()
    answer = _asked(project, today=date(2027, 2, 1))
    assert isinstance(answer, Finding)
    assert answer.rule == "E089"
    assert "withdrawn since 2027-01-02: its review was due on 2027-01-01" in answer.sentence
    assert _editions(project).leaflets == {"case"}


def test_withdrawn_by_somebody(project: Path) -> None:
    """Refused at once, since the sign-offs have changed; after a build with day and reason."""
    manager = Person(name="A. Person", role="manager")
    approvals = approvals_of(Project.at(project), TODAY)
    entry = sign_off.withdrawn(approvals, "case", "en-GB", manager, "A number is wrong.")
    signing.append(Root(project), entry, TODAY)
    answer = _asked(project)
    assert isinstance(answer, Finding)
    assert answer.rule == "E088"
    assert "sign-offs/case/" in answer.sentence
    manifest = Manifest.read(project / "out")
    store(build(EDITION, order_for(project), None), manifest)
    manifest.save()
    answer = _asked(project)
    assert isinstance(answer, Finding)
    assert answer.rule == "E089"
    why = "A. Person withdrew it: A number is wrong."
    assert f"withdrawn since {TODAY}: {why}" in answer.sentence
    assert not (project / "out" / EDITION.output).exists()


def test_only_the_editions_were_copied(project: Path, tmp_path: Path) -> None:
    """What is here is compared; what is not is said, and stands on the receipt."""
    copied = tmp_path / "copied"
    shutil.copytree(project / "out", copied / "out")
    shutil.copy(project / "clinic.yaml", copied)
    _built_with_logo(copied)
    editions = _editions(copied)
    answer = editions.find("case", "en-GB", "text", SPAN)
    assert isinstance(answer, ChosenEdition)
    assert "could not be known" in answer.note
    (warning,) = editions.findings()
    assert warning.rule == "E090"
    assert "whether leaflets/, locales/, logo.svg, templates/ changed" in warning.sentence
    _appended("clinic.yaml")(copied)
    refused = _asked(copied)
    assert isinstance(refused, Finding)
    assert "before clinic.yaml changed" in refused.sentence
    assert "where the leaflets are" in refused.hint


def _built_with_logo(root: Path) -> None:
    manifest = Manifest.read(root / "out")
    manifest.memories[EDITION.output].inputs["logo.svg"] = (1, 1, "0")
    (root / "out" / ".memory.json").unlink()
    manifest.save()


def test_the_whole_project_was_copied(project: Path, tmp_path: Path) -> None:
    """Its own sources count, and not those of the place that it came from."""
    copied = tmp_path / "copied"
    shutil.copytree(project, copied, symlinks=True)
    _appended("clinic.yaml")(project)
    answer = _asked(copied)
    assert isinstance(answer, ChosenEdition)
    assert answer.note == ""
    _appended("leaflets/contacts.yaml")(copied)
    assert isinstance(_asked(copied), Finding)


Join = Callable[..., tuple[int, str]]


@pytest.fixture
def join(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: Any) -> Join:
    """Joins an edition of a small office to a letter; the exit code and what is said."""
    office = Office(tmp_path)
    (tmp_path / "letter.pdf").write_bytes(letter("A12345"))
    monkeypatch.chdir(tmp_path)
    folder = ("--out", str(office.editions), "--date", str(TODAY))

    def run(edition: str) -> tuple[int, str]:
        code = main(tmp_path, [*folder, "join", "letter.pdf", edition, "-o", "joined.pdf"])
        return code, capfd.readouterr().err

    return run


def test_an_edition_that_may_be_joined(join: Join, tmp_path: Path) -> None:
    code, said = join("ur/back-pain-a4")
    assert code == ExitCode.OK, said
    code, said = join("built/ur/back-pain-a4.pdf")
    assert code == ExitCode.OK, said


@pytest.mark.parametrize(
    ("edition", "rule"),
    [
        ("en-GB/old-a4", "E055"),
        ("en-GB/changed-a4", "E057"),
        ("en-GB/stale-a4", "E057"),
        ("en-GB/unnamed-a4", "E091"),
        ("ur/gone-a4", "E089"),
        ("built/en-GB/old-a4.pdf", "E055"),
        ("nowhere/back-pain-a4", "B011"),
    ],
)
def test_an_edition_that_must_not_be_joined(
    edition: str, rule: str, join: Join, tmp_path: Path
) -> None:
    built = tmp_path / "built"
    shutil.copy(built / "en-GB" / "old-a4.pdf", built / "en-GB" / "unnamed-a4.pdf")
    manifest = built / "manifest.json"
    document = json.loads(manifest.read_text())
    gone = {"leaflet": "gone", "language": "ur", "format": "a4", "title": "", "version": ""}
    gone |= {"since": "2026-11-25", "reason": "the leaflet was deleted"}
    manifest.write_text(json.dumps({**document, "withdrawn": {"ur/gone-a4.pdf": gone}}))
    code, said = join(edition)
    assert code != ExitCode.OK
    assert f"{edition}: error {rule}" in said
    assert not (tmp_path / "joined.pdf").exists()


def test_joined_after_the_clinic_has_changed(join: Join, tmp_path: Path) -> None:
    _remember(tmp_path / "built", inputs={"clinic.yaml": [1, 1, "0"]})
    code, said = join("ur/back-pain-a4")
    assert code == ExitCode.FINDINGS
    assert "error E088" in said
    assert "it was built before clinic.yaml changed" in said


def test_the_receipt_says_what_is_not_known(tmp_path: Path) -> None:
    """A run of a list, where the leaflets' sources are not."""
    office = Office(tmp_path)
    inputs = {"leaflets/back-pain.yaml": [1, 1, "0"]}
    _remember(office.editions, inputs=inputs)
    result = office.run(office.pair("A12345"), root=Root(tmp_path))
    assert result.counts.done == 1
    assert [each.rule for each in result.findings if each.rule == "E090"] == ["E090"]
    assert "could not be known" in json.dumps(
        [str(receipt) for receipt in result.receipts], ensure_ascii=False
    )
    (tmp_path / "leaflets").mkdir()
    result = office.run(office.pair("A12345"), root=Root(tmp_path))
    assert result.receipts[0].rules == ("E088",)
    assert not (office.out / "A12345.pdf").exists()


def test_a_folder_that_is_served_looks_again(tmp_path: Path) -> None:
    """The clinic's number changes while it runs: the next letter is refused."""
    office = Office(tmp_path)
    hot = tmp_path / "hot"
    hot.mkdir()
    folder = HotFolder(office.options(hot, letters=hot), 0.05, lambda _line: None)
    for name, refused in (("one", 0), ("two", 1)):
        (hot / f"{name}.pdf").write_bytes(letter("A12345", name))
        sidecar = {"reference": "A12345", "leaflets": "back-pain"}
        (hot / f"{name}.json").write_text(json.dumps(sidecar))
        assert folder.serve(once=True) == refused
        _remember(office.editions, inputs={"clinic.yaml": [1, 1, "0"]})
    assert (hot / "done" / "one").is_dir()
    reason = (hot / "refused" / "two" / "reason.txt").read_text(encoding="utf-8")
    assert "E088" in reason
    assert "before clinic.yaml changed" in reason
