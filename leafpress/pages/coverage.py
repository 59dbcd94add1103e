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
from leafpress.translation.language import LANGUAGES, Language

_JOINERS = frozenset(map(ord, "\u200c\u200d"))
"""Shapers act on these; fonts need not have them."""


def check(places: Mapping[str, Span], language: Language, root: Path) -> Iterator[Finding]:
    """Texts with characters that no font of `language` has (P003), nor of a phrase's (P099).

    Args:
        places: each text, and where it stands.
        root: the project's folder, where the fonts lie.
    """
    for text, span in places.items():
        for tag, words in inline.by_language(text):
            shown = _lost(words, _known(tag, language, root))
            if shown and tag:
                facts = {"tag": tag, "known": ", ".join(_QUOTABLE)}
                yield finding("P099", span, characters=shown, **facts)
            elif shown:
                yield finding("P003", span, characters=shown, language=language.english)


_QUOTABLE = tuple(tag for tag, each in LANGUAGES.items() if not each.pseudo)
"""The languages whose fonts are installed: a page takes those of its phrases along."""


def _known(tag: str, language: Language, root: Path) -> frozenset[int]:
    """The code points of a page in `language`, in a phrase that is marked with a tag."""
    own = _characters(root, language.script)
    return own | _characters(root, LANGUAGES[tag].script) if tag in _QUOTABLE else own


def _lost(words: str, known: frozenset[int]) -> str:
    """Characters that are not known, in words."""
    lost = [each for each in dict.fromkeys(words) if ord(each) not in known | _JOINERS]
    return ", ".join(f"“{each}” {describe(each)}" for each in lost)


@cache
def _characters(root: Path, script: str) -> frozenset[int]:
    """Code points that every weight of some family has."""
    families: dict[str, list[set[int]]] = {}
    for face in fonts.faces(script):
        with TTFont(root / fonts.FOLDER / face.file, lazy=True) as font:
            families.setdefault(face.family, []).append(set(font.getBestCmap()))
    return frozenset().union(*(set.intersection(*weights) for weights in families.values()))
