"""Recorded needs: codes and words, and the format that each of them asks for.

The codes are those of NHS England's draft value set of reasonable adjustments (2024) and of UK
Core's contact preference. A need is either met by a format, or it is about delivery, or it cannot
be met; what is not in this table is refused, never taken for "nothing special".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from leafpress.mailing.lists.normalise import normalise, split_cell

DRAFT = "The SNOMED CT codes are those of NHS England's draft value set of 2024, and may change."
"""Said wherever the codes are used."""

SIZES = (16, 18, 20, 24, 28)
"""Point sizes of the large print formats."""

_LARGE_PRINT = "large-print-"


@dataclass(frozen=True, slots=True)
class RecordedNeed:
    """One row.

    Args:
        id: how receipts and the summary call it.
        format: the format that meets it.
        delivery: the way of delivery that meets it.
        missing: why it cannot be met, in a sentence.
        note: what receipts say where the record leaves something open.
        words: codes and words that mean it, as `normalise` writes them.
    """

    id: str
    words: tuple[str, ...]
    format: str = ""
    delivery: str = ""
    missing: str = ""
    note: str = ""


INTERPRETER = "interpreter"

_NO_AUDIO = "there are no audio editions: read the leaflet to the patient, or record it"

_ROWS = (
    RecordedNeed("easy read", ("796161000000101", "easyread", "easy read"), "easy-read"),
    RecordedNeed("20 point or larger", ("957331000000109",), "large-print-20"),
    RecordedNeed("24 point or larger", ("957351000000102",), "large-print-24"),
    RecordedNeed("28 point or larger", ("957371000000106",), "large-print-28"),
    RecordedNeed(
        "large print",
        ("large print", "largeprint", "lp", "large font", "11"),
        "large-print-18",
        note="no size is recorded: 18 point (UKAAF: at least 16, ideally 18)",
    ),
    RecordedNeed(
        "braille, grade 1",
        (
            "936681000000100",
            "braille grade 1",
            "braille 1",
            "uncontracted braille",
            "grade 1 braille",
        ),
        "braille-1",
    ),
    RecordedNeed(
        "braille, grade 2",
        (
            "936661000000109",
            "braille grade 2",
            "braille 2",
            "contracted braille",
            "grade 2 braille",
        ),
        "braille-2",
    ),
    RecordedNeed(
        "braille",
        ("braille", "12"),
        "braille-2",
        note="no grade is recorded: grade 2, the usual one in the UK",
    ),
    RecordedNeed(
        "audio",
        (
            "936601000000105",
            "13",
            "audio",
            "audio tape",
            "audio cd",
            "audio file",
            "electronic audio",
        ),
        missing=_NO_AUDIO,
    ),
    RecordedNeed(
        "sign language",
        ("bsl", "british sign language", "bsl video", "sign language"),
        missing="there are no editions in sign language: arrange an interpreter",
    ),
    RecordedNeed("Moon", ("moon", "moon alphabet"), missing="there are no editions in Moon"),
    RecordedNeed("Makaton", ("makaton",), missing="there are no editions in Makaton"),
    RecordedNeed(
        "to download",
        ("945751000000106", "downloadable", "download", "downloadable format"),
        delivery="portal",
    ),
    RecordedNeed(
        "by e-mail",
        ("936581000000101", "by email", "email", "e mail", "by e mail"),
        delivery="email",
    ),
    RecordedNeed("high contrast", ("high contrast",), "a4-high-contrast"),
    RecordedNeed("yellow on black", ("yellow on black", "black and yellow"), "a4-yellow-on-black"),
    RecordedNeed("plain text", ("plain text", "text", "text only"), "text"),
    RecordedNeed("bilingual", ("bilingual", "two languages"), "bilingual"),
    RecordedNeed(
        INTERPRETER,
        (
            "interpreter",
            "interpreter required",
            "interpreter needed",
            "needs interpreter",
            "bsl interpreter",
        ),
        note="an interpreter does not change what is read",
    ),
)

NEEDS = {need.id: need for need in _ROWS}
"""Every need by its name, without those that only give a size."""

NOTHING = frozenset(
    {
        "",
        "none",
        "no",
        "nil",
        "n a",
        "na",
        "not applicable",
        "standard",
        "no needs",
        "none recorded",
        "none known",
        "no need",
    }
)
"""Words that say that nothing special is needed."""

_SIZE = re.compile(
    r"(?:at least )?(?:large print |font size |font |size )?"
    r"(\d{1,3}) ?(?:pt|point|points)?"
    r"(?: or (?:larger|more|above))?(?: large print| font| sans serif)*"
)
"""Sizes in words: `20 pt`, `at least 24 point`, `large print 28`."""


@cache
def _words() -> dict[str, RecordedNeed]:
    return {normalise(word): need for need in _ROWS for word in (need.id, *need.words)}


def need_words() -> frozenset[str]:
    """Every code and word that means a need, as `normalise` writes it."""
    return frozenset(_words())


def find_need(word: str) -> RecordedNeed | None:
    """The need that a code or word means; None if that is not known."""
    spelling = normalise(word)
    if spelling in _words():
        return _words()[spelling]
    size = _SIZE.fullmatch(spelling)
    # A bare number could be anything: 11 to 13 are codes of UK Core, others are none.
    if size is None or spelling.isdigit():
        return None
    return _of_size(int(size[1]))


def _of_size(points: int) -> RecordedNeed | None:
    """A need of a size: the smallest format that is not smaller, since sizes are "at least"."""
    if points < SIZES[0]:
        return None
    fitting = next((size for size in SIZES if size >= points), None)
    name = f"{points} point"
    if fitting is None:
        return RecordedNeed(name, (), missing=f"the largest print is {SIZES[-1]} point")
    note = ""
    if fitting != points:
        note = f"{points} point is asked for: {fitting} is the next larger size"
    return RecordedNeed(name, (), f"large-print-{fitting}", note=note)


@dataclass(frozen=True, slots=True)
class Requirements:
    """What a row's needs come to.

    Args:
        needs: those that were recognised, in order.
        format: the one format that meets them; empty when the usual one does.
        unknown: split_cell that mean nothing to us.
        problem: why they cannot be met, in a sentence.
    """

    needs: tuple[RecordedNeed, ...] = ()
    format: str = ""
    delivery: str = ""
    unknown: tuple[str, ...] = ()
    problem: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What receipts have to say about them."""
        return tuple(need.note for need in self.needs if need.note)


def read_needs(text: str, local: dict[str, str] | None = None) -> Requirements:
    """What a cell of needs asks for.

    Args:
        local: a clinic's own words and codes, and what they mean in ours.
    """
    needs: dict[RecordedNeed, None] = {}
    unknown = []
    for word in _needs_in(text, local or {}):
        need = find_need(word)
        if need:
            needs[need] = None
        else:
            unknown.append(word)
    format_id, problem = _format(tuple(needs))
    deliveries = sorted({need.delivery for need in needs if need.delivery})
    if len(deliveries) > 1:
        problem = problem or "they ask for two ways of delivery"
    delivery = deliveries[0] if deliveries else ""
    return Requirements(tuple(needs), format_id, delivery, tuple(unknown), problem)


def _needs_in(text: str, local: dict[str, str]) -> Iterator[str]:
    """Each need that a cell names, in our words where the clinic has its own.

    The whole cell may be one need, whatever stands in it: "by e-mail, please".
    """
    known = {normalise(word): meaning for word, meaning in local.items()}
    whole = known.get(normalise(text), text)
    for piece in [whole] if find_need(whole) else split_cell(whole):
        word = known.get(normalise(piece), piece)
        if normalise(word) not in NOTHING:
            yield word


def _format(needs: tuple[RecordedNeed, ...]) -> tuple[str, str]:
    """The one format that meets every need, or why there is none."""
    missing = next((need.missing for need in needs if need.missing), "")
    formats = sorted({need.format for need in needs if need.format})
    if missing or not formats:
        return "", missing
    if len(formats) == 1:
        return formats[0], ""
    if all(format_id.startswith(_LARGE_PRINT) for format_id in formats):
        # "At least 20" and "at least 24" are both met by 24.
        return max(formats, key=_points), ""
    if formats == ["braille-1", "braille-2"] and NEEDS["braille"] in needs:
        return "braille-1", ""  # a grade is recorded beside "braille"
    return "", f"no edition is at the same time {' and '.join(formats)}"


def _points(format_id: str) -> int:
    return int(format_id.removeprefix(_LARGE_PRINT))
