"""Numbers of tagged content are counted: twice, inside each other, drawn again, in glyphs.

Each of these moves words from one element into another one, and veraPDF passes it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from test_joining.small import letter, saved

from leafpress.findings import Problem
from leafpress.joining.join import join

START = b"/P <</MCID 0>> BDC BT /F 12 Tf 72 800 Td (Your appointment) Tj ET EMC\n"
OTHER = b"/P <</MCID 1>> BDC BT /F 12 Tf 72 780 Td (how to prepare) Tj ET EMC\n"

Break = Callable[[pikepdf.Pdf, Any], None]


def _page(content: bytes) -> Break:
    def make(pdf: pikepdf.Pdf, page: Any) -> None:
        page.Contents = pdf.make_stream(content)

    return make


def _two_streams(pdf: pikepdf.Pdf, page: Any) -> None:
    page.Contents = Array([pdf.make_stream(START), pdf.make_stream(OTHER + START)])


def _by_name(pdf: pikepdf.Pdf, page: Any) -> None:
    page.Contents = pdf.make_stream(START + OTHER + OTHER.replace(b"<</MCID 1>>", b"/N"))
    page.Resources.Properties = Dictionary(N=Dictionary(MCID=1))


def _form(pdf: pikepdf.Pdf, page: Any, content: bytes) -> Any:
    """A form whose content is the second paragraph."""
    form = pdf.make_stream(
        b"/P <</MCID 0>> BDC BT /F 12 Tf 72 780 Td (again) Tj ET EMC",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 595, 842]),
        Resources=Dictionary(Font=page.Resources.Font),
        StructParents=5,
    )
    page.Resources.XObject = Dictionary(X=form)
    page.Contents = pdf.make_stream(content)
    element = pdf.Root.StructTreeRoot.K.K[1]
    element.K = Dictionary(Type=Name.MCR, Pg=page, Stm=form, MCID=0)
    pdf.Root.StructTreeRoot.ParentTree.Nums = Array(
        [0, Array([pdf.Root.StructTreeRoot.K.K[0]]), 5, Array([element])]
    )
    return form


def _form_drawn(content: bytes) -> Break:
    def make(pdf: pikepdf.Pdf, page: Any) -> None:
        _form(pdf, page, content)

    return make


def _form_on_two_pages(pdf: pikepdf.Pdf, page: Any) -> None:
    form = _form(pdf, page, START + b"/X Do")
    second = pdf.add_blank_page(page_size=(595, 842)).obj
    second.Resources = Dictionary(XObject=Dictionary(Y=form))
    second.Contents = pdf.make_stream(b"/Y Do")


def _form_in_a_form_drawn_twice(pdf: pikepdf.Pdf, page: Any) -> None:
    form = _form(pdf, page, START + b"/O Do /O Do")
    outer = pdf.make_stream(b"/X Do", Subtype=Name.Form, BBox=Array([0, 0, 595, 842]))
    outer.Resources = Dictionary(XObject=Dictionary(X=form))
    page.Resources.XObject = Dictionary(O=outer)


def _look_of_two(pdf: pikepdf.Pdf, page: Any) -> None:
    form = _form(pdf, page, START)
    marks = [_stamp(form), _stamp(form)]
    page.Annots = Array([pdf.make_indirect(mark) for mark in marks])


def _stamp(look: Any) -> Dictionary:
    return Dictionary(
        Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([0, 0, 9, 9]), AP=Dictionary(N=look), F=2
    )


def _glyph(pdf: pikepdf.Pdf, page: Any) -> None:
    glyph = pdf.make_stream(b"500 0 d0 /P <</MCID 1>> BDC 0 0 500 500 re f EMC")
    page.Resources.Font.T = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 500, 500]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=Dictionary(a=glyph),
        Encoding=Dictionary(Differences=Array([97, Name.a])),
        FirstChar=97,
        LastChar=97,
        Widths=Array([500]),
    )


def _pattern(pdf: pikepdf.Pdf, page: Any) -> None:
    tile = pdf.make_stream(b"/P <</MCID 1>> BDC 0 0 5 5 re f EMC", PatternType=1)
    page.Resources.Pattern = Dictionary(T=tile)


def _mask(pdf: pikepdf.Pdf, page: Any) -> None:
    group = pdf.make_stream(b"/P <</MCID 1>> BDC 0 0 5 5 re f EMC", Subtype=Name.Form)
    page.Resources.ExtGState = Dictionary(G=Dictionary(SMask=Dictionary(S=Name.Alpha, G=group)))


TWICE = "a number of tagged content stands twice on a page"
NESTED = "tagged content stands inside other tagged content"
DECORATION = "tagged content stands inside what is marked as decoration"
OFTEN = "a form with tagged content is drawn more than once"
REPEATED = "there is tagged content in glyphs, patterns or masks"

CASES: dict[str, tuple[Break, str]] = {
    "twice": (_page(START + OTHER + START), TWICE),
    "twice, and all there": (_page(START + OTHER.replace(b" 1>", b" 0>") + OTHER), TWICE),
    "in two streams": (_two_streams, TWICE),
    "by name": (_by_name, TWICE),
    "inside": (_page(START.replace(b"EMC\n", OTHER + b"EMC")), NESTED),
    "inside, deeper": (_page(START.replace(b"EMC\n", b"/Span BMC " + OTHER + b"EMC EMC")), NESTED),
    "inside, and a word": (_page(START.replace(b"EMC\n", b"(EMC) Tj " + OTHER + b"EMC")), NESTED),
    "not ended": (_page(START.replace(b"EMC\n", OTHER)), NESTED),
    "in decoration": (_page(START + b"/Artifact BMC " + OTHER + b"EMC"), DECORATION),
    "a form drawn twice": (_form_drawn(START + b"/X Do /X Do"), OFTEN),
    "a form on two pages": (_form_on_two_pages, OFTEN),
    "a form in a form drawn twice": (_form_in_a_form_drawn_twice, OFTEN),
    "a form inside content": (_form_drawn(START.replace(b"EMC\n", b"/X Do EMC")), NESTED),
    "a form in decoration": (_form_drawn(START + b"/Artifact BMC /X Do EMC"), DECORATION),
    "a look of two annotations": (_look_of_two, OFTEN),
    "a glyph": (_glyph, REPEATED),
    "a pattern": (_pattern, REPEATED),
    "a mask": (_mask, REPEATED),
}


@pytest.mark.parametrize("name", CASES)
def test_no_claim(name: str) -> None:
    make, problem = CASES[name]
    pdf = letter([["H1", "P"]])
    make(pdf, pdf.pages[0].obj)
    result = join(saved(pdf), "letter.pdf", [])
    told = {each.rule: each.sentence for each in result.findings}
    assert told.keys() == {"E013", "E015"}
    assert problem in told["E013"]
    assert result.claims == ()


SOUND: dict[str, Break] = {
    "marks without a number between": _page(
        b"/Sect BMC " + START + b"EMC /Span BMC " + OTHER.replace(b"EMC", b"/Span BMC EMC EMC EMC")
    ),
    "words that look like marks": _page(START + b"/Artifact BMC (EMC /MCID 7 BDC) Tj EMC " + OTHER),
    "a form drawn once": _form_drawn(START + b"/X Do"),
}


@pytest.mark.parametrize("name", SOUND)
def test_claim_kept(name: str) -> None:
    pdf = letter([["H1", "P"]])
    SOUND[name](pdf, pdf.pages[0].obj)
    result = join(saved(pdf), "letter.pdf", [])
    assert result.findings == ()
    assert result.claims == ("ua1",)


def test_forms_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packed they are small; each is unpacked once to look for numbers."""
    monkeypatch.setattr("leafpress.joining.drawn_forms.UNPACKED", 10_000)
    pdf = letter([["P"]])
    forms = {f"/X{number}": pdf.make_stream(b"q Q " * 1_000) for number in range(3)}
    for form in forms.values():
        form.Subtype = Name.Form
    pdf.pages[0].obj.Resources.XObject = Dictionary(forms)
    with pytest.raises(Problem) as caught:
        join(saved(pdf), "letter.pdf", [])
    assert [each.rule for each in caught.value.findings] == ["E011"]


def test_a_form_that_nobody_draws() -> None:
    """Its words are not on the page: its tag belongs to nothing."""
    pdf = letter([["H1", "P"]])
    _form(pdf, pdf.pages[0].obj, START)
    result = join(saved(pdf), "letter.pdf", [])
    assert [each.rule for each in result.findings] == ["E022"]
