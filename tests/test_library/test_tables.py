"""What the library is made of: needs, the table, other words, order, what is due."""

from __future__ import annotations

import csv
import datetime
import io
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT, TODAY, MakeProject
from test_library.entries import ENTRY

from leafpress.content.project import Project
from leafpress.content.root import Root
from leafpress.library import sheet
from leafpress.library.due import DueLeaflet, due
from leafpress.library.facts import Library
from leafpress.library.needs import NEED_OF, SHORT
from leafpress.library.other_words import other_words
from leafpress.library.printing import printing
from leafpress.library.shelf import in_order, shelves
from leafpress.pages.formats import FORMATS
from leafpress.press.edition import Memory
from leafpress.press.manifest import Manifest
from leafpress.translation import clinic_words
from leafpress.translation.language import offered


def test_every_format_meets_a_need() -> None:
    assert set(NEED_OF) == set(FORMATS)


@pytest.mark.parametrize("format_id", SHORT)
def test_a_link_shows_a_piece_of_the_title(format_id: str) -> None:
    title = FORMATS[format_id].title
    assert SHORT[format_id] in title[0].upper() + title[1:]


@pytest.mark.parametrize(
    ("format_id", "pages", "said"),
    [
        ("a4", 5, "3 sheets, flipped on the long edge"),
        ("large-print-24", 25, "13 sheets, flipped on the long edge"),
        ("a4", 2, "1 sheet, flipped on the long edge"),
        ("booklet", 9, "3 sheets, flipped on the short edge"),
        ("web", 0, ""),
        ("braille-2", 14, ""),
    ],
)
def test_how_it_is_printed(format_id: str, pages: int, said: str) -> None:
    assert printing(replace(ENTRY, format=format_id, pages=pages)) == said


def test_the_library_as_a_table(library: Path) -> None:
    rows = list(csv.DictReader(io.StringIO((library / "library.csv").read_text("utf-8-sig"))))
    assert len(rows) == 93
    assert {row["hand_out"] for row in rows if row["leaflet"] == "neck-pain"} == {"yes"}
    row = next(row for row in rows if row["file"] == "pl/cannabis-medicines-web.html")
    assert row["title"] == "Cannabis medicines for pain"
    assert row["title_in_language"] == "Leki z konopi na ból"
    assert (row["need"], row["extent"], row["why_not"]) == ("screen", "20 kB", "Draft")
    assert row["machine_translation"] == "yes"
    assert row["address"] == "https://clinic.example/leaflets/pl/cannabis-medicines"
    assert (row["signed_last"], row["version_before"]) == ("", "")
    assert row["changed_since"] == "not known: nobody has signed it"
    row = next(row for row in rows if row["file"] == "ur/neck-pain-a4.pdf")
    assert (row["signed_last"], row["version_before"]) == ("2026-11-20", "0.1")
    assert row["changed_since"] == "2 texts, 1 about safety"


def test_no_cell_is_run(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path)
    manifest.put("1.pdf", replace(ENTRY, title="=1+1"), Memory({}, {}))
    table = sheet.table(Library(shelves(manifest, TODAY), Root(ROOT), TODAY))
    assert b"'=1+1" in table


def test_the_order_of_languages(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path)
    for tag in ("en-GB", "bn", "cy", "pl", "ur"):
        manifest.put(f"{tag}.pdf", replace(ENTRY, language=tag), Memory({}, {}))
    listed = shelves(manifest, TODAY).to_hand_out
    tags = [group.language.tag for group in in_order(listed, ["ur", "xx", "pl"])[0].groups]
    assert tags == ["ur", "pl", "en-GB", "cy", "bn"]
    tags = [group.language.tag for group in in_order(listed, [])[0].groups]
    assert tags == ["en-GB", "cy", "pl", "ur", "bn"]


def test_what_falls_due() -> None:
    soon = replace(ENTRY, review="2026-12-31")
    urdu = replace(soon, language="ur", title="x")
    last = replace(ENTRY, leaflet="arm", language="ur", review="2027-02-26")
    today = datetime.date(2026, 11, 28)
    assert due([last, urdu, ENTRY, soon], today) == (
        DueLeaflet("Back & neck <pain>", ("English", "Urdu"), "2026-12-31"),
        DueLeaflet("arm", ("Urdu",), "2027-02-26"),
    )
    assert due([last], today - datetime.timedelta(days=1)) == ()


def test_other_words_in_every_language() -> None:
    """Shipped leaflets have some, translated."""
    root = Root(ROOT)
    project = Project.at(root, ROOT / "clinic.yaml")
    words = dict(other_words(project, {"back-pain": offered(root), "gone": ["pl"]}))
    assert "slipped disc" in words["back-pain", "en-GB"]
    assert "wypadnięcie dysku" in words["back-pain", "pl"]
    assert {tag for _, tag in words} == set(offered(root)) >= {"en-GB", "cy", "pl", "ur", "bn"}
    assert len({len(row) for row in words.values()}) == 1


def test_other_words_of_what_is_shown_only() -> None:
    project = Project.at(Root(ROOT), ROOT / "clinic.yaml")
    words = dict(other_words(project, {"back-pain": ["pl", "no-more"]}))
    assert set(words) == {("back-pain", "en-GB"), ("back-pain", "pl")}


def test_a_language_of_the_clinic_that_is_none(make_project: MakeProject) -> None:
    root = make_project()
    with (root / "clinic.yaml").open("a") as file:
        file.write("languages: [en-GB, plx]\n")
    project = Project.at(Root(root), root / "clinic.yaml")
    found = [str(each) for each in clinic_words.languages(project.clinic)]
    assert [line.split(":")[:2] for line in found] == [["clinic.yaml", "4"]]
    assert "L015" in found[0]
