"""Reading a language's catalogue: its messages, or findings that say what is wrong with them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from gettext import c2py
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import PoFileError, read_po
from babel.support import Translations

from leafpress.content.source import SourceText, read, shown
from leafpress.content.text import Text, describe, is_forbidden
from leafpress.findings import Finding, Problem, Span, errors, sort
from leafpress.rules import finding
from leafpress.translation import parity, po_lines
from leafpress.translation.glossary import Glossary, read_glossary
from leafpress.translation.language import Language

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
    words: Translations | None
    messages: dict[Key, str]
    findings: tuple[Finding, ...]
    lines: dict[Key, int] = field(default_factory=dict)
    digest: str = ""

    @property
    def exists(self) -> bool:
        """Whether anybody has begun to translate it."""
        return bool(self.digest)


def path_of(locales: Path, domain: str, language: Language) -> Path:
    """Where gettext looks for a catalogue."""
    return locales / language.folder / "LC_MESSAGES" / f"{domain}.po"


def read_catalogue(locales: Path, domain: str, language: Language) -> Catalogue:
    """The catalogue of `domain`, with every finding about the file itself."""
    path = path_of(locales, domain, language)
    name = shown(path, locales.parent)
    if not path.exists():
        return _nothing(name, domain, language)
    state = path.stat()
    stamp = (state.st_size, state.st_mtime_ns)
    return _read(path, name, language, read_glossary(locales, language), stamp)


@lru_cache(maxsize=100)
def _read(
    path: Path, name: str, language: Language, glossary: Glossary, _stamp: tuple[int, int]
) -> Catalogue:
    """A file's catalogue; `_stamp` makes a changed file be read again."""
    domain = path.stem
    try:
        source = read(path, name, tabs=True)
        places = {entry.key: entry for entry in _entries(source.text, name)}
        catalog = _parsed(source.text, name)
    except Problem as problem:
        findings = sort(problem.findings)
        return Catalogue(name, domain, language, None, {}, findings, digest="unreadable")
    if not any(_string(message) for message in catalog if message.id):
        return _nothing(name, domain, language)
    header = _header(catalog, language, source)
    faults = _messages(catalog, places, Readings(name, language, glossary))
    found = sort([*source.strays, *header, *glossary.findings, *faults])
    words = None if errors(found) else _words(catalog)
    messages = {(m.context, _id(m)): _string(m) for m in catalog if m.id and not m.fuzzy}
    lines = {key: entry.strings.get(0, entry.line) for key, entry in places.items()}
    return Catalogue(name, domain, language, words, messages, found, lines, source.digest)


def _nothing(name: str, domain: str, language: Language) -> Catalogue:
    """A catalogue that is not there, or that nobody has begun to translate."""
    facts = {"language": language.english, "domain": domain, "path": name}
    return Catalogue(name, domain, language, None, {}, (finding("T001", Span(name), **facts),))


def _entries(text: str, name: str) -> list[po_lines.PoEntry]:
    try:
        found = po_lines.entries(text)
    except po_lines.NotGettext as error:
        raise Problem(finding("T005", Span(name, error.line), problem=error.problem)) from error
    first: dict[Key, int] = {}
    twice = [
        finding("T017", Span(name, entry.line), line=first[entry.key])
        for entry in found
        if first.setdefault(entry.key, entry.line) != entry.line
    ]
    if twice:
        raise Problem(*twice)
    return found


def _parsed(text: str, name: str) -> Catalog:
    try:
        return read_po(BytesIO(text.encode()), abort_invalid=True)
    except PoFileError as error:
        span = Span(name, (error.lineno or 0) + 1)
        raise Problem(finding("T005", span, problem=str(error))) from error
    except (LookupError, ValueError) as error:
        raise Problem(finding("T005", Span(name, 1), problem=str(error))) from error


def _header(catalog: Catalog, language: Language, source: SourceText) -> Iterator[Finding]:
    headers = {key.lower(): value for key, value in catalog.mime_headers}
    charset = (catalog.charset or "").lower()
    if charset.replace("-", "") != "utf8":
        yield finding("T006", _header_span(source, "charset="), charset=charset or "not given")
    found = headers.get("language", "")
    if found.replace("_", "-").lower() != language.tag.lower():
        span = _header_span(source, "Language:")
        yield finding("T008", span, found=found, expected=language.tag)
    plural = get_plural(language.locale)
    expected = f"nplurals={plural.num_plurals}; plural={plural.plural_expr};"
    problem = _plural_problem(catalog, plural.num_plurals, language)
    if problem:
        span = _header_span(source, "Plural-Forms:")
        yield finding("T007", span, problem=problem, expected=expected)


def _plural_problem(catalog: Catalog, expected: int, language: Language) -> str:
    if catalog.num_plurals != expected:
        counts = f"{expected} plural forms; the header says {catalog.num_plurals}"
        return f"{language.english} has {counts}"
    try:
        c2py(catalog.plural_expr)
    except ValueError as error:
        return f"the plural formula cannot be read: {error}"
    return ""


def _header_span(source: SourceText, words: str) -> Span:
    """The line of the header that holds `words`; line 1 where none does."""
    lines = source.text.splitlines()
    return Span(source.name, next((n for n, line in enumerate(lines, 1) if words in line), 1))


@dataclass(frozen=True, slots=True)
class Readings:
    """What the messages of a file are read by: its name, its language, and its terms."""

    name: str
    language: Language
    glossary: Glossary


def _messages(
    catalog: Catalog, places: dict[Key, po_lines.PoEntry], readings: Readings
) -> Iterator[Finding]:
    for message in catalog:
        if message.id:
            yield from _message(message, places[message.context, _id(message)], readings)


def _message(message: Message, place: po_lines.PoEntry, readings: Readings) -> Iterator[Finding]:
    name = readings.name
    shown_id = _short(_id(message))
    if message.fuzzy:
        yield finding("T003", Span(name, place.line), message=shown_id)
        return
    sources = message.id if isinstance(message.id, (list, tuple)) else [message.id]
    strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    for form, string in enumerate(strings):
        span = Span(name, place.strings.get(form, place.line))
        if not string:
            yield finding("T002", span, message=shown_id)
            continue
        yield from _characters(string, span)
        # The first plural form answers the English singular, the others its plural.
        source = sources[-1] if form or len(strings) == 1 else sources[0]
        yield from _checked(source, str(string), sources, readings.language, span)
        yield from readings.glossary.check(source, str(string), span)
        if string == source and _WORD.search(string) and _NAME not in message.user_comments:
            yield finding("T016", span, message=shown_id)


def _checked(
    source: str, string: str, sources: Iterable[str], language: Language, span: Span
) -> list[Finding]:
    """What is wrong with one form: it has to agree with one of the English forms."""
    best = parity.check(source, string, language, span)
    for other in sources:
        found = parity.check(other, string, language, span)
        best = found if len(found) < len(best) else best
    return best


def _characters(string: str, span: Span) -> Iterator[Finding]:
    for character in dict.fromkeys(string):
        if is_forbidden(character):
            yield finding("L006", span, character=describe(character), role="translation")


def _words(catalog: Catalog) -> Translations:
    buffer = BytesIO()
    write_mo(buffer, catalog)
    buffer.seek(0)
    return Translations(buffer, domain=catalog.domain)


def _id(message: Message) -> str:
    return message.id[0] if isinstance(message.id, (list, tuple)) else message.id


def _string(message: Message) -> str:
    string = message.string[0] if isinstance(message.string, (list, tuple)) else message.string
    return string or ""


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57].rstrip() + "…"


def lacking(catalogue: Catalogue, wanted: Iterable[tuple[Span, Text]]) -> list[Finding]:
    """Texts that the catalogue lacks, or whose translation is too long for its place."""
    found = []
    for span, text in wanted:
        key = (None, str(text))
        string, limit = catalogue.messages.get(key), text.role.translation_limit
        if key not in catalogue.lines:
            place = Span(catalogue.name, _nearest(catalogue, str(text)))
            found.append(finding("T004", place, message=_short(text), place=span))
            continue
        place = Span(catalogue.name, catalogue.lines[key])
        if string and len(string) > limit:
            facts = {"role": text.role.name, "length": len(string), "limit": limit}
            found.append(finding("T014", place, **facts))
    return found


def _nearest(catalogue: Catalogue, text: str) -> int:
    """The line of the message that `text` was probably changed from; line 1 where none is near."""
    known = {message: line for (_, message), line in catalogue.lines.items()}
    close = difflib.get_close_matches(text, known, n=1, cutoff=0.6)
    return known[close[0]] if close else 1
