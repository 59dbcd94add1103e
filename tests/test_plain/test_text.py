"""Plain text: what people have read, what always holds, and that what is lost is found."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from conftest import REFERENCE, ROOT, Reference
from hypothesis import given, settings
from hypothesis import strategies as st
from test_plain.editions import LANGUAGES, markup

from leafpress.findings import Span
from leafpress.plain import text
from leafpress.plain.document import Block, Document, Piece, Shape
from leafpress.plain.reading import read
from leafpress.proof.text import plain_checks
from leafpress.translation.language import LANGUAGES as KNOWN

HERE = Span("here")
LEAFLETS = sorted(path.stem for path in (ROOT / "leaflets").glob("*-*.yaml"))


def written(language: str, leaflet: str = "neck-pain") -> str:
    return text.write(read(markup(language, "text", leaflet)))


@pytest.mark.parametrize("language", ["en-GB", "ur", "bn"])
def test_as_it_was_read(language: str, reference: Reference) -> None:
    """One of each script. Isolates and no-break spaces are in the files as they are."""
    reference.check(REFERENCE / "text" / f"neck-pain-{language}.txt", written(language))


@pytest.mark.parametrize("language", [*LANGUAGES, "ar-XB"])
@pytest.mark.parametrize("leaflet", LEAFLETS)
def test_every_leaflet(leaflet: str, language: str) -> None:
    found = written(language, leaflet)
    html = markup(language, "text", leaflet).html
    assert list(plain_checks.text(html, found, HERE)) == []
    assert unicodedata.is_normalized("NFC", found)
    assert found.endswith("\n")
    assert not found.endswith("\n\n")
    for line in found.split("\n"):
        assert line == line.rstrip()
        assert line.count(text.LEFT_TO_RIGHT) == line.count(text.END)
        assert "\t" not in line


def test_what_only_paper_has_is_not_there() -> None:
    found = written("en-GB")
    assert "Page " not in found
    assert "Draft: not yet checked by a clinician" in found
    assert found.index("Call 999") < 600


def test_the_checks_find_what_is_lost() -> None:
    html, found = markup("en-GB", "text").html, written("en-GB")
    assert "Keep moving" in found
    lost = list(plain_checks.text(html, found.replace("999", "99"), HERE))
    assert {each.rule for each in lost} == {"P080"}
    first, second = "Keep moving", "Heat and cold"
    swapped = found.replace(first, "\0").replace(second, first).replace("\0", second)
    assert swapped != found
    assert "P080" in {each.rule for each in plain_checks.text(html, swapped, HERE)}


@pytest.mark.parametrize("number", ["999", "67", "7"])
def test_a_number_at_the_start_of_a_line_is_no_mark_of_a_list(number: str) -> None:
    """In Somali a line began with “999. ”, and another with “67. ”, where a sentence ended."""
    html = f"<html><body><main><p>It is: {number}. Do not wait.</p></main></body></html>"
    written = f"It is:\n{number}. Do not wait.\n"
    assert list(plain_checks.text(html, written, HERE)) == []
    (lost,) = plain_checks.text(html, written.replace(f"{number}. ", ""), HERE)
    assert lost.rule == "P080"


def test_the_checks_find_a_long_line() -> None:
    html, found = markup("en-GB", "text").html, written("en-GB")
    long = found.replace("\n", " ", 60)
    assert "P081" in {each.rule for each in plain_checks.text(html, long, HERE)}


@pytest.mark.parametrize(
    ("words", "columns"),
    [("abc", 3), ("é", 1), ("e\u0301", 1), ("سُن", 2), ("কি", 2), ("中文", 4), ("\u2066a\u2069", 1)],
)
def test_columns(words: str, columns: int) -> None:
    assert text.width(words) == columns


WORDS = st.lists(st.text("abcé中سُ\u2066\u2069", min_size=1, max_size=12), min_size=1, max_size=40)


@settings(max_examples=60, deadline=None)
@given(WORDS, st.integers(12, 72))
def test_lines_hold_all_words_and_are_not_too_long(words: list[str], columns: int) -> None:
    lines = list(text.wrap(" ".join(words), columns))
    assert all(text.width(line) <= columns or " " not in line for line in lines)
    bare = {ord(text.LEFT_TO_RIGHT): None, ord(text.END): None}
    assert " ".join(lines).translate(bare).split() == " ".join(words).translate(bare).split()


def _document(*pieces: Piece) -> Document:
    return Document("ur", True, (Block(Shape.PARAGRAPH, (pieces,)),))


def test_numbers_keep_their_order_in_right_to_left_lines() -> None:
    """Between digits a no-break space is a common separator: they stay one number (UAX 9, W4)."""
    number = Piece("020 7946 0000", "ur", together=True, isolate=True)
    found = text.write(_document(Piece("فون کریں ", "ur"), number))
    assert found == "فون کریں \u2066020\u00a07946\u00a00000\u2069\u200f\n"
    assert unicodedata.bidirectional("\u00a0") == "CS"


def test_a_line_that_begins_in_latin_letters_stays_right_to_left() -> None:
    assert text.write(_document(Piece("GP سے پوچھیں", "ur"))).startswith("\u200f\u2066GP\u2069")
    assert text.write(_document(Piece("Back pain.", "en-GB"))) == "Back pain.\n"


@pytest.mark.parametrize(
    ("language", "colon", "stop"),
    [("en-GB", ": ", "."), ("fr", "\u00a0: ", "."), ("zh-Hant", "：", "。"), ("ti", ": ", "።")],
)
def test_tables_and_terms_have_the_marks_of_their_language(
    language: str, colon: str, stop: str
) -> None:
    """They stood in the program for five languages only: Nepali's rows ended in a full stop."""
    page = replace(
        markup("en-GB", "text"),
        language=KNOWN[language],
        html=f'<html lang="{language}"><dl><dt>A</dt><dd>B</dd></dl><table>'
        "<thead><tr><th>C</th><th>D</th></tr></thead>"
        "<tbody><tr><td>E</td><td>F</td></tr></tbody></table></html>",
    )
    found = text.write(read(page))
    assert f"- A{colon}B\n" in found
    assert f"D{colon}F{stop}\n" in found
