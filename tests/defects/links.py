"""Defects of links and bookmarks: what they say, and where they lead."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Pdf

from defects.table import defect, find, remove


def _annotation(pdf: Pdf, words: str, nth: int = 0) -> Any:
    """An annotation of the link with these words."""
    kids = find(pdf, "Link", words).K
    return [kid.Obj for kid in kids if not isinstance(kid, int) and "/Obj" in kid][nth]


def _bookmarks(pdf: Pdf) -> list[Any]:
    first = pdf.Root.Outlines.First.First
    return [first, first.Next]


@defect("P041")
def a_link_calls_another_number(pdf: Pdf) -> None:
    _annotation(pdf, "ambulance").A.URI = pikepdf.String("tel:111")


@defect("P041", of="en-GB")
def a_link_of_an_edition_calls_another_number(pdf: Pdf) -> None:
    annotations = [each for page in pdf.pages for each in page.obj.get("/Annots", Array())]
    found = next(each for each in annotations if str(each.A.get("/URI", "")).startswith("tel:"))
    found.A.URI = pikepdf.String("tel:09098790000")


@defect("P041")
def the_second_line_of_a_link_leads_elsewhere(pdf: Pdf) -> None:
    _annotation(pdf, "a page", 1).A.URI = pikepdf.String("https://www.example.net/")


@defect("P041")
def a_link_inside_leads_to_another_place(pdf: Pdf) -> None:
    _annotation(pdf, "what to take").A.D = pikepdf.String("call")


@defect("P041")
def a_link_inside_leads_to_another_element(pdf: Pdf) -> None:
    _annotation(pdf, "what to take").A.SD[0] = find(pdf, "H2", "Who to call")


@defect("P042")
def a_link_inside_leads_to_no_element(pdf: Pdf) -> None:
    del _annotation(pdf, "what to take").A.SD


@defect("P042")
def the_place_of_a_link_is_gone(pdf: Pdf) -> None:
    del pdf.Root.Names.Dests


@defect("P038")
def a_link_says_nothing(pdf: Pdf) -> None:
    del _annotation(pdf, "ambulance").Contents


@defect("P038")
def a_link_says_its_address(pdf: Pdf) -> None:
    _annotation(pdf, "ambulance").Contents = pikepdf.String("tel:999")


@defect("P038")
def a_link_says_another_number(pdf: Pdf) -> None:
    _annotation(pdf, "ambulance").Contents = pikepdf.String("the ambulance: Call 111")


@defect("P038")
def a_link_is_in_no_element(pdf: Pdf) -> None:
    link = find(pdf, "Link", "ambulance")
    link.K = Array([kid for kid in link.K if isinstance(kid, int)])


@defect("P038", "P041")
def a_link_is_no_element(pdf: Pdf) -> None:
    find(pdf, "Link", "ambulance").S = pikepdf.Name.Span


@defect("P041")
def a_link_does_nothing(pdf: Pdf) -> None:
    del _annotation(pdf, "ambulance").A


@defect("P032")
def two_links_have_each_other_s_owner(pdf: Pdf) -> None:
    one, other = _annotation(pdf, "ambulance"), _annotation(pdf, "your clinic")
    one.StructParent, other.StructParent = other.StructParent, one.StructParent


@defect("P038")
def a_link_s_place_is_empty(pdf: Pdf) -> None:
    _annotation(pdf, "ambulance").Rect = Array([0, 0, 0, 0])


@defect("P042")
def a_bookmark_names_another_heading(pdf: Pdf) -> None:
    _bookmarks(pdf)[0].SE = find(pdf, "H2", "What to take")


@defect("P042")
def a_bookmark_leads_to_another_heading(pdf: Pdf) -> None:
    one, other = _bookmarks(pdf)
    one.A.SD = other.A.SD


@defect("P042")
def a_bookmark_leads_to_another_page(pdf: Pdf) -> None:
    one, other = _bookmarks(pdf)
    one.A.D = other.A.D


@defect("P042")
def a_bookmark_has_another_title(pdf: Pdf) -> None:
    _bookmarks(pdf)[0].Title = pikepdf.String("Who to ask")


@defect("P042")
def a_bookmark_leads_to_no_element(pdf: Pdf) -> None:
    del _bookmarks(pdf)[0].A.SD


@defect("P042")
def there_are_no_bookmarks(pdf: Pdf) -> None:
    del pdf.Root.Outlines


@defect("P041")
def a_link_has_gone(pdf: Pdf) -> None:
    link = find(pdf, "Link", "ambulance")
    words = next(kid for kid in link.K if isinstance(kid, int))
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums
    owners[2 * int(link.Pg.StructParents) + 1][words] = link.P
    link.P.K.insert(1, words)
    annotation = _annotation(pdf, "ambulance")
    page = link.Pg
    page.Annots = Array([each for each in page.Annots if each.objgen != annotation.objgen])
    remove(link)
