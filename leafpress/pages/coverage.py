"""Whether the fonts of a language have every character of its texts, said at the text's line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path as FilePath

from fontTools.ttLib import TTFont

from leafpress.content import inline
from leafpress.content.model import Leaflet
from leafpress.content.project import Project
from leafpress.content.schema import is_words
from leafpress.content.text import describe, is_forbidden
from leafpress.content.yaml_tree import Path, Tree
from leafpress.findings import Finding, Span
from leafpress.pages import fonts
from leafpress.rules import finding
from leafpress.translation.catalogue import read_catalogue
from leafpress.translation.language import LANGUAGES, Language

_NOT_PRINTED = frozenset({"notes_for_reviewers", "review", "evidence", "file"})
"""Keys of a leaflet whose words no reader sees."""

_JOINERS = frozenset("\u200c\u200d")
"""Shapers act on these; fonts need not have them."""


def check(places: Mapping[str, Span], language: Language, root: FilePath) -> Iterator[Finding]:
    """Texts with characters that no font of `language` has (P003), nor of a phrase's (P099).

    Args:
        places: each text, and where it stands.
        root: the project's folder, where the fonts lie.
    """
    for text, span in places.items():
        for tag, words in inline.by_language(text):
            shown = _lost(words, _known(tag, language, root))
            if shown and tag:
                known = (each for each in LANGUAGES if fonts.is_quotable(each, root))
                facts = {"tag": tag, "known": ", ".join(known)}
                yield finding("P099", span, characters=shown, **facts)
            elif shown:
                yield finding("P003", span, characters=shown, language=language.english)


def _known(tag: str, language: Language, root: FilePath) -> frozenset[int]:
    """The code points of a page in `language`, in a phrase that is marked with a tag."""
    own = _characters(root, language.script)
    if not fonts.is_quotable(tag, root):
        return own
    return own | _characters(root, LANGUAGES[tag].script)


def _lost(words: str, known: frozenset[int]) -> str:
    """Characters that are not known, in words."""
    lost = [letter for letter in dict.fromkeys(words) if ord(letter) not in known]
    # What must not stand in any text has a finding of its own (L006).
    letters = [letter for letter in lost if letter not in _JOINERS and not is_forbidden(letter)]
    return ", ".join(f"“{letter}” {describe(letter)}" for letter in letters)


def check_files(project: Project, leaflet: str, language: Language) -> Iterator[Finding]:
    """The same of what stands in a leaflet's files, however broken they are otherwise."""
    if language.is_translated:
        catalogue = read_catalogue(project.root, leaflet, language)
        messages = catalogue.messages.items()
        places = {text: Span(catalogue.name, catalogue.lines[key]) for key, text in messages}
    else:
        tree = project.leaflet(leaflet).tree
        places = {text: tree.span(path) for path, text in _words(tree)} if tree else {}
    yield from check(places, language, project.root.font_home)


def _words(tree: Tree) -> Iterator[tuple[Path, str]]:
    """The texts of a leaflet's file that are printed, and not ids, dates or notes."""
    for path in tree.spans:
        text = tree.value(path)
        if isinstance(text, str) and _NOT_PRINTED.isdisjoint(path):
            words = " ".join(text.split())
            if is_words(Leaflet, tree.data, path):
                yield path, words


@cache
def _characters(root: FilePath, script: str) -> frozenset[int]:
    """Code points that every weight of some family has.

    Raises:
        Problem: a font is missing or another (B002, B003).
    """
    fonts.check(root, {script})
    families: dict[str, list[set[int]]] = {}
    for face in fonts.faces(script):
        with TTFont(root / fonts.FOLDER / face.file, lazy=True) as font:
            families.setdefault(face.family, []).append(set(font.getBestCmap()))
    return frozenset().union(*(set.intersection(*weights) for weights in families.values()))
