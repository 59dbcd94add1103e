"""Markup: what stands in the HTML, compared with pages that a person has read."""

from __future__ import annotations

import pytest
from conftest import REFERENCE, ROOT, Reference
from lxml import html

from leafpress.content.project import Project
from leafpress.pages.formats import FORMATS
from leafpress.pages.render import Markup, render
from leafpress.translation.language import LANGUAGES
from leafpress.translation.translate import translate

PROJECT = Project.at(ROOT)


def _markup(leaflet: str, tag: str, **clinic: object) -> Markup:
    translation = translate(
        PROJECT.leaflet(leaflet), PROJECT.contacts, LANGUAGES[tag], PROJECT.root
    )
    assert PROJECT.clinic.model is not None
    changed = PROJECT.clinic.model.model_copy(update=clinic)
    return render(PROJECT, changed, translation, FORMATS["a4"])


@pytest.mark.parametrize("tag", ["en-GB", "ur"])
def test_as_it_was_read(tag: str, reference: Reference) -> None:
    reference.check(REFERENCE / "markup" / f"neck-pain-{tag}.html", _markup("neck-pain", tag).html)


@pytest.mark.parametrize("tag", ["en-GB", "cy", "pl", "ur", "bn"])
def test_every_page_says_what_was_not_checked(tag: str) -> None:
    page = html.document_fromstring(_markup("back-pain", tag).html)
    foot = page.find_class("running-foot")[0].text_content()
    assert "Draft: not yet checked by a clinician" in foot
    masthead = page.find_class("masthead")[0]
    assert masthead.find_class("draft")
    if tag != "en-GB":
        assert "Machine translation: not yet checked" in foot
        assert len(page.find_class("running-foot")[0].findall("p")) == 2


def test_direction_and_language() -> None:
    page = html.document_fromstring(_markup("back-pain", "ur").html)
    assert (page.get("lang"), page.get("dir")) == ("ur", "rtl")
    numbers = [a for a in page.iter("a") if (a.get("href") or "").startswith("tel:")]
    assert numbers
    # A link of words and a number, “NHS 111, option 2”, holds its Latin piece apart.
    assert all(a.get("dir") == "ltr" or a.xpath('span[@dir="ltr"]') for a in numbers)


def test_a_qr_code_only_with_an_address() -> None:
    assert "<svg" not in _markup("back-pain", "en-GB").html
    address = "https://clinic.example/{language}/{leaflet}"
    with_code = _markup("back-pain", "en-GB", leaflet_address=address).html
    assert "<svg" in with_code
    assert 'href="https://clinic.example/en-GB/back-pain"' in with_code


def test_only_listed_files_are_used() -> None:
    markup = _markup("back-pain", "bn")
    page = html.document_fromstring(markup.html)
    used = {image.get("src") for image in page.iter("img")}
    assert used
    assert used <= markup.resources.keys()


def test_clinic_words_are_escaped() -> None:
    assert "<b>" not in _markup("back-pain", "en-GB", name="<b>Clinic</b>").html
