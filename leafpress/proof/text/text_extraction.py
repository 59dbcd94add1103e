"""How far what poppler and pdfium read from a PDF is from the words of its markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from leafpress.proof.tags.blocks import is_running, of_markup, parsed, plain, tag
from leafpress.proof.text.pdf_readers import READERS, Halves
from leafpress.proof.text.right_to_left import NO_LINES, LinesFromRight, runs_from_right

LIMITS = {"pdfium": {"bn": 2.5}}
"""Character error in percent that a reader is allowed by language; none in the others. pdfium looks
at where glyphs stand and so tears some Bengali conjuncts; docs/proof.md says what it would take."""


@dataclass(frozen=True, slots=True)
class CharacterErrors:
    """What a reader made of a file: how many characters of how many it got wrong, and where."""

    reader: str
    wrong: int
    total: int
    first: str = ""

    @property
    def percent(self) -> float:
        """The character error rate."""
        return 100 * self.wrong / self.total if self.total else 0.0


_JOINT = re.compile(r"(?<=\S)(?:[-/?=&@]|(?=\.\w))(?=\S)")
"""Where an address may be cut by the end of a line, and so of a page (`pages/measure.py`)."""

_LINE_ENDS_IN_HYPHEN = re.compile(r"(?<=\S[-–])\r?\n(?=\S)")
"""A word with a hyphen of its own, or a range of numbers, broken there: we never hyphenate."""


@dataclass(frozen=True)
class ExtractedText:
    """What a reader made of a file, page by page.

    Args:
        between: how many characters of a page are no part of its running words, at most.
        lines: the pages line by line, for what runs from right to left.
    """

    pages: tuple[str, ...]
    between: int
    lines: LinesFromRight = NO_LINES

    @cached_property
    def whole(self) -> str:
        """All pages as one."""
        return " ".join(self.pages)

    def holds(self, words: str) -> bool:
        """Whether a block stands whole in it, or cut in two where a page ends."""
        cut = (self._is_cut(words, page, next_) for page, next_ in pairwise(self.pages))
        return words in self.whole or any(cut)

    def _is_cut(self, words: str, page: str, following: str) -> bool:
        """Whether the beginning ends a page, and the rest begins the next."""
        blanks = [at for at, character in enumerate(words) if _may_end_line(character)]
        blanks += [joint.end() for joint in _JOINT.finditer(words)]
        blanks += [sign.end() for sign in _SIGN.finditer(words)]
        return any(
            words[:at] in page[-at - self.between :]
            and words[at:].lstrip() in following[: len(words) - at + self.between]
            for at in blanks or range(1, len(words))
        )


def compare(
    reader: str, file: Path, html: str, halves: Halves = (), *, pairs: bool = False
) -> CharacterErrors:
    """How far a reader's text is from the words of the markup, block by block.

    A block that stands in the text has no error; another counts its distance (Levenshtein) from
    the piece of the text that is nearest to it.

    Args:
        pairs: whether two languages stand side by side: where a page ends, the other half stands
            between the two pieces of a block.
    """
    # Alternative text is not on the page.
    expected = [without_blanks(line.text) for line in of_markup(html) if line.type != "Figure"]
    between = _WHOLE_PAGE if pairs else _between(html)
    turned = parsed(html).attrib.get("dir") == "rtl"
    texts = _texts(READERS[reader](file, halves), expected, between, turned=turned)
    wrong, first = 0, ""
    for words in expected:
        if any(_stands(words, text, turned=turned) for text in texts):
            continue
        distance, nearest = min(_nearest(words, text.whole) for text in texts)
        if distance and not first:
            first = f"“{words[:60]}” was read as “{nearest[:60]}”"
        wrong += distance
    return CharacterErrors(reader, wrong, sum(map(len, expected)), first)


def _stands(words: str, text: ExtractedText, *, turned: bool) -> bool:
    """Whether a block stands in a text; one of which all, or a phrase, runs from right to left too.

    Args:
        turned: whether the whole document does.
    """
    if runs_from_right(words):
        return text.lines.holds(words) or text.holds(words)
    if turned:
        return text.holds(words) or text.lines.holds(words)
    return text.holds(words) or holds_quote(words, text.whole)


def _texts(
    read: Iterator[list[str]], expected: list[str], between: int, *, turned: bool
) -> list[ExtractedText]:
    """A reader's texts, up to one in which every block stands: better it cannot get."""
    texts: list[ExtractedText] = []
    every_word = " ".join(expected).split()
    long = {word for word in every_word if len(word) > LONG}
    for pages in read:
        joined = tuple(without_blanks(plain(in_one_piece(page, long))) for page in pages)
        lines = LinesFromRight.of((map(plain, page.splitlines()) for page in pages), between / 4)
        texts.append(ExtractedText(joined, between, lines))
        if all(_stands(words, texts[-1], turned=turned) for words in expected):
            break
    return texts


_CHINESE = "\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
"""Signs and marks of Chinese, between which a line ends anywhere, and no blank says anything."""

_NO_BLANK = re.compile(rf"(?<=[{_CHINESE}])\s+|\s+(?=[{_CHINESE}])")
_ENDS_ANYWHERE = re.compile(rf"[ {_CHINESE}]")


_SIGN = re.compile(rf"[{_CHINESE}](?=[^{_CHINESE}\s])")
_BEHIND_HYPHEN = re.compile(r"(?<=\w[-–])\s+(?=\w)")
"""In “hip- and knee” too: no reader tells it from a hyphen at the end of a line."""


def without_blanks(text: str) -> str:
    """A text without the blanks that a line's end may be: beside Chinese signs, behind a hyphen."""
    return _BEHIND_HYPHEN.sub("", _NO_BLANK.sub("", text))


def _may_end_line(character: str) -> bool:
    return _ENDS_ANYWHERE.match(character) is not None


_QUOTE = re.compile("[\u0590-\u08ff](?:.*[\u0590-\u08ff])?")
"""A phrase of a script that runs from right to left (UAX 9, table 4)."""


def holds_quote(words: str, text: str) -> bool:
    """Whether a block stands in a text but for the order of a right-to-left phrase in it.

    Both readers work out that order anew; the letters have to be there, each as often.
    """
    quote = _QUOTE.search(words)
    if quote is None:
        return False
    before, after = words[: quote.start()].rstrip(), words[quote.end() :].lstrip()
    if not before and not after:
        return False
    room = f"(.{{0,{len(quote[0]) + 8}}})"
    places = re.finditer(re.escape(before) + room + re.escape(after), text)
    return any(_letters(place[1]) == _letters(quote[0]) for place in places)


def _letters(text: str) -> list[str]:
    return sorted("".join(text.split()))


_WHOLE_PAGE = 1_000_000
"""Characters of a page, at most."""

_NUMBERS = 24
"""Characters that the numbers of a page and of all pages take, with what is around them."""


def _between(html: str) -> int:
    """How many characters stand at most between what a page ends with and what the next begins.

    Those in its margins, and the head of a table or box that goes on, which is painted last.
    """
    elements = list(parsed(html).iter())
    running = [_length(element) for element in elements if is_running(element)]
    heads = [_length(element) for element in elements if _is_repeated(element)]
    return _NUMBERS + sum(running) + max(heads, default=0)


def _is_repeated(element: Any) -> bool:
    """Whether it is drawn again on the next page: what templates call `band` is made so."""
    return tag(element) == "thead" or element.attrib.get("class") == "band"


def _length(element: Any) -> int:
    return len(plain("".join(element.itertext())))


LONG = 20
"""Characters of a word or address that may be wider than a line of the largest print."""


def in_one_piece(text: str, words: set[str]) -> str:
    """A page whose long words, addresses and words with hyphens go over line ends as one.

    Readers take every line end for a blank. Whether the file itself holds one is not asked here
    but of its tags (P040).
    """
    text = _LINE_ENDS_IN_HYPHEN.sub("", text)
    for word in sorted(words):
        broken = re.compile(r"[\r\n]*".join(map(re.escape, word)))
        text = broken.sub(word.replace("\\", r"\\"), text)
    return text


def _nearest(expected: str, text: str) -> tuple[int, str]:
    """How far the nearest piece of a text is from some words, and that piece."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Levenshtein

    alignment = fuzz.partial_ratio_alignment(expected, text)
    if alignment is None:
        return len(expected), ""
    nearest = text[alignment.dest_start : alignment.dest_end]
    return Levenshtein.distance(expected, nearest), nearest


def limit(reader: str, language: str) -> float:
    """The character error that is let pass, in percent."""
    return LIMITS.get(reader, {}).get(language.partition("-")[0], 0.0)
