"""A page is painted in the order in which it is heard, and looks as before."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pytest
from conftest import ROOT

from leafpress.findings import Span
from leafpress.joining.join import join, prepare
from leafpress.pages import fonts
from leafpress.pages.formats import FORMATS
from leafpress.pages.render import Markup
from leafpress.pages.type_style import Style
from leafpress.pdf.booklet.booklet import impose
from leafpress.pdf.layout import lay_out, write_pdf
from leafpress.pdf.metadata import DEFAULT, PROFILES
from leafpress.pdf.tags import tagging
from leafpress.proof.channels.rasterise import PdfiumDocument
from leafpress.proof.tags import content_marks, tagged
from leafpress.proof.tags.place_checks import painted_as_heard
from leafpress.translation.language import LANGUAGES

PICTURE = '<img src="figures/picture.svg" alt="A picture">'
NUMBERED = '<img src="figures/numbered.svg" alt="Two parts">'
STYLE = Style(
    "tests/test_pdf/paint_order.css",
    fonts.css(fonts.faces("latin"))
    + f"""
    @page {{ size: A5; margin: 20mm; @top-center {{ content: "Head" }}
      @bottom-center {{ content: "Page " counter(page) }} }}
    html {{ font: 12pt/1.4 "{fonts.LATIN}" }}
    ul {{ list-style-type: disc }}
    img {{ width: 20mm; image-rendering: crisp-edges }}
    table {{ border-collapse: collapse }}
    """,
)

CASES = {
    "markers": ("<ul><li>One</li><li>Two</li></ul><p>Three</p>", "• One • Two Three"),
    "a list in a list": (
        "<ul><li>One<ul><li>Two</li></ul></li><li>Three</li></ul>",
        "• One • Two • Three",
    ),
    "a picture between words": (
        f"<h2>One</h2>{PICTURE}<p>Two</p>{PICTURE}<p>Three</p>",
        "One [] Two [] Three",
    ),
    "a picture in a line": (f"<p>One {PICTURE} two</p><p>Three</p>", "One  []  two Three"),
    "a picture that overflows its own room": (
        f'<p style="background: #dddddd">One</p><p style="height: 5mm">{PICTURE}</p><p>Two</p>',
        "One [] Two",
    ),
    "a caption below its picture": (
        f"<figure>{PICTURE}<figcaption>Caption</figcaption></figure><p>One</p>",
        "Caption [] One",
    ),
    "a picture with numbers, which pdfium would put into the caption": (
        f"<figure>{NUMBERED}<figcaption>Caption</figcaption></figure><p>One {PICTURE}</p>",
        "Caption One  [] []",
    ),
    "a float": (
        '<p>One</p><div style="float: inline-end; width: 30mm">Two</div><p>Three</p>',
        "One Two Three",
    ),
    "a row that is turned around": (
        f'<div style="display: flex; flex-direction: row-reverse"><p>One</p>{PICTURE}</div>',
        "One []",
    ),
    "words that are placed": (
        '<p>One <span style="position: relative; inset-block-start: 2mm">two</span></p><p>Three</p>'
        '<p style="position: absolute; inset-block-start: 90mm">Four</p><p>Five</p>',
        "One  two Three Four Five",
    ),
    "words in a box that cuts off": (
        '<div style="overflow: hidden; height: 8mm"><p>One</p><p>Two</p></div><p>Three</p>',
        "One Two Three",
    ),
    "words in a round box that cuts off": (
        '<div style="overflow: hidden; border-radius: 4mm; border: 1mm solid navy; height: 20mm">'
        "<ul><li>One</li><li>Two</li></ul></div><p>Three</p>",
        "• One • Two Three",
    ),
    "a picture in a box that cuts off": (
        f'<div style="overflow: hidden; height: 8mm"><p>One {PICTURE}</p></div><p>Two</p>',
        "One  [] Two",
    ),
    "words on a colour in a box that cuts off": (
        '<div style="overflow: hidden; height: 20mm"><ul><li style="background: #dddddd">One</li>'
        "</ul></div><p>Two</p>",
        "• One Two",
    ),
    "boxes that cut off inside each other": (
        '<div style="overflow: hidden; height: 20mm"><p>One</p><div style="overflow: hidden; '
        f'height: 8mm; width: 20mm"><ul><li>Two {PICTURE}</li></ul></div></div><p>Three</p>',
        "One • Two  [] Three",
    ),
    "words that are turned": (
        '<p>One</p><ul style="transform: rotate(10deg)"><li>Two</li></ul><p>Three</p>',
        "One • Two Three",
    ),
    "a box of another colour": (
        '<p>One</p><ul style="background: #12344d; color: #ffffff"><li>Two <u>three</u></li></ul>'
        f'<p style="color: #aa0000">Four {PICTURE}</p>',
        "One • Two  three Four  []",
    ),
    "a table whose foot comes first": (
        "<table><tfoot><tr><td>Foot</td></tr></tfoot><tbody><tr><th>One</th></tr></tbody></table>",
        "One Foot",
    ),
}
"""Inside of a page, and what is heard of it: each piece, pictures as []."""


def _pdf(inside: str) -> bytes:
    page = (
        '<!doctype html><html lang="en-GB"><head><title>Order</title></head>'
        f"<body>{inside}</body></html>"
    )
    resources = {
        **{face.url: ROOT / fonts.FOLDER / face.file for face in fonts.faces("latin")},
        "figures/picture.svg": ROOT / "tests" / "zoo" / "picture.svg",
        "figures/numbered.svg": ROOT / "leaflets" / "figures" / "spine-parts.svg",
    }
    markup = Markup(page, (STYLE,), resources, LANGUAGES["en-GB"], FORMATS["a4"], "Order", {})
    return write_pdf(lay_out(markup, PROFILES[DEFAULT], Span("order")))


def _painted(page: pikepdf.Page) -> Iterator[tuple[int, str]]:
    """What is painted: the number of each piece and its words; heads and feet have -1."""
    words = content_marks.read(page).pieces
    for instruction in pikepdf.parse_content_stream(page, "BDC"):
        properties = instruction.operands[1]
        if "/MCID" in properties:
            number = int(properties["/MCID"])
            yield number, "".join(words[number]).strip() or "[]"
        elif "/Subtype" in properties:
            yield -1, str(properties["/Subtype"])


@pytest.mark.parametrize("name", CASES)
def test_painted_as_heard(name: str) -> None:
    inside, expected = CASES[name]
    with pikepdf.open(io.BytesIO(_pdf(inside))) as pdf:
        painted = list(_painted(pdf.pages[0]))
    last = -3 if "pdfium" in name else -2
    content = [number for number, _ in painted[:last]]
    assert " ".join(words for _, words in painted[:-2]).split() == expected.split()
    assert content == sorted(content)
    assert sorted(number for number, _ in painted[:-2]) == list(range(len(painted) - 2))
    assert painted[-2:] == [(-1, "/Header"), (-1, "/Footer")]


@pytest.mark.parametrize("name", CASES)
def test_it_looks_as_before(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    inside, _ = CASES[name]
    ours = PdfiumDocument(_pdf(inside)).draw(1, words=False)
    monkeypatch.setattr(tagging, "arrange", _as_weasyprint_paints)
    before = PdfiumDocument(_pdf(inside)).draw(1, words=False)
    assert ours.image.tobytes() == before.image.tobytes()


def _as_weasyprint_paints(stream: object) -> None:
    """Put the operators of each piece where they were painted."""
    operators: list[object] = []
    for operator in stream.stream:  # type: ignore[attr-defined]  # weasyprint has no types
        operators += getattr(operator, "operators", [operator])
    stream.stream[:] = operators  # type: ignore[attr-defined]


def _out_of_order(data: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return list(painted_as_heard(tagged.read(pdf)))


def test_joining_keeps_the_order() -> None:
    letter, leaflet = (_pdf(CASES[name][0]) for name in ("markers", "a picture between words"))
    joined = join(letter, "letter.pdf", [prepare(leaflet, "leaflet.pdf")])
    assert _out_of_order(joined.data) == []


@pytest.mark.parametrize("right_to_left", [False, True])
def test_a_booklet_keeps_the_order(right_to_left: bool) -> None:
    pages = '<ul style="break-before: page"><li>One</li><li>Two</li></ul>' * 8
    assert _out_of_order(impose(_pdf(pages), right_to_left=right_to_left)) == []


def test_turned_words_in_a_box_that_cuts_off_stay_behind_and_are_found() -> None:
    turned = '<ul style="transform: rotate(10deg)"><li>Two</li></ul>'
    inside = f'<p>One</p><div style="overflow: hidden; height: 20mm">{turned}</div><p>Three</p>'
    assert _out_of_order(_pdf(inside)) == ["page 1 paints “Two” where “One” is heard"]


def test_a_head_that_is_repeated_cuts_no_sentence() -> None:
    rows = "".join(f'<tr><td style="height: 30mm">Row {number}</td></tr>' for number in range(8))
    table = f"<table><thead><tr><th>Head of a table</th></tr></thead><tbody>{rows}</tbody></table>"
    with pikepdf.open(io.BytesIO(_pdf(f"<p>One</p>{table}<p>Two</p>"))) as pdf:
        *content, again, head, foot = pikepdf.parse_content_stream(pdf.pages[1], "BDC")
    assert all("/MCID" in piece.operands[1] for piece in content)
    kinds = [piece.operands[1].get("/Subtype") for piece in (again, head, foot)]
    assert kinds == [None, "/Header", "/Footer"]


def test_half_transparent_words_stay_in_their_group() -> None:
    """They are painted in a form; the linter refuses it (H012), and the numbers stay distinct."""
    inside = '<p>One</p><ul style="opacity: 0.5"><li>Two</li></ul><p>Three</p>'
    with pikepdf.open(io.BytesIO(_pdf(inside))) as pdf:
        groups = pdf.pages[0].Resources.XObject.values()
        pages = [number for number, _ in _painted(pdf.pages[0]) if number >= 0]
        inner = [number for group in groups for number in _numbers(group)]
    assert (pages, inner) == ([0, 3], [2, 1])


def _numbers(stream: pikepdf.Object) -> list[int]:
    marks = pikepdf.parse_content_stream(stream, "BDC")
    return [int(mark.operands[1]["/MCID"]) for mark in marks]
