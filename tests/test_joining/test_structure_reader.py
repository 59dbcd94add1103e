"""What the reader of structure trees hands on: sound trees as they are, odd ones by their kind."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from test_joining.small import letter, link

from leafpress.pdf_objects import Excess, ObjectRef, number_tree
from leafpress.structure_reader import (
    MarkedContent,
    ObjectReference,
    Reached,
    StrangeKid,
    StructureElement,
    StructureTree,
    Visit,
    structure_tree,
    walk,
)


def _tree(pdf: pikepdf.Pdf) -> StructureTree:
    tree = structure_tree(pdf.Root)
    assert tree is not None
    return tree


def _walked(pdf: pikepdf.Pdf, deepest: int = 100, most: int = 100) -> list[Visit]:
    return list(walk(_tree(pdf), deepest=deepest, most=most))


def test_a_file_without_tags() -> None:
    assert structure_tree(pikepdf.new().Root) is None


def test_reading_order_depth_and_parents() -> None:
    pdf = letter([["H1", "P"], ["Own"]])
    visits = _walked(pdf)
    assert [visit.element.role for visit in visits] == ["Document", "H1", "P", "Own"]
    assert [visit.depth for visit in visits] == [0, 1, 1, 1]
    assert [visit.parent and visit.parent.role for visit in visits] == [None, *["Document"] * 3]
    assert [visit.element.parent for visit in visits[1:]] == [visits[0].element.ref] * 3


def test_languages_are_inherited_and_unknown_is_one() -> None:
    pdf = letter([["P", "P", "P"]])
    document: Any = pdf.Root.StructTreeRoot.K
    assert _walked(pdf)[1].language is None
    document.Lang, document.K[1].Lang, document.K[2].Lang = map(String, ("pl", "cy", ""))
    assert [visit.language for visit in _walked(pdf)] == ["pl", "pl", "cy", ""]


def _content(pdf: pikepdf.Pdf, kids: Any) -> list[object]:
    pdf.Root.StructTreeRoot.K.K[0].K = kids
    return list(_walked(pdf)[1].kids)


def _owned(kid: object) -> tuple[ObjectRef, int | None]:
    assert isinstance(kid, MarkedContent)
    return kid.owner, kid.mcid


def test_content_by_number_by_reference_and_in_a_form() -> None:
    pdf = letter([["P"], ["P"]])
    first, second = (page.obj for page in pdf.pages)
    form = pdf.make_stream(b"")
    kids = _content(
        pdf,
        Array(
            [
                3,
                Dictionary(Type=Name.MCR, MCID=4),
                Dictionary(Type=Name.MCR, MCID=5, Pg=second),
                Dictionary(Type=Name.MCR, MCID=6, Stm=form),
                Dictionary(Type=Name.MCR, MCID=String("7")),
            ]
        ),
    )
    assert [_owned(kid) for kid in kids] == [
        (first.objgen, 3),
        (first.objgen, 4),
        (second.objgen, 5),
        (form.objgen, 6),
        (first.objgen, None),
    ]


def test_objects() -> None:
    pdf = letter([["P"]])
    annotation = link(pdf)
    [kid] = _walked(pdf)[2].kids
    assert isinstance(kid, ObjectReference)
    assert isinstance(kid.target, pikepdf.Object)
    assert kid.target.objgen == annotation.objgen
    assert kid.page is not None
    assert kid.page.objgen == pdf.pages[0].obj.objgen


@pytest.mark.parametrize("kid", [True, String("no"), Name.X, 2.5, Array([1])])
def test_what_is_no_kid(kid: Any) -> None:
    [found] = _content(letter([["P"]]), Array([kid]))
    assert isinstance(found, StrangeKid)


def test_attributes_by_owner() -> None:
    pdf = letter([["TD"]])
    pdf.Root.StructTreeRoot.K.K[0].A = Array(
        [
            Dictionary(O=Name.Table, ColSpan=2),
            0,
            Dictionary(O=Name.Table, ColSpan=3, RowSpan=2),
            Dictionary(O=Name.Layout, Width=1),
        ]
    )
    assert _walked(pdf)[1].element.attributes() == {
        "Table": {"ColSpan": 3, "RowSpan": 2},
        "Layout": {"Width": 1},
    }


def test_a_map_of_roles() -> None:
    pdf = letter([["Own"]])
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Own=Name.P, Bad=3)
    assert _tree(pdf).role_map() == {"Own": "P"}


def test_nothing_is_followed_twice() -> None:
    pdf = letter([["P"]])
    document: Any = pdf.Root.StructTreeRoot.K
    document.K[0].K = Array([0, document])
    assert [visit.reached for visit in _walked(pdf)] == [
        Reached.FIRST,
        Reached.FIRST,
        Reached.AGAIN,
    ]


def test_elements_written_in_place_are_all_new() -> None:
    pdf = letter([["P"]])
    pdf.Root.StructTreeRoot.K.K = Array([Dictionary(S=Name.P), Dictionary(S=Name.H1)])
    assert [visit.element.role for visit in _walked(pdf)] == ["Document", "P", "H1"]
    assert {visit.reached for visit in _walked(pdf)} == {Reached.FIRST}


def test_bounds() -> None:
    pdf = letter([["P", "P"]])
    assert [visit.reached for visit in _walked(pdf, deepest=0)][1:] == [Reached.TOO_DEEP] * 2
    assert len(_walked(pdf, most=2)) == 2
    pdf.Root.StructTreeRoot.K.K = Array([0] * 50_001)
    with pytest.raises(Excess):
        _walked(pdf)


@pytest.mark.parametrize(
    ("entry", "value"),
    [("S", 3), ("S", String("P")), ("P", 4), ("K", String("x")), ("Pg", Name.X), ("A", True)],
)
def test_wrong_types_are_absent(entry: str, value: Any) -> None:
    pdf = letter([["P"]])
    element: Any = pdf.Root.StructTreeRoot.K.K[0]
    element[f"/{entry}"] = value
    visit = _walked(pdf)[1]
    found = StructureElement(element)
    assert (found.role == "") == (entry == "S")
    assert (found.parent == (0, 0)) == (entry == "P")
    assert found.attributes() == {}
    assert visit.reached is Reached.FIRST


def test_a_tree_of_numbers_leaves_out_what_is_none() -> None:
    pdf = pikepdf.new()
    node = pdf.make_indirect(Dictionary(Nums=Array([3, String("c"), Name.X, 4, True, 5])))
    node.Kids = Array([Dictionary(Nums=Array([7, Name.Z])), node, 8])
    assert [(key, str(value)) for key, value in number_tree(node)] == [(3, "c"), (7, "/Z")]
