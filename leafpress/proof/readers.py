"""What two programs that are not ours read from a PDF: poppler and pdfium.

Between them they are what most patients' programs are made of: Evince and Okular, Chrome and Edge.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from leafpress.proof.lines import Line, plain

SECONDS = 60
"""Longer than this no leaflet takes; a reader that hangs is stopped."""

LIMITS = {"pdfium": {"bn": 2.5}}
"""Character error in percent that a reader is allowed by language. pdfium looks at where glyphs
stand and so tears some Bengali conjuncts; docs/text.md says what it would take."""

RIGHT_TO_LEFT_LIMIT = 3.0
"""Both readers work out anew which way right-to-left lines run, and put numbers and Latin words in
them in an order of their own; the words in the file are right (P040)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a file: how many characters of how many it got wrong, and where."""

    reader: str
    wrong: int
    total: int
    first: str = ""

    @property
    def percent(self) -> float:
        """The character error rate."""
        return 100 * self.wrong / self.total if self.total else 0.0


_LINE_ENDS_IN_HYPHEN = re.compile(r"(?<=\w-)\n(?=\w)")
"""A word with a hyphen of its own, broken there: we never hyphenate."""


def poppler(file: Path) -> Iterator[str]:
    """The text by `pdftotext`, in the order of the page and in that of the file."""
    for options in ([], ["-raw"]):
        command = ["pdftotext", "-q", "-enc", "UTF-8", *options, str(file), "-"]
        done = subprocess.run(command, capture_output=True, check=True, timeout=SECONDS)
        text = from_page_order(done.stdout.decode("utf-8", "replace"))
        yield _LINE_ENDS_IN_HYPHEN.sub("", text)


def pdfium(file: Path) -> Iterator[str]:
    """The text by pdfium."""
    import pypdfium2

    with pypdfium2.PdfDocument(file) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    # U+FFFE stands where pdfium took a hyphen at a line's end away.
    yield " ".join(pages).replace("\ufffe", "-").replace("\x02", "-")


READERS: dict[str, Callable[[Path], Iterator[str]]] = {"poppler": poppler, "pdfium": pdfium}


def missing(reader: str) -> str:
    """Why a reader cannot be asked; empty when it can."""
    if reader == "poppler" and shutil.which("pdftotext") is None:
        return "pdftotext is not installed (poppler-utils)"
    return ""


def compare(reader: str, file: Path, expected: list[Line]) -> Reading:
    """How far a reader's text is from the words of the markup, block by block.

    A block that stands whole in the text has no error; another counts its distance (Levenshtein)
    from the piece of the text that is nearest to it.
    """
    texts = _texts(reader, file, expected)
    wrong, total, first = 0, 0, ""
    for line in expected:
        if line.type == "Figure":  # alternative text is not on the page
            continue
        total += len(line.text)
        if not any(line.text in text for text in texts):
            distance, got = min(_nearest(line.text, text) for text in texts)
            first = first or f"“{line.text[:60]}” was read as “{got[:60]}”" * bool(distance)
            wrong += distance
    return Reading(reader, wrong, total, first)


def _texts(reader: str, file: Path, expected: list[Line]) -> list[str]:
    """A reader's texts, up to one in which every block stands whole: better it cannot get."""
    found: list[str] = []
    long = {word for line in expected for word in line.text.split() if len(word) > LONG}
    for text in READERS[reader](file):
        found.append(plain(_in_one_piece(text, long)))
        if all(line.text in found[-1] for line in expected if line.type != "Figure"):
            break
    return found


LONG = 20
"""Characters of a word or address that may be wider than a line of the largest print."""


def _in_one_piece(text: str, words: set[str]) -> str:
    """A text whose long words and addresses go over line ends as one.

    Readers take every line end for a blank. Whether the file itself holds one is not asked here
    but of its tags (P040).
    """
    for word in sorted(words):
        broken = re.compile(r"[\r\n]*".join(map(re.escape, word)))
        text = broken.sub(word.replace("\\", r"\\"), text)
    return text


def _nearest(wanted: str, text: str) -> tuple[int, str]:
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Levenshtein

    found = fuzz.partial_ratio_alignment(wanted, text)
    if found is None:
        return len(wanted), ""
    got = text[found.dest_start : found.dest_end]
    return Levenshtein.distance(wanted, got), got


def limit(reader: str, language: str, *, right_to_left: bool) -> float:
    """The character error that is let pass, in percent."""
    usual = RIGHT_TO_LEFT_LIMIT if right_to_left else 0.0
    return LIMITS.get(reader, {}).get(language.partition("-")[0], usual)


_EMBEDDED = re.compile("\u202a([^\u202a-\u202e]*)\u202c")


def from_page_order(text: str) -> str:
    """Text of poppler's as it is read.

    Left-to-right pieces of a right-to-left line (U+202A to U+202C) come as they stand on the page:
    punctuation and blanks at their left end are read last.
    """
    return "\n".join(
        _EMBEDDED.sub(_turned, line) if line.startswith("\u202b") else line
        for line in text.split("\n")
    )


def _turned(match: re.Match[str]) -> str:
    piece = match[1]
    strong = [i for i, c in enumerate(piece) if unicodedata.bidirectional(c) in {"L", "EN"}]
    if not strong:
        return piece[::-1]
    first, last = strong[0], strong[-1] + 1
    return piece[last:][::-1] + piece[first:last] + piece[:first][::-1]
