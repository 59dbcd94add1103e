"""Lines as HTML: spans around pieces that run the other way, and what cannot have one (P098)."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import MakeProject, order_for
from urdu import write_urdu

from leafpress.content.clinic import Clinic
from leafpress.content.project import Project
from leafpress.content.region import Directory
from leafpress.findings import Finding, Problem
from leafpress.pages.formats import FORMATS
from leafpress.pages.inline_html import InlineHtml
from leafpress.press.edition import Edition
from leafpress.press.pipeline import check, markup_of
from leafpress.translation.language import LANGUAGES


def _inline(root: Path, tag: str) -> InlineHtml:
    project = Project.at(root)
    clinic, contacts = project.clinic.model, project.contacts.model
    assert isinstance(clinic, Clinic)
    assert contacts is not None
    return InlineHtml(LANGUAGES[tag], Directory(clinic, contacts), FORMATS["a4"])


LTR = 'dir="ltr"'
WHOLE = 'dir="ltr" class="together"'

URDU = [
    (
        "درد **300** mg لیں",
        f"درد <span {WHOLE}><strong>300</strong> mg</span> لیں",
    ),
    ("**300 mg** لیں", f"<strong><span {WHOLE}>300 mg</span></strong> لیں"),
    ("لیں **5**–*10* mg", f"لیں <span {LTR}><strong>5</strong>–<em>10</em> mg</span>"),
    (
        "**درد 5 mg** x",
        f"<strong>درد <span {WHOLE}>5 mg</span></strong> <span {LTR}>x</span>",
    ),
    ("درد **لیں 5** mg", "درد <strong>لیں 5</strong> mg"),  # P098: begins inside, ends outside
    (
        "[NHS](https://a.example) 111 پر",
        f'<span {LTR}><a href="https://a.example">NHS</a> 111</span> پر',
    ),
    ("[درد](#one) -5 °C", f'<a href="#one">درد</a> <span {LTR}>-5 °C</span>'),
    ("[A & B]{lang=pl} 5 درد", f'<span lang="pl" {LTR}>A &amp; B</span> 5 درد'),
    (
        "[Call 999. Now, please.]{lang=en-GB} درد",
        f'<span lang="en-GB" {LTR}>Call 999. Now, please.</span> درد',
    ),
    (
        '[NICE]{abbr="National (UK)"} درد',
        f'<abbr data-in="ur" title="\u2066National (UK)\u2069"><span {LTR}>NICE</span></abbr>'
        f"<!--long-form--> <span {LTR}>(National (UK))</span><!--/long-form--> درد",
    ),
]


@pytest.mark.parametrize(("text", "expected"), URDU)
def test_pieces_in_urdu(text: str, expected: str, make_project: MakeProject) -> None:
    assert str(_inline(make_project(), "ur").html(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Say [درد 5 mg]{lang=ur} now",
            f'Say <span lang="ur" dir="rtl">درد <span {WHOLE}>5 mg</span></span> now',
        ),
        (
            "Say [**درد** لیں]{lang=he} now",
            'Say <span lang="he" dir="rtl"><strong>درد</strong> لیں</span> now',
        ),
        ("Say [Ble mae'r boen]{lang=cy}", 'Say <span lang="cy">Ble mae&#39;r boen</span>'),
    ],
)
def test_phrases_of_other_languages(text: str, expected: str, make_project: MakeProject) -> None:
    assert str(_inline(make_project(), "en-GB").html(text)) == expected


def test_words_for_attributes(make_project: MakeProject) -> None:
    assert _inline(make_project(), "ur").alone("درد **-5 °C**") == "درد \u2066-5 °C\u2069"


def _found(root: Path) -> list[Finding]:
    found = check(Edition("case", "ur", "a4"), order_for(root))
    return [finding for finding in found if finding.rule == "P098"]


def test_a_piece_that_begins_outside_strong_words(make_project: MakeProject) -> None:
    root = make_project()
    write_urdu(root, {"Some words.": "Take **the 5** mg."}, {"Some words.": "یہ **لیں 5** mg"})
    found = _found(root)
    assert [str(finding.span) for finding in found] == ["ur/case-a4.pdf"]
    assert "“5 mg” in “یہ لیں 5 mg”" in found[0].sentence


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("blocks/paragraph.html", "<p>-5 °C درد</p>"),
        ("blocks/paragraph.html", "<p>درد <b>(020)</b> 7946 0000</p>"),
        ("blocks/paragraph.html", '<p title="درد C++">درد</p>'),
        ("blocks/paragraph.html", "<ul><li>درد</li><li>5 mg لیں</li></ul>"),
        ("parts/title.html", "<h1>{{ leaflet.made_by }} {{ clinic.telephone }}</h1>"),
    ],
)
def test_what_a_template_puts_there_bare(part: str, change: str, make_project: MakeProject) -> None:
    root = make_project()
    write_urdu(root, {}, {})
    assert _found(root) == []
    (root / "templates" / part).write_text(change)
    assert len(_found(root)) == 1


def test_a_build_stops_there(make_project: MakeProject) -> None:
    root = make_project()
    write_urdu(root, {}, {})
    (root / "templates" / "blocks" / "paragraph.html").write_text("<p>-5 °C درد</p>")
    with pytest.raises(Problem) as caught:
        markup_of(Edition("case", "ur", "web"), order_for(root))
    assert [finding.rule for finding in caught.value.findings] == ["P098"]
