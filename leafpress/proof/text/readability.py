"""Whether the English is plain: sentences are short, and the reading grade is low.

The grade is Flesch-Kincaid's (Kincaid and others, 1975), counted by textstat where it is
installed; without it the grade is not checked, and nothing claims that it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from leafpress.content.load import Loaded
from leafpress.content.model import Leaflet, printed
from leafpress.content.text import sentences, words
from leafpress.content.texts import texts
from leafpress.content.yaml_tree import Path
from leafpress.findings import Finding, Span
from leafpress.rules import finding

LONGEST = 25
"""Words in a sentence. The NHS content guide asks for 20; 25 is where we warn."""

GRADE = 6.0
"""Flesch-Kincaid grade: a reading age of 11 (NHS content guide: 9 to 11)."""

FEWEST = 6
"""Words of a sentence that is looked at alone: with fewer, one long name makes it the hardest."""

SHOWN = 5
"""How many of the hardest sentences are told."""


def check(loaded: Loaded[Leaflet]) -> tuple[Finding, ...]:
    """Sentences that are too long (L070)."""
    return tuple(_long_sentences(loaded))


def _long_sentences(loaded: Loaded[Leaflet]) -> Iterator[Finding]:
    if loaded.model is None or loaded.tree is None:
        return
    for path, text in texts(loaded.model):
        for sentence in sentences(text):
            count = words(sentence)
            if count > LONGEST:
                span = loaded.tree.span_of_piece(path, sentence[:20])
                yield finding("L070", span, words=count, start=sentence[:30])


@dataclass(frozen=True, slots=True)
class PartGrade:
    """How hard one part of a leaflet is to read.

    Args:
        part: empty for the leaflet itself, or "easy read".
        span: where the part's title stands.
        grade: Flesch-Kincaid's.
    """

    part: str
    span: Span
    grade: float


def grades(loaded: Loaded[Leaflet]) -> tuple[PartGrade, ...]:
    """The grades of a leaflet and of its easy read; none while it has errors.

    Raises:
        ImportError: textstat is not installed.
    """
    if loaded.model is None or loaded.tree is None:
        return ()
    parts: dict[Path, tuple[str, Leaflet]] = {
        ("title",): ("", printed(loaded.model, easy_read=False))
    }
    if loaded.model.easy_read:
        parts["easy_read", "title"] = ("easy read", printed(loaded.model, easy_read=True))
    return tuple(
        PartGrade(name, loaded.tree.span(path), grade(part)) for path, (name, part) in parts.items()
    )


def grade_findings(parts: tuple[PartGrade, ...]) -> tuple[Finding, ...]:
    """Which of them are hard to read (L071)."""
    return tuple(
        finding("L071", part.span, grade=f"{part.grade:.1f}", limit=f"{GRADE:g}")
        for part in parts
        if part.grade > GRADE
    )


def grade(leaflet: Leaflet) -> float:
    """The Flesch-Kincaid grade of everything that a reader reads.

    Raises:
        ImportError: textstat is not installed.
    """
    return _grade(s for _, text in texts(leaflet) for s in sentences(text))


def _grade(read: Iterable[str]) -> float:
    import textstat

    ended = (s if s[-1:] in ".!?" else s + "." for s in read)
    return float(textstat.flesch_kincaid_grade("\n".join(ended)))


@dataclass(frozen=True, slots=True)
class HardSentence:
    """A sentence, where it stands, and its Flesch-Kincaid grade taken alone."""

    span: Span
    words: str
    grade: float


def hardest(loaded: Loaded[Leaflet]) -> tuple[HardSentence, ...]:
    """The sentences of a leaflet that are hardest to read, the hardest first.

    Raises:
        ImportError: textstat is not installed.
    """
    if loaded.model is None or loaded.tree is None:
        return ()
    found = {}
    for path, text in texts(printed(loaded.model, easy_read=False)):
        for sentence in sentences(text):
            if words(sentence) >= FEWEST:
                span = loaded.tree.span_of_piece(path, sentence[:20])
                found[sentence] = HardSentence(span, sentence, _grade([sentence]))
    ordered = sorted(found.values(), key=lambda hard: (-hard.grade, hard.span))
    return tuple(ordered[:SHOWN])
