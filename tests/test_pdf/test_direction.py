"""Pieces that run from left to right in right-to-left lines, on paper: how they are drawn.

The page is laid out and written as leaflets are; pdfium says where each character stands.
"""

from __future__ import annotations

import ctypes
import io
from functools import cache

import pikepdf
import pypdfium2
import pytest
from conftest import ROOT
from test_translation.turned import AROUND, PIECES, TURNING

from leafpress.findings import Span
from leafpress.pages import fonts, type_style
from leafpress.pages.formats import FORMATS
from leafpress.pages.inline_order import of_words, ordered
from leafpress.pages.render import Markup
from leafpress.pages.type_style import Style
from leafpress.pdf.layout import lay_out, write_pdf
from leafpress.pdf.metadata import DEFAULT, PROFILES
from leafpress.proof.tags import blocks, tagged
from leafpress.translation.language import Language

NOT_IN_FONTS = frozenset("₂→")
"""Our fonts do not have these: on paper they are refused (P003), wherever they stand."""

ON_PAPER = tuple(piece for piece in PIECES if NOT_IN_FONTS.isdisjoint(piece))

LAYOUT = """
@page { size: A4; margin: 20mm }
body { margin: 0; font: 12pt/2 var(--families); font-kerning: none }
p { margin: 0 }
[dir="ltr"] { font-family: var(--latin) }
"""


def _markup(language: Language) -> Markup:
    lines = (AROUND[language.tag].format(piece) for piece in ON_PAPER)
    words = "".join(f"<p>{ordered([of_words(line)], language)}</p>\n" for line in lines)
    html = (
        f'<!doctype html><html lang="{language.tag}" dir="rtl">'
        f"<head><title>{language.native}</title></head><body>\n{words}</body></html>"
    )
    faces = fonts.faces(language.script)
    files = {face.url: ROOT / fonts.FOLDER / face.file for face in faces}
    styles = (type_style.of(language, FORMATS["a4"], faces), Style("tests/direction.css", LAYOUT))
    return Markup(html, styles, files, language, FORMATS["a4"], language.native)


@cache
def _pdf(tag: str) -> bytes:
    markup = _markup(TURNING[tag])
    return write_pdf(lay_out(markup, PROFILES[DEFAULT], Span(tag)))


MIRRORED = str.maketrans("()<>≤≥", "||||~~")
"""pdfium names a sign of a right-to-left line by its twin, whichever is drawn."""

ONE = {"½": "/12", "№ 5": "No5"}
"""pdfium takes these apart; what it makes of the parts says nothing of where they stand."""


def _drawn(data: bytes) -> list[str]:
    """The lines of a file, each from left to right, without blanks."""
    lines: list[str] = []
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            text = page.get_textpage()
            rows: dict[int, list[tuple[float, str]]] = {}
            for index in range(text.count_chars()):
                left, base = _origin(text, index)
                rows.setdefault(round(base), []).append((left, text.get_text_range(index, 1)))
            lines += ("".join(each for _, each in sorted(row)) for row in rows.values())
    return ["".join(line.split()) for line in lines]


def _origin(text: pypdfium2.PdfTextPage, index: int) -> tuple[float, float]:
    """Where a character stands on its line: from the left, and from below."""
    left, base = ctypes.c_double(), ctypes.c_double()
    pypdfium2.raw.FPDFText_GetCharOrigin(text, index, left, base)
    return left.value, base.value


@pytest.mark.parametrize("tag", TURNING)
def test_pieces_are_drawn_in_their_own_order(tag: str) -> None:
    drawn = "\n".join(_drawn(_pdf(tag))).translate(MIRRORED)
    expected = {piece: ONE.get(piece, "".join(piece.split())) for piece in ON_PAPER}
    assert [p for p, signs in expected.items() if signs.translate(MIRRORED) not in drawn] == []


@pytest.mark.parametrize("tag", TURNING)
def test_pieces_are_heard_in_their_own_order(tag: str) -> None:
    with pikepdf.open(io.BytesIO(_pdf(tag))) as pdf:
        heard = [block.text for block in blocks.of_file(tagged.read(pdf))]
    assert heard == [blocks.plain(AROUND[tag].format(piece)) for piece in ON_PAPER]
