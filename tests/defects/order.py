"""Defects of the order in which content is painted."""

from __future__ import annotations

from typing import Any

from pikepdf import Pdf

from defects.table import defect, elements, extent, mark, rewrite


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


@defect("P109")
def a_heading_is_painted_after_its_section(pdf: Pdf) -> None:
    heading = mark(pdf, "H2", "Who to call")
    _repaint(pdf, heading.page, _last(pdf, heading.page), heading.mcid)


@defect("P109")
def the_title_is_painted_last(pdf: Pdf) -> None:
    title = mark(pdf, "H1")
    _repaint(pdf, title.page, _last(pdf, title.page), title.mcid)


@defect("P109")
def a_link_is_painted_before_the_words_around_it(pdf: Pdf) -> None:
    words, link = mark(pdf, "P", "Call "), mark(pdf, "Link", "ambulance")
    _repaint(pdf, link.page, link.mcid, words.mcid)


@defect("P109")
def a_cell_is_painted_before_its_head(pdf: Pdf) -> None:
    head, cell = mark(pdf, "TH", "Warfarin"), mark(pdf, "TD", "one")
    _repaint(pdf, cell.page, cell.mcid, head.mcid)


@defect("P109")
def the_last_item_of_a_list_is_painted_first(pdf: Pdf) -> None:
    first, last = mark(pdf, "LI", "Sit up"), mark(pdf, "LI", "Turn your")
    _repaint(pdf, last.page, last.mcid, first.mcid)


@defect("P109")
def a_phrase_of_another_language_is_painted_after_its_sentence(pdf: Pdf) -> None:
    phrase = mark(pdf, "Span", "poen")
    last = _last(pdf, phrase.page)
    _repaint(pdf, phrase.page, last, phrase.mcid)


@defect("P109", of="en-GB")
def a_box_of_an_edition_is_painted_last(pdf: Pdf) -> None:
    heading = mark(pdf, "H2")
    _repaint(pdf, heading.page, _last(pdf, heading.page), heading.mcid)


@defect("P109", of="cy")
def two_sentences_of_an_edition_are_painted_in_turn(pdf: Pdf) -> None:
    pieces = [each for each in elements(pdf, "Document")[0].marks() if each.page == 0]
    one, other = pieces[2], pieces[4]
    _repaint(pdf, 0, other.mcid, one.mcid)
