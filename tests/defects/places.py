"""Defects of where content stands: its page, its room, the links over it."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String

from defects.table import (
    attributes,
    defect,
    elements,
    extent,
    find,
    instruction,
    mark,
    remove,
    rewrite,
)


@defect("P110")
def a_table_does_not_name_its_page(pdf: Pdf) -> None:
    del find(pdf, "Table", "Warfarin").Pg


@defect("P110")
def a_list_names_another_page(pdf: Pdf) -> None:
    items = elements(pdf, "L", "The first sign")[0]
    own = next(items.marks()).page
    items.object.Pg = pdf.pages[1 - own].obj


@defect("P110")
def no_list_names_its_page(pdf: Pdf) -> None:
    for items in elements(pdf, "L"):
        del items.object.Pg


@defect("P110", of="en-GB")
def an_element_on_two_pages_names_a_third(pdf: Pdf) -> None:
    part = next(e for e in elements(pdf, "Sect") if len({m.page for m in e.marks()}) > 1)
    pages = {each.page for each in part.marks()}
    part.object.Pg = pdf.pages[next(n for n in range(len(pdf.pages)) if n not in pages)].obj


@defect("P111")
def a_table_has_no_place(pdf: Pdf) -> None:
    table = find(pdf, "Table", "Warfarin")
    table.A = Array([each for each in table.A if each.O != "/Layout"])


@defect("P111")
def a_table_has_the_place_of_another(pdf: Pdf) -> None:
    one, other = (find(pdf, "Table", words) for words in ("Warfarin", "Monday"))
    attributes(one, "Layout").BBox = attributes(other, "Layout").BBox


@defect("P111")
def a_table_s_place_ends_before_its_last_row(pdf: Pdf) -> None:
    box = attributes(find(pdf, "Table", "Warfarin"), "Layout").BBox
    box[1] = float(box[1]) + 20


@defect("P111", of="en-GB")
def a_picture_of_an_edition_stands_in_a_line(pdf: Pdf) -> None:
    del attributes(find(pdf, "Figure"), "Layout").Placement


@defect("P111")
def a_picture_is_said_to_be_a_letter_of_a_line(pdf: Pdf) -> None:
    attributes(find(pdf, "Figure"), "Layout").Placement = Name.Inline


@defect("P112")
def a_place_to_write_on_has_gone(pdf: Pdf) -> None:
    remove(find(pdf, "Form"))


@defect("P112")
def a_place_to_write_on_has_another_label(pdf: Pdf) -> None:
    attributes(find(pdf, "Form"), "PrintField").Desc = String("Two medicines")


@defect("P112")
def a_place_to_write_on_stands_beside_other_words(pdf: Pdf) -> None:
    form, other = find(pdf, "Form"), find(pdf, "P", "Wait four")
    remove(form)
    kids = [other.K] if isinstance(other.K, int) else list(other.K)
    other.K = Array([*kids, form])
    form.P = other


@defect("P112")
def a_place_to_write_on_is_a_box_to_tick(pdf: Pdf) -> None:
    attributes(find(pdf, "Form"), "PrintField").Role = Name.cb


@defect("P112", of="en-GB")
def no_place_of_an_edition_says_where_it_is(pdf: Pdf) -> None:
    for form in elements(pdf, "Form"):
        del attributes(form.object, "Layout").BBox


def _link(pdf: Pdf, words: str) -> Any:
    kids = find(pdf, "Link", words).K
    return next(kid.Obj for kid in kids if not isinstance(kid, int))


@defect("P120")
def two_links_lie_over_each_other_s_words(pdf: Pdf) -> None:
    one, other = _link(pdf, "ambulance"), _link(pdf, "your clinic")
    one.Rect, other.Rect = other.Rect, one.Rect


@defect("P120")
def a_link_lies_over_the_words_before_it(pdf: Pdf) -> None:
    link = _link(pdf, "your clinic")
    x, y, end, top = map(float, link.Rect)
    link.Rect = Array([x - 120, y, end - 120, top])


@defect("P120")
def a_link_lies_a_line_too_low(pdf: Pdf) -> None:
    link = _link(pdf, "ambulance")
    x, y, end, top = map(float, link.Rect)
    link.Rect = Array([x, y - 40, end, top - 40])


@defect("P120")
def a_link_covers_only_the_end_of_its_words(pdf: Pdf) -> None:
    link = _link(pdf, "your clinic")
    x, y, end, top = map(float, link.Rect)
    link.Rect = Array([(x + end) / 2, y, end, top])


@defect("P120")
def a_link_lies_on_another_page(pdf: Pdf) -> None:
    link = _link(pdf, "ambulance")
    first, last = pdf.pages[0].obj, pdf.pages[-1].obj
    first.Annots = Array([each for each in first.Annots if each.objgen != link.objgen])
    last.Annots = Array([*last.get("/Annots", Array()), link])
    kid = next(kid for kid in find(pdf, "Link", "ambulance").K if not isinstance(kid, int))
    kid.Pg = last


@defect("P120")
def the_second_line_of_a_link_lies_over_nothing(pdf: Pdf) -> None:
    kids = find(pdf, "Link", "a page").K
    link = [kid.Obj for kid in kids if not isinstance(kid, int)][1]
    link.Rect = Array([10, 10, 60, 30])


@defect("P120", of="ur")
def a_number_of_an_edition_is_pressed_beside_it(pdf: Pdf) -> None:
    link = next(each for page in pdf.pages for each in page.obj.get("/Annots", Array()))
    x, y, end, top = map(float, link.Rect)
    link.Rect = Array([20, y, 20 + end - x, top])


@defect("P120", of="cy")
def a_link_of_an_edition_lies_over_the_next_line(pdf: Pdf) -> None:
    link = next(each for page in pdf.pages for each in page.obj.get("/Annots", Array()))
    x, y, end, top = map(float, link.Rect)
    link.Rect = Array([x, y - 30, end, top - 30])


@defect("P121")
def a_picture_is_said_to_be_below_where_it_is(pdf: Pdf) -> None:
    layout = attributes(find(pdf, "Figure"), "Layout")
    x, y, end, top = map(float, layout.BBox)
    layout.BBox = Array([x, y - 100, end, top - 100])


@defect("P121")
def a_picture_is_said_to_be_beside_where_it_is(pdf: Pdf) -> None:
    layout = attributes(find(pdf, "Figure"), "Layout")
    x, y, end, top = map(float, layout.BBox)
    layout.BBox = Array([x + 120, y, end + 120, top])


@defect("P121", of="en-GB")
def a_picture_of_an_edition_is_said_to_be_a_dot(pdf: Pdf) -> None:
    layout = attributes(find(pdf, "Figure"), "Layout")
    x, y, *_ = map(float, layout.BBox)
    layout.BBox = Array([x - 30, y - 30, x - 29, y - 29])


@defect("P121", of="ur")
def a_picture_of_an_edition_is_moved_to_the_other_side(pdf: Pdf) -> None:
    width = float(pdf.pages[0].mediabox[2])
    layouts = [attributes(figure.object, "Layout") for figure in elements(pdf, "Figure")]
    layout = max(layouts, key=lambda each: abs(float(each.BBox[0]) + float(each.BBox[2]) - width))
    x, y, end, top = map(float, layout.BBox)
    layout.BBox = Array([width - end, y, width - x, top])


@defect("P121")
def a_picture_is_painted_in_the_corner(pdf: Pdf) -> None:
    picture = mark(pdf, "Figure")

    def change(content: list[Any]) -> list[Any]:
        start, end = extent(content, picture.mcid)
        inside = [instruction("1 0 0 1 150 -150 cm"), *content[start + 1 : end]]
        saved = [instruction("q"), *inside, instruction("Q")]
        return [*content[: start + 1], *saved, *content[end:]]

    rewrite(pdf, picture.page, change)


@defect("P110")
def no_element_names_its_page(pdf: Pdf) -> None:
    for element in elements(pdf, "Document")[0].descend():
        if "/Pg" in element.object:
            del element.object.Pg


@defect("P110")
def a_picture_names_another_page(pdf: Pdf) -> None:
    figure = elements(pdf, "Figure")[0]
    own = next(figure.marks()).page
    figure.object.Pg = pdf.pages[1 - own].obj
    figure.object.K = Array(
        [Dictionary(Type=Name.MCR, Pg=pdf.pages[own].obj, MCID=_number(figure))]
    )


def _number(element: Any) -> int:
    return int(next(element.marks()).mcid)


@defect("P110")
def a_row_does_not_name_its_page(pdf: Pdf) -> None:
    del find(pdf, "TR", "Warfarin").Pg


@defect("P110", of="ur")
def a_box_of_an_edition_does_not_name_its_page(pdf: Pdf) -> None:
    box = next(e for e in elements(pdf, "Sect") if len({m.page for m in e.marks()}) == 1)
    del box.object.Pg


@defect("P111")
def a_table_s_place_is_a_line(pdf: Pdf) -> None:
    box = attributes(find(pdf, "Table", "Warfarin"), "Layout").BBox
    box[3] = float(box[1]) + 1


@defect("P111", of="en-GB")
def no_picture_of_an_edition_is_a_block(pdf: Pdf) -> None:
    for figure in elements(pdf, "Figure"):
        del attributes(figure.object, "Layout").Placement


@defect("P112")
def a_place_to_write_on_has_no_label(pdf: Pdf) -> None:
    del attributes(find(pdf, "Form"), "PrintField").Desc


@defect("P112")
def a_place_to_write_on_is_no_field(pdf: Pdf) -> None:
    form = find(pdf, "Form")
    form.A = Array([each for each in form.A if each.O != "/PrintField"])


@defect("P112")
def a_place_to_write_on_is_a_paragraph(pdf: Pdf) -> None:
    find(pdf, "Form").S = Name.P


@defect("P112")
def a_second_place_to_write_on_is_added(pdf: Pdf) -> None:
    form = find(pdf, "Form")
    copy = pdf.make_indirect(Dictionary(form))
    parent = form.P
    parent.K = Array([*parent.K, copy])


@defect("P112", of="en-GB")
def a_place_of_an_edition_has_a_longer_label(pdf: Pdf) -> None:
    field = attributes(find(pdf, "Form"), "PrintField")
    field.Desc = String(f"{field.Desc}, in ink")
