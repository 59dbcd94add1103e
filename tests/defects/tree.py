"""Defects of the tag tree: elements that are lost, doubled, moved or of another kind."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from defects.table import (
    attributes,
    defect,
    elements,
    extent,
    find,
    index,
    mark,
    remove,
    rewrite,
    swap,
)


@defect("P044")
def the_document_has_no_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


@defect("P040")
def a_phrase_loses_its_language(pdf: Pdf) -> None:
    del find(pdf, "Span", "poen").Lang


@defect("P040", of="cy")
def a_paragraph_has_a_wrong_language(pdf: Pdf) -> None:
    longest = max(elements(pdf, "P"), key=lambda paragraph: len(paragraph.text()))
    longest.object.Lang = pikepdf.String("en-GB")


@defect("P040", of="ur")
def all_of_it_has_a_wrong_language(pdf: Pdf) -> None:
    find(pdf, "Document").Lang = pikepdf.String("ar")


@defect("P037")
def a_picture_has_no_alternative(pdf: Pdf) -> None:
    del find(pdf, "Figure").Alt


@defect("P037")
def a_picture_has_an_empty_alternative(pdf: Pdf) -> None:
    find(pdf, "Figure").Alt = pikepdf.String(" ")


@defect("P040")
def a_picture_has_another_alternative(pdf: Pdf) -> None:
    find(pdf, "Figure").Alt = pikepdf.String("A ring of three colours")


@defect("P037")
def a_picture_lies_off_the_page(pdf: Pdf) -> None:
    attributes(find(pdf, "Figure"), "Layout").BBox = Array([2000, 2000, 2100, 2100])


@defect("P037")
def a_picture_has_no_place(pdf: Pdf) -> None:
    del attributes(find(pdf, "Figure"), "Layout").BBox


@defect("P031")
def an_element_is_in_nothing(pdf: Pdf) -> None:
    remove(find(pdf, "P", "Wait four"))


@defect("P031", "P033")
def an_element_forgets_its_content(pdf: Pdf) -> None:
    del find(pdf, "P", "Wait four").K


@defect("P030")
def an_element_is_in_two(pdf: Pdf) -> None:
    find(pdf, "Sect", "Who to call").K.append(find(pdf, "P", "Wait four"))


@defect("P030")
def an_element_names_another_parent(pdf: Pdf) -> None:
    find(pdf, "P", "Wait four").P = find(pdf, "Sect", "Who to call")


@defect("P030")
def the_tree_has_two_roots(pdf: Pdf) -> None:
    tree = pdf.Root.StructTreeRoot
    tree.K.append(pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=tree)))


@defect("P030")
def the_root_is_no_document(pdf: Pdf) -> None:
    find(pdf, "Document").S = Name.Part


@defect("P030")
def the_tree_is_gone(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot


@defect("P030")
def a_type_is_said_to_be_another(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(H2=Name.P)


@defect("P030")
def an_element_says_other_words(pdf: Pdf) -> None:
    find(pdf, "P", "Take 6").ActualText = pikepdf.String("Take 60 tablets a day at most.")


@defect("P030")
def a_paragraph_has_an_alternative(pdf: Pdf) -> None:
    find(pdf, "P", "Take 6").Alt = pikepdf.String("Take as many as you like.")


@defect("P040")
def an_abbreviation_is_not_explained(pdf: Pdf) -> None:
    del find(pdf, "Span", "NHS").E


@defect("P040")
def an_abbreviation_is_explained_wrongly(pdf: Pdf) -> None:
    find(pdf, "Span", "NHS").E = pikepdf.String("No Help on Sundays")


@defect("P032")
def a_page_points_at_another_one_s_owners(pdf: Pdf) -> None:
    pdf.pages[0].obj.StructParents = pdf.pages[1].obj.StructParents


@defect("P032")
def a_page_points_at_no_owners(pdf: Pdf) -> None:
    del pdf.pages[0].obj.StructParents


@defect("P032")
def two_owners_are_swapped(pdf: Pdf) -> None:
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    owners[0], owners[1] = owners[1], owners[0]


@defect("P030", "P032")
def content_is_looked_for_on_another_page(pdf: Pdf) -> None:
    find(pdf, "P", "Wait four").Pg = pdf.pages[0].obj


@defect("P033")
def an_empty_paragraph_is_added(pdf: Pdf) -> None:
    section = find(pdf, "Sect")
    section.K.append(pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=section)))


@defect("P034")
def words_stand_in_a_section(pdf: Pdf) -> None:
    paragraph = find(pdf, "P", "Wait four")
    section, mcid = paragraph.P, mark(pdf, "P", "Wait four").mcid
    section.K[index(section.K, paragraph)] = mcid
    section.Pg = paragraph.Pg
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums
    owners[2 * int(paragraph.Pg.StructParents) + 1][mcid] = section


@defect("P039")
def a_heading_skips_a_level(pdf: Pdf) -> None:
    find(pdf, "H3", "Signs").S = Name.H4


@defect("P039")
def the_title_is_a_paragraph(pdf: Pdf) -> None:
    find(pdf, "H1").S = Name.P


@defect("P040")
def a_paragraph_is_a_heading(pdf: Pdf) -> None:
    find(pdf, "P", "Take 6").S = Name.H3


@defect("P040")
def two_paragraphs_are_swapped(pdf: Pdf) -> None:
    swap(find(pdf, "P", "Take 6"), find(pdf, "P", "Wait four"))


@defect("P040", of="ur")
def two_paragraphs_of_an_edition_are_swapped(pdf: Pdf) -> None:
    paragraphs = [e for e in elements(pdf, "P") if e.parent and e.parent.type == "Document"]
    swap(paragraphs[0].object, paragraphs[1].object)


@defect("P040")
def two_items_are_swapped(pdf: Pdf) -> None:
    swap(find(pdf, "LI", "first sign"), find(pdf, "LI", "second sign"))


@defect("P036")
def two_numbers_of_a_list_are_swapped(pdf: Pdf) -> None:
    one, other = (find(pdf, "LI", words) for words in ("Sit up", "Turn your"))
    one.K[0], other.K[0] = other.K[0], one.K[0]
    one.K[0].P, other.K[0].P = one, other


@defect("P036")
def an_item_has_no_body(pdf: Pdf) -> None:
    find(pdf, "LBody", "first sign").S = Name.P


@defect("P036")
def a_list_does_not_say_how_it_counts(pdf: Pdf) -> None:
    del find(pdf, "L", "first sign").A


@defect("P036")
def a_numbered_list_says_it_has_bullets(pdf: Pdf) -> None:
    attributes(find(pdf, "L", "Sit up"), "List").ListNumbering = Name.Disc


@defect("P036", "P040")
def a_list_is_cut_in_two(pdf: Pdf) -> None:
    items = find(pdf, "L", "first sign")
    second = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.L, P=items.P, K=Array([items.K[2]]), A=items.A)
    )
    items.K[2].P = second
    del items.K[2]
    items.P.K.insert(index(items.P.K, items) + 1, second)


@defect("P036", "P040")
def a_list_becomes_paragraphs(pdf: Pdf) -> None:
    find(pdf, "L", "first sign").S = Name.Div
    for item in elements(pdf, "LI", " sign of all"):
        item.object.S = Name.Div


@defect("P048")
def a_note_has_no_id(pdf: Pdf) -> None:
    del find(pdf, "Note").ID


@defect("P048")
def nothing_leads_to_a_note(pdf: Pdf) -> None:
    del find(pdf, "Note").Ref


@defect("P040")
def a_note_is_a_paragraph(pdf: Pdf) -> None:
    find(pdf, "Note").S = Name.P


@defect("P039")
def two_pages_are_swapped(pdf: Pdf) -> None:
    pages = pdf.Root.Pages.Kids
    pages[0], pages[1] = pages[1], pages[0]


@defect("P031")
def a_content_number_stands_twice(pdf: Pdf) -> None:
    one, other = mark(pdf, "P", "Take 6"), mark(pdf, "P", "Wait four")

    def change(content: list[Any]) -> list[Any]:
        operands = content[extent(content, other.mcid)[0]][0]
        operands[1] = Dictionary(MCID=one.mcid)
        return content

    rewrite(pdf, one.page, change)
