"""The last line of a section: the numbers of its sources, as they stand in their list."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import MakeProject, order_for
from lxml import html

from leafpress.pages.citations import _between
from leafpress.plain.reading import read
from leafpress.plain.text import write
from leafpress.press.edition import Edition
from leafpress.press.pipeline import markup_of
from leafpress.translation.language import LANGUAGES


def _page(root: Path, format_: str, language: str = "en-GB") -> html.HtmlElement:
    markup = markup_of(Edition("case", language, format_), order_for(root))
    return html.document_fromstring(markup.html)


@pytest.mark.parametrize("format_", ["a4", "web"])
def test_only_the_section_that_has_sources_ends_in_their_numbers(
    format_: str, make_project: MakeProject
) -> None:
    cited = _page(make_project("kinds.yaml"), format_).xpath('//p[@class="cited"]')
    assert [line.text_content() for line in cited] == ["Sources: 1, 2"]
    assert cited[0].getparent().get("id") == "one"
    assert cited[0].getnext() is None


def test_in_large_print_the_list_alone_says_it(make_project: MakeProject) -> None:
    page = _page(make_project("kinds.yaml"), "large-print-24")
    assert not page.xpath('//p[@class="cited"]')
    assert page.xpath('//ol[@class="sources"]/li')


def test_the_line_leads_to_the_list(make_project: MakeProject) -> None:
    page = _page(make_project("kinds.yaml"), "a4")
    (target,) = page.xpath('//p[@class="cited"]/a/@href')
    (section,) = page.xpath(f'//*[@id="{target[1:]}"]')
    assert section.xpath('.//ol[@class="sources"]/li')


def test_both_halves_of_a_pair_have_the_line(make_project: MakeProject) -> None:
    page = _page(make_project("kinds.yaml"), "bilingual", "ar-XB")
    links = page.xpath('//p[@class="cited"]/a/@href')
    assert links == ["#two", "#english-two"]
    assert set(page.xpath("//@id")) >= {link[1:] for link in links}


def test_a_listener_of_plain_text_has_the_line(make_project: MakeProject) -> None:
    order = order_for(make_project("kinds.yaml"))
    words = write(read(markup_of(Edition("case", "en-GB", "text"), order)))
    assert words.count("Sources: 1, 2\n") == 1


@pytest.mark.parametrize(("tag", "comma"), [("en-GB", ", "), ("ur", "، "), ("ckb", "، ")])
def test_what_stands_between_numbers(tag: str, comma: str) -> None:
    """Of Sorani CLDR knows no more than English."""
    assert _between(LANGUAGES[tag]) == comma
