"""`build.py new-language`: a row, empty catalogues and a glossary to fill in."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

import click
from babel import Locale, UnknownLocaleError
from babel.core import get_global

from leafpress.cli.command import command
from leafpress.cli.extract import extract_messages
from leafpress.cli.session import Session
from leafpress.content import originals
from leafpress.content.language_tag import is_language_tag
from leafpress.content.root import Root
from leafpress.findings import ExitCode, Problem, Span
from leafpress.installed import PROGRAM
from leafpress.pages.fonts import TYPEFACES
from leafpress.rules import finding
from leafpress.translation import glossary
from leafpress.translation.language import LANGUAGES, Language, use
from leafpress.translation.language_rows import FILE, TAG

_FEWEST = 2
"""Glossaries that have a term, before a new one begins with it."""


@command("today", "verbose")
@click.argument("tag", metavar="TAG")
def new_language(session: Session, tag: str) -> int:
    """Begin a language: its row, if there is none, empty catalogues and a glossary to fill in.

    TAG is as in documents: `ti`, `zh-Hant`, `pt-BR`.
    """
    root = session.root
    for line in begin(session, tag):
        print(line)
    language = LANGUAGES[tag]
    print(f"{language.english}: {'; '.join(_habits(language))}")
    print(f"Fill in the glossary, then the catalogues: {root.command} check --language {tag}")
    print(f"Then name it in clinic.yaml (`languages: [{tag}]`), and run: {root.command} fonts")
    return ExitCode.OK


def begin(session: Session, tag: str) -> Iterator[str]:
    """Write what is missing of a language; a line a file.

    Raises:
        Problem: it is no tag (L016), no language that CLDR has (B007) or of a script without a
            font (B012), with exit code 2; a leaflet has errors; a file cannot be written (B004).
    """
    root, options = session.root, session.build_options
    if tag not in LANGUAGES:
        yield _write_row(root, tag)
        use(root)
    language = LANGUAGES[tag]
    if not language.is_translated:
        facts = {"kind": "language to translate into", "advice": "leaflets are written in English"}
        problem = finding("B007", Span(PROGRAM), name=tag, **facts)
        raise Problem(problem, code=ExitCode.USAGE)
    yield _write_glossary(root, language)
    for file in extract_messages(options.project(), options.today, [language]):
        yield f"{file.name}: {'written' if file.changed else 'unchanged'}"


def _habits(language: Language) -> Iterator[str]:
    """What translators should know of its signs."""
    yield f"quotation marks {' '.join(language.quotes) or 'are not known here'}"
    for english, own in language.ends:
        yield f"{own} for {english}"
    yield "digits 0 to 9"
    if language.note:
        yield language.note


def _write_row(root: Root, tag: str) -> str:
    """Add a row to the table of the clinic, or of the program where there is no own folder."""
    path = root.home / FILE
    before = path.read_text(encoding="utf-8") if path.is_file() else _HEAD
    originals.store(root, path, f"{before.rstrip()}\n\n{_row(tag)}".encode())
    return f"{root.shown(path)}: written"


_HEAD = "# Languages beside those of the program: rows as in its own locales/languages.toml.\n"


def _row(tag: str) -> str:
    """A row of what CLDR knows of a language."""
    locale = _locale(tag)
    columns = {
        "english": locale.get_display_name("en"),
        "native": _capital(locale.get_display_name()),
        "script": _script(tag, locale),
        "direction": locale.text_direction,
    }
    lines = [f'{key} = "{value}"' for key, value in columns.items()]
    return "\n".join([f"[{tag}]", *lines, ""])


def _capital(text: str | None) -> str:
    return f"{text[0].upper()}{text[1:]}" if text else ""


def _locale(tag: str) -> Locale:
    if not re.fullmatch(TAG, tag):
        wanted = "as a tag of a language, such as ti, zh-Hant or pt-BR"
        problem = finding("L016", Span(PROGRAM), value=f"`{tag}`", wanted=wanted)
        raise Problem(problem, code=ExitCode.USAGE)
    try:
        if is_language_tag(tag):
            return Locale.parse(tag, sep="-")
    except UnknownLocaleError:
        pass  # a language that CLDR names, and knows no dates of
    advice = f"CLDR does not know its dates and numbers: write its row by hand, in {FILE}"
    facts = {"kind": "language", "name": tag, "advice": advice}
    raise Problem(finding("B007", Span(PROGRAM), **facts), code=ExitCode.USAGE)


def _script(tag: str, locale: Locale) -> str:
    """The row of fonts.toml that sets it.

    Raises:
        Problem: there is none (B012).
    """
    known = get_global("likely_subtags")
    likely = known.get(tag.replace("-", "_")) or known[locale.language]
    iso: str = locale.script or likely.split("_")[1]
    for script, typeface in TYPEFACES.items():
        if typeface.iso == iso:
            return script
    needs = f"a font for the script {iso} (docs/how-to/language.md)"
    raise Problem(finding("B012", Span(PROGRAM), needs=needs), code=ExitCode.USAGE)


def _write_glossary(root: Root, language: Language) -> str:
    path = glossary.path_of(root, language)
    if path.exists():
        return f"{root.shown(path)}: unchanged"
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(glossary.COLUMNS)
    rows.writerows((english, "", "", "") for english in _terms(root))
    path = originals.store(root, path, text.getvalue().encode())
    return f"{root.shown(path)}: written"


def _terms(root: Root) -> list[str]:
    """The English terms that several languages have in their glossaries."""
    languages = [language for language in LANGUAGES.values() if language.is_translated]
    terms = [term for each in languages for term in glossary.read_glossary(root, each).terms]
    counts = Counter(term.english for term in terms)
    return sorted((term for term in counts if counts[term] >= _FEWEST), key=str.casefold)
