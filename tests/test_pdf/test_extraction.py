"""The text layer in twenty-one languages: sentences laid out, written and read back by two readers.

What is searched, copied and read aloud is the text behind the glyphs. `sentences.yaml` holds the
sentences; the error counted is the whole page's, so nothing may be added either.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import yaml
from babel import Locale
from conftest import ROOT
from PIL import Image, ImageChops, ImageStat
from rapidfuzz.distance import Levenshtein

from leafpress.findings import Span
from leafpress.pages import fonts
from leafpress.pages.formats import FORMATS
from leafpress.pages.render import Markup
from leafpress.pages.type_style import Style
from leafpress.pdf.layout import lay_out, write_pdf
from leafpress.pdf.metadata import DEFAULT, PROFILES
from leafpress.proof.tags import blocks, tagged
from leafpress.proof.tags.blocks import plain
from leafpress.proof.text.pdf_readers import READERS
from leafpress.proof.text.text_extraction import in_one_piece
from leafpress.translation.language import LANGUAGES, Language

SENTENCES = Path(__file__).with_name("sentences.yaml")
KNOWN = LANGUAGES

LIMITS: dict[str, dict[str, float]] = {
    "bn": {"poppler": 0.0, "pdfium": 2.5},
    # Measured as one text, order and all: pdfium works out the order of a right-to-left line anew,
    # and turns "250 mg" around (docs/proof.md). Without that it reads these sentences exactly.
    "ar": {"poppler": 0.0, "pdfium": 2.1},
    "fa": {"poppler": 0.0, "pdfium": 1.5},
    "ur": {"poppler": 0.0, "pdfium": 1.4},
}
"""Character errors in percent that a reader may make. Every other language comes back exactly."""

IN_EVERY_PROFILE = ("pl", "bn", "ur")
"""A script each of one glyph a letter, of clusters, and from right to left."""


@cache
def _texts() -> dict[str, dict[str, list[str]]]:
    texts: dict[str, dict[str, list[str]]] = yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))
    return texts


TAGS = tuple(_texts())
CASES = [(tag, DEFAULT) for tag in TAGS] + [
    (tag, profile) for tag in IN_EVERY_PROFILE for profile in PROFILES if profile != DEFAULT
]


def _page(language: Language) -> str:
    texts = _texts()[language.tag]
    paragraphs = "".join(f"<p>{text}</p>\n" for text in texts["paragraphs"])
    items = "".join(f"<li>{text}</li>\n" for text in texts["list"])
    return (
        f'<!doctype html><html lang="{language.tag}" dir="{language.direction}">'
        f"<head><title>{language.native}</title></head>"
        f"<body>\n{paragraphs}<ul>\n{items}</ul>\n</body></html>"
    )


def _style(script: str) -> Style:
    """The type of a script, as leaflets have it; no list markers, which nobody wrote."""
    typeface = fonts.TYPEFACES[script]
    families = ", ".join(f'"{family}"' for family in typeface.families)
    # As templates/styles/base.css has it: kerning moves letters of one word apart.
    kerning = "none" if script in {"arabic", "naskh"} else "auto"
    text = f"""{fonts.css(fonts.faces(script))}
    @page {{ size: A4; margin: 20mm }}
    html {{ font: {14 * typeface.scale:g}pt/{typeface.leading:g} {families} }}
    html {{ font-kerning: {kerning} }}
    body, p, ul {{ margin: 0; padding: 0 }}
    p, li {{ margin-block-end: 6pt }}
    ul {{ list-style-type: none }}
    """
    return Style(f"tests/test_pdf/{script}.css", text)


def _markup(language: Language) -> Markup:
    files = {face.url: ROOT / fonts.FOLDER / face.file for face in fonts.faces(language.script)}
    return Markup(
        _page(language),
        (_style(language.script),),
        files,
        language,
        FORMATS["a4"],
        language.native,
    )


def _pdf(language: Language, profile: str) -> bytes:
    return write_pdf(lay_out(_markup(language), PROFILES[profile], Span(language.tag)))


def _written(tag: str) -> str:
    """All sentences of a language as one text, without markup."""
    texts = _texts()[tag]
    return plain(re.sub(r"<[^>]*>", "", " ".join([*texts["paragraphs"], *texts["list"]])))


def _difference(written: str, read: str) -> str:
    """Where two texts differ, each piece with its neighbours."""
    pieces = [
        f"{written[max(0, o.src_start - 8) : o.src_end + 8]!r} was read as "
        f"{read[max(0, o.dest_start - 8) : o.dest_end + 8]!r}"
        for o in Levenshtein.opcodes(written, read)
        if o.tag != "equal"
    ]
    return "\n".join(pieces)


def _error(written: str, readings: list[str]) -> tuple[float, str]:
    """The character error of the better reading in percent, and where it is."""
    best = min(readings, key=lambda read: Levenshtein.distance(written, read))
    percent = 100 * Levenshtein.distance(written, best) / len(written)
    return percent, _difference(written, best)


@pytest.mark.parametrize("tag", ["ur", "fa", "ar"])
def test_letters_of_a_ligature_are_not_turned_around(tag: str, tmp_path: Path) -> None:
    # لا is one glyph; readers turn a text of two right-to-left letters around.
    words = "علاج علامت لائیں سلام" if tag == "ur" else "علاج علامة سلام ولادة"
    markup = _markup(KNOWN[tag])
    file = tmp_path / "words.pdf"
    page = re.sub(r"<body>.*</body>", f"<body><p>{words}</p></body>", markup.html, flags=re.DOTALL)
    markup = replace(markup, html=page)
    file.write_bytes(write_pdf(lay_out(markup, PROFILES[DEFAULT], Span(tag))))
    for reader, read in READERS.items():
        texts = [plain(in_one_piece(page, set())) for pages in read(file) for page in pages]
        assert words in texts, reader


MARKED = {
    "ar": "ألم شائع جدًّا، متدلّ، وكثيرًا لا يُعثر على سبب: اختر شيئًا لكنه فورًا",
    "fa": "می‌شود فوراً آمی‌تریپتیلین نشانه‌هایتان می‌تواند مثلاً",
    "ur": "فوراً مدد لیں اگر جلد سُن ہو",
}


@pytest.mark.parametrize("tag", MARKED)
@pytest.mark.parametrize("reader", READERS)
def test_words_with_marks_and_joiners_are_found_whole(
    reader: str, tag: str, tmp_path: Path
) -> None:
    """Their ink stands at heights of its own, where Chrome saw another line and tore words."""
    markup = _markup(KNOWN[tag])
    body = f"<body><p>{MARKED[tag]}</p></body>"
    page = re.sub(r"<body>.*</body>", body, markup.html, flags=re.DOTALL)
    file = tmp_path / "words.pdf"
    markup = replace(markup, html=page)
    file.write_bytes(write_pdf(lay_out(markup, PROFILES[DEFAULT], Span(tag))))
    read = {plain(in_one_piece(page, set())) for pages in READERS[reader](file) for page in pages}
    assert MARKED[tag] in read


def test_a_kerned_pair_is_one_word(tmp_path: Path) -> None:
    """Our Latin typeface moves j away from q by more than what poppler takes for a blank."""
    markup = _markup(KNOWN["pl"])
    page = re.sub(r"<body>.*</body>", "<body><p>skuqje</p></body>", markup.html, flags=re.DOTALL)
    file = tmp_path / "words.pdf"
    file.write_bytes(write_pdf(lay_out(replace(markup, html=page), PROFILES[DEFAULT], Span("pl"))))
    for reader, read in READERS.items():
        texts = [" ".join(page for page in pages if page.strip()) for pages in read(file)]
        assert [text.strip() for text in texts] == ["skuqje"] * len(texts), reader


@pytest.mark.parametrize(("tag", "profile"), CASES)
def test_words_come_back(tag: str, profile: str, tmp_path: Path) -> None:
    file = tmp_path / "words.pdf"
    file.write_bytes(_pdf(KNOWN[tag], profile))
    failed = []
    for reader, read in READERS.items():
        texts = (" ".join(in_one_piece(page, set()) for page in pages) for pages in read(file))
        percent, where = _error(_written(tag), [plain(text) for text in texts])
        if percent > LIMITS.get(tag, {}).get(reader, 0.0):
            failed.append(f"{tag}, {reader}: {percent:.2f} %\n{where}")
    assert not failed, "\n".join(failed)


def test_sentences_are_composed_and_complete() -> None:
    text = SENTENCES.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert len(TAGS) >= 20
    for tag in TAGS:
        written = _written(tag)
        assert "020 7946 0000" in written, tag
        assert "250 mg" in written, tag
        assert "2026" in written, tag


def test_every_language_can_be_built_once_it_is_translated() -> None:
    for language in LANGUAGES.values():
        if language.pseudo:
            continue
        assert Locale.parse(language.locale).character_order.startswith(
            "right" if language.direction == "rtl" else "left"
        )
    fonts.check(ROOT, fonts.TYPEFACES)


@pytest.mark.parametrize("tag", [*TAGS, "ur in nastaliq"])
def test_nothing_that_is_seen_changes(tag: str, tmp_path: Path) -> None:
    """The pages look as WeasyPrint alone paints them: what we add for readers has no ink."""
    language = KNOWN[tag.partition(" ")[0]]
    if "nastaliq" in tag:
        language = replace(language, script="nastaliq")
    (tmp_path / "ours.pdf").write_bytes(_pdf(language, DEFAULT))
    rendering = lay_out(_markup(language), PROFILES[DEFAULT], Span(tag))
    rendering.document.write_pdf(tmp_path / "stock.pdf")
    ours, stock = (_picture(tmp_path / f"{name}.pdf") for name in ("ours", "stock"))
    assert ours.getextrema() == (0, 255)
    ink = [ImageStat.Stat(ImageChops.invert(each)).sum[0] for each in (ours, stock)]
    assert ink[0] == pytest.approx(ink[1], rel=0.002)
    if "nastaliq" in tag:  # one line stands half a point to the side
        return
    changed = ImageChops.difference(ours, stock).point(lambda value: 255 * (value > SEEN))
    assert changed.getbbox() is None, f"something is seen at {changed.getbbox()}"


SEEN = 96
"""Of 255: rounding of positions changes the edges of letters by less."""


def _picture(file: Path) -> Image.Image:
    with pypdfium2.PdfDocument(file) as document:
        return document[0].render(scale=1.5).to_pil().convert("L")


@pytest.mark.parametrize(("tag", "profile"), CASES)
def test_the_tags_hold_every_word(tag: str, profile: str, tmp_path: Path) -> None:
    """By our own reading of the finished file no language has an error at all."""
    language = KNOWN[tag]
    file = tmp_path / "file.pdf"
    file.write_bytes(_pdf(language, profile))
    with pikepdf.open(file) as pdf:
        got = blocks.of_file(tagged.read(pdf))
    assert got == blocks.of_markup(_page(language))
    assert len(got) > 5
