"""Defects of fonts and codes: glyphs that stand for other letters, or for none."""

from __future__ import annotations

import re
from typing import Any

import pikepdf
from pikepdf import Name, Pdf

from defects.table import defect, mark, rewrite, show, shown, strings
from leafpress.proof.tags.to_unicode import to_unicode


def _fonts(pdf: Pdf) -> list[Any]:
    found = {font.objgen: font for page in pdf.pages for font in page.obj.Resources.Font.values()}
    return list(found.values())


def _map(pdf: Pdf, changes: dict[str, str]) -> None:
    """Change what the codes of texts stand for, in every font."""
    for font in _fonts(pdf):
        codes = {text: code for code, text in to_unicode(font).items()}
        data = font.ToUnicode.read_bytes()
        for old, new in changes.items():
            if old in codes:
                line = rb"<%04x>\s*<%s>" % (codes[old], _hex(old))
                data = re.sub(line, rb"<%04x> <%s>" % (codes[old], _hex(new)), data)
        font.ToUnicode = pdf.make_stream(data)


def _hex(text: str) -> bytes:
    return text.encode("utf-16-be").hex().encode()


def _glyphs(pdf: Pdf, text: str, instead: str | None) -> None:
    """Show another text's glyph for `text`; the box of a missing letter for None."""
    for font in _fonts(pdf):
        codes = {words: code for code, words in to_unicode(font).items()}
        if text in codes and (instead is None or instead in codes):
            descendant = font.DescendantFonts[0]
            glyphs = _mapping(descendant.get("/CIDToGIDMap", Name.Identity))
            glyph = glyphs[codes[instead]] if instead else 0
            glyphs[codes[text]] = glyph
            data = b"".join(each.to_bytes(2, "big") for each in glyphs)
            descendant.CIDToGIDMap = pdf.make_stream(data)


def _mapping(mapping: Any) -> list[int]:
    if mapping == Name.Identity:
        return list(range(65536))
    data = mapping.read_bytes()
    return [int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2)]


@defect("P040")
def two_letters_stand_for_each_other(pdf: Pdf) -> None:
    _map(pdf, {"a": "e", "e": "a"})


@defect("P040", of="ur")
def a_letter_of_an_edition_stands_for_another(pdf: Pdf) -> None:
    _map(pdf, {"ک": "گ"})


@defect("P040", of="cy")
def a_letter_has_lost_its_roof(pdf: Pdf) -> None:
    _map(pdf, {"â": "a"})


@defect("P047")
def no_glyph_stands_for_a_letter(pdf: Pdf) -> None:
    for font in _fonts(pdf):
        del font.ToUnicode


@defect("P047")
def a_glyph_stands_for_nothing(pdf: Pdf) -> None:
    _map(pdf, {"a": "\ufffd"})


@defect("P040", "P047")
def blanks_stand_for_nothing(pdf: Pdf) -> None:
    _map(pdf, {" ": "\u200b"})


@defect("P047")
def a_font_is_not_embedded(pdf: Pdf) -> None:
    del _fonts(pdf)[0].DescendantFonts[0].FontDescriptor.FontFile2


@defect("P047")
def a_letter_shows_the_box_of_a_missing_one(pdf: Pdf) -> None:
    _glyphs(pdf, "a", None)


@defect("P047")
def a_letter_shows_nothing(pdf: Pdf) -> None:
    _glyphs(pdf, "a", " ")


@defect("P047")
def a_digit_shows_another_one(pdf: Pdf) -> None:
    _glyphs(pdf, "6", "9")


@defect("P047", of="en-GB")
def a_digit_of_an_edition_shows_another_one(pdf: Pdf) -> None:
    _glyphs(pdf, "9", "1")


def _show(pdf: Pdf, words: str, change: Any) -> None:
    """Change the codes that the first line of a paragraph shows."""
    found = mark(pdf, "P", words)

    def rewritten(content: list[Any]) -> list[Any]:
        at = shown(content, found.mcid)[0]
        codes = b"".join(strings(content[at][0][-1]))
        content[at] = show(change(codes))
        return content

    rewrite(pdf, found.page, rewritten)


@defect("P040")
def a_line_shows_other_words(pdf: Pdf) -> None:
    _show(pdf, "Wait four", lambda codes: codes[8:] + codes[:8])


@defect("P040")
def a_line_has_lost_its_last_words(pdf: Pdf) -> None:
    _show(pdf, "Wait four", lambda codes: codes[: len(codes) // 4 * 2])


@defect("P040")
def a_line_has_lost_its_last_blank(pdf: Pdf) -> None:
    _show(pdf, "Read ", lambda codes: codes[:-2])


@defect("P040")
def a_line_ends_without_a_blank(pdf: Pdf) -> None:
    found = mark(pdf, "P", "Everything that")

    def change(content: list[Any]) -> list[Any]:
        at = shown(content, found.mcid)[0]
        content[at] = show(b"".join(strings(content[at][0][-1]))[:-2])
        return content

    rewrite(pdf, found.page, change)


@defect("P040")
def words_that_nobody_sees_are_added(pdf: Pdf) -> None:
    found = mark(pdf, "P", "Wait four")

    def change(content: list[Any]) -> list[Any]:
        at = shown(content, found.mcid)[0]
        invisible = ([3], pikepdf.Operator("Tr"))
        back = ([0], pikepdf.Operator("Tr"))
        return [*content[:at], invisible, content[at], back, *content[at:]]

    rewrite(pdf, found.page, change)


@defect("P047")
def words_are_there_and_nobody_sees_them(pdf: Pdf) -> None:
    found = mark(pdf, "P", "Wait four")

    def change(content: list[Any]) -> list[Any]:
        at = shown(content, found.mcid)[0]
        return [*content[:at], ([3], pikepdf.Operator("Tr")), *content[at:]]

    rewrite(pdf, found.page, change)


@defect("P047")
def a_font_has_no_texts(pdf: Pdf) -> None:
    del _fonts(pdf)[0].ToUnicode


@defect("P047")
def a_font_has_an_empty_table_of_texts(pdf: Pdf) -> None:
    _fonts(pdf)[0].ToUnicode = pdf.make_stream(b"begincmap endcmap")


@defect("P047")
def two_fonts_have_each_other_s_texts(pdf: Pdf) -> None:
    one, other, *_ = _fonts(pdf)
    one.ToUnicode, other.ToUnicode = other.ToUnicode, one.ToUnicode


@defect("P047")
def no_font_of_the_file_is_in_it(pdf: Pdf) -> None:
    for font in _fonts(pdf):
        del font.DescendantFonts[0].FontDescriptor.FontFile2


@defect("P040")
def capitals_are_read_as_small_letters(pdf: Pdf) -> None:
    _map(pdf, {"W": "w"})


@defect("P040")
def a_digit_is_read_as_another(pdf: Pdf) -> None:
    _map(pdf, {"6": "9"})


@defect("P040", of="en-GB")
def a_digit_of_an_edition_is_read_as_another(pdf: Pdf) -> None:
    _map(pdf, {"1": "7"})


@defect("P040", of="cy")
def a_full_stop_of_an_edition_is_read_as_a_comma(pdf: Pdf) -> None:
    _map(pdf, {".": ","})


@defect("P047", of="ur")
def a_digit_of_an_urdu_edition_shows_another(pdf: Pdf) -> None:
    _glyphs(pdf, "9", "1")


@defect("P047", of="cy")
def a_letter_of_an_edition_shows_the_box_of_a_missing_one(pdf: Pdf) -> None:
    _glyphs(pdf, "w", None)


@defect("P040")
def a_line_is_shown_twice(pdf: Pdf) -> None:
    _show(pdf, "Wait four", lambda codes: codes + codes)


@defect("P040", "P047")
def a_line_has_lost_its_first_letter(pdf: Pdf) -> None:
    _show(pdf, "Take 6", lambda codes: codes[2:])
