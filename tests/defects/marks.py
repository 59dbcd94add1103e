"""Defects of a page's content: what is marked as what."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from defects.table import (
    defect,
    elements,
    extent,
    find,
    index,
    instruction,
    mark,
    remove,
    rewrite,
    shown,
)


@defect("P040", of="en-GB")
def a_page_number_is_content(pdf: Pdf) -> None:
    mcid = 1 + max(each.mcid for e in elements(pdf, "Document") for each in e.marks())

    def change(content: list[Any]) -> list[Any]:
        place = next(i for i, each in enumerate(content) if _is_running(each))
        content[place] = instruction(f"/P <</MCID {mcid}>> BDC")
        return content

    rewrite(pdf, 0, change)
    document = find(pdf, "Document")
    paragraph = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.P, P=document, Pg=pdf.pages[0].obj, K=Array([mcid]))
    )
    document.K.append(paragraph)
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    for _ in range(len(owners), mcid):
        owners.append(paragraph)
    owners.append(paragraph)


def _is_running(each: Any) -> bool:
    operands, operator = each
    if str(operator) != "BDC" or not isinstance(operands[1], pikepdf.Dictionary):
        return False
    return "/Subtype" in operands[1]


def _hide(pdf: Pdf, words: str, artifact: str) -> None:
    found = mark(pdf, "P", words)

    def change(content: list[Any]) -> list[Any]:
        content[extent(content, found.mcid)[0]] = instruction(artifact)
        return content

    remove(find(pdf, "P", words))
    rewrite(pdf, found.page, change)


@defect("P045")
def a_sentence_is_hidden(pdf: Pdf) -> None:
    _hide(pdf, "Wait four", "/Artifact BMC")


@defect("P040")
def a_sentence_is_hidden_as_a_header(pdf: Pdf) -> None:
    _hide(pdf, "Wait four", "/Artifact <</Type /Pagination /Subtype /Header>> BDC")


@defect("P031")
def a_rectangle_is_unmarked(pdf: Pdf) -> None:
    rectangle = [instruction("10 10 50 50 re"), instruction("f")]
    rewrite(pdf, 0, lambda content: [*content, *rectangle])


@defect("P031")
def a_picture_is_unmarked(pdf: Pdf) -> None:
    names = pdf.pages[0].obj.Resources
    form = pdf.make_stream(b"0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form)
    form.BBox = Array([0, 0, 9, 9])
    names.XObject = Dictionary({**dict(names.get("/XObject", Dictionary())), "/Mine": form})
    rewrite(pdf, 0, lambda content: [*content, instruction("/Mine Do")])


@defect("P031")
def a_small_picture_is_unmarked(pdf: Pdf) -> None:
    data = b"q BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q"
    pdf.pages[0].contents_add(pdf.make_stream(data))


@defect("P031")
def words_are_unmarked(pdf: Pdf) -> None:
    found = mark(pdf, "P", "Wait four")

    def change(content: list[Any]) -> list[Any]:
        start, end = extent(content, found.mcid)
        return [*content[:start], *content[start + 1 : end], *content[end + 1 :]]

    remove(find(pdf, "P", "Wait four"))
    rewrite(pdf, found.page, change)


def _wrap(pdf: Pdf, words: str, opening: str) -> None:
    found = mark(pdf, "P", words)

    def change(content: list[Any]) -> list[Any]:
        at = shown(content, found.mcid)[0]
        wrapped = [instruction(opening), content[at], instruction("EMC")]
        return [*content[:at], *wrapped, *content[at + 1 :]]

    rewrite(pdf, found.page, change)


@defect("P040")
def words_are_said_backwards(pdf: Pdf) -> None:
    _wrap(pdf, "Wait four", "/Span <</ActualText (.erom ekat uoy erofeb sruoh ruof tiaW)>> BDC")


@defect("P040", of="ur")
def words_of_an_edition_are_said_backwards(pdf: Pdf) -> None:
    found = mark(pdf, "H1")
    text = found.text[::-1].encode("utf-16-be").hex()

    def change(content: list[Any]) -> list[Any]:
        start, end = extent(content, found.mcid)
        inside = content[start + 1 : end]
        opening = instruction(f"/Span <</ActualText <feff{text}>>> BDC")
        return [*content[: start + 1], opening, *inside, instruction("EMC"), *content[end:]]

    rewrite(pdf, found.page, change)


@defect("P030")
def words_are_marked_as_in_another_language(pdf: Pdf) -> None:
    _wrap(pdf, "Wait four", "/Span <</Lang (fr)>> BDC")


@defect("P030")
def words_are_marked_with_an_alternative(pdf: Pdf) -> None:
    _wrap(pdf, "Wait four", "/Span <</Alt (Do not wait.)>> BDC")


@defect("P040")
def an_item_is_moved_within_its_paragraph(pdf: Pdf) -> None:
    kids = find(pdf, "P", "Call ").K
    link = find(pdf, "Link", "ambulance")
    at = index(kids, link)
    kids[at - 1], kids[at] = kids[at], kids[at - 1]
