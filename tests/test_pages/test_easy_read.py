"""The easy-read page: each sentence with its picture, in every language."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT, MakeProject, order_for, run_build
from lxml import html

from leafpress.content.model import printed
from leafpress.content.project import Project
from leafpress.content.region import in_region
from leafpress.findings import ExitCode
from leafpress.pages import services
from leafpress.pages.render import Markup
from leafpress.pdf import boxes
from leafpress.pdf.layout import lay_out
from leafpress.pdf.metadata import PROFILES
from leafpress.press import inputs
from leafpress.press.edition import Edition
from leafpress.press.pipeline import markup_of
from leafpress.proof.layout import layout_checks

PROJECT = Project.at(ROOT)
LEAFLETS = ("back-pain", "cannabis-medicines", "neck-pain")
MOST_PAGES = 24
"""GOV.UK, "Accessible communication formats"."""


@cache
def _markup(leaflet: str, language: str) -> Markup:
    return markup_of(Edition(leaflet, language, "easy-read"), order_for(ROOT))


def _pairs(markup: Markup) -> list[tuple[str, str]]:
    """The words and the alternative text of each pair, in the order of listening."""
    pairs = []
    for pair in html.document_fromstring(markup.html).find_class("pictured"):
        said, picture = pair
        assert said.tag == "div"
        assert picture.tag == "img"
        pairs.append((said.text_content().strip(), picture.get("alt")))
    return pairs


@pytest.mark.parametrize("leaflet", LEAFLETS)
@pytest.mark.parametrize("language", ["en-GB", "cy", "pl", "ur", "bn"])
def test_each_sentence_has_a_picture_that_says_what_it_shows(leaflet: str, language: str) -> None:
    pairs, english = _pairs(_markup(leaflet, language)), _pairs(_markup(leaflet, "en-GB"))
    assert len(pairs) > 30
    assert all(said and shows for said, shows in pairs)
    if language != "en-GB":
        assert not {shows for _, shows in pairs} & {shows for _, shows in english}


def test_what_pictograms_show_is_an_input() -> None:
    """An edition is stale when the list of pictograms changed, or a picture that it shows."""
    edition = Edition("neck-pain", "en-GB", "easy-read")
    files = inputs.of(Project.at(ROOT), edition, _markup("neck-pain", "en-GB"))
    shown = {Path(name).name for name in files if "leaflets/pictograms/" in name}
    assert {"pictograms.yaml", "face-drops.svg", "fit.svg"} <= shown
    assert "locked.svg" not in shown


def test_what_stands_above_the_first_box() -> None:
    """The foot is brief, so that the masthead says all: whom it is for, and that it is a draft."""
    (masthead,) = html.document_fromstring(_markup("neck-pain", "ur").html).find_class("masthead")
    for part in ("label", "summary", "draft"):
        (words,) = masthead.find_class(part)
        assert words.text_content().strip()


def test_the_numbers_that_sentences_name_are_printed() -> None:
    page = html.document_fromstring(_markup("cannabis-medicines", "en-GB").html)
    listed = page.xpath('//section[last() - 1]//strong/a[starts-with(@class, "call")]/@href')
    leaflet, contacts = PROJECT.leaflet("cannabis-medicines").model, PROJECT.contacts.model
    assert leaflet is not None
    assert contacts is not None
    here = printed(in_region(leaflet, "england"), easy_read=True)
    named = (contacts.get(id_, "england") for id_ in services.called(here))
    numbers = {
        "tel:" + each.telephone.replace(" ", "") for each in named if each and each.telephone
    }
    assert {"tel:999"} < numbers <= set(listed)


@pytest.mark.parametrize(
    ("leaflet", "language"),
    [("back-pain", "en-GB"), ("neck-pain", "ur"), ("cannabis-medicines", "en-XA")],
)
def test_pages(leaflet: str, language: str) -> None:
    """Nothing wrong with the pages; pictures at the start of the line, whole with their words."""
    edition, markup = Edition(leaflet, language, "easy-read"), _markup(leaflet, language)
    rendering = lay_out(markup, PROFILES["ua1+a2a"], edition.place)
    assert layout_checks.check(rendering) == ()
    assert rendering.pages <= MOST_PAGES
    elements = list(boxes.elements(boxes.seen(rendering)))
    pairs = [each for each in elements if "pictured" in each.classes]
    assert len(pairs) == len(_pairs(markup))  # an element that was cut would be here twice
    starts = [_start(elements, pair, markup) for pair in pairs]
    assert len(starts) > 30
    assert all(starts)


def _start(
    elements: list[boxes.LaidOutElement], pair: boxes.LaidOutElement, markup: Markup
) -> bool:
    """Whether the pair's picture stands where its lines begin."""
    inside = [each for each in elements if _holds(pair, each)]
    (picture,) = (each for each in inside if each.tag == "img")
    said = next(each for each in inside if "said" in each.classes)  # lines in it follow
    if markup.language.direction == "rtl":
        return picture.left >= said.right
    return picture.right <= said.left


def _holds(pair: boxes.LaidOutElement, each: boxes.LaidOutElement) -> bool:
    within = pair.top - 0.1 <= each.top and each.bottom <= pair.bottom + 0.1
    return each.page == pair.page and within


def test_a_leaflet_without_easy_words_is_not_offered(make_project: MakeProject) -> None:
    root = make_project()
    done = run_build(root, "--format", "easy-read", "--language", "en-GB")
    assert done.returncode == ExitCode.USAGE
    assert "B012" in done.stderr
    assert "easy_read:" in done.stderr
