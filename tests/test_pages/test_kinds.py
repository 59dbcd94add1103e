"""Key points, questions, what is not known, 100 people, entries by region: in every format."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pypdfium2
import pytest
from conftest import ROOT, MakeProject, order_for
from lxml import html

from leafpress.findings import Severity
from leafpress.pages import people
from leafpress.pages.formats import FORMATS
from leafpress.plain.reading import read
from leafpress.plain.text import write
from leafpress.press.edition import Edition, Status
from leafpress.press.pipeline import build, markup_of

REGIONS = ("england", "scotland", "wales", "northern-ireland")
MADE = [
    ("en-GB", "a4"),
    ("en-GB", "booklet-pages"),
    ("en-GB", "large-print-28"),
    ("en-GB", "a4-yellow-on-black"),
    ("en-GB", "web"),
    ("en-GB", "braille-1"),
    ("en-XA", "bilingual"),
    ("ar-XB", "a4"),
    ("ar-XB", "bilingual-turns"),
    ("ar-XB", "web"),
    ("ar-XB", "easy-read"),
]


def _in(root: Path, region: str) -> None:
    file = root / "clinic.yaml"
    words = file.read_text().replace("region: england", f"region: {region}")
    file.write_text(f"{words}gp_out_of_hours: 028 9649 6000\n")


def _text(root: Path, language: str = "en-GB") -> str:
    return write(read(markup_of(Edition("case", language, "text"), order_for(root))))


def _with_pictograms(root: Path) -> Path:
    """The project with all pictograms: the easy-read template shows some of its own."""
    shutil.copytree(ROOT / "leaflets/pictograms", root / "leaflets/pictograms", dirs_exist_ok=True)
    return root


def _easy(root: Path) -> list[str]:
    """The words of each page of the easy-read edition."""
    order = order_for(_with_pictograms(root))
    outcome = build(Edition("case", "en-GB", "easy-read"), order, None)
    assert outcome.status is Status.BUILT, outcome.findings
    with pypdfium2.PdfDocument(root / "out" / outcome.edition.output) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


@pytest.mark.parametrize(("language", "format_"), MADE)
def test_every_format_is_made(language: str, format_: str, make_project: MakeProject) -> None:
    root = _with_pictograms(make_project("kinds.yaml"))
    outcome = build(Edition("case", language, format_), order_for(root), None)
    errors = [each for each in outcome.findings if each.severity is Severity.ERROR]
    assert (outcome.status, errors) == (Status.BUILT, [])


@pytest.mark.parametrize("region", REGIONS)
def test_entries_by_region(region: str, make_project: MakeProject) -> None:
    root = make_project("kinds.yaml")
    _in(root, region)
    found = _text(root)
    assert ("You live in Wales." in found) == (region == "wales")
    assert ("Your smile drops in Wales." in found) == (region == "wales")
    assert ("In England call" in found) == (region == "england")
    assert ("In Scotland call" in found) == (region != "england")
    assert ("Who helps in England?" in found) == (region == "england")
    assert ("What: C." in found) == (region == "scotland")
    assert ("What: E." in found) == (region == "england")
    assert ("- two\n" in found) == (region == "england")


def test_signs_in_groups_stand_under_small_headings(make_project: MakeProject) -> None:
    """The order in which they are read out: a heading of level 4, and the list that it names."""
    markup = markup_of(Edition("case", "en-GB", "a4"), order_for(make_project("kinds.yaml")))
    page = html.document_fromstring(markup.html)
    heard = [
        (element.tag, " ".join(element.text_content().split()))
        for element in page.xpath("//h4 | //h4/following-sibling::*[1]")
    ]
    assert heard == [
        ("h4", "In your face"),
        ("ul", "Your face drops."),
        ("h4", "In your chest"),
        ("ul", "Your chest hurts."),
    ]


def test_where_to_go_by_region(make_project: MakeProject) -> None:
    root = make_project("kinds.yaml")
    assert "Who to call: Emergency services 999. Or go to A&E. How soon: Now." in _text(root)
    _in(root, "northern-ireland")
    found = " ".join(_text(root).split())
    assert "Call 999 or go to the Emergency Department now" in found
    assert "Or go to the Emergency Department. How soon: Now." in found


def test_headings_that_no_author_writes(make_project: MakeProject) -> None:
    markup = markup_of(Edition("case", "en-GB", "a4"), order_for(make_project("kinds.yaml")))
    page = html.document_fromstring(markup.html)
    heads = [each.text_content() for each in page.xpath('//div[contains(@class, "box")]/h3')]
    assert heads == ["Key points", "What is not known", "Questions to ask"]


def test_a_book_has_no_address(make_project: MakeProject) -> None:
    markup = markup_of(Edition("case", "en-GB", "a4"), order_for(make_project("kinds.yaml")))
    items = html.document_fromstring(markup.html).xpath('//ol[@class="sources"]/li')
    assert [each.text_content() for each in items][1] == "A book. A publisher."
    assert [len(each.findall("a")) for each in items] == [1, 0]


@pytest.mark.parametrize("count", [0, 1, 67, 100])
def test_a_hundred_people(count: int) -> None:
    svg = html.fragment_fromstring(people.drawn(count, FORMATS["a4"], right_to_left=False))
    solid, outlined = svg.iter("path")
    assert [_figures(solid), _figures(outlined)] == [count, 100 - count]
    assert (solid.get("fill"), outlined.get("fill")) == ("#12344d", "none")


def _figures(path: html.HtmlElement) -> int:
    """How many figures a path draws: a head and a body are two pieces."""
    return len(re.findall("z", path.get("d"))) // 2


def test_people_are_filled_in_from_where_reading_begins() -> None:
    firsts = {
        turned: re.findall(r'd="M([\d.]+)', people.drawn(1, FORMATS["a4"], right_to_left=turned))[0]
        for turned in (False, True)
    }
    assert firsts == {False: "3", True: "93"}


def test_people_follow_the_colours_of_a_format() -> None:
    yellow = people.drawn(50, FORMATS["a4-yellow-on-black"], right_to_left=False)
    assert "#ffff00" in yellow
    assert "#12344d" not in yellow
    assert "currentColor" in people.drawn(50, FORMATS["web"], right_to_left=False)


def test_people_are_heard_with_their_number(make_project: MakeProject) -> None:
    root = make_project("kinds.yaml")
    markup = markup_of(Edition("case", "en-GB", "a4"), order_for(root))
    labels = html.document_fromstring(markup.html).xpath('//*[@role="img"]/@aria-label')
    assert labels == [f"A picture of 100 people. Filled in: {count}." for count in (83, 67)]
    found = " ".join(_text(root).split())
    assert "Side effects in one trial 83 of 100 people who took the extract" in found
    assert "Picture" not in found


def test_an_easy_read_box_says_what_to_do_on_every_page(make_project: MakeProject) -> None:
    """The second box begins on page 1 and ends on page 2; the words explained stand in none."""
    root = make_project("kinds.yaml")
    file = root / "leaflets" / "case.yaml"
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join(each for each in lines if "text: You cannot" not in each))
    pages = _easy(root)
    of_the_box = [page for page in pages if "Your pain is so bad" in page]
    assert [page.count("Call 999 now") for page in of_the_box] == [1, 1]
    assert [page.count("Call 999 or go to A&E now") for page in pages[:2]] == [1, 0]
    after = next(index for index, page in enumerate(pages) if "What you can do" in page) + 1
    assert [page for page in pages[after:] if "Call" in page] == []


def test_whom_an_easy_read_box_calls_is_listed(make_project: MakeProject) -> None:
    root = make_project("kinds.yaml")
    file = root / "leaflets" / "case.yaml"
    today = "      urgency: today\n"
    file.write_text(file.read_text().replace(today, f"{today}      call: [crisis, clinic]\n"))
    words = " ".join("".join(_easy(root)).split())
    assert re.search(r"Call NHS 111, option 2 or A clinic [\d ]+ today", words)
    assert "Mental health crisis." in words


def test_no_punctuation_of_ours_after_a_translated_text() -> None:
    """A full stop, colon or semicolon belongs to the language, so it stands in the message."""
    after = re.compile(r"(?:endtrans %}|(?:inline|plain)\([^}]*\) }})(?:</\w+>)?\s*[.:;]")
    files = [*(ROOT / "templates").rglob("*.html"), ROOT / "templates" / "email.txt"]
    faults = {file.name: after.findall(file.read_text()) for file in files}
    assert {name: found for name, found in faults.items() if found} == {}
