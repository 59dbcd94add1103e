"""What easy-read words have to be. Checks read the file's tree, as those in `checks.py` do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

from leafpress.content import inline, source, yaml_tree
from leafpress.content.checks import BLOCKS, Check, Surroundings
from leafpress.content.easy_read import USUAL_CALLS
from leafpress.content.pictograms import LIST, PLACE
from leafpress.content.text import sentences, words
from leafpress.content.yaml_tree import Path as TreePath
from leafpress.content.yaml_tree import Tree
from leafpress.findings import Finding
from leafpress.rules import finding

LONGEST = 15
"""Words in a sentence (GOV.UK and Department of Health: 10 to 15). A placeholder is one word."""

USUAL = (10, 15)
"""Words that sentences have on average. Single ones may be shorter: "Call 999 now.\""""

SENTENCES = "easy_read.sections.*.sentences.*"

_WORD = re.compile(r"[a-z]+")
_END = re.compile(r"[.!?]$")
_AVOIDED = re.compile(r"[;()%/…–—]|\b(?:e\.g|i\.e|etc)\b\.?")
"""Marks that Department of Health (2010) asks to leave out, and abbreviations."""


def _texts(tree: Tree) -> Iterator[tuple[TreePath, str]]:
    for path, text in tree.each(f"{SENTENCES}.text", str):
        yield path, " ".join(text.split())


def known_pictures(tree: Tree, around: Surroundings) -> Iterator[Finding]:
    """Each sentence's picture is one of the pictograms."""
    used = (*tree.each("easy_read.picture", str), *tree.each(f"{SENTENCES}.picture", str))
    known = {file.stem for file in around.root.files(PLACE, "*.svg")} if used else set()
    for path, id_ in used:
        if id_ not in known:
            near = _near(id_, known, around.root.file(f"{PLACE}/{LIST}"))
            advice = f"did you mean `{'`, `'.join(near)}`?" if near else "see docs/pictograms.md"
            yield finding("L080", tree.span(path), id=id_, advice=advice)


def _near(id_: str, known: set[str], file: Path) -> list[str]:
    """Pictograms that are spelled almost so, or that are called so or show it."""
    spelled = difflib.get_close_matches(id_, sorted(known), n=3, cutoff=0.7)
    if spelled or not file.exists():
        return spelled
    asked = set(id_.split("-"))
    entries = yaml_tree.parse(source.read(file, file.name))[0].each("pictograms.*", dict)
    words = {str(entry.get("id")): " ".join(map(str, entry.values())) for _, entry in entries}
    return [name for name, said in words.items() if asked & set(_WORD.findall(said.lower()))][:3]


def short_sentences(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """No sentence is too long."""
    for path, text in _texts(tree):
        for sentence in sentences(text):
            if words(sentence) > LONGEST:
                span = tree.span_of_piece(path, sentence[:20])
                yield finding("L081", span, words=words(sentence), limit=LONGEST)


def usual_length(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """Sentences are neither clipped nor long, taken together."""
    counts = [words(inline.plain(text)) for _, text in _texts(tree)]
    average = sum(counts) / len(counts) if counts else USUAL[0]
    if not USUAL[0] <= average <= USUAL[1]:
        span = tree.key_span(("easy_read",))
        yield finding("L082", span, average=f"{average:.1f}", least=USUAL[0], most=USUAL[1])


def one_sentence(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """One picture, one sentence, with a mark at its end."""
    for path, text in _texts(tree):
        count = len(sentences(text))
        if count > 1:
            yield finding("L083", tree.span(path), problem=f"there are {count} sentences")
        elif not _END.search(inline.plain(text)):
            yield finding("L083", tree.span(path), problem="no full stop ends the sentence")


def emergency_first(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """What the leaflet says to do in an emergency comes first in easy read too."""
    first = ("easy_read", "sections", 0)
    urgent = tree.value((*first, "urgency")) == "now"
    if tree.value(first) and any(_calls(tree)) and not urgent:
        yield finding("L084", tree.span(first))


def numbers_to_call(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """Whom the leaflet's emergency boxes call, easy read calls."""
    there = set(_said(tree))
    if tree.value(("easy_read",)):
        for id_ in dict.fromkeys(_calls(tree)):
            if id_ not in there:
                yield finding("L085", tree.key_span(("easy_read",)), id=id_)


def _said(tree: Tree) -> Iterator[str]:
    """The contacts that urgent sections name: the program at their head, authors in sentences."""
    for path, section in _urgent(tree):
        own = tree.value((*path, "call"))
        usual = USUAL_CALLS.get(str(section["urgency"]), ())
        yield from map(str, own if isinstance(own, list) else usual)
    urgent = {path for path, _ in _urgent(tree)}
    for path, text in _texts(tree):
        if path[:3] in urgent:
            yield from inline.parse(text).placeholders


def _urgent(tree: Tree) -> Iterator[tuple[TreePath, dict[str, object]]]:
    for path, section in tree.each("easy_read.sections.*", dict):
        if "urgency" in section:
            yield path, section


def _calls(tree: Tree) -> Iterator[str]:
    """The contacts that emergency boxes call."""
    return (id_ for _, id_ in tree.each(f"{BLOCKS}.call.*", str))


def plain_marks(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """No marks that make a sentence harder."""
    for path, text in _texts(tree):
        for mark in dict.fromkeys(_AVOIDED.findall(inline.plain(text))):
            yield finding("L086", tree.span_of_piece(path, mark), mark=mark)


def no_links(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """No links: the parts of the leaflet that they lead to are not in the easy-read edition."""
    for path, text in _texts(tree):
        for target in inline.parse(text).links:
            yield finding("L087", tree.span_of_piece(path, target), target=target)


CHECKS: tuple[Check, ...] = (
    known_pictures,
    short_sentences,
    usual_length,
    one_sentence,
    emergency_first,
    numbers_to_call,
    plain_marks,
    no_links,
)
