"""Which damage matters: what no reader notices passes with a word (E093), the rest does not (E006).

qpdf speaks of every departure from the standard, and mends by guesses when it is allowed to. Two
kinds of its words are harmless: those of `HARMLESS`, where nothing had to be guessed; and a table
of objects that is wrong or lost, as long as the objects themselves are all there, each once
(`is_whole`). Of 144 real files called damaged, 118 look after repair as readers draw them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary

from leafpress.findings import Finding, Problem, Span
from leafpress.pdf_objects import ObjectRef, dictionary_at, integer_at
from leafpress.rules import finding

SILENT = ("a common error handled correctly by qpdf",)
"""Warnings that say themselves that they are nothing."""

HARMLESS: dict[str, str] = {
    "is not one plus the highest object number": "it counts its objects wrongly",
    "Resources is missing or invalid": "a page does not name its resources",
    "extraneous whitespace seen before xref": "blanks stand before its table of objects",
    "setting missing or invalid /Type entry to /Catalog": "its catalogue does not say what it is",
    "/Type key should be /Page but is not": "a page does not say what it is",
    "/Type key should be /Pages but is not": "a tree of pages does not say what it is",
    "stream keyword followed by carriage return only": "a line ends in an old way",
    "stream keyword followed by extraneous whitespace": "blanks stand before a stream",
    "stream keyword not followed by proper line terminator": "a line ends in an old way",
    "input stream is complete but output may still be valid": "a packed stream has no end mark",
}
"""By qpdf's words: what a file has that all readers take as it is meant, and nothing is guessed."""

TABLE = (
    "file is damaged",
    "xref not found",
    "startxref",
    "xref syntax invalid",
    "invalid xref entry",
    "error reading xref",
    "expected trailer dictionary",
    "expected n n obj",
    "unable to find /Root dictionary",
    "Attempting to reconstruct cross-reference table",
)
"""What qpdf says where only the table of objects is wrong; `is_whole` says whether that is all."""

REBUILT = "its table of objects was wrong or lost, and was made anew: no object is missing"

REASONS: dict[str, str] = {
    "unfilterable stream": "it is packed in a way that this program does not know",
    "invalid password": "it opens with a password only",
}
"""qpdf's words for what is no damage at all, in ours."""

_NOISE = re.compile(r"^.*?(?:object at 0x[0-9a-f]+>|stream <[^>]*>)\s*:?\s*", re.DOTALL)
_HEAD_OF_OBJECT = re.compile(rb"(?<![\w.+-])(\d{1,10})[\0\s]+(\d{1,5})[\0\s]+obj\b")
_ROOT = re.compile(rb"/Root[\0\s]+(\d{1,10})[\0\s]+(\d{1,5})[\0\s]+R\b")


@dataclass(frozen=True, slots=True)
class Damage:
    """What qpdf had to say of a file while it was read.

    Args:
        harmful: the first thing that matters; "" if nothing does.
        harmless: what does not, in our words, each once.
    """

    harmful: str
    harmless: tuple[str, ...]

    def told(self, name: str) -> list[Finding]:
        """A warning, where there is something to tell."""
        if not self.harmless:
            return []
        return [finding("E093", Span(name), what="; ".join(self.harmless))]


def damage_of(pdf: pikepdf.Pdf, *, rebuilt: bool = False) -> Damage:
    """What qpdf had to say since it was asked last: it forgets.

    Args:
        rebuilt: whether the table of objects was made anew, by `is_whole`'s leave.
    """
    harmful, harmless = "", dict.fromkeys([REBUILT] if rebuilt else [])
    for warning in map(str, pdf.get_warnings()):
        if any(words in warning for words in SILENT):
            continue
        own = next((own for words, own in HARMLESS.items() if words in warning), None)
        if own is not None:
            harmless.setdefault(own)
        elif not (rebuilt and is_of_the_table(warning)):
            harmful = harmful or warning
    return Damage(harmful, tuple(harmless))


def is_of_the_table(words: str) -> bool:
    """Whether qpdf's `words` are about the table of objects only."""
    plain = re.sub(r"expected \d+ \d+ obj", "expected n n obj", words)
    return any(part in plain for part in TABLE)


def without_table(data: bytes) -> bytes:
    """A file whose end does not lead to its table of objects, so that qpdf makes a new one.

    It looks for a table of right form first, and stops at one that leads to the wrong objects.
    """
    end = data[-_END:].replace(b"startxref", b"startxxxx")
    return data[:-_END] + end


_END = 2000
"""Bytes at the end in which readers look for the table's place: qpdf in 1054."""


def has_impossible_generation(data: bytes) -> bool:
    """Whether a table has a generation above 65,535 (ISO 32000-1, table C.1).

    qpdf leaves such an entry out and does not say so. What points at the object then points at
    nothing: a page was joined empty, without a word.
    """
    return any(int(match[1]) > _HIGHEST_GENERATION for match in _ENTRY.finditer(data))


_HIGHEST_GENERATION = 65_535
_ENTRY = re.compile(rb" (?<=\b\d{10} )(\d{5}) n\b")
"""Ten digits, five and an `n`. The blank is looked for first: that is ten times as quick."""


def is_whole(pdf: pikepdf.Pdf, data: bytes) -> bool:
    """Whether nothing is missing from a file whose table of objects was made anew.

    Each object stands in it once, so that none had to be chosen; the root is named by the file
    itself; whatever is pointed at is there; and there are as many pages as the file counts.
    """
    numbers = [int(match[1]) for match in _HEAD_OF_OBJECT.finditer(data)]
    roots = set(_ROOT.findall(data))
    if len(numbers) != len(set(numbers)) or len(roots) != 1:
        return False
    if not isinstance(pdf.Root, Dictionary) or pdf.Root.objgen != _ref(next(iter(roots))):
        return False
    count = integer_at(dictionary_at(pdf.Root, "/Pages"), "/Count")
    is_lost = any(thing is None for thing in pdf.objects)  # qpdf's word for what is not there
    return count == len(pdf.pages) and not is_lost


def _ref(root: tuple[bytes, bytes]) -> ObjectRef:
    return int(root[0]), int(root[1])


def refusal(name: str, words: str, *, repair: bool) -> Problem:
    """The refusal of a file that cannot be read as it is (E006, E008, E011).

    Args:
        words: qpdf's, or ours: what is wrong.
        repair: whether it was mended already, as far as possible.
    """
    reason = _NOISE.sub("", words).strip(" ,:") or "qpdf does not say how"
    reason = next((own for part, own in REASONS.items() if part in reason), reason)
    if "no pages found" in reason:
        return Problem(finding("E008", Span(name)))
    if "limit" in reason or "memory" in reason:
        return Problem(finding("E011", Span(name), what=reason[:120]))
    words = f"{reason[:120]}; it is beyond repair" if repair else reason[:120]
    return Problem(finding("E006", Span(name), reason=words))
