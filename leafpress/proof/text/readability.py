"""Whether the English is plain: sentences are short, and the reading grade is low.

The grade is Flesch-Kincaid's (Kincaid and others, 1975), counted by textstat where it is
installed; without it the grade is not checked, and nothing claims that it was.
"""

from __future__ import annotations

from collections.abc import Iterator

from leafpress.content.load import Loaded
from leafpress.content.model import Leaflet, printed
from leafpress.content.text import sentences, words
from leafpress.content.texts import texts
from leafpress.content.yaml_tree import Path
from leafpress.findings import Finding
from leafpress.rules import finding

LONGEST = 25
"""Words in a sentence. The NHS content guide asks for 20; 25 is where we warn."""

GRADE = 6.0
"""Flesch-Kincaid grade: a reading age of 11 (NHS content guide: 9 to 11)."""


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


def grade_findings(loaded: Loaded[Leaflet]) -> tuple[Finding, ...]:
    """That the leaflet is hard to read (L071).

    Raises:
        ImportError: textstat is not installed.
    """
    if loaded.model is None or loaded.tree is None:
        return ()
    parts: dict[Path, Leaflet] = {("title",): printed(loaded.model, easy_read=False)}
    if loaded.model.easy_read:
        parts["easy_read", "title"] = printed(loaded.model, easy_read=True)
    grades = {loaded.tree.span(path): grade(part) for path, part in parts.items()}
    return tuple(
        finding("L071", span, grade=f"{reached:.1f}", limit=f"{GRADE:g}")
        for span, reached in grades.items()
        if reached > GRADE
    )


def grade(leaflet: Leaflet) -> float:
    """The Flesch-Kincaid grade of everything that a reader reads.

    Raises:
        ImportError: textstat is not installed.
    """
    import textstat

    read = (s for _, text in texts(leaflet) for s in sentences(text))
    return float(
        textstat.flesch_kincaid_grade("\n".join(s if s[-1:] in ".!?" else s + "." for s in read))
    )
