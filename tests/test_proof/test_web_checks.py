"""What is said of web pages without a browser: of a good one nothing, of broken ones what broke."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import MakeProject, order_for, run_build

from leafpress.findings import ExitCode, Span, Verdict
from leafpress.pages.render import Markup
from leafpress.press.edition import Edition
from leafpress.press.pipeline import markup_of
from leafpress.proof.answers import Case
from leafpress.proof.judge_web import judge_web
from leafpress.proof.text.web_checks import _NUMBER, MOST_KB, WebPage, check, large
from leafpress.web.page import write_page

BAND = '<div class="band"><h3>Call 999 now</h3></div>'

BROKEN = {
    "P090 no language": ('<html lang="en-GB"', "<html"),
    "P090 two titles": ("</head>", "<title>Another</title></head>"),
    "P090 a level left out": ("<h2>", "<h4>"),
    "P091 a program": ("</body>", "<script>1</script></body>"),
    "P091 a picture from elsewhere": (
        "</main>",
        '<img src="https://x.example/a.png" alt=""></main>',
    ),
    "P091 a font from elsewhere": ("</style>", "a { background: url(https://x.example/) }</style>"),
    "P091 a press of a button": ("<main", '<main onclick="go()"'),
    "P092 an id twice": ("</main>", '<p id="main-text">Again</p></main>'),
    "P092 a link to nowhere": ('href="#main-text"', 'href="#nowhere"'),
    "P091 a style sheet": ("</head>", '<link rel="stylesheet" href="data:,"></head>'),
    "P091 an icon from elsewhere": (
        "</head>",
        '<link rel="icon" href="https://x.example/"></head>',
    ),
    "P091 a dark picture from elsewhere": (
        "</main>",
        '<picture><source srcset="https://x.example/a.png"></picture></main>',
    ),
    "P091 a choice of pictures": (
        "</main>",
        '<picture><source srcset="data:, 1x, https://x.example/a.png 2x"></picture></main>',
    ),
    "P092 a name from nowhere": ('id="formats-title"', ""),
    "P093 a letter without a font": ("Some words", "Some шords"),
    "P094 a picture without words": ("</main>", '<img src="data:image/png;base64,"></main>'),
    "P094 a drawing without words": ("</main>", '<div role="img"></div></main>'),
    "P095 other words": ("Some words", "Some other words"),
    "P095 words left out": ("Some words.", ""),
    "P113 nothing to press": ("</main>", f'<div class="emergency">{BAND}</div></main>'),
    "P113 another number": (
        "</main>",
        f'<div class="box emergency now">{BAND}<a href="tel:111">Call 111</a></div></main>',
    ),
    "P114 a draft for search engines": ('content="noindex"', 'content="all"'),
    "P115 no zoom": ("initial-scale=1", "initial-scale=1, user-scalable=no"),
    "P115 letters of one size": ('name="text-scale"', 'name="scale"'),
    "P116 two articles": ("</main>", "<article></article></main>"),
    "P116 a part outside": ("</main>", "<section><h2>Part</h2></section></main>"),
    "P116 a table without a name": ("</main>", "<table><tr><td>A</td></tr></table></main>"),
    "P116 a figure without a name": (
        "</main>",
        "<figure><div><figcaption>A</figcaption></div></figure></main>",
    ),
    "P117 a picture of no size": ("</main>", '<img alt="" src="data:image/png;base64,"></main>'),
}


SPAN = Span("en-GB/case-web.html")


@pytest.fixture
def markup(make_project: MakeProject) -> Markup:
    return markup_of(Edition("case", "en-GB", "web"), order_for(make_project()))


def test_nothing_is_wrong_with_a_good_page(markup: Markup) -> None:
    assert check(write_page(markup), markup, SPAN) == ()


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_broken_is_found(what: str, markup: Markup) -> None:
    old, new = BROKEN[what]
    page = write_page(markup).decode()
    assert old in page
    found = check(page.replace(old, new, 1).encode(), markup, SPAN)
    assert what[:4] in {each.rule for each in found}, found


def test_what_is_approved_may_be_listed(markup: Markup) -> None:
    approved = replace(markup, is_approved=True)
    page = write_page(approved)
    assert [each.rule for each in check(page, approved, SPAN)] == ["P114"]
    assert check(page.replace(b'content="noindex"', b'content="all"'), approved, SPAN) == ()


def test_a_large_page(markup: Markup) -> None:
    page = write_page(markup) + b" " * MOST_KB * 1000
    assert [each.rule for each in check(page, markup, SPAN)] == ["P096"]


@pytest.mark.parametrize(("language", "most"), [("pl", 400), ("zh-Hans", 400), ("zh-Hant", 420)])
def test_traditional_chinese_has_more_strokes(language: str, most: int) -> None:
    page = f'<html lang="{language}"><head></head><body></body></html>'
    full = page + " " * (most * 1000 - len(page))
    assert list(large(WebPage(full, None), SPAN)) == []
    (larger,) = large(WebPage(full + " " * 600, None), SPAN)
    assert larger.rule == "P096"


def test_pages_beside_it(markup: Markup, tmp_path: Path) -> None:
    """A page in another language that is not there is told when the pages are proven."""
    link = '<p><a href="../pl/case-web.html">Polski</a></p></main>'
    page = write_page(markup).decode().replace("</main>", link)
    (tmp_path / "en-GB").mkdir()
    file = tmp_path / "en-GB" / "case-web.html"
    file.write_text(page)
    case = Case(SPAN.file, file, None, None)
    answers = {each.rule: each for each in judge_web(case)}
    assert [each.rule for each in answers["P097"].findings] == ["P097", "P097"]
    assert answers["P097"].figure == "0 of 2 are there"
    assert answers["P114"].verdict is Verdict.NOT_CHECKED
    assert answers["P095"].verdict is Verdict.NOT_CHECKED
    (tmp_path / "pl").mkdir()
    (tmp_path / "pl" / "case-web.html").touch()
    (tmp_path / "en-GB" / "case-a4.pdf").touch()
    answers = {each.rule: each for each in judge_web(case)}
    assert not answers["P097"].findings


def test_pages_that_nobody_asked_for(markup: Markup, tmp_path: Path) -> None:
    """Of a part of all formats, `prove` asks whether that part is whole, and counts the others."""
    (tmp_path / "en-GB").mkdir()
    file = tmp_path / "en-GB" / "case-web.html"
    file.write_bytes(write_page(markup))
    for outputs, missed in ({"en-GB/case-web.html"}, 0), ({"en-GB/case-a4.pdf"}, 1):
        case = Case("en-GB/case-web.html", file, None, None, outputs=frozenset(outputs))
        answers = {each.rule: each for each in judge_web(case)}
        assert len(answers["P097"].findings) == missed
        assert (", 1 not asked for" in answers["P097"].figure) is not bool(missed)


def test_prove_takes_web_pages(make_project: MakeProject) -> None:
    root = make_project()
    done = run_build(root, "-L", "en-GB", "--format", "web", "--prove")
    assert done.returncode == ExitCode.OK, done.stdout + done.stderr
    proof = (root / "out" / "proof" / "en-GB-case-web.json").read_text()
    assert set(re.findall(r'"verdict": "(.*?)"', proof)) == {"pass"}
    assert '"rule": "P097"' in proof


def test_a_number_with_its_area_code_is_one_number() -> None:
    """“020 7946 0000” was taken for the number 020, which nothing calls."""
    assert _NUMBER.findall("Call A clinic 020 7946 0000 or NHS 111") == ["020 7946 0000", "111"]
