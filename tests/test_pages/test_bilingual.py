"""Two languages on one page: every block in both, under one number, each in its own language."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from conftest import ROOT, order_for, run_build
from lxml import html

from leafpress.findings import Span
from leafpress.pages.render import Markup
from leafpress.pdf.layout import lay_out
from leafpress.pdf.metadata import DEFAULT, PROFILES
from leafpress.press.edition import Edition
from leafpress.press.pipeline import markup_of
from leafpress.proof.layout import layout_checks
from leafpress.proof.tags import blocks, tagged

FORMATS = ("bilingual", "bilingual-turns")


def _markup(tag: str, format_: str = "bilingual") -> Markup:
    return markup_of(Edition("back-pain", tag, format_), order_for(ROOT))


@pytest.mark.parametrize("tag", ["cy", "pl", "ur", "bn"])
def test_the_fullest_leaflet_keeps_its_first_box(tag: str) -> None:
    """In Welsh it ended a page too late, and `make` failed: no test built that edition."""
    page = markup_of(Edition("neck-pain", tag, "bilingual"), order_for(ROOT))
    rendering = lay_out(page, PROFILES[DEFAULT], Span(f"{tag}/neck-pain-bilingual.pdf"))
    assert layout_checks.check(rendering) == ()


@pytest.mark.parametrize("tag", ["pl", "ur", "bn"])
def test_pairs(tag: str) -> None:
    page = html.document_fromstring(_markup(tag).html)
    numbers = []
    for pair in page.find_class("pair"):
        halves = pair.find_class("half-of-pair")
        found = [half.find_class("block-number") for half in halves]
        if "pair-of-sources" in pair.get("class"):
            continue  # sources are in English: they stand once
        assert [half.get("lang") for half in halves] == [tag, "en-GB"]
        assert halves[0].get("dir") == ("rtl" if tag == "ur" else "ltr")
        assert halves[1].get("dir") == "ltr"
        assert len({number.text for each in found for number in each}) <= 1
        numbers += [each[0].text for each in found if each]
    assert len(numbers) > 40
    assert set(Counter(numbers).values()) == {2}


def test_both_halves_say_the_same_kinds_of_thing() -> None:
    page = html.document_fromstring(_markup("ur").html)
    seen = 0
    for pair in page.find_class("pair"):
        halves = pair.find_class("words-of-pair")
        if len(halves) == 2 and not pair.find_class("draft"):
            own, english = (
                [each.tag for each in half.iter() if each.tag == "li"] for half in halves
            )
            assert own == english
            seen += len(own)
    assert seen > 30


def test_ids_stand_once_and_links_lead_somewhere() -> None:
    page = html.document_fromstring(_markup("bn").html)
    ids = Counter(page.xpath("//@id"))
    assert ids
    assert max(ids.values()) == 1
    assert all(href[1:] in ids for href in page.xpath("//a/@href[starts-with(., '#')]"))


def test_every_block_of_the_file_has_its_language(tmp_path: Path) -> None:
    done = run_build(ROOT, "-l", "back-pain", "-L", "ur", "-f", "bilingual", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    with pikepdf.open(tmp_path / "ur" / "back-pain-bilingual.pdf") as pdf:
        found = blocks.of_file(tagged.read(pdf))
    wanted = blocks.of_markup(_markup("ur").html)
    assert {tag for each in found for tag, _ in each.words} >= {"ur", "en-GB"}
    assert found == wanted
