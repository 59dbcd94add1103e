"""Tagged content whose tags hang nowhere: pagination falls silent, all else gets a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from conftest import shared_verapdf
from pikepdf import Array, Dictionary, Name, Object
from test_joining import producers
from test_joining.small import letter, link, saved
from test_joining.top_down import read

from leafpress.findings import Problem, Verdict
from leafpress.joining.integrity import faults
from leafpress.joining.join import Joined, join, prepare

LEAFLET = prepare(saved(letter([["H1", "P"]], "pl")), "leaflet.pdf")


@dataclass(frozen=True)
class Line:
    """A paragraph of one line: where it stands, in points, and whether its tag hangs nowhere."""

    words: str
    up: float
    across: float = 72
    lost: bool = False


def _letter(pages: Sequence[Sequence[Line]]) -> pikepdf.Pdf:
    pdf = letter([["P"] * len(lines) for lines in pages])
    for page, lines in zip(pdf.pages, pages, strict=True):
        marks = [_mark(number, line) for number, line in enumerate(lines)]
        page.obj.Contents = pdf.make_stream("".join(marks).encode())
    lines = [line for page in pages for line in page]
    document: Any = pdf.Root.StructTreeRoot.K
    kids = [kid for kid, line in zip(list(document.K), lines, strict=True) if not line.lost]
    document.K = Array(kids)
    return pdf


def _mark(number: int, line: Line) -> str:
    text = f"BT /F 12 Tf {line.across} {line.up} Td ({line.words}) Tj ET"
    return f"/P <</MCID {number}>> BDC {text} EMC\n"


def _joined(pdf: pikepdf.Pdf) -> Joined:
    result = join(saved(pdf), "letter.pdf", [LEAFLET])
    assert list(faults(result.data, result.pages)) == []
    return result


def _heard(result: Joined) -> list[tuple[int, int]]:
    """The letter's pages and numbers in the order in which they are heard."""
    pages = result.pages[0]
    return [(each.page, each.mcid) for each in read(result.data).heard if each.page < pages]


def _artifacts(result: Joined) -> list[tuple[str, str]]:
    """Of each artifact of pagination its subtype and its edge."""
    with pikepdf.open(BytesIO(result.data)) as pdf:
        marks = [mark for page in pdf.pages for mark in pikepdf.parse_content_stream(page, "BDC")]
        found: list[tuple[str, str]] = []
        for mark in marks:
            properties: Any = mark.operands[1]
            if mark.operands[0] == "/Artifact" and properties.get("/Type") == "/Pagination":
                edges = [str(edge) for edge in properties.Attached]
                found.append((str(properties.get("/Subtype", "")), *edges))
        return found


BODY = [Line("Your appointment", 760), Line("Dear patient", 700), Line("Come on Monday", 640)]
FOOT = Line("Page 1 of 2", 30, lost=True)
DEEP_HEAD = Line("Outpatients, Ward 7", 765, lost=True)


SILENT: dict[str, tuple[list[list[Line]], list[tuple[str, str]]]] = {
    "a foot": ([[*BODY, FOOT]], [("/Footer", "/Bottom")]),
    "a head": ([[Line("Outpatients", 810, lost=True), *BODY]], [("/Header", "/Top")]),
    "at the side": ([[*BODY, Line("RX1", 500, across=20, lost=True)]], [("", "/Left")]),
    "a page without text": ([BODY, [FOOT]], [("/Footer", "/Bottom")]),
    "a head inside the margin of no page, twice": (
        [[DEEP_HEAD, *BODY[1:]], [DEEP_HEAD, *BODY[1:]]],
        [("/Header", "/Top")] * 2,
    ),
    "numbers under a picture from edge to edge": (
        [
            [*BODY, Line("wide", 700, across=2), Line("1", 30, across=300, lost=True)],
            [*BODY, Line("2", 30, across=300, lost=True)],
        ],
        [("/Footer", "/Bottom")] * 2,
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_pagination_is_silent(name: str) -> None:
    pages, expected = SILENT[name]
    result = _joined(_letter(pages))
    assert [each.rule for each in result.findings] == ["E097"]
    assert str(len(expected)) in result.findings[0].sentence
    assert result.claims == ("ua1",)
    assert _artifacts(result) == expected
    body = [
        (page, number)
        for page, lines in enumerate(pages)
        for number, line in enumerate(lines)
        if not line.lost
    ]
    assert _heard(result) == body


def _lost(line: Line) -> Line:
    return Line(line.words, line.up, line.across, lost=True)


HEARD: dict[str, list[list[Line]]] = {
    "the first": [[_lost(BODY[0]), *BODY[1:]]],
    "in the middle": [[BODY[0], _lost(BODY[1]), BODY[2]]],
    "the last": [[*BODY[:2], _lost(BODY[2])]],
    "the last of the first page": [[*BODY[:2], _lost(BODY[2])], BODY],
    "a head in a wide margin, once": [[DEEP_HEAD, *BODY[1:]]],
    "all": [[_lost(line) for line in BODY]],
    "the last of both pages": [
        [*BODY, Line("Bring your medicines", 90, lost=True)],
        [*BODY, Line("Telephone us if you cannot come", 90, lost=True)],
    ],
    "in the second column": [
        [*BODY, Line("right", 760, 300), Line("right, below", 690, 300, lost=True)]
    ],
}


@pytest.mark.parametrize("name", HEARD)
def test_all_else_is_heard_where_it_stands(name: str) -> None:
    pages = HEARD[name]
    result = _joined(_letter(pages))
    assert [each.rule for each in result.findings] == ["E098"]
    assert result.claims == ("ua1",)
    assert _artifacts(result) == []
    expected = [
        (page, number) for page, lines in enumerate(pages) for number, _ in enumerate(lines)
    ]
    assert _heard(result) == expected


def test_drawn_last_and_heard_between() -> None:
    lines = [BODY[0], BODY[2], _lost(BODY[1])]
    assert _heard(_joined(_letter([lines]))) == [(0, 0), (0, 2), (0, 1)]


def _with(content: bytes) -> pikepdf.Pdf:
    """A letter with a foot that hangs nowhere, and something else on its page."""
    pdf = _letter([[*BODY, FOOT]])
    page = pdf.pages[0].obj
    page.Contents = Array([page.Contents, pdf.make_stream(content)])
    return pdf


def test_all_but_the_mark_stays_as_it_is() -> None:
    picture = b"/Artifact BMC q BI /W 1 /H 1 /BPC 8 /CS /G ID x\nEI Q EMC % 0.50"
    result = _joined(_with(picture))
    with pikepdf.open(BytesIO(result.data)) as pdf:
        written = pdf.pages[0].obj.Contents.read_bytes()
    before = b"".join(_mark(at, line).encode() for at, line in enumerate([*BODY, FOOT]))
    mark = b"\n/Artifact <</Type /Pagination /Attached [/Bottom] /Subtype /Footer>> BDC"
    assert written.split() == before.replace(b"/P <</MCID 3>> BDC", mark).split() + picture.split()


def test_a_number_below_nought() -> None:
    result = _joined(_with(b"/P <</MCID -1>> BDC EMC"))
    assert [each.rule for each in result.findings] == ["E013", "E015"]


def test_content_that_no_parser_follows() -> None:
    with pytest.raises(Problem) as caught:
        _joined(_with(b"BI EI"))
    assert [each.rule for each in caught.value.findings] == ["E006"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned(turn: int) -> None:
    """The foot of a page that lies on its side stands at a side of what is written there."""
    edges = {90: "/Left", 180: "/Top", 270: "/Right"}
    pdf = _letter([[*BODY, FOOT]])
    pdf.pages[0].obj.Rotate = turn
    result = _joined(pdf)
    assert [edge for _, edge in _artifacts(result)] == [edges[turn]]


def _grouped(pdf: pikepdf.Pdf, first: int, last: int) -> Any:
    """The kids from the first to the last, in a section."""
    document: Any = pdf.Root.StructTreeRoot.K
    kids = list(document.K)
    section = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Sect, P=document))
    section.K = Array(kids[first:last])
    for kid in section.K:
        kid.P = section
    document.K = Array([*kids[:first], section, *kids[last:]])
    return section


def test_amid_a_section_it_is_in_it() -> None:
    pdf = _letter([[BODY[0], _lost(BODY[1]), BODY[2]], BODY])
    _grouped(pdf, 0, 5)
    result = _joined(pdf)
    heard = [each for each in read(result.data).heard if each.page < 2]
    assert [(each.page, each.mcid) for each in heard][:3] == [(0, 0), (0, 1), (0, 2)]
    assert {each.types for each in heard} == {("Document", "Part", "Sect", "P")}


def test_a_whole_section_hangs_nowhere() -> None:
    pdf = _letter([BODY, BODY])
    _grouped(pdf, 1, 5)
    document: Any = pdf.Root.StructTreeRoot.K
    document.K = Array([document.K[0], document.K[2]])
    result = _joined(pdf)
    assert [each.sentence for each in result.findings] == [
        "1 of its tags hung nowhere; what they hold is heard where it stands on the page"
    ]
    assert _heard(result) == [(page, number) for page in range(2) for number in range(3)]


@pytest.mark.parametrize("kind", ["LI", "Lbl", "TR", "TD", "TBody", "TOCI"])
def test_a_part_of_a_table_or_list_without_its_whole(kind: str) -> None:
    pdf = _letter([[BODY[0], _lost(BODY[1]), BODY[2]]])
    rows: Any = pdf.Root.StructTreeRoot.ParentTree.Nums
    rows[1][1].S = Name(f"/{kind}")
    result = _joined(pdf)
    assert [each.rule for each in result.findings] == ["E098", "E013", "E015"]
    assert _heard(result) == [(0, 0), (0, 1), (0, 2)]
    assert result.claims == ()


def test_a_row_that_names_its_table() -> None:
    """Its table is in the tree, and does not hold it: there it is put."""
    pdf = _letter([[BODY[0], BODY[1], _lost(BODY[2])]])
    table = _grouped(pdf, 1, 2)
    rows: Any = pdf.Root.StructTreeRoot.ParentTree.Nums
    table.S = Name.Table
    rows[1][1].S = rows[1][2].S = Name.TR
    rows[1][2].P = table
    result = _joined(pdf)
    assert [each.rule for each in result.findings] == ["E098"]
    heard = [each.types for each in read(result.data).heard if each.page == 0]
    assert heard[1:] == [("Document", "Part", "Table", "TR")] * 2


def test_what_can_be_clicked_is_heard() -> None:
    """A link has to be in the tree (ISO 14289-1, 7.18.5), also in a margin."""
    pdf = _letter([[*BODY, FOOT]])
    annotation = link(pdf, A=Dictionary(S=Name.URI, URI=pikepdf.String("https://clinic.invalid")))
    document: Any = pdf.Root.StructTreeRoot.K
    annotation.Rect = Array([72, 20, 172, 40])
    document.K = Array(list(document.K)[:-1])
    result = _joined(pdf)
    assert {each.rule for each in result.findings} == {"E097", "E098"}
    assert read(result.data).annotations == [(0, "a link", "en-GB")]


def _link_without_its_object(pdf: pikepdf.Pdf) -> Any:
    """The element of a link on the first page, which holds nothing of it."""
    link(pdf, A=Dictionary(S=Name.URI, URI=pikepdf.String("https://clinic.invalid")))
    element: Any = pdf.Root.StructTreeRoot.K.K[-1]
    element.K, element.Pg = Array(), pdf.pages[0].obj
    return element


def test_an_element_is_given_its_link() -> None:
    pdf = _letter([BODY, BODY])
    _link_without_its_object(pdf)
    result = _joined(pdf)
    assert [each.rule for each in result.findings] == ["E098"]
    assert read(result.data).annotations == [(0, "a link", "en-GB")]
    assert result.claims == ("ua1",)


def test_an_element_of_another_page_is_given_no_link() -> None:
    pdf = _letter([BODY, BODY])
    _link_without_its_object(pdf).Pg = pdf.pages[1].obj
    result = _joined(pdf)
    assert [each.rule for each in result.findings] == ["E013", "E015"]
    assert "a link has no tag" in result.findings[0].sentence


def _way_back_of_another_page(pdf: pikepdf.Pdf) -> None:
    """As programs leave it that put pages behind pages and know no tags."""
    pdf.pages[1].obj.StructParents = 0


def _way_back_to_nothing(pdf: pikepdf.Pdf) -> None:
    rows: Any = pdf.Root.StructTreeRoot.ParentTree.Nums
    rows[3] = Array([None, None, None])


def _an_element_that_holds_other_content(pdf: pikepdf.Pdf) -> None:
    rows: Any = pdf.Root.StructTreeRoot.ParentTree.Nums
    rows[3][2].K = 7


def _no_element_of_ours(pdf: pikepdf.Pdf) -> None:
    rows: Any = pdf.Root.StructTreeRoot.ParentTree.Nums
    rows[3][2] = Object.parse(b"<</K 2>>")


@pytest.mark.parametrize(
    "make",
    [
        _way_back_of_another_page,
        _way_back_to_nothing,
        _an_element_that_holds_other_content,
        _no_element_of_ours,
    ],
)
def test_where_the_ways_do_not_agree_nothing_is_believed(make: Any) -> None:
    pdf = _letter([BODY, [*BODY[:2], _lost(BODY[2])]])
    make(pdf)
    result = _joined(pdf)
    assert {"E013", "E015"} <= {each.rule for each in result.findings}
    assert not {"E097", "E098"} & {each.rule for each in result.findings}
    assert result.claims == ()


def test_letters_of_stock_weasyprint(tmp_path: Path) -> None:
    """In the margins: words, a running element, one with a link, page numbers."""
    process = producers.start_weasyprint(tmp_path)
    output, _ = process.communicate(timeout=400)
    assert process.returncode == 0, output
    data = (tmp_path / "running.pdf").read_bytes()
    result = _joined(pikepdf.open(BytesIO(data)))
    told = {each.rule: each.sentence for each in result.findings}
    assert told.keys() == {"E097", "E098"}
    assert told["E097"].startswith("6 of")
    assert told["E098"].startswith("2 of")
    assert result.claims == ("ua1",)
    (tmp_path / "joined.pdf").write_bytes(join(data, "letter.pdf", []).data)
    with shared_verapdf() as verapdf:
        assert verapdf.judge(tmp_path / "joined.pdf", "ua1").verdict is Verdict.PASS


def test_a_lost_element_that_belongs_into_a_lost_tree() -> None:
    """Its place was found in the tree, and then its content was taken for one with two tags."""
    pdf = letter([["H1", "H1", "H1"]])
    root = pdf.Root.StructTreeRoot
    top, lost = root.K, root.K.K[1]
    top.K = Array([kid for kid in top.K if kid.objgen != lost.objgen])
    del root.K
    result = _joined(pdf)
    assert "E098" in {each.rule for each in result.findings}
    heard = read(result.data).heard
    assert sorted(each.mcid for each in heard if each.page == 0) == [0, 1, 2]
