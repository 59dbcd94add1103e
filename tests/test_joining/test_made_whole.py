"""Letters that are sound alone and would break a joined file, made whole without losing a tag.

Each is of a kind that veraPDF's public corpus holds.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String
from test_joining.small import letter, link, saved
from test_joining.top_down import read

from leafpress.findings import Problem
from leafpress.joining.integrity import faults
from leafpress.joining.join import Joined, join, prepare
from leafpress.joining.marked_content import EXACT

LEAFLET = prepare(saved(letter([["H1", "P"]], "ur")), "leaflet.pdf")


def _joined(pdf: pikepdf.Pdf) -> tuple[Joined, pikepdf.Pdf]:
    result = join(saved(pdf), "letter.pdf", [LEAFLET])
    assert list(faults(result.data, result.pages)) == []
    return result, pikepdf.open(BytesIO(result.data))


def _rules(result: Joined) -> list[str]:
    return [each.rule for each in result.findings]


def _wordless(*languages: str) -> pikepdf.Pdf:
    """A letter whose catalogue names no language; each paragraph has its own, or "" for none."""
    pdf = letter([["P"] * len(languages)])
    del pdf.Root.Lang
    for element, language in zip(pdf.Root.StructTreeRoot.K.K, languages, strict=True):
        if language:
            element.Lang = String(language)
    return pdf


def _content(pdf: pikepdf.Pdf, *marks: str) -> None:
    """Put `marks`, each around a word, into the paragraphs of the first page."""
    parts = [
        f"/P <</MCID {mcid}>> BDC {mark} BT /F 12 Tf 72 700 Td (word) Tj ET "
        f"{'EMC' * bool(mark)} EMC"
        for mcid, mark in enumerate(marks)
    ]
    pdf.pages[0].obj.Contents = pdf.make_stream("\n".join(parts).encode())


def test_languages_on_elements_alone() -> None:
    result, pdf = _joined(_wordless("cy", "en-GB", "en-GB"))
    assert result.claims == ("ua1",)
    assert str(pdf.Root.Lang) == str(pdf.Root.StructTreeRoot.K[0].Lang) == "en-GB"
    assert [each.language for each in read(result.data).heard] == [
        "cy",
        "en-GB",
        "en-GB",
        "ur",
        "ur",
    ]
    assert _rules(result) == []


@pytest.mark.parametrize(
    ("mark", "language"),
    [
        ("/Span <</Lang (pl)>> BDC", "pl"),
        ("/Span /Named BDC", "cy"),
        ("/Span <</Lang (pl)>> BDC /Span <</ActualText (words)>> BDC EMC", "pl"),
        ("/Span <</Lang (pl)>> BDC /Artifact BMC (page 1) Tj EMC", "pl"),
        ("", ""),
        ("/Span <<>> BDC", ""),
        ("/Span <</Lang ()>> BDC", ""),
        ("/Span <</Lang (no language)>> BDC", ""),
        ("/Span <</ActualText (words)>> BDC EMC /Span <</Lang (pl)>> BDC", ""),
        ("/Form Do /Span <</Lang (pl)>> BDC", ""),
        ("/Picture Do /Span <</Lang (pl)>> BDC", "pl"),
    ],
)
def test_languages_in_marks_alone(mark: str, language: str) -> None:
    pdf = _wordless("")
    objects = {
        f"/{each}": pdf.make_stream(b"", Type=Name.XObject, Subtype=Name(f"/{subtype}"))
        for each, subtype in (("Form", "Form"), ("Picture", "Image"))
    }
    resources = pdf.pages[0].obj.Resources
    resources.XObject = Dictionary(objects)
    resources.Properties = Dictionary(Named=Dictionary(Lang=String("cy")))
    _content(pdf, mark)
    result, joined = _joined(pdf)
    assert str(joined.Root.get("/Lang", "")) == language
    assert result.claims == (("ua1",) if language else ())
    assert _rules(result) == ([] if language else ["E014", "E015"])


def _with_more_content(more: bytes) -> pikepdf.Pdf:
    pdf = _wordless("")
    _content(pdf, "/Span <</Lang (pl)>> BDC")
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" " + more)
    return pdf


def test_content_that_is_longer_than_any_letter_is_not_read_for_languages() -> None:
    result, joined = _joined(_with_more_content(b"0 0 m " * (EXACT // 6 + 1)))
    assert "/Lang" not in joined.Root
    assert _rules(result) == ["E014", "E015"]


def test_content_that_no_parser_reads() -> None:
    with pytest.raises(Problem) as caught:
        _joined(_with_more_content(b"<< ("))
    assert [each.rule for each in caught.value.findings] == ["E006"]


def test_one_word_without_a_language_is_one_too_many() -> None:
    result, pdf = _joined(_wordless("en-GB", "en-GB", ""))
    assert _rules(result) == ["E014", "E015"]
    assert "/Lang" not in pdf.Root


def test_an_alternative_text_without_a_language() -> None:
    pdf = _wordless("en-GB")
    top = pdf.Root.StructTreeRoot.K
    top.K.append(pdf.make_indirect(Dictionary(S=Name.Figure, P=top, Alt=String("a picture"))))
    result, _ = _joined(pdf)
    assert _rules(result) == ["E014", "E015"]


def _sections(pdf: pikepdf.Pdf, shape: Any, above: Any, kids: list[Any]) -> Any:
    """Hang elements into sections: `[1, [2]]` is one element, then a section that holds one."""
    above.K = Array()
    for each in shape:
        if isinstance(each, list):
            section = pdf.make_indirect(Dictionary(S=Name.Sect, P=above))
            above.K.append(_sections(pdf, each, section, kids))
        else:
            kids[each].P = above
            above.K.append(kids[each])
    return above


@pytest.mark.parametrize(
    ("types", "shape", "expected"),
    [
        ("H H", [[0], [1]], "H1 H1"),
        ("H P H P", [0, 1, [2, 3]], "H1 P H2 P"),
        ("H H H H", [[0, [1, [2]]], [3]], "H1 H2 H3 H1"),
        ("H H", [[[0], 1]], "H1 H1"),
        ("H H H H H H H H", [0, [1, [2, [3, [4, [5, [6, [7]]]]]]]], "H1 H2 H3 H4 H5 H6 H6 H6"),
        ("Top H", [0, [1]], "H1 H2"),
    ],
)
def test_headings_without_levels(types: str, shape: Any, expected: str) -> None:
    pdf = letter([types.split()])
    tree: Any = pdf.Root.StructTreeRoot
    tree.RoleMap = Dictionary(Top=Name.H)
    _sections(pdf, shape, tree.K, list(tree.K.K))
    result, _ = _joined(pdf)
    heard = [each.types[-1] for each in read(result.data).heard]
    assert " ".join(heard[: -len("HP")]) == expected
    assert result.claims == ("ua1",)
    assert _rules(result) == ["E017"]


NODES = st.recursive(st.just("H"), lambda kids: st.lists(kids, max_size=4), max_leaves=12)


@given(st.lists(NODES, min_size=1))
@settings(max_examples=60, deadline=None)
def test_no_level_is_skipped(nodes: list[Any]) -> None:
    count = iter(range(1000))

    def numbered(node: Any) -> Any:
        return next(count) if node == "H" else [numbered(each) for each in node]

    shape = numbered(nodes)
    pdf = letter([["H"] * next(count)])
    _sections(pdf, shape, pdf.Root.StructTreeRoot.K, list(pdf.Root.StructTreeRoot.K.K))
    result, _ = _joined(pdf)
    heard = read(result.data).heard
    levels = [0, *(int(each.types[-1][1:]) for each in heard if each.page == 0)]
    assert all(1 <= after <= min(before + 1, 6) or after == 6 for before, after in pairwise(levels))


def test_headings_stay_where_nothing_mixes() -> None:
    leaflet = prepare(saved(letter([["H"]])), "leaflet.pdf")
    result = join(saved(letter([["H"]])), "letter.pdf", [leaflet])
    assert [each.types[-1] for each in read(result.data).heard] == ["H", "H"]
    assert result.claims == ("ua1",)


def test_headings_of_a_namespace_are_not_ours_to_number() -> None:
    pdf = letter([["H"]])
    pdf.Root.StructTreeRoot.K.K[0].NS = pdf.make_indirect(
        Dictionary(Type=Name.Namespace, NS=String("http://iso.org/pdf/ssn"))
    )
    result, _ = _joined(pdf)
    assert read(result.data).heard[0].types[-1] == "H"
    assert _rules(result) == ["E015"]


def _as_number(pdf: pikepdf.Pdf, element: Any) -> None:
    element.K = Array([0, 7, 8])


def _as_reference(pdf: pikepdf.Pdf, element: Any) -> None:
    page = pdf.pages[0].obj
    element.K = Array([Dictionary(Type=Name.MCR, Pg=page, MCID=each) for each in (0, 7, 8)])


@pytest.mark.parametrize("make", [_as_number, _as_reference])
def test_tags_of_nothing(make: Callable[[pikepdf.Pdf, Any], None]) -> None:
    pdf = letter([["P", "P"]])
    make(pdf, pdf.Root.StructTreeRoot.K.K[0])
    result, _ = _joined(pdf)
    seen = read(result.data)
    assert [(each.page, each.mcid) for each in seen.heard] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert result.claims == ("ua1",)
    assert [each.sentence for each in result.findings] == [
        "2 of its tags belong to nothing on its pages, and are taken out"
    ]


def test_a_letter_that_is_all_decoration() -> None:
    pdf = letter([["P"]])
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/Artifact BMC EMC")
    result, _ = _joined(pdf)
    assert _rules(result) == ["E022"]
    assert result.claims == ("ua1",)


_ADDRESS = Dictionary(S=Name.URI, URI=String("https://clinic.invalid/map"))


@pytest.mark.parametrize("words", [None, String(""), String(" "), Name.No])
def test_links_without_a_description(words: Any) -> None:
    """As LibreOffice 25.2 writes them; its letter alone does not keep its claim (7.18.5)."""
    pdf = letter()
    annotation = link(pdf, A=_ADDRESS)
    del annotation.Contents
    if words is not None:
        annotation.Contents = words
    result, joined = _joined(pdf)
    assert _rules(result) == ["E099"]
    assert result.claims == ("ua1",)
    assert str(joined.pages[0].obj.Annots[0].Contents) == "https://clinic.invalid/map"


def test_a_link_that_leads_to_no_address() -> None:
    pdf = letter()
    annotation = link(pdf, Dest=Array([pdf.pages[0].obj, Name.Fit]))
    del annotation.Contents
    result, _ = _joined(pdf)
    assert _rules(result) == ["E013", "E015"]
    assert "a link has no description" in result.findings[0].sentence
    assert result.claims == ()


@pytest.mark.parametrize("claiming", [True, False])
def test_links_that_are_left_as_they_are(claiming: bool) -> None:
    """Nobody meets a hidden one; and a letter that claims nothing keeps its looks and words."""
    pdf = letter()
    annotation = link(pdf, A=_ADDRESS, F=2 if claiming else 4)
    del annotation.Contents
    if not claiming:
        del pdf.Root.Metadata
    _, joined = _joined(pdf)
    assert "/Contents" not in joined.pages[0].obj.Annots[0]


def _attached(pdf: pikepdf.Pdf, **entries: Any) -> None:
    mark = pdf.make_stream(
        b"0 0 1 rg 0 0 20 20 re f", Subtype=Name.Form, BBox=Array([0, 0, 20, 20])
    )
    file = Dictionary(
        Type=Name.Filespec, F=String("a.txt"), EF=Dictionary(F=pdf.make_stream(b"secret"))
    )
    looks = {"AP": Dictionary(N=mark)} if entries.pop("shown") else {}
    annotation = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.FileAttachment,
            Rect=Array([100, 600, 120, 620]),
            F=4,
            FS=file,
            Contents=String("a.txt"),
            **looks,
        )
    )
    pdf.pages[0].obj.Annots = Array([annotation])


@pytest.mark.parametrize("shown", [True, False])
def test_the_mark_of_an_attached_file_stays_without_the_file(shown: bool) -> None:
    pdf = letter()
    _attached(pdf, shown=shown)
    result, joined = _joined(pdf)
    assert _rules(result) == ["E016"]
    assert b"secret" not in b"".join(
        each.read_bytes() for each in joined.objects if isinstance(each, pikepdf.Stream)
    )
    assert len(joined.pages[0].obj.get("/Annots", [])) == shown
    assert _picture(result.data) == _picture(saved(pdf))


def _picture(data: bytes) -> bytes:
    return pypdfium2.PdfDocument(data)[0].render().to_pil().tobytes()
