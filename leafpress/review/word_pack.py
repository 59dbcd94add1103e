"""The Word file of a pack: what to do, and a table with a row a message."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK
from docx.shared import Mm, Pt

from leafpress.review.pictures import PlacePicture
from leafpress.review.returned import CONFIRM
from leafpress.review.rows import ReviewRow, one_line
from leafpress.review.word_cells import (
    LATIN,
    SIZE,
    TextLook,
    add_page_number,
    add_text,
    keep_together,
    repeat_on_each_page,
    set_right_to_left,
)
from leafpress.translation.language import LANGUAGES, SOURCE, Language

FIRST_HEADING = "Row"
"""What stands over the first column: by it the table is known again."""

PACK = "Pack: {subject} / {language}"
"""The line that says what a file is a pack of."""

_WIDTHS = (26, 61, 61, 88, 31)
"""Millimetres of the columns: 267 are between the margins of A4 on its side."""

_MARGIN = 15
_PICTURE = 83
"""Millimetres that a picture is wide at most."""

_NO_PICTURE = "Not printed as words on a page: it is read out, or stands in another edition."


@dataclass(frozen=True)
class WordPack:
    """What a Word file holds.

    Args:
        title: of the leaflet.
        pictures: by row number.
        notes: for the clinician, by the English of their row; only in English packs.
        general_notes: those that belong to no row.
    """

    subject: str
    language: Language
    title: str
    version: str
    made: datetime.date
    rows: Sequence[ReviewRow]
    pictures: Mapping[int, PlacePicture]
    notes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    general_notes: Sequence[str] = ()

    @property
    def is_english(self) -> bool:
        """Whether it is a clinician's: the words themselves, and no translation."""
        return self.language.is_source


_OF_TRANSLATIONS = (
    "Read each row: the English, the translation, and the picture of the place on the page.",
    "Correct the words in the column “{language}” only. Leave the columns “Row” and “English”.",
    "Names in braces, such as {{999}} or %(page)s, are filled in by the program. Keep each of "
    "them exactly as it is, and move it where your language wants it.",
    "Marks such as **two stars** make words strong. Keep them around the words that say the "
    "same. Of [a link](#place) translate the words, and leave what stands in round brackets.",
    "Keep every number, in the digits 0 to 9: they have to match keypads and labels.",
    "Do not go over the number of characters that stands beside the picture.",
    "Write questions and remarks into the last column. They are kept.",
    "Where it says “Guess”, the English has changed since it was translated. Correct the words, "
    "or, if they are right as they are, write “{confirm}” into the last column.",
    "Do not add, remove, join or part rows. The order of the rows may change.",
    "Before you send it back, accept all tracked changes, and keep the file as .docx.",
)

_OF_ENGLISH = (
    "Read each row: the words, the picture of the place on the page, and the notes.",
    "Rows marked “About safety” could do harm when they are wrong.",
    "Write what has to change into the last column, or correct the words themselves: the author "
    "sees old and new side by side. Names such as {{999}} and marks such as **two stars** stay.",
    "Each note asks you something. Answer it in the last column: “agreed” is an answer.",
    "Do not add, remove, join or part rows.",
    "Before you send it back, accept all tracked changes, and keep the file as .docx.",
    "To sign is another step: this file is no signature.",
)


def is_ours(line: str, language: Language) -> bool:
    """Whether a line above the table is one that the pack was sent with."""
    steps = _OF_ENGLISH if language.is_source else _OF_TRANSLATIONS
    ours = {step.format(language=language.english, confirm=CONFIRM) for step in steps}
    ours |= {"What to do", "Notes on the whole"}
    known = (_FACTS.fullmatch(line), line in ours, line.endswith(f": {language.english}"))
    return any(known) or line.startswith(PACK.partition("{")[0])


_FACTS = re.compile(r"Version .*\. \d+ rows\. Made on .*")


def more_than_place(text: str, row: ReviewRow) -> str:
    """What somebody wrote into the column that says where a row stands.

    Where the place is said in other words than when the file was made, nobody can tell: nothing.
    """
    if row.place not in text:
        return ""
    rest = text.replace(row.place, " ", 1)
    for ours in (_NO_PICTURE, _SAFETY, _GUESS):
        rest = rest.replace(ours, " ", 1)
    return one_line(_PAGE.sub(" ", rest, count=1))


_SAFETY = "About safety"
_GUESS = "Guess: the English has changed."
_PAGE = re.compile(r"Page \d+ of [\w-]+(?:, English)?\.")


def as_docx(pack: WordPack) -> bytes:
    """The bytes of the file."""
    document = docx.Document()
    _set_up(document, pack)
    _first_page(document, pack)
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    _table(document, pack)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _set_up(document: Any, pack: WordPack) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Mm(_MARGIN))
    for name in ("Normal", "List Number", "Heading 1", "Heading 2"):
        document.styles[name].font.name = LATIN
    document.styles["Normal"].font.size = Pt(SIZE)
    properties = document.core_properties
    properties.title = f"{pack.title}: {pack.language.english}"
    properties.author, properties.comments = "leafpress", ""
    properties.language = SOURCE
    made = datetime.datetime.combine(pack.made, datetime.time())
    properties.created = properties.modified = made
    footer = section.footer.paragraphs[0]
    add_text(footer, f"{pack.subject}, {pack.language.english}, page ", _ENGLISH)
    add_page_number(footer)


_ENGLISH = TextLook(LANGUAGES[SOURCE])
_STRONG = TextLook(LANGUAGES[SOURCE], bold=True)


def _first_page(document: Any, pack: WordPack) -> None:
    document.add_heading(f"{pack.title}: {pack.language.english}", 1)
    facts = f"Version {pack.version}. {len(pack.rows)} rows. Made on {pack.made:%-d %B %Y}."
    name = PACK.format(subject=pack.subject, language=pack.language.tag)
    for line in (facts, name):
        add_text(document.add_paragraph(), line, _ENGLISH)
    document.add_heading("What to do", 2)
    steps = _OF_ENGLISH if pack.is_english else _OF_TRANSLATIONS
    for step in steps:
        text = step.format(language=pack.language.english, confirm=CONFIRM)
        add_text(document.add_paragraph(style="List Number"), text, _ENGLISH)
    if pack.general_notes:
        document.add_heading("Notes on the whole", 2)
    for note in pack.general_notes:
        add_text(document.add_paragraph(style="List Bullet"), note, _ENGLISH)


def headings(language: Language) -> tuple[str, ...]:
    """What stands over the columns."""
    if language.is_source:
        return (FIRST_HEADING, "Words", "Notes for you", "Where it stands", "Remark")
    return (FIRST_HEADING, "English", language.english, "Where it stands", "Remark")


def _table(document: Any, pack: WordPack) -> None:
    table = document.add_table(rows=len(pack.rows) + 1, cols=len(_WIDTHS))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)
    first, *others = table.rows
    repeat_on_each_page(first)
    for cell, heading, width in zip(first.cells, headings(pack.language), _WIDTHS, strict=True):
        cell.width = Mm(width)
        add_text(cell.paragraphs[0], heading, _STRONG)
    for table_row, row in zip(others, pack.rows, strict=True):
        keep_together(table_row)
        cells = table_row.cells
        for cell, width in zip(cells, _WIDTHS, strict=True):
            cell.width = Mm(width)
        _fill(cells, row, pack)


def _fill(cells: Sequence[Any], row: ReviewRow, pack: WordPack) -> None:
    first, english, own, place, _remark = cells
    add_text(first.paragraphs[0], str(row.number), _STRONG)
    add_text(first.add_paragraph(), row.code(row.words), _ENGLISH)
    add_text(english.paragraphs[0], row.english, _ENGLISH)
    if pack.is_english:
        notes = pack.notes.get(row.english, ())
        add_text(own.paragraphs[0], " ".join(notes), _ENGLISH)
    else:
        _add_words(own.paragraphs[0], row.words, pack.language)
    _place(place, row, pack.pictures.get(row.number))


def _add_words(paragraph: Any, words: str, language: Language) -> None:
    """A translation; placeholders in it run from left to right, so that their braces stay whole."""
    if language.direction == "rtl":
        set_right_to_left(paragraph)
    for number, piece in enumerate(_NAMED.split(words)):
        is_placeholder = number % 2 == 1
        if piece:
            add_text(paragraph, piece, _ENGLISH if is_placeholder else TextLook(language))


_NAMED = re.compile(r"(\{[a-z0-9][a-z0-9-]*\}|%\(\w+\)[sd]|\]\([^()\s]*\))")
"""Names in braces and targets of links, which are not of the language."""


def _place(cell: Any, row: ReviewRow, picture: PlacePicture | None) -> None:
    paragraph = cell.paragraphs[0]
    if picture:
        shape = paragraph.add_run().add_picture(BytesIO(picture.png))
        _fit(shape)
        shape._inline.docPr.set("descr", f"{picture.words}, with row {row.number} in a frame")
        paragraph = cell.add_paragraph()
    where = f"{picture.words}." if picture else _NO_PICTURE
    add_text(paragraph, f"{where} {row.place}", _ENGLISH)
    if row.safety:
        add_text(cell.add_paragraph(), _SAFETY, _STRONG)
    if row.guess:
        add_text(cell.add_paragraph(), _GUESS, _STRONG)


def _fit(shape: Any) -> None:
    """At most as wide as its column, and never larger than on the page."""
    for side in ("distT", "distB", "distL", "distR"):
        shape._inline.set(side, "0")  # LibreOffice takes 9 points where nothing is said
    scale = min(1.0, Mm(_PICTURE) / shape.width)
    shape.width, shape.height = round(shape.width * scale), round(shape.height * scale)
