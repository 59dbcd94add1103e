"""A sentence in English and in a language: what the checks of this room read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from leafpress.content import inline
from leafpress.content.root import Root
from leafpress.content.source import read
from leafpress.content.text import SEARCHED
from leafpress.findings import Finding, Problem, Span
from leafpress.rules import finding
from leafpress.translation.language import Language
from leafpress.translation.po_file import parse
from leafpress.translation.po_lines import PoEntry

_MEANT = "meant:"
"""How the translator's comment begins that names rules which this message breaks on purpose."""

NAME = "name"
"""The comment that says: this is a name, and stays as it is."""

_RULE = re.compile(r"T\d{3}")

_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")

_END = re.compile(r"(?<=[.?!:;।॥۔؟።])\s+|(?<=[。？！])\s*(?=[^\s”’」』）)])")
"""Where a sentence ends in any of our scripts."""

_SHOWN = 160
"""Characters of a text that a message quotes: enough to know it by."""


@dataclass(frozen=True, slots=True)
class SentencePair:
    """One message, translated.

    Args:
        domain: the catalogue that it stands in.
        english, translation: as they stand in the catalogue, with markup and placeholders.
        form: which plural form it is; 0 where the message has none.
        meant: rules that its translator says it breaks on purpose.
        is_name: whether it is a name that stays as it is.
    """

    span: Span
    domain: str
    context: str | None
    english: str
    translation: str
    form: int = 0
    meant: frozenset[str] = frozenset()
    is_name: bool = False

    @property
    def sentences(self) -> list[tuple[str, str]]:
        """Sentence by sentence, without markup; the whole where their counts differ."""
        english, translation = bare(self.english), bare(self.translation)
        ours, theirs = _END.split(english), _END.split(translation)
        if len(ours) != len(theirs):
            return [(english, translation)]
        return list(zip(ours, theirs, strict=True))

    def found(self, rule: str, **facts: object) -> Finding:
        """A finding at this message that names both sentences."""
        texts = {"english": short(self.english), "translation": short(self.translation)}
        return finding(rule, self.span, **texts, **facts)


def pairs(root: Root, language: Language) -> tuple[SentencePair, ...]:
    """Every finished message of a language's catalogues; of one that cannot be read, none."""
    paths = root.files(f"locales/{language.folder}/LC_MESSAGES", "*.po")
    return tuple(pair for path in paths for pair in _of(path, root.shown(path)))


def _of(path: Path, name: str) -> Iterator[SentencePair]:
    try:
        file = parse(read(path, name, tabs=True).text, name)
    except Problem:
        return  # `catalogue.py` says what is wrong with it
    for entry in file.live:
        if entry.message and not entry.fuzzy and entry.context != SEARCHED:
            yield from _forms(entry, name, path.stem)


def _forms(entry: PoEntry, name: str, domain: str) -> Iterator[SentencePair]:
    """A pair for each plural form; the plural serves all, since only some languages count one."""
    english = entry.plural or entry.message
    meant, is_name = meant_by(entry.comments), NAME in entry.comments
    for form, string in sorted(entry.strings.items()):
        if string:
            span = Span(name, entry.lines[form])
            yield SentencePair(span, domain, entry.context, english, string, form, meant, is_name)


def meant_by(comments: tuple[str, ...]) -> frozenset[str]:
    """The rules that a translator breaks on purpose: those of `# meant: T030, T031`."""
    lines = [comment for comment in comments if comment.startswith(_MEANT)]
    return frozenset(rule for line in lines for rule in _RULE.findall(line))


def bare(text: str) -> str:
    """A text without markup, targets of links and placeholders."""
    plain = inline.plain(_PLACEHOLDER.sub("{}", text))
    return inline.PLACEHOLDER.sub("{}", plain)


def short(text: str) -> str:
    """As much of a text as a message quotes."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"


def normal(text: str) -> str:
    """Letters as Unicode composes them: Bengali's য় is written in two ways."""
    return unicodedata.normalize("NFC", text)
