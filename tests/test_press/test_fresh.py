"""What is built again, and why."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import MakeProject, order_for

from leafpress.content.root import Root
from leafpress.press import fingerprint
from leafpress.press.edition import BuildOptions, Edition, Outcome, Status
from leafpress.press.freshness import is_fresh, known_memory
from leafpress.press.manifest import Manifest
from leafpress.press.pipeline import build
from leafpress.press.schedule import store

EDITION = Edition("case", "en-GB", "a4")


def _build(root: Path, order: BuildOptions | None = None) -> Outcome:
    order = order or order_for(root)
    manifest = Manifest.read(order.out)
    outcome = build(EDITION, order, known_memory(EDITION, order, manifest))
    store(outcome, manifest)
    manifest.save()
    return outcome


def _fresh(root: Path, order: BuildOptions | None = None) -> bool:
    order = order or order_for(root)
    return is_fresh(EDITION, order, Manifest.read(order.out))


@pytest.fixture
def project(make_project: MakeProject) -> Path:
    root = make_project()
    assert _build(root).status is Status.BUILT
    assert _fresh(root)
    return root


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def _words(root: Path) -> None:
    _edit(root / "leaflets" / "case.yaml", "Some words.", "Other words.")


def _style(root: Path) -> None:
    _edit(root / "templates" / "styles" / "blocks.css", "li {", "li { color: #000;")


def _clinic(root: Path) -> None:
    _edit(root / "clinic.yaml", "A clinic", "Another clinic")


def _gone(root: Path) -> None:
    (root / "out" / "en-GB" / "case-a4.pdf").unlink()


def _changed(root: Path) -> None:
    with (root / "out" / "en-GB" / "case-a4.pdf").open("ab") as file:
        file.write(b"x")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_words, "the page changed"),
        (_style, "templates/styles/blocks.css changed"),
        (_clinic, "the page changed"),
        (_gone, "it was not built before"),
        (_changed, "it was not built before"),
    ],
)
def test_what_makes_it_stale(change: Callable[[Path], None], reason: str, project: Path) -> None:
    change(project)
    assert not _fresh(project)
    outcome = _build(project)
    assert outcome.status is Status.BUILT
    assert outcome.reasons == (reason,)
    assert _fresh(project)


def test_the_same_size_and_time(project: Path) -> None:
    """A number changes in place, and an archive or a copy may give the file its old time."""
    clinic = project / "clinic.yaml"
    state = clinic.stat()
    _edit(clinic, "020 7946 0000", "020 7946 0001")
    os.utime(clinic, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert not _fresh(project)


def test_a_project_that_was_moved(project: Path) -> None:
    """What is remembered is remembered by its place in the project."""
    moved = project.with_name("moved")
    shutil.copytree(project, moved, symlinks=True)
    assert _fresh(moved)
    _clinic(moved)
    assert not _fresh(moved)
    assert _fresh(project)


def test_what_is_saved_while_it_is_built(project: Path) -> None:
    """The worker had read the file before: what it built is not what stands in the file now."""
    order = order_for(project)
    before = fingerprint.snapshot(Root(project), order.clinic)
    _clinic(project)
    (project / "locales" / "pl").mkdir(parents=True)
    (project / "locales" / "pl" / "glossary.csv").write_text("source,target\n")
    memory = build(EDITION, order, None).memory
    assert memory is not None
    glance = fingerprint.Glance(Root(project))
    assert list(glance.changed(memory)) == []
    assert list(glance.changed(fingerprint.as_before(memory, before))) == ["clinic.yaml"]


def test_a_time_stamp_alone_changes_nothing(project: Path) -> None:
    os.utime(project / "leaflets" / "case.yaml", (1, 1))
    assert _fresh(project)


def test_a_comment_is_read_but_nothing_is_laid_out(project: Path) -> None:
    with (project / "leaflets" / "case.yaml").open("a") as file:
        file.write("# a note\n")
    assert not _fresh(project)
    assert _build(project).status is Status.FRESH
    assert _fresh(project)


def test_another_clinic_file(project: Path) -> None:
    other = project / "other.yaml"
    other.write_text((project / "clinic.yaml").read_text())
    assert not _fresh(project, order_for(project, clinic=other))


def test_another_version_of_a_library(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from leafpress.press import remembered

    _words(project)
    _edit(project / "leaflets" / "case.yaml", "Other words.", "Some words. ")
    newer = {"weasyprint": "70.1", "pydyf": "0.13.0", "pango": "1.50.12"}
    monkeypatch.setattr(remembered, "versions", lambda: newer)
    assert "the version of weasyprint was 70.0 and is 70.1" in _build(project).reasons


def test_another_size_of_the_type(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that quotes another script has two style sheets of one place: both count."""
    from leafpress.pages import fonts

    _edit(project / "leaflets" / "case.yaml", "Some words.", '"[سلام]{lang=ur}"')
    _build(project)
    smaller = replace(fonts.TYPEFACES["latin"], scale=0.9)
    monkeypatch.setitem(fonts.TYPEFACES, "latin", smaller)
    outcome = _build(project)
    assert (outcome.status, outcome.reasons) == (
        Status.BUILT,
        ("leafpress/pages/fonts.py changed",),
    )


def test_a_failed_edition_keeps_the_good_file_and_says_that_it_is_stale(project: Path) -> None:
    output = project / "out" / "en-GB" / "case-a4.pdf"
    before = output.read_bytes()
    _edit(project / "leaflets" / "case.yaml", "title: A leaflet", "title:")
    assert _build(project).status is Status.FAILED
    assert output.read_bytes() == before
    (entry,) = Manifest.read(project / "out").entries.values()
    assert "L020" in entry.stale[0]
    assert not _fresh(project)
    _edit(project / "leaflets" / "case.yaml", "title:\n", "title: A leaflet\n")
    assert _build(project).status is Status.FRESH
    assert Manifest.read(project / "out").entries["en-GB/case-a4.pdf"].stale == ()


def test_an_expired_leaflet_is_withdrawn(project: Path) -> None:
    from datetime import date

    later = order_for(project, today=date(2027, 1, 2))
    assert not _fresh(project, later)
    outcome = _build(project, later)
    assert outcome.status is Status.WITHDRAWN
    assert [each.rule for each in outcome.findings] == ["L064"]
    assert not (project / "out" / "en-GB").exists()
    manifest = Manifest.read(project / "out")
    assert manifest.entries == {}
    withdrawal = manifest.withdrawn["en-GB/case-a4.pdf"]
    assert (withdrawal.title, withdrawal.since) == ("A leaflet", "2027-01-02")
    assert withdrawal.reason == "its review was due on 2027-01-01"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"form": 0, "editions": {}}',
        '{"form": 1}',
        "null",
        '{"form": 1, "editions": {}, "withdrawn": {"x.pdf": {}}}',
        '{"form": 1, "editions": {}, "withdrawn": []}',
    ],
)
def test_a_manifest_that_cannot_be_believed(text: str, project: Path) -> None:
    (project / "out" / "manifest.json").write_text(text)
    assert Manifest.read(project / "out").entries == {}
    assert _build(project).status is Status.BUILT


def test_a_language_that_comes_later(make_project: MakeProject) -> None:
    """A web page leads to the other languages: it is built anew when there is one more."""
    root = make_project()
    order, edition = order_for(root), Edition("case", "en-GB", "web")
    manifest = Manifest.read(order.out)
    store(build(edition, order, None), manifest)
    assert is_fresh(edition, order, manifest)
    folder = root / "locales" / "pl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    for name in ("case.po", "leafpress.po"):
        (folder / name).touch()
    assert not is_fresh(edition, order, manifest)
    store(build(edition, order, known_memory(edition, order, manifest)), manifest)
    assert b"../pl/case-web.html" in (order.out / edition.output).read_bytes()
    assert is_fresh(edition, order, manifest)
