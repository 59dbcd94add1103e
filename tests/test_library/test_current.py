"""Pages about copies: what is printed leads to one, and it says what became of that copy."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from conftest import ROOT, TODAY, MakeProject, allow_drafts, order_for
from lxml import html

from leafpress.approval import sign_off, signing
from leafpress.approval.approvals import Approvals
from leafpress.approval.entry import Person
from leafpress.content.project import Project
from leafpress.content.root import Root
from leafpress.findings import Finding, Verdict
from leafpress.library import current
from leafpress.library.copy_status import CopyPage, CopyStatus, pages
from leafpress.pages import copy_code
from leafpress.press import issued, prove
from leafpress.press.edition import Edition, Withdrawal
from leafpress.press.issued import IssuedCopy
from leafpress.press.manifest import Manifest
from leafpress.press.pipeline import build
from leafpress.press.schedule import store

EDITION = Edition("case", "en-GB", "text")
ADDRESS = "https://clinic.example/current/"
LATER = TODAY + datetime.timedelta(days=3)


@pytest.fixture
def root(make_project: MakeProject) -> Path:
    """A project whose drafts may be given out for a trial, with an address for its copies."""
    root = make_project()
    with (root / "clinic.yaml").open("a") as clinic:
        clinic.write(f"current_address: {ADDRESS}{{code}}\n")
    allow_drafts(root)
    return root


def _build(root: Path, today: datetime.date = TODAY) -> tuple[Finding, ...]:
    options = order_for(root, today=today)
    manifest = Manifest.read(options.out)
    store(build(EDITION, options, None), manifest)
    manifest.save()
    return current.update(manifest, options)


def _code(root: Path) -> str:
    """The code that the edition prints."""
    text = (root / "out" / EDITION.output).read_text()
    return re.findall(r"clinic\.example/current/(\w+)", text)[0]


def _page(root: Path, code: str) -> str:
    page = current.path_of(root / "out", code).read_text()
    return " ".join(html.document_fromstring(page).find("body").text_content().split())


def _change(root: Path, old: str, new: str) -> None:
    leaflet = root / "leaflets" / "case.yaml"
    assert old in leaflet.read_text()
    leaflet.write_text(leaflet.read_text().replace(old, new))


def test_what_is_printed_leads_to_a_page_that_says_yes(root: Path) -> None:
    assert _build(root) == ()
    page = _page(root, _code(root))
    assert "Yes, this copy is current." in page
    assert f"Code: {_code(root)}" in page
    assert "Trial of a draft, until 28 November 2027." in page


def test_an_older_copy_names_the_newer(root: Path) -> None:
    _build(root)
    old = _code(root)
    _change(root, "Some words.", "Other words.")
    _build(root, LATER)
    new = _code(root)
    page = _page(root, old)
    assert "No, there is a newer copy." in page
    assert "Since 2 December 2026 we give out version" in page
    links = html.parse(str(current.path_of(root / "out", old))).xpath("//a/@href")
    assert f"../{new}/index.html" in links
    assert "Yes, this copy is current." in _page(root, new)


def test_words_that_come_back_are_current_again(root: Path) -> None:
    _build(root)
    first = _code(root)
    _change(root, "Some words.", "Other words.")
    _build(root, LATER)
    second = _code(root)
    _change(root, "Other words.", "Some words.")
    _build(root, LATER)
    assert _code(root) == first
    assert "Yes" in _page(root, first)
    assert "No, there is a newer copy." in _page(root, second)
    assert [copy.code for copy in issued.read(root / "out").copies] == [first, second, first]


def test_nobody_vouches_for_a_draft(root: Path) -> None:
    _build(root)
    clinic = root / "clinic.yaml"
    clinic.write_text(clinic.read_text().partition("drafts_allowed_by")[0])
    trial = _code(root)
    _build(root)
    assert _code(root) != trial
    for code in (trial, _code(root)):
        page = _page(root, code)
        assert "We cannot say whether this copy is current." in page
        assert "Please ask us before you use it." in page


def test_a_withdrawn_leaflet_says_why(root: Path) -> None:
    _build(root)
    code = _code(root)
    by = Person(name="Test Manager", role="manager")
    approvals = Approvals(Project.at(Root(root)), TODAY)
    entry = sign_off.withdrawn(approvals, "case", "en-GB", by, "A dose is wrong.")
    signing.append(Root(root), entry, TODAY)
    _build(root)
    page = _page(root, code)
    assert "No, this leaflet was withdrawn." in page
    assert "It was withdrawn on 29 November 2026." in page
    assert "The reason: A dose is wrong." in page
    assert "Test Manager" not in page
    # A copy whose file somebody has deleted since is withdrawn with the others.
    manifest = Manifest.read(root / "out")
    other = replace(OLD, output="en-GB/case-a4.pdf", language="en-GB")
    (told,) = pages((other,), manifest)
    assert told.status is CopyStatus.WITHDRAWN
    assert "Telephone: 020 7946 0000" in page


def test_a_leaflet_past_its_review_says_so(root: Path) -> None:
    _build(root)
    code = _code(root)
    _build(root, datetime.date(2099, 1, 1))
    assert "Nobody has reviewed it in time." in _page(root, code)


def test_pages_outlive_the_manifest_and_the_address(root: Path) -> None:
    """Paper is still about when the clinic has begun anew, or prints no address any more."""
    _build(root)
    old = _code(root)
    (root / "out" / "manifest.json").unlink()
    clinic = root / "clinic.yaml"
    clinic.write_text(re.sub("current_address.*\n", "", clinic.read_text()))
    _build(root)
    assert "Is this copy" not in (root / "out" / EDITION.output).read_text()
    assert "We cannot say" in _page(root, old)


def test_a_page_that_somebody_deleted_comes_back(root: Path) -> None:
    _build(root)
    current.path_of(root / "out", _code(root)).unlink()
    _build(root)
    assert "Yes" in _page(root, _code(root))


def test_nothing_is_written_again_that_says_the_same(root: Path) -> None:
    _build(root)
    path = current.path_of(root / "out", _code(root))
    before = path.stat().st_mtime_ns
    _build(root)
    assert path.stat().st_mtime_ns == before


def test_a_list_of_copies_that_was_lost_is_told(root: Path) -> None:
    _build(root)
    old = _code(root)
    _change(root, "Some words.", "Other words.")
    (root / "out" / issued.NAME).unlink()
    (told,) = _build(root)
    assert told.sentence.endswith(f"1 pages stand beside it that it does not name, such as {old}")
    assert "Yes" in _page(root, old)  # as it was: the message says that nobody renews it


@pytest.mark.parametrize("line", ["<<<<<<< ours", "{}", '{"code": "../x"}', "[]", "null", "1"])
def test_a_line_that_nobody_can_read_stays_and_hides_no_other(root: Path, line: str) -> None:
    out = root / "out"
    listed = IssuedCopy("2222222222", "2026-11-28", "a/b", "b", "a", "a4", "B", "1", "2026-11-01")
    (out / issued.FOLDER).mkdir(parents=True)
    good = json.dumps(asdict(listed))
    (out / issued.NAME).write_text(f"{line}\n{good}\n")
    (told,) = _build(root)
    assert (told.rule, told.span.line) == ("B014", 1)
    assert (out / issued.NAME).read_text().startswith(f"{line}\n{good}\n")
    assert "We cannot say" in _page(root, "2222222222")
    assert "Yes" in _page(root, _code(root))


def test_without_an_address_nothing_is_printed_and_nothing_kept(make_project: MakeProject) -> None:
    root = make_project()
    _build(root)
    assert "Is this copy" not in (root / "out" / EDITION.output).read_text()
    assert not (root / "out" / issued.FOLDER).exists()


def test_a_code_is_of_words_and_not_of_their_setting(root: Path) -> None:
    from leafpress.press.pipeline import markup_of

    page = markup_of(Edition("case", "en-GB", "a4"), order_for(root))
    assert set(page.code) <= set(copy_code.LETTERS)
    assert len(page.code) == copy_code.LENGTH
    assert page.html.count(f"{ADDRESS}{page.code}") == 1
    assert copy_code.PENDING not in page.html
    styled = page.html.replace("<strong>", "<strong class='x'>")
    worded = page.html.replace("Some words.", "Some word.")
    codes = [copy_code.of(text, {}, ()) for text in (page.html, styled, worded)]
    assert codes[0] == codes[1] != codes[2]


def test_proof_asks_for_the_page(root: Path) -> None:
    _build(root)
    options = order_for(root)
    code = _code(root)
    for there in (True, False):
        if not there:
            current.path_of(root / "out", code).unlink()
            (root / "out" / issued.folder_of(code)).rmdir()
        (proof,) = prove.prove([EDITION], Manifest.read(options.out), options)
        (answer,) = (answer for answer in proof.answers if answer.rule == "P107")
        assert answer.figure == ADDRESS + code
        assert (answer.verdict is Verdict.PASS) == there
    assert [told.sentence for told in answer.findings] == [
        f"there is no page about the copy {code}"
    ]


OLD = IssuedCopy("2222222222", "2026-11-28", "", "case", "", "a4", "A leaflet", "1", "2026-11-01")
NEW = replace(OLD, code="3333333333", since="2026-12-01", version="2")
LOST = Withdrawal("case", "", "a4", "A leaflet", "1", "2026-12-01", "", remarks="A reason.")
PAGES = (
    CopyPage(OLD, CopyStatus.CURRENT, trial=TODAY),
    CopyPage(OLD, CopyStatus.REPLACED, newer=NEW),
    CopyPage(OLD, CopyStatus.WITHDRAWN, withdrawal=LOST),
    CopyPage(OLD, CopyStatus.WITHDRAWN, withdrawal=replace(LOST, overdue=True, remarks="")),
    CopyPage(OLD, CopyStatus.UNKNOWN),
)


@pytest.mark.parametrize("tag", ["cy", "pl", "ur", "bn", "en-GB"])
def test_every_page_speaks_its_language_and_english(tag: str) -> None:
    writer = current.CopyWriter(Project.at(ROOT))
    for page in PAGES:
        text = writer.html(replace(page, copy=replace(page.copy, language=tag)))
        whole = html.document_fromstring(text)
        assert whole.get("lang") == tag
        parts = whole.xpath("//main/section")
        english = parts[-1]
        assert len(parts) == (1 if tag == "en-GB" else 2)
        assert tag == "en-GB" or english.get("lang") == "en-GB"
        assert tag == "en-GB" or parts[0].xpath("h2")[0].text != english.xpath("h2")[0].text
        assert whole.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert not whole.xpath("//script | //link | //img")
        assert not re.search(r"%\(|\{\{|None", text.partition("</style>")[2])


def test_a_language_without_words_speaks_english(root: Path) -> None:
    page = replace(PAGES[0], copy=replace(OLD, language="pl"))
    whole = html.document_fromstring(current.CopyWriter(Project.at(root)).html(page))
    assert whole.get("lang") == "en-GB"
    assert len(whole.xpath("//main/section")) == 1
