"""Two programs that are not ours and read the text of a PDF: poppler and pdfium.

Between them they are what most patients' programs are made of: Evince and Okular, Chrome and Edge.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from ctypes import byref, c_double
from pathlib import Path
from typing import Any

from leafpress.proof.tags.booklet_order import ReaderPage

SECONDS = 60
"""Longer than this no leaflet takes; a reader that hangs is stopped."""

Halves = tuple[ReaderPage, ...]
"""Of a booklet, what is asked for in turn; of other files nothing, and all is asked for at once."""


def poppler(file: Path, halves: Halves = ()) -> Iterator[list[str]]:
    """The text by `pdftotext`, in the order of the page and in that of the file.

    Each as it comes, and with the lines that poppler takes for lines from the left read from the
    right.
    """
    for options in ([], ["-raw"]):
        pieces = [_cut_out(half) for half in halves] or [[]]
        text = "".join(_pdftotext(file, [*options, *piece]) for piece in pieces)
        yield from_page_order(text).split("\f")
        if _FROM_RIGHT in text:
            yield from_page_order(text, turned=True).split("\f")


def _pdftotext(file: Path, options: list[str]) -> str:
    command = ["pdftotext", "-q", "-enc", "UTF-8", *options, str(file), "-"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=SECONDS)
    return done.stdout.decode("utf-8", "replace")


def _cut_out(half: ReaderPage) -> list[str]:
    """Options that ask for a part of a page only: pixels at 72 to the inch are points."""
    number = str(half.page + 1)
    options = ["-f", number, "-l", number]
    area = {"-x": half.left, "-y": 0, "-W": half.right - half.left, "-H": half.height}
    for name, points in area.items():
        options += [name, str(round(points))]
    return options


def pdfium(file: Path, halves: Halves = ()) -> Iterator[list[str]]:
    """The text by pdfium."""
    import pypdfium2

    with pypdfium2.PdfDocument(file) as document:
        texts = [page.get_textpage() for page in document]
        pages = [_half(texts[half.page], half) for half in halves] or [
            text.get_text_range() for text in texts
        ]
    yield [_as_written(page) for page in pages]


def _half(text: Any, half: ReaderPage) -> str:
    """The characters of a page that begin between the edges of a half.

    pdfium itself leaves out what has no width, as marks and joiners (`FPDFText_GetBoundedText`).
    """
    from pypdfium2 import raw

    numbers = range(text.count_chars())
    characters = [chr(raw.FPDFText_GetUnicode(text, number)) for number in numbers]
    starts = [_start(text, number) for number in numbers]
    inside = (half.left <= start < half.right for start in starts)
    return "".join(c for c, is_in in zip(characters, inside, strict=True) if is_in or c == "\n")


def _start(text: Any, index: int) -> float:
    from pypdfium2 import raw

    x, y = c_double(), c_double()
    raw.FPDFText_GetCharOrigin(text, index, byref(x), byref(y))
    return x.value


_MARK_BEHIND_SIGN = re.compile("([،؛؟:.,!])([\u064b-\u065f\u0670]+)")


def _as_written(page: str) -> str:
    """A page of pdfium's, with what it moves within a line at its place.

    U+FFFE stands where it took a hyphen at a line's end away. A vowel mark at a word's end comes
    behind the sign that follows the word.
    """
    page = page.replace("\ufffe", "-").replace("\x02", "-")
    return _MARK_BEHIND_SIGN.sub(r"\2\1", page)


READERS: dict[str, Callable[[Path, Halves], Iterator[list[str]]]] = {
    "poppler": poppler,
    "pdfium": pdfium,
}
"""Each yields the text of every page, perhaps in more than one way."""


def missing(reader: str) -> str:
    """Why a reader cannot be asked; empty when it can."""
    if reader == "poppler" and shutil.which("pdftotext") is None:
        return "pdftotext is not installed (poppler-utils)"
    return ""


_FROM_RIGHT, _END = "\u202b", "\u202c"
_EMBEDDED = re.compile("\u202a([^\u202a-\u202e]*)\u202c")
_PIECES = re.compile("\u202b[^\u202a-\u202e]*\u202c|[^\u202b\u202c\f]+")
"""Of a line from the left: pieces from the right, and what stands between them."""


def from_page_order(text: str, *, turned: bool = False) -> str:
    """Text of poppler's as it is read.

    Left-to-right pieces of a right-to-left line (U+202A to U+202C) come as they stand on the page:
    punctuation and blanks at their left end are read last. A line with many of them comes as one
    from the left, with right-to-left pieces (U+202B to U+202C) as they stand on the page.

    Args:
        turned: whether a line of both kinds of pieces is read from the right, or from the left.
    """
    return "\n".join(_line(line, turned=turned) for line in text.split("\n"))


def _line(line: str, *, turned: bool) -> str:
    start = len(line) - len(line.lstrip("\f"))
    feeds, line = line[:start], line[start:]
    if line.startswith(_FROM_RIGHT) and _END not in _EMBEDDED.sub("", line)[:-1]:
        return feeds + _EMBEDDED.sub(lambda embedded: _turned(embedded[1]), line)
    if turned and _FROM_RIGHT in line:
        pieces = [_piece(piece) for piece in _PIECES.findall(line)]
        return feeds + "".join(reversed(pieces))
    return feeds + line


def _piece(piece: str) -> str:
    return piece if piece.startswith(_FROM_RIGHT) else _turned(piece)


def _turned(piece: str) -> str:
    strong = [i for i, c in enumerate(piece) if unicodedata.bidirectional(c) in {"L", "EN"}]
    if not strong:
        return piece[::-1]
    first, last = strong[0], strong[-1] + 1
    return piece[last:][::-1] + piece[first:last] + piece[:first][::-1]
