"""The page for staff: what it says of each file, and when it is written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT, MakeProject, order_for, run_build
from lxml import html
from test_library.entries import ENTRY

from leafpress.findings import ExitCode
from leafpress.library import site
from leafpress.library.shelf import in_words, shelf
from leafpress.press.edition import Entry, Memory, Withdrawal
from leafpress.press.manifest import Manifest


def update(manifest: Manifest) -> None:
    """Write the pages for a manifest of the shipped project."""
    site.update(manifest, order_for(ROOT, out=manifest.folder))


NOT_YET = "Do not hand out: drafts, and files that are out of date"
TOTALS = "How many files there are"


def _manifest(folder: Path, *entries: Entry) -> Manifest:
    manifest = Manifest(folder)
    for number, entry in enumerate(entries):
        manifest.put(f"{number}.pdf", entry, Memory({}, {}))
    return manifest


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ([], "Not checked yet"),
        (["not checked", "pass"], "Not checked yet"),
        (["pass", "pass"], "Passed"),
        (["pass", "not checked", "fail"], "Failed: do not hand out"),
    ],
)
def test_verdicts_in_words(verdicts: list[str], said: str) -> None:
    assert in_words(verdicts) == said


def test_the_order_of_the_shelf(tmp_path: Path) -> None:
    polish = replace(ENTRY, language="pl", title="Ból pleców")
    web = replace(ENTRY, format="web", pages=0)
    other = replace(ENTRY, leaflet="arm", language="pl", title="Ramię")
    gone = replace(ENTRY, format="parchment")
    found = shelf(_manifest(tmp_path, web, polish, gone, ENTRY, other))
    assert [(each.id, each.title) for each in found] == [
        ("arm", "arm"),
        ("back-pain", "Back & neck <pain>"),
    ]
    groups = found[1].groups
    assert [(each.language.tag, each.title) for each in groups] == [
        ("en-GB", "Back & neck <pain>"),
        ("pl", "Ból pleców"),
    ]
    assert [(row.format, row.extent) for row in groups[0].rows] == [
        ("A4, 14 point", "2 pages"),
        ("Web page", "1 kB"),
    ]


def test_the_page(tmp_path: Path) -> None:
    stale = replace(ENTRY, language="ur", title="کمر درد", stale=("x.po: error T004: …\n  hint",))
    update(_manifest(tmp_path, ENTRY, stale))
    page = html.document_fromstring((tmp_path / "index.html").read_text(encoding="utf-8"))
    assert [each.text for each in page.iter("h2")] == ["Back & neck <pain>", NOT_YET, TOTALS]
    name, urdu = page.xpath('//span[@lang="ur"]')
    assert (name.text, name.get("dir")) == ("اردو", "rtl")
    assert (urdu.text, urdu.get("dir")) == ("کمر درد", "rtl")
    assert "Out of date" in page.text_content()
    assert "x.po: error T004: …" in page.text_content()
    assert "hint" not in page.text_content()
    assert not page.xpath('//a[@href="proof/index.html"]')


def test_written_only_when_it_changes(tmp_path: Path) -> None:
    file = tmp_path / "index.html"
    update(_manifest(tmp_path, ENTRY))
    before = file.read_bytes()
    file.chmod(0o444)
    first = file.stat().st_ino
    update(_manifest(tmp_path, ENTRY))
    assert file.stat().st_ino == first
    update(_manifest(tmp_path, replace(ENTRY, version="1.1")))
    assert file.read_bytes() != before
    update(_manifest(tmp_path, ENTRY))
    assert file.read_bytes() == before


def test_counts_of_what_was_given_are_linked_where_they_are(tmp_path: Path) -> None:
    manifest = _manifest(tmp_path, ENTRY)
    update(manifest)
    page = tmp_path / "index.html"
    assert "given.html" not in page.read_text(encoding="utf-8")
    (tmp_path / "given.html").write_text("counts")
    update(manifest)
    assert '<a href="given.html">What went with letters</a>' in page.read_text(encoding="utf-8")


def test_a_build_writes_it(make_project: MakeProject) -> None:
    root = make_project()
    done = run_build(root, "-L", "en-GB", "--format", "web")
    assert done.returncode == ExitCode.OK, done.stderr
    page = html.document_fromstring((root / "out" / "index.html").read_text(encoding="utf-8"))
    files = [link.get("href") for link in page.xpath("//main//tbody//a")]
    assert files == ["en-GB/case-web.html"]
    assert (root / "out" / files[0]).is_file()


def test_what_was_withdrawn(tmp_path: Path) -> None:
    """With its day and its reason: staff may have saved a copy."""
    manifest = _manifest(tmp_path, ENTRY)
    expired = "its review was due on 2026-11-24"
    row = Withdrawal("arm", "en-GB", "a4", "Arm <pain>", "1.0", "2026-11-25", expired)
    manifest.withdrawn["1.pdf"] = row
    manifest.withdrawn["2.pdf"] = replace(row, language="ur", title="بازو", format="web")
    removed = "it is not made in this language any more"
    manifest.withdrawn["3.pdf"] = replace(row, language="xx", title="χ", reason=removed)
    update(manifest)
    page = html.document_fromstring((tmp_path / "index.html").read_text(encoding="utf-8"))
    rows = page.xpath('//section[@id="withdrawn"]//tbody/tr')
    assert [[cell.text_content() for cell in row] for row in rows] == [
        ["Arm <pain>", "xx", "A4, 14 point", "2026-11-25", removed],
        ["Arm <pain>", "English, Urdu", "A4, 14 point; Web page", "2026-11-25", expired],
    ]
    assert page.xpath('//nav//a[@href="#withdrawn"]')


def test_out_of_date_and_nobody_has_tried(tmp_path: Path) -> None:
    why = "it was built before clinic.yaml changed"
    update(_manifest(tmp_path, replace(ENTRY, stale=(why,), untried=True)))
    page = html.document_fromstring((tmp_path / "index.html").read_text(encoding="utf-8"))
    assert f"Out of date: do not hand out. {why}" in page.text_content()
    assert not page.xpath('//section[@id="withdrawn"]')


TRIAL = ("Test Manager", "manager", "2027-01-31")

ABOUT = ", Back & neck <pain> in English"
"""What a listener hears behind each link's words."""

ROWS = {
    "approved": (ENTRY, True, "A4, 14 point"),
    "changed a little": (replace(ENTRY, changed=True), True, "A4, 14 point"),
    "a trial": (replace(ENTRY, state="draft", trial=TRIAL), True, "A4, 14 point"),
    "a draft": (replace(ENTRY, state="draft", given_out=False), False, "Draft: A4, 14 point"),
    "by an older version": (
        replace(ENTRY, state="", given_out=False),
        False,
        "Draft: A4, 14 point",
    ),
    "changed": (
        replace(ENTRY, state="changed since", given_out=False),
        False,
        "Not approved: changed since: A4, 14 point",
    ),
    "out of date": (replace(ENTRY, stale=("x",)), False, "Out of date: A4, 14 point"),
    "failed": (replace(ENTRY, verdicts={"ua1": "fail"}), False, "Failed: A4, 14 point"),
}
"""An edition, whether it may be handed out, and what its link says."""


@pytest.mark.parametrize("row", ROWS)
def test_what_may_be_handed_out(row: str, tmp_path: Path) -> None:
    """Drafts have a heading of their own, and each link says so in words."""
    entry, may_be, link = ROWS[row]
    update(_manifest(tmp_path, entry))
    page = html.document_fromstring((tmp_path / "index.html").read_text(encoding="utf-8"))
    section = page.xpath(f'//section[@id="{"back-pain" if may_be else "not-yet"}"]')[0]
    assert [each.text_content() for each in section.xpath(".//tbody//a")] == [link + ABOUT]
    assert len(page.xpath("//main//tbody//a")) == 1
    assert ("Nothing on this page may be handed out yet" in page.text_content()) != may_be


def test_the_state_of_each_leaflet_and_language(tmp_path: Path) -> None:
    missing = ("the words in Urdu: not signed by a translator",)
    urdu = replace(ENTRY, language="ur", title="کمر", state="checked", given_out=False)
    trial = replace(ENTRY, leaflet="arm", title="Arm", state="draft", trial=TRIAL)
    update(_manifest(tmp_path, ENTRY, trial, replace(urdu, missing=missing)))
    page = html.document_fromstring((tmp_path / "index.html").read_text(encoding="utf-8"))
    said = "trial of a draft, allowed by Test Manager, manager, until 2027-01-31"
    states = {
        row.get("id"): row.xpath('.//td[@data-head="State"]/div')[0].text_content()
        for row in page.xpath("//tbody[@id]")
    }
    assert states == {
        "arm-en-GB": said,
        "back-pain-en-GB": "approved",
        "not-yet-back-pain-ur": "checked",
    }
    assert f"A {said}. Give such a leaflet only to people who know" in page.text_content()
    assert f"Still to be done: {missing[0]}." in page.text_content()
