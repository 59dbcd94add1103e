"""Abbreviations are explained in brackets where they first stand, once, for all who read."""

from __future__ import annotations

import pytest
from conftest import MakeProject, order_for
from lxml import html

from leafpress.content.clinic import Clinic
from leafpress.content.project import Project
from leafpress.content.region import Directory
from leafpress.pages.abbreviations import explained
from leafpress.pages.formats import FORMATS
from leafpress.pages.inline_html import InlineHtml
from leafpress.press.edition import Edition
from leafpress.press.pipeline import markup_of
from leafpress.translation.language import LANGUAGES

NICE = '[NICE]{abbr="National Institute"}'
TITLE = '<abbr title="National Institute">NICE</abbr>'

PAGES = {
    "the first of three": (
        ["en-GB:" + f"{NICE} says so.", f"en-GB:So says {NICE}; {NICE} is sure."],
        f"<abbr>NICE</abbr> (National Institute) says so.|So says {TITLE}; {TITLE} is sure.",
    ),
    "in bold": (
        [f"en-GB:**{NICE}** says"],
        "<strong><abbr>NICE</abbr> (National Institute)</strong> says",
    ),
    "the text says it before": (
        [f"en-GB:The National Institute ({NICE}) says", f"en-GB:{NICE}"],
        f"The National Institute (<abbr>NICE</abbr>) says|{TITLE}",
    ),
    "the text says it behind": (
        [f"en-GB:{NICE}, the national institute"],
        "<abbr>NICE</abbr>, the national institute",
    ),
    "a text before says both": (
        ["en-GB:NICE (National Institute)", f"en-GB:{NICE} says"],
        "NICE (National Institute)|<abbr>NICE</abbr> says",
    ),
    "a text before says one": (
        ["en-GB:A National Institute", f"en-GB:{NICE} says"],
        "A National Institute|<abbr>NICE</abbr> (National Institute) says",
    ),
    "another case": (
        ['en-GB:[GP]{abbr="General practitioner"}', 'en-GB:[GP]{abbr="general practitioner"}'],
        '<abbr>GP</abbr> (General practitioner)|<abbr title="general practitioner">GP</abbr>',
    ),
    "signs": (
        ['en-GB:[A&E]{abbr="accident & emergency"}'],
        "<abbr>A&amp;E</abbr> (accident &amp; emergency)",
    ),
    "in each language": (
        [f"en-GB:{NICE}", 'pl:[NICE]{abbr="Instytut"}', 'pl:[NICE]{abbr="Instytut"}'],
        "<abbr>NICE</abbr> (National Institute)|<abbr>NICE</abbr> (Instytut)"
        '|<abbr title="Instytut">NICE</abbr>',
    ),
    "Latin in Urdu": (
        [f"ur:{NICE} درد"],
        '<abbr><span dir="ltr">NICE</span></abbr> <span dir="ltr">(National Institute)</span> درد',
    ),
    "Urdu in Urdu": (['ur:[این]{abbr="قومی ادارہ"} درد'], "<abbr>این</abbr> (قومی ادارہ) درد"),
}


@pytest.mark.parametrize("page", PAGES)
def test_once(page: str, make_project: MakeProject) -> None:
    """Each text with its language; what becomes of them on one page."""
    texts, expected = PAGES[page]
    project = Project.at(make_project())
    assert isinstance(project.clinic.model, Clinic)
    assert project.contacts.model is not None
    directory = Directory(project.clinic.model, project.contacts.model)
    lines = [text.partition(":") for text in texts]
    shown = [
        InlineHtml(LANGUAGES[tag], directory, FORMATS["a4"]).html(words) for tag, _, words in lines
    ]
    page_of = "".join(f"<p>{line}</p>" for line in shown)
    assert explained(page_of) == "".join(f"<p>{line}</p>" for line in expected.split("|"))


@pytest.mark.parametrize(
    "format_id", ["a4", "large-print-24", "booklet", "web", "text", "braille-1"]
)
def test_in_every_format(format_id: str, make_project: MakeProject) -> None:
    """Neither `title` nor a listener's long form is needed to read the first one."""
    root = make_project("long.yaml")
    markup = markup_of(Edition("case", "en-GB", format_id), order_for(root))
    assert FORMATS[format_id]
    words = " ".join(html.document_fromstring(markup.html).text_content().split())
    assert words.count("NICE (National Institute for Health and Care Excellence)") == 1
    assert "data-in" not in markup.html
    assert "long-form" not in markup.html
