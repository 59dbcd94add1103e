"""Making a web page: one file, the same each time, with what only a screen needs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import ROOT, MakeProject, order_for, run_build
from fontTools.ttLib import TTFont
from lxml import html

from leafpress.content.project import Project
from leafpress.pages import fonts
from leafpress.pages.colour import Color, contrast
from leafpress.pages.formats import FORMATS
from leafpress.pages.recolour import darkened
from leafpress.pages.render import Markup, typeset
from leafpress.press.edition import Edition
from leafpress.press.pipeline import markup_of
from leafpress.translation.language import LANGUAGES
from leafpress.web.notes import lead_back
from leafpress.web.page import write_page
from leafpress.web.pictures import MOST_ICON, add_icon, size
from leafpress.web.tables import keep_roles
from leafpress.web.woff import subset


def _markup(tag: str, format_: str = "web") -> Markup:
    return markup_of(Edition("neck-pain", tag, format_), order_for(ROOT))


def test_one_file_and_the_same_bytes() -> None:
    markup = _markup("en-GB")
    page = write_page(markup)
    subset.cache_clear()
    assert write_page(markup) == page
    assert page.startswith(b"<!doctype html>\n")
    assert len(page) < 100_000
    assert {path for path in markup.resources if path.encode() in page} == set()


def test_what_only_a_page_on_paper_has_is_not_there() -> None:
    web = html.document_fromstring(_markup("ur").html)
    paper = html.document_fromstring(_markup("ur", "a4").html)
    for name in ("running-head", "running-foot"):
        assert paper.find_class(name)
        assert not web.find_class(name)
    for name in ("skip", "head", "languages", "contents", "formats", "foot"):
        assert web.find_class(name)
        assert not paper.find_class(name)
    assert [each.text_content() for each in web.iter("h3")] == [
        each.text_content() for each in paper.iter("h3")
    ]


def test_every_part_is_in_the_list_of_contents() -> None:
    page = html.document_fromstring(_markup("bn").html)
    parts = [each.get("id") for each in page.iter("section")]
    lists = page.find_class("contents")[0].findall(".//ul")
    assert len(lists) == 2  # one that opens, one beside the text: never both are shown
    for each in lists:
        linked = [link.get("href")[1:] for link in each.iter("a")]
        assert linked == [*parts, "other-formats"]


def _leads_to(page: str) -> list[str]:
    links = html.document_fromstring(page).find_class("formats")[0].iter("a")
    return [link.get("href") for link in links]


def test_a_page_leads_to_every_format_that_is_built(make_project: MakeProject) -> None:
    """And to none that the leaflet or the language does not have."""
    root = make_project()
    with (root / "clinic.yaml").open("a") as file:
        file.write("formats: [text, web, braille-1, web-bilingual, web-easy-read]\n")
    done = run_build(root, "-L", "en-GB")
    assert done.returncode == 0, done.stdout + done.stderr
    editions = json.loads((root / "out" / "manifest.json").read_bytes())["editions"]
    page = (root / "out" / "en-GB" / "case-web.html").read_text(encoding="utf-8")
    linked = {f"en-GB/{name}" for name in _leads_to(page)}
    assert linked | {"en-GB/case-web.html"} == set(editions)
    assert len(linked) == 2


def test_a_translated_page_leads_to_pairs_and_easy_read() -> None:
    names = _leads_to(_markup("ur").html)
    assert names == [
        "neck-pain-a4.pdf",
        "neck-pain-large-print-18.pdf",
        "neck-pain-large-print-24.pdf",
        "neck-pain-easy-read.pdf",
        "neck-pain-bilingual.pdf",
        "neck-pain-text.txt",
    ]


def test_pairs_lead_to_no_english_page() -> None:
    page = html.document_fromstring(_markup("ur", "web-bilingual").html)
    tags = [link.get("hreflang") for link in page.find_class("languages")[0].iter("a")]
    assert tags == ["cy", "pl", "ur", "bn"]
    assert [each.text_content() for each in page.iter("h1")] == [page.findtext(".//h1")]


def test_drawings_for_dark_pages_can_be_told_apart() -> None:
    """Lines keep 3:1 to the paper and to what they are filled with (WCAG 2.2, 1.4.11)."""
    paper, ink, tint, orange, red = map(
        _in_the_dark, ("#ffffff", "#12344d", "#dce8ef", "#b8480f", "#a81b11")
    )
    assert min(contrast(ink, paper), contrast(ink, tint)) >= 4.5
    for colour in (orange, red):
        assert min(contrast(colour, paper), contrast(colour, tint)) >= 3


def _in_the_dark(colour: str) -> Color:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><path fill="{colour}" d="M0 0"/></svg>'
    found = re.findall(rb'fill="#(..)(..)(..)" d=', darkened(svg.encode()))[0]
    red, green, blue = (int(part, 16) / 255 for part in found)
    return red, green, blue


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240.4 160"/>', (240, 160)),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="32" height="16px"/>', (32, 16)),
    ],
)
def test_how_large_a_drawing_is(drawn: bytes, expected: tuple[int, int]) -> None:
    assert size(drawn) == expected


def test_a_large_logo_is_no_icon(tmp_path: Path) -> None:
    root = html.document_fromstring("<html><head></head><body></body></html>")
    logo = tmp_path / "logo.svg"
    logo.write_bytes(b"<svg/>" + b" " * MOST_ICON)
    add_icon(root, logo)
    assert root.find(".//link") is None
    logo.write_bytes(b"<svg/>")
    add_icon(root, logo)
    assert root.find(".//link").get("href").startswith("data:image/svg+xml;base64,")


def test_no_qr_code_on_a_screen(make_project: MakeProject) -> None:
    root = make_project()
    with (root / "clinic.yaml").open("a") as file:
        file.write('leaflet_address: "https://clinic.example/{language}/{leaflet}"\n')
    order = order_for(root)
    assert "<svg" in markup_of(Edition("case", "en-GB", "a4"), order).html
    assert "<svg" not in markup_of(Edition("case", "en-GB", "web"), order).html


def test_a_leaflet_that_is_not_translated_leads_nowhere(make_project: MakeProject) -> None:
    markup = markup_of(Edition("case", "en-GB", "web"), order_for(make_project()))
    assert 'class="languages"' not in markup.html
    assert not any("Vazirmatn" in name for name in markup.resources)


def test_nastaliq_where_letters_are_drawn() -> None:
    clinic = Project.at(ROOT).clinic.model
    assert clinic is not None
    asked = clinic.model_copy(update={"urdu_type": "nastaliq"})
    assert typeset(LANGUAGES["ur"], asked, FORMATS["a4"]).script == "nastaliq"
    assert typeset(LANGUAGES["ur"], asked, FORMATS["web"]).script == "nastaliq"
    assert typeset(LANGUAGES["ur"], asked, FORMATS["text"]).script == "arabic"


def _font(family: str) -> Path:
    return ROOT / fonts.FOLDER / next(f.file for f in fonts.FACES if f.family == family)


def test_a_part_of_a_font(tmp_path: Path) -> None:
    """The parts of ৌ come along: shapers draw them before and after the letter."""
    woff = subset(_font("Noto Sans Bengali"), frozenset("যৌনা"))
    assert woff.letters == frozenset("যৌনা\u09c7\u09d7")
    file = tmp_path / "part.woff2"
    file.write_bytes(woff.data)
    with TTFont(file) as font:
        assert font.flavor == "woff2"
        assert set(map(chr, font.getBestCmap())) == woff.letters
        assert "Open Font License" in font["name"].getDebugName(13)
        features = {each.FeatureTag for each in font["GSUB"].table.FeatureList.FeatureRecord}
    assert features


def test_tables_keep_their_roles() -> None:
    root = html.document_fromstring(
        "<table><thead><tr><th scope=col>Who</th><th scope=col>What  <b>for</b></th></tr></thead>"
        "<tbody><tr><th scope=row>111</th><td>Advice</td></tr></tbody></table>"
    )
    keep_roles(root)
    roles = [each.get("role") for each in root.iter("table", "thead", "tbody", "tr", "th", "td")]
    assert roles == [
        *("table", "rowgroup", "row", "columnheader", "columnheader"),
        *("rowgroup", "row", "rowheader", "cell"),
    ]
    assert root.find(".//td").get("data-head") == "What for"


@pytest.mark.parametrize("end", ["", "<em>end</em>"])
def test_notes_lead_back(end: str) -> None:
    root = html.document_fromstring(
        '<p>A<sup><a role="doc-noteref" href="#n">1</a></sup>'
        'B<sup><a role="doc-noteref" href="#n">1</a></sup></p>'
        f'<ol role="doc-endnotes"><li id="n" role="doc-endnote">Words {end}</li></ol>'
    )
    lead_back(root, "Back")
    item = root.find(".//li")
    assert item.get("role") is None
    assert root.find(".//ol").get("role") is None
    assert [link.get("href") for link in item.iter("a")] == ["#to-n-1", "#to-n-2"]
    assert [link.get("id") for link in root.findall(".//sup/a")] == ["to-n-1", "to-n-2"]
    assert item.text_content().endswith("Back Back")
