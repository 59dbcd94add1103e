"""What the integrity check finds in joined files that were broken afterwards, one thing each."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from test_joining.small import letter, link, saved

from leafpress.joining.integrity import faults
from leafpress.joining.join import Joined, join, prepare

Break = Callable[[pikepdf.Pdf], object]


def _linked(language: str) -> bytes:
    pdf = letter([["H1", "P"], ["P"]], language)
    link(pdf, Dest=String("there"))
    link(pdf, A=Dictionary(S=Name.GoTo, D=Array([pdf.pages[1].obj, Name.Fit])))
    place = Array([pdf.pages[1].obj, Name.Fit])
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String("there"), place])))
    return saved(pdf)


@pytest.fixture(scope="module")
def joined() -> Joined:
    return join(_linked("en-GB"), "letter.pdf", [prepare(_linked("pl"), "leaflet.pdf")])


def _tree(pdf: pikepdf.Pdf) -> Any:
    return pdf.Root.StructTreeRoot


def _part(pdf: pikepdf.Pdf) -> Any:
    """The letter's Part."""
    return _tree(pdf).K[0].K[0]


def _set(find: Callable[[pikepdf.Pdf], Any], key: str, value: Any) -> Break:
    return lambda pdf: find(pdf).__setitem__(key, value)


def _delete(find: Callable[[pikepdf.Pdf], Any], key: str) -> Break:
    return lambda pdf: find(pdf).__delitem__(key)


def _paragraph(pdf: pikepdf.Pdf) -> Any:
    return _part(pdf).K[1]


def _annotation(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[0].obj.Annots[0]


def _two_documents(pdf: pikepdf.Pdf) -> None:
    _tree(pdf).K.append(pdf.make_indirect(Dictionary(S=Name.Document, P=_tree(pdf), K=Array())))


def _one_kid_in_two_parents(pdf: pikepdf.Pdf) -> None:
    _part(pdf).K.append(_tree(pdf).K[0].K[1].K[0])


def _hidden_page(pdf: pikepdf.Pdf) -> Any:
    return pdf.make_indirect(Dictionary(Type=Name.XObject))


def _content_of_a_hidden_page(pdf: pikepdf.Pdf) -> None:
    _paragraph(pdf).Pg = _hidden_page(pdf)


def _bookmark_to_nowhere(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines.First.A.D = Array([_hidden_page(pdf), Name.Fit])


def _destination_on_no_page(pdf: pikepdf.Pdf) -> None:
    names = pikepdf.NameTree(pdf.Root.Names.Dests)
    names["there"] = Array([_hidden_page(pdf), Name.Fit])


def _link_to_no_page(pdf: pikepdf.Pdf) -> None:
    _annotation(pdf).Dest = Array([_hidden_page(pdf), Name.Fit])


def _another_owner(pdf: pikepdf.Pdf) -> None:
    """Two annotations change places in the parent tree."""
    one, other = pdf.pages[0].obj.Annots
    one.StructParent, other.StructParent = other.StructParent, one.StructParent


def _another_element(pdf: pikepdf.Pdf) -> None:
    key = pdf.pages[0].obj.StructParents
    row: Any = pikepdf.NumberTree(_tree(pdf).ParentTree)[key]
    row[0], row[1] = row[1], row[0]


BROKEN: dict[str, tuple[Break, str]] = {
    "a page more": (lambda pdf: pdf.add_blank_page(), "there are 5 pages instead of 4"),
    "two documents": (_two_documents, "the tags do not begin with one Document"),
    "no tags below the root": (
        lambda pdf: _tree(pdf).__delitem__("/K"),
        "the tags do not begin with one Document",
    ),
    "a kid of two parents": (_one_kid_in_two_parents, "a tag has two parents"),
    "another parent named": (
        _set(_paragraph, "/P", Name.No),
        "a tag names another parent than the one that holds it",
    ),
    "a tag of words": (_set(_paragraph, "/K", String("x")), "something in the tags is no tag"),
    "a page that is not there": (
        _content_of_a_hidden_page,
        "a tag belongs to a page that is not there",
    ),
    "content with two tags": (_set(_paragraph, "/K", 0), "content 0 of a page has two tags"),
    "no language": (
        _delete(_part, "/Lang"),
        "a part of the file does not say in which language it is",
    ),
    "something beside the parts": (
        _set(_part, "/S", Name.Div),
        "a part of the file does not say in which language it is",
    ),
    "no parent tree": (
        _delete(_tree, "/ParentTree"),
        "the parent tree and the tags do not name the same content",
    ),
    "content without a way back": (
        lambda pdf: pdf.pages[0].obj.__delitem__("/StructParents"),
        "the parent tree and the tags do not name the same content",
    ),
    "a wrong way back": (
        _another_element,
        "content belongs to another tag than the one that holds it",
    ),
    "a wrong way back from a link": (
        _another_owner,
        "an annotation belongs to another tag than the one that holds it",
    ),
    "no bookmarks": (
        lambda pdf: pdf.Root.__delitem__("/Outlines"),
        "there are 0 bookmarks for 2 parts",
    ),
    "a bookmark to nowhere": (_bookmark_to_nowhere, "a bookmark leads to no page"),
    "a destination on no page": (_destination_on_no_page, "a named place is on no page"),
    "a link without its place": (
        _set(_annotation, "/Dest", String("elsewhere")),
        "a link leads to a place without a name",
    ),
    "a link to no page": (_link_to_no_page, "a link leads to no page"),
}


def test_a_sound_file(joined: Joined) -> None:
    assert list(faults(joined.data, joined.pages)) == []


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_found(name: str, joined: Joined) -> None:
    change, sentence = BROKEN[name]
    with pikepdf.open(BytesIO(joined.data)) as pdf:
        change(pdf)
        data = saved(pdf)
    assert sentence in list(faults(data, joined.pages))
