"""Defects of where content stands: the order in which it is painted, its page, its room."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Name, Pdf, String

from defects.table import attributes, defect, elements, extent, find, mark, remove, rewrite


def _repaint(pdf: Pdf, page: int, mcid: int, before: int) -> None:
    """Paint a piece right before another one, its number unchanged."""

    def change(content: list[Any]) -> list[Any]:
        start, end = extent(content, mcid)
        piece = content[start : end + 1]
        rest = [*content[:start], *content[end + 1 :]]
        place, _ = extent(rest, before)
        return [*rest[:place], *piece, *rest[place:]]

    rewrite(pdf, page, change)


def _last(pdf: Pdf, page: int) -> int:
    """The piece of a page that is heard last."""
    document = elements(pdf, "Document")[0]
    return [each.mcid for each in document.marks() if each.page == page][-1]


@defect("P109")
def a_sentence_is_painted_before_the_one_that_it_follows(pdf: Pdf) -> None:
    one, other = mark(pdf, "P", "Wait four"), mark(pdf, "P", "Take 6")
    _repaint(pdf, one.page, one.mcid, other.mcid)


@defect("P109")
def a_bullet_is_painted_after_the_words_of_its_page(pdf: Pdf) -> None:
    bullet = mark(pdf, "LI", "The first sign")
    last = _last(pdf, bullet.page)
    _repaint(pdf, bullet.page, last, bullet.mcid)


@defect("P109")
def a_caption_is_painted_after_its_picture(pdf: Pdf) -> None:
    caption, picture = mark(pdf, "Caption", "ring"), mark(pdf, "Figure")
    _repaint(pdf, picture.page, picture.mcid, caption.mcid)


@defect("P109", of="ur")
def a_bullet_of_an_edition_is_painted_after_its_words(pdf: Pdf) -> None:
    item = elements(pdf, "LI")[0]
    bullet, words, *_ = item.marks()
    _repaint(pdf, words.page, words.mcid, bullet.mcid)


@defect("P109")
def the_numbers_of_two_sentences_are_exchanged_in_the_tree(pdf: Pdf) -> None:
    """As a program leaves a file that sorts the tags and forgets the page."""
    first, second = (elements(pdf, "LBody", words)[0] for words in ("first sign", "third sign"))
    first.object.K, second.object.K = second.object.K, first.object.K


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
