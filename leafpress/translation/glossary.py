"""A language's glossary: which word stands for which, `locales/<language>/glossary.csv`.

Columns: `english`, `term` (one of these pieces of text has to stand in the translation),
`forbidden` (none of these may), `note`. Several are parted by `|`. Terms of inflected languages
are stems. A row without a term waits for one, and nothing is held to it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from leafpress.content import inline
from leafpress.content.root import Root
from leafpress.content.source import read
from leafpress.findings import Finding, Problem, Span
from leafpress.rules import finding
from leafpress.translation.language import Language

COLUMNS = ("english", "term", "forbidden", "note")


@dataclass(frozen=True)
class Term:
    """One row.

    Args:
        english: as it stands in the English, in lower case but for names.
        accepted: pieces of text of which a translation has to hold one.
        forbidden: pieces of text that must not stand for it.
    """

    english: str
    accepted: tuple[str, ...]
    forbidden: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The English term as whole words, also in the plural."""
        return re.compile(rf"(?<![\w-]){re.escape(self.english)}(?:s|es)?(?![\w-])", re.IGNORECASE)

    @cached_property
    def lower(self) -> str:
        """What has to stand in a text in lower case, so that the pattern may find something."""
        return self.english.lower() if self.english.isascii() else ""


_ALSO_LETTERS = frozenset("\u0130\u0131\u017f\u212a")
"""What a pattern that ignores case takes for `i`, `s` or `k`, and is not that in lower case."""


def _lower(text: str) -> str | None:
    """A text in lower case; None where a pattern has to be asked."""
    return text.lower() if _ALSO_LETTERS.isdisjoint(text) else None


@dataclass(frozen=True)
class Glossary:
    """The terms of a language, the longest English first, and what is wrong with the file.

    Args:
        waiting: how many rows have no term yet.
    """

    name: str
    terms: tuple[Term, ...] = ()
    findings: tuple[Finding, ...] = ()
    waiting: int = 0

    @cached_property
    def faultless(self) -> set[object]:
        """What has been held to these terms, and to all else, with nothing found (`catalogue`)."""
        return set()

    def check(self, source: str, target: str, span: Span) -> Iterator[Finding]:
        """Terms of the English message that the translation says otherwise."""
        rest = inline.plain(source)
        lower, translation = _lower(rest), target.casefold()
        for term in self.terms:
            if lower is not None and term.lower not in lower:
                continue
            # "slipped disc" is not also a "disc": what has matched is taken out.
            rest, count = term.pattern.subn(" ", rest)
            if not count:
                continue
            lower = _lower(rest)
            if not any(piece in translation for piece in term.accepted):
                expected = ", ".join(term.accepted)
                yield finding("T020", span, english=term.english, expected=expected)
            for piece in term.forbidden:
                if piece in translation:
                    expected = ", ".join(term.accepted)
                    facts = {"english": term.english, "term": piece, "expected": expected}
                    yield finding("T021", span, **facts)


def path_of(root: Root, language: Language) -> Path:
    """Where a language's glossary stands."""
    return root.file(f"locales/{language.folder}/glossary.csv")


def read_glossary(root: Root, language: Language) -> Glossary:
    """The glossary of a language; an empty one where there is none."""
    path = path_of(root, language)
    name = root.shown(path)
    if not path.exists():
        return Glossary(name)
    state = path.stat()
    return _read(path, name, (state.st_size, state.st_mtime_ns))


@lru_cache(maxsize=100)
def _read(path: Path, name: str, _stamp: tuple[int, int]) -> Glossary:
    """A file's glossary; `_stamp` makes a changed file be read again."""
    try:
        text = read(path, name, tabs=True).text
        return _parsed(text, name)
    except Problem as problem:
        return Glossary(name, (), problem.findings)


def _parsed(text: str, name: str) -> Glossary:
    rows = csv.reader(io.StringIO(text), strict=True)
    try:
        if tuple(next(rows, ())) != COLUMNS:
            problem = f"the first line has to be `{','.join(COLUMNS)}`"
            return Glossary(name, (), (finding("T022", Span(name, 1), problem=problem),))
        numbered = [(rows.line_num, row) for row in rows if row]
    except csv.Error as error:
        return Glossary(name, (), (finding("T022", Span(name, rows.line_num), problem=str(error)),))
    findings = tuple(_row_findings(numbered, name))
    if findings:
        return Glossary(name, (), findings)
    terms = [_term(row) for _, row in numbered if row[1].strip()]
    longest_first = sorted(terms, key=lambda term: -len(term.english))
    return Glossary(name, tuple(longest_first), waiting=len(numbered) - len(terms))


def _row_findings(numbered: list[tuple[int, list[str]]], name: str) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for line, row in numbered:
        if len(row) != len(COLUMNS):
            problem = f"this row has {len(row)} columns, and should have {len(COLUMNS)}"
            yield finding("T022", Span(name, line), problem=problem)
        elif not row[0].strip() or (row[2].strip() and not row[1].strip()):
            problem = "the English is empty, or the term that stands for a forbidden one"
            yield finding("T022", Span(name, line), problem=problem)
        elif first.setdefault(row[0].strip().casefold(), line) != line:
            problem = f"“{row[0]}” stands on line {first[row[0].strip().casefold()]} already"
            yield finding("T022", Span(name, line), problem=problem)


def _term(row: list[str]) -> Term:
    return Term(row[0].strip(), _pieces(row[1]), _pieces(row[2]))


def _pieces(cell: str) -> tuple[str, ...]:
    return tuple(piece.strip().casefold() for piece in cell.split("|") if piece.strip())
