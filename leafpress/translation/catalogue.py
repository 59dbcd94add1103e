"""Reading a language's catalogue: its messages, or findings that say what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from leafpress.content.inline import PLACEHOLDER
from leafpress.content.root import Root
from leafpress.content.source import SourceText, read
from leafpress.content.text import SEARCHED, Text, describe, is_forbidden
from leafpress.findings import Finding, Problem, Span, errors, sort
from leafpress.rules import finding
from leafpress.translation import parity
from leafpress.translation.glossary import Glossary, read_glossary
from leafpress.translation.known import is_sound, is_taken_over
from leafpress.translation.language import Language
from leafpress.translation.near import NearText, NearTexts
from leafpress.translation.po_file import PoFile, parse
from leafpress.translation.po_lines import PoEntry, limit_of
from leafpress.translation.words import Words, check_header

_WORD = re.compile(r"\b[a-z]{3,}")
"""A common word: names such as `Brain & Spine Foundation` have none, and stay as they are."""

_NAME = "name"
"""The translator's comment that says: this is a name, and stays as it is."""

Key = tuple[str | None, str]
"""Context and English: what makes a message the same as another."""


@dataclass(frozen=True)
class Catalogue:
    """One domain in one language.

    Args:
        words: looks messages up; None while the catalogue has errors.
        messages: the translated messages, by context and English.
        lines: where each of them stands.
        findings: what is wrong with it.
        digest: SHA-256 of the file, "" where there is none.
    """

    name: str
    domain: str
    language: Language
    words: Words | None
    messages: dict[Key, str]
    findings: tuple[Finding, ...]
    lines: dict[Key, int] = field(default_factory=dict)
    digest: str = ""

    @property
    def exists(self) -> bool:
        """Whether anybody has begun to translate it."""
        return bool(self.digest)


def path_of(root: Root, domain: str, language: Language) -> Path:
    """Where gettext looks for a catalogue."""
    return root.file(f"locales/{language.folder}/LC_MESSAGES/{domain}.po")


def read_catalogue(root: Root, domain: str, language: Language) -> Catalogue:
    """The catalogue of `domain`, with every finding about the file itself."""
    path = path_of(root, domain, language)
    name = root.shown(path)
    if not path.exists():
        return _nothing(name, domain, language)
    state = path.stat()
    stamp = (state.st_size, state.st_mtime_ns)
    return _read(path, name, language, read_glossary(root, language), stamp)


def read_messages(root: Root, domain: str, language: Language) -> Mapping[Key, str]:
    """What the catalogue of `domain` says, unchecked: for words that nothing is printed from.

    Nothing where there is none, where nobody has begun it, and where it cannot be read.
    """
    path = path_of(root, domain, language)
    try:
        file = parse(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeError, Problem):
        return {}
    return _messages_of(file) if _is_begun(file) else {}


def _messages_of(file: PoFile) -> dict[Key, str]:
    return {entry.key: entry.string for entry in file.live if not entry.fuzzy}


@lru_cache(maxsize=100)
def _read(
    path: Path, name: str, language: Language, glossary: Glossary, _stamp: tuple[int, int]
) -> Catalogue:
    """A file's catalogue; `_stamp` makes a changed file be read again."""
    domain = path.stem
    try:
        source = read(path, name, tabs=True)
        file = parse(source.text, name)
    except Problem as problem:
        findings = sort(problem.findings)
        return Catalogue(name, domain, language, None, {}, findings, digest="unreadable")
    if not _is_begun(file):
        return _nothing(name, domain, language)
    faults = _messages(file, Readings(name, language, glossary, _literal(source)))
    header = check_header(file, language, source)
    found = sort([*_strays(source), *header, *glossary.findings, *faults])
    words = None if errors(found) else Words(file)
    messages = _messages_of(file)
    lines = {entry.key: entry.lines.get(0, entry.line) for entry in file.live}
    return Catalogue(name, domain, language, words, messages, found, lines, source.digest)


def _nothing(name: str, domain: str, language: Language) -> Catalogue:
    """A catalogue that is not there, or that nobody has begun to translate."""
    facts = {"language": language.english, "domain": domain, "path": name}
    return Catalogue(name, domain, language, None, {}, (finding("T001", Span(name), **facts),))


def _is_begun(file: PoFile) -> bool:
    """Whether a translator was here: what `extract` filled in from other leaflets is not theirs."""
    translated = [entry for entry in file.live if entry.string]
    whole = bool(file.live) and all(map(is_sound, file.live))
    return whole or not all(map(is_taken_over, translated))


def _strays(source: SourceText) -> Iterator[Finding]:
    """Characters that must not stand in a text. Comments may hold them: nobody prints those.

    gettext 0.22 itself puts isolates round the names of files that hold a blank.
    """
    lines = source.text.split("\n")
    for stray in source.strays:
        if not lines[stray.span.line - 1].lstrip().startswith("#"):
            yield stray


def _literal(source: SourceText) -> frozenset[str]:
    """The characters that `_strays` has told of already."""
    return frozenset(character for character in set(source.text) if is_forbidden(character))


@dataclass(frozen=True, slots=True)
class Readings:
    """What the messages of a file are read by.

    Args:
        literal: forbidden characters that stand in the file as such: they have findings already.
    """

    name: str
    language: Language
    glossary: Glossary
    literal: frozenset[str]


def _messages(file: PoFile, readings: Readings) -> Iterator[Finding]:
    """Faults of each message. One that had none before has none now: a saved word changes one."""
    faultless = readings.glossary.faultless
    for entry in file.live:
        key = _all_that_is_read(entry, readings)
        if key in faultless:
            continue
        found = list(_message(entry, readings))
        if not found:
            faultless.add(key)
        yield from found


def _all_that_is_read(entry: PoEntry, readings: Readings) -> object:
    """All that a message's faults depend on, but for the glossary."""
    words = entry.context, entry.message, entry.plural, *sorted(entry.strings.items())
    return words, entry.flags, _NAME in entry.comments, readings.language.tag, readings.literal


def _message(entry: PoEntry, readings: Readings) -> Iterator[Finding]:
    name = readings.name
    short = _short(entry.message)
    if entry.fuzzy:
        yield finding("T003", Span(name, entry.line), message=short)
        return
    sources = [entry.message] if entry.plural is None else [entry.message, entry.plural]
    for form, string in sorted(entry.strings.items()):
        span = Span(name, entry.lines[form])
        if not string:
            yield finding("T002", span, message=short)
            continue
        yield from _characters(string, span, readings.literal)
        yield from _too_long(string, limit_of(entry.flags), "translation", span)
        # The first plural form answers the English singular, the others its plural.
        source = sources[-1] if form or len(entry.strings) == 1 else sources[0]
        yield from _checked(source, string, sources, readings.language, span)
        if entry.context == SEARCHED:
            continue
        yield from readings.glossary.check(source, string, span)
        if string == source and _has_words(string) and _NAME not in entry.comments:
            yield finding("T016", span, message=short)


def _too_long(string: str, limit: int, role: str, span: Span) -> Iterator[Finding]:
    """A translation of more characters than fit; any number fits where the limit is 0."""
    if limit and len(string) > limit:
        yield finding("T014", span, role=role, length=len(string), limit=limit)


def _has_words(text: str) -> bool:
    """Whether there is anything to translate: `{clinic}` alone is a name of ours."""
    return bool(_WORD.search(PLACEHOLDER.sub("", text)))


def _checked(
    source: str, string: str, sources: Iterable[str], language: Language, span: Span
) -> list[Finding]:
    """What is wrong with one form: it has to agree with one of the English forms."""
    best = parity.check(source, string, language, span)
    for other in sources:
        if best and other != source:
            found = parity.check(other, string, language, span)
            best = found if len(found) < len(best) else best
    return best


def _characters(string: str, span: Span, literal: frozenset[str]) -> Iterator[Finding]:
    """Characters that are written as escapes, so that the file itself looks clean."""
    for character in dict.fromkeys(string):
        if is_forbidden(character) and character not in literal:
            yield finding("L006", span, character=describe(character), role="translation")


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57].rstrip() + "…"


def lacking(catalogue: Catalogue, wanted: Iterable[tuple[Span, Text]]) -> list[Finding]:
    """Texts that the catalogue lacks, or whose translation is too long for its place."""
    found = []
    told = {fault.span for fault in catalogue.findings if fault.rule == "T014"}
    # An index of the catalogue, made only where something is lacking.
    near = cache(lambda: NearTexts(message for _, message in catalogue.lines))
    for span, text in wanted:
        key = text.key
        if key not in catalogue.lines:
            place = Span(catalogue.name, _line_of(near().nearest(str(text)), catalogue))
            found.append(finding("T004", place, message=_short(text), place=span))
            continue
        place = Span(catalogue.name, catalogue.lines[key])
        if place not in told:
            string, limit = catalogue.messages.get(key, ""), text.role.translation_limit
            found += _too_long(string, limit, text.role.name, place)
    return found


def _line_of(near: NearText | None, catalogue: Catalogue) -> int:
    """The line of the message that a text was probably changed from; line 1 where none is near."""
    lines = {message: line for (_, message), line in catalogue.lines.items()}
    return lines[near.text] if near else 1
