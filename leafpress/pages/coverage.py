"""Whether the fonts of a language have every character of its texts, said at the text's line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from leafpress.content import inline
from leafpress.content.text import describe
from leafpress.findings import Finding, Span
from leafpress.pages import fonts
from leafpress.rules import finding
from leafpress.translation.language import Language

_JOINERS = frozenset("\u200c\u200d")
"""Shapers act on these; fonts need not have them."""


def check(places: Mapping[str, Span], language: Language, root: Path) -> Iterator[Finding]:
    """Texts with characters that no font of `language` has (P003).

    Args:
        places: each text, and where it stands.
        root: the project's folder, where the fonts lie.
    """
    known = _characters(root, language.script)
    for text, span in places.items():
        lost = [each for each in dict.fromkeys(inline.plain(text)) if ord(each) not in known]
        shown = ", ".join(f"“{each}” {describe(each)}" for each in lost if each not in _JOINERS)
        if shown:
            yield finding("P003", span, characters=shown, language=language.english)


@cache
def _characters(root: Path, script: str) -> frozenset[int]:
    """Code points that every weight of some family has."""
    families: dict[str, list[set[int]]] = {}
    for face in fonts.faces(script):
        with TTFont(root / fonts.FOLDER / face.file, lazy=True) as font:
            families.setdefault(face.family, []).append(set(font.getBestCmap()))
    return frozenset().union(*(set.intersection(*weights) for weights in families.values()))
