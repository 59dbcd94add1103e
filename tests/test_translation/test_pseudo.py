"""No text that a reader sees escapes translation: the pseudo-languages show it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from conftest import ROOT
from lxml import html

from leafpress.content.project import Project
from leafpress.pages.formats import FORMATS
from leafpress.pages.render import render
from leafpress.translation.language import LANGUAGES
from leafpress.translation.translate import translate

PROJECT = Project.at(ROOT)
LATIN = re.compile("[A-Za-z]{2,}")
READ_ALOUD = ("alt", "aria-label", "title")


def _page(leaflet: str, tag: str) -> html.HtmlElement:
    clinic = PROJECT.clinic.model
    assert clinic is not None
    full = clinic.model_copy(
        update={"leaflet_address": "https://a.example/{language}/{leaflet}", "logo_alt": "2"}
    )
    translation = translate(
        PROJECT.leaflet(leaflet), PROJECT.contacts, LANGUAGES[tag], PROJECT.root
    )
    return html.document_fromstring(render(PROJECT, full, translation, FORMATS["a4"]).html)


def _is_exempt(element: html.HtmlElement) -> bool:
    """Marked as not to be translated, an address or number, or a day in Babel's words."""
    chain = [element, *element.iterancestors()]
    return any(
        each.get("translate") == "no"
        or each.tag in {"style", "script", "svg", "time"}
        or (each.tag == "a" and each.get("dir") == "ltr")
        for each in chain
    )


def _shown(page: html.HtmlElement) -> Iterator[str]:
    for element in page.iter():
        if not isinstance(element.tag, str) or _is_exempt(element):
            continue
        yield element.text or ""
        yield from (element.get(name) or "" for name in READ_ALOUD)
        if element.tag == "meta" and element.get("name") in {"author", "description"}:
            yield element.get("content") or ""
    for element in page.iter():
        parent = element.getparent()
        if parent is not None and not _is_exempt(parent):
            yield element.tail or ""


@pytest.mark.parametrize("leaflet", PROJECT.leaflet_ids())
def test_nothing_latin_in_a_mirrored_leaflet(leaflet: str) -> None:
    shown = [text for text in _shown(_page(leaflet, "ar-XB")) if LATIN.search(text)]
    assert shown == []


@pytest.mark.parametrize("leaflet", PROJECT.leaflet_ids())
def test_an_accented_leaflet_is_longer(leaflet: str) -> None:
    plain = _page(leaflet, "en-GB").text_content()
    accented = _page(leaflet, "en-XA").text_content()
    assert accented.count("«") == accented.count("»") > 100
    assert len(accented) > 1.25 * len(plain)


def test_the_check_would_find_something() -> None:
    page = html.document_fromstring("<p>English</p><p translate='no'>Name</p>")
    assert [text for text in _shown(page) if LATIN.search(text)] == ["English"]
