"""A picture of the place where each message stands, cut out of the laid-out pages.

Words are looked for as letters and digits only, in the order of the HTML: lines, markup and signs
that layout adds do not matter. What is nowhere on a page (alternative texts) has no picture.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

import pypdfium2
from PIL import Image, ImageDraw

from leafpress.approval.messages import SHARED
from leafpress.content import inline
from leafpress.findings import Problem
from leafpress.pdf.boxes import TextRun, runs, seen
from leafpress.pdf.layout import lay_out, write_pdf
from leafpress.pdf.metadata import PROFILES
from leafpress.press.edition import BuildOptions, Edition
from leafpress.press.pipeline import markup_of
from leafpress.review.rows import ReviewRow
from leafpress.translation.language import SOURCE

SCALE = 1.75
"""Pixels a point: 126 a inch, enough to read 12 point type on a printed picture."""

AROUND = 16.0
"""Points around the lines of a message that are shown too."""

TALLEST = 260.0
"""Points: a longer message is shown by its beginning."""

FEWEST = 3
"""Letters that words need at least to be looked for: “a” stands everywhere."""

SURE = 12
"""Letters of words that are hardly found in a wrong place: the search goes on from there."""

_DPI = 72 * SCALE
_FRAME = (0, 61, 122)
_GAP_OF_FRAME = 2.5
_COLOURS = 32
_GAP = re.compile(rf"{inline.PLACEHOLDER.pattern}|%\(\w+\)[sd]")
_FORMATS = ("a4", "easy-read")


@dataclass(frozen=True, slots=True)
class PlacePicture:
    """Where a message stands, as PNG, and what that is."""

    png: bytes
    words: str


@dataclass(frozen=True)
class DrawnPages:
    """The pages of an edition: their pieces of text, and the PDF to draw them from."""

    runs: tuple[TextRun, ...]
    pdf: bytes
    name: str
    language: str

    @cached_property
    def letters(self) -> tuple[str, tuple[int, ...], frozenset[int], frozenset[int]]:
        """All letters, the run of each, and where words begin and end."""
        text: list[str] = []
        owners: list[int] = []
        begins, ends = set[int](), set[int]()
        for number, run in enumerate(self.runs):
            before = False
            for character in run.text:
                is_letter = _is_letter(character)
                if is_letter and not before:
                    begins.add(len(owners))
                if before and not is_letter:
                    ends.add(len(owners))
                before = is_letter
                for folded in _folded(character) if is_letter else "":
                    text.append(folded)
                    owners.append(number)
            ends.add(len(owners))
        return "".join(text), tuple(owners), frozenset(begins), frozenset(ends)

    @cached_property
    def _drawn(self) -> dict[int, Image.Image]:
        return {}

    def page(self, number: int) -> Image.Image:
        """A page as it looks, counted from 1; drawn once."""
        if number not in self._drawn:
            document = pypdfium2.PdfDocument(self.pdf)
            self._drawn[number] = document[number - 1].render(scale=SCALE).to_pil()
            document.close()
        return self._drawn[number]


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def drawn_pages(options: BuildOptions, subject: str, language: str) -> tuple[DrawnPages, ...]:
    """The pages on which a subject's messages stand: in the language, or else in English.

    Nothing is drawn of what cannot be laid out now: `check` says why.
    """
    project = options.project()
    leaflet = subject if subject != SHARED else next(iter(project.leaflet_ids()), "")
    model = project.leaflet(leaflet).model
    easy = model is not None and model.easy_read is not None
    formats = _FORMATS if easy else _FORMATS[:1]
    found = []
    for format_ in formats:
        for tag in dict.fromkeys((language, SOURCE)):
            pages = _drawn(Edition(leaflet, tag, format_), options)
            if pages:
                found.append(pages)
                break
    return tuple(found)


def _drawn(edition: Edition, options: BuildOptions) -> DrawnPages | None:
    profile = PROFILES[options.profile]
    try:
        rendering = lay_out(markup_of(edition, options), profile, edition.place)
        pdf = write_pdf(rendering)
    except Problem:
        return None
    body = [run for run in runs(seen(rendering)) if not run.in_margin]
    return DrawnPages(tuple(body), pdf, edition.format, edition.language)


def of_rows(
    rows: Sequence[ReviewRow], pages: Sequence[DrawnPages]
) -> Iterator[tuple[ReviewRow, PlacePicture | None]]:
    """Each row with its picture, in order."""
    cursors = dict.fromkeys(range(len(pages)), 0)
    for row in rows:
        yield row, _picture(row, pages, cursors)


def _picture(
    row: ReviewRow, pages: Sequence[DrawnPages], cursors: dict[int, int]
) -> PlacePicture | None:
    for number, drawn in enumerate(pages):
        words = row.english if drawn.language == SOURCE else row.words
        at = where(drawn, words, cursors[number])
        if at:
            if at[1] - at[0] >= SURE:
                cursors[number] = at[1]
            return _cut(drawn, drawn.letters[1][at[0] : at[1]])
    return None


def where(drawn: DrawnPages, words: str, start: int) -> tuple[int, int] | None:
    """The first and last letter of some words: from `start` on, or else from the beginning."""
    pattern = _pattern(words)
    if pattern is None:
        return None
    text, _, begins, ends = drawn.letters
    for begin in (start, 0):
        for match in pattern.finditer(text, begin):
            if match.start() in begins and match.end() in ends:
                return match.span()
    return None


def _pattern(words: str) -> re.Pattern[str] | None:
    """The letters of some words, with room for names where placeholders stand."""
    pieces = re.split(r"\0", _GAP.sub("\0", inline.plain(words)))
    letters = ["".join(filter(_is_letter, piece)) for piece in pieces]
    if sum(map(len, letters)) < FEWEST:
        return None
    return re.compile(".{0,120}?".join(re.escape(_folded(piece)) for piece in letters))


def _cut(drawn: DrawnPages, owners: Sequence[int]) -> PlacePicture:
    """The lines of a message and what stands around them, with a frame."""
    every = [drawn.runs[owner] for owner in dict.fromkeys(owners)]
    page = every[0].page
    here = [run for run in every if run.page == page]
    top = min(run.top for run in here)
    bottom = min(max(run.bottom for run in here), top + TALLEST)
    left = min(run.left for run in here)
    right = max(run.right for run in here)
    picture = drawn.page(page)
    edges = (left - AROUND, top - AROUND, right + AROUND, bottom + AROUND)
    begin_x, begin_y = max(edges[0], 0), max(edges[1], 0)
    cut = picture.crop(_pixels(edges, picture.size))
    lines = (left - begin_x, top - begin_y, right - begin_x, bottom - begin_y)
    _draw_frame(cut, lines)
    buffer = BytesIO()
    cut.convert("RGB").quantize(_COLOURS).save(buffer, "PNG", optimize=True, dpi=(_DPI, _DPI))
    language = "" if drawn.language != SOURCE else ", English"
    return PlacePicture(buffer.getvalue(), f"Page {page} of {drawn.name}{language}")


def _draw_frame(cut: Image.Image, lines: tuple[float, ...]) -> None:
    """A frame around some lines, a little outside them."""
    left, top, right, bottom = (edge * SCALE for edge in lines)
    room = _GAP_OF_FRAME * SCALE
    right, bottom = min(right + room, cut.width - 2), min(bottom + room, cut.height - 2)
    inside = (max(left - room, 1), max(top - room, 1), right, bottom)
    ImageDraw.Draw(cut).rectangle(inside, outline=_FRAME, width=3)


def _pixels(edges: tuple[float, ...], size: tuple[int, int]) -> tuple[int, int, int, int]:
    left, top, right, bottom = (round(edge * SCALE) for edge in edges)
    return max(left, 0), max(top, 0), min(right, size[0]), min(bottom, size[1])
