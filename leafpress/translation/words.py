"""A sound catalogue's words, for templates to ask; and whether its header lets them be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from gettext import NullTranslations, c2py

from babel import Locale
from babel.core import get_global
from babel.messages.plurals import get_plural

from leafpress.content.source import SourceText
from leafpress.findings import Finding, Span
from leafpress.rules import finding
from leafpress.translation.language import Language
from leafpress.translation.po_file import PoFile

_COUNTS = range(1001)
"""Counts that a plural formula is tried with: those of the largest rule, Arabic's, repeat from
101 on, and no leaflet counts more sources."""


class Words(NullTranslations):
    """The messages of a catalogue without errors."""

    def __init__(self, file: PoFile) -> None:
        super().__init__()
        live = [entry for entry in file.live if not entry.fuzzy]
        self._strings = {entry.key: entry.string for entry in live}
        self._forms = {entry.key: entry.strings for entry in live if entry.plural is not None}
        plurals = file.header.plurals if self._forms else None
        self._form_of = c2py(plurals[1]) if plurals else lambda _: 0

    def gettext(self, message: str) -> str:
        """The translation; the English where there is none."""
        return self._strings.get((None, message)) or message

    def pgettext(self, context: str, message: str) -> str:
        """The translation of a message with a context."""
        return self._strings.get((context, message)) or message

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The translation in the form that the count `n` needs."""
        forms = self._forms.get((None, singular), {})
        return forms.get(self._form_of(n)) or (singular if n == 1 else plural)


class Untranslated(Exception):
    """A catalogue lacks words that are not to be said in English in its place."""


class WholeWords(NullTranslations):
    """The messages of a catalogue; one that it lacks is not said in English instead."""

    def __init__(self, messages: Mapping[tuple[str | None, str], str]) -> None:
        super().__init__()
        self._messages = messages

    def gettext(self, message: str) -> str:
        """The translation.

        Raises:
            Untranslated: there is none.
        """
        return self._translated(None, message)

    def pgettext(self, context: str, message: str) -> str:
        """The translation of a message with a context.

        Raises:
            Untranslated: there is none.
        """
        return self._translated(context, message)

    def _translated(self, context: str | None, message: str) -> str:
        translation = self._messages.get((context, message))
        if not translation:
            raise Untranslated
        return translation


def check_header(file: PoFile, language: Language, source: SourceText) -> Iterator[Finding]:
    """What the header says of encoding, language and plural forms, where it matters."""
    header = file.header
    if source.has_mark:
        yield finding("T024", Span(source.name, 1))
    if not header.is_utf8:
        charset = header.charset or "not given"
        yield finding("T006", _line_of("charset=", source), charset=charset)
    found = header.get("Language")
    if found.replace("-", "_").lower() not in _spellings(language):
        span = _line_of("Language:", source)
        yield finding("T008", span, found=found, expected=language.tag)
    yield from _plural_forms(file, language, source)


def _spellings(language: Language) -> set[str]:
    """What a catalogue may call the language: `pl`, or with its usual region, `pl_PL`."""
    likely = Locale.parse(get_global("likely_subtags").get(language.locale, language.locale))
    with_region = f"{language.folder}_{likely.territory}"
    return {name.lower() for name in (language.folder, language.locale, with_region)}


def _plural_forms(file: PoFile, language: Language, source: SourceText) -> Iterator[Finding]:
    """The header's formula and each plural message; nothing where there is none."""
    plural = get_plural(language.locale)
    expected = f"nplurals={plural.num_plurals}; plural={plural.plural_expr};"
    messages = [entry for entry in file.live if entry.plural is not None]
    if not messages:
        return
    problem = _formula_problem(file, plural.num_plurals, language)
    if problem:
        span = _line_of("Plural-Forms:", source)
        yield finding("T007", span, problem=problem, expected=expected)
    for entry in messages:
        if set(entry.strings) != set(range(plural.num_plurals)) and not entry.fuzzy:
            forms = ", ".join(f"msgstr[{form}]" for form in sorted(entry.strings))
            problem = f"this message has {forms}, and {plural.num_plurals} forms are needed"
            yield finding("T007", Span(source.name, entry.line), problem=problem, expected=expected)


def _formula_problem(file: PoFile, expected: int, language: Language) -> str:
    """What is wrong with the header's line; "" where nothing is."""
    if not file.header.get("Plural-Forms"):
        return "the header does not say which plural forms there are"
    if not file.header.plurals:
        return "the header's plural forms cannot be read"
    count, formula = file.header.plurals
    if count != expected:
        counts = f"{expected} plural forms; the header says {count}"
        return f"{language.english} has {counts}"
    try:
        form_of: Callable[[int], int] = c2py(formula)
        highest = max(form_of(number) for number in _COUNTS)
    except (ValueError, ArithmeticError) as error:
        return f"the plural formula cannot be read: {error}"
    return "" if highest < count else f"the plural formula asks for a form {highest}"


def _line_of(words: str, source: SourceText) -> Span:
    """The line of the header that holds `words`; line 1 where none does."""
    lines = source.text.split("\n")
    return Span(source.name, next((n for n, line in enumerate(lines, 1) if words in line), 1))
