"""Bringing a language's catalogue up to date, as `msgmerge` does, and a little kinder.

What there is already is filled in first (`fill`); Babel then brings places, comments and limits.
"""

from __future__ import annotations

from gettext import c2py

from babel import Locale
from babel.messages import Catalog

from leafpress.content.source import decode
from leafpress.findings import Problem, Span
from leafpress.rules import finding
from leafpress.translation.fill import as_message, fill, strings_of
from leafpress.translation.known import Known
from leafpress.translation.language import Language
from leafpress.translation.po_file import Header, PoFile, parse
from leafpress.translation.po_lines import PoEntry
from leafpress.translation.po_writer import as_po

_BABELS = {
    "project-id-version",
    "report-msgid-bugs-to",
    "pot-creation-date",
    "po-revision-date",
    "last-translator",
    "language",
    "language-team",
    "plural-forms",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "generated-by",
}
"""Header lines that Babel writes by itself. All others are the translators' tools'."""

_KEPT = _BABELS - {
    "language",
    "plural-forms",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "generated-by",
}
"""Of those, the ones whose values are the file's and not ours."""


class _Catalog(Catalog):
    """Babel's, with the header lines of other tools, which Babel forgets."""

    extra: tuple[tuple[str, str], ...] = ()

    def _headers(self) -> list[tuple[str, str]]:
        *others, babel = self._get_mime_headers()
        return [*others, *self.extra, babel]

    mime_headers = property(_headers, Catalog._set_mime_headers)


def read_po(po: bytes, name: str) -> PoFile:
    """What a catalogue's file holds.

    Raises:
        Problem: it is not UTF-8 (L002), names another encoding (T006) or is not gettext (T005,
            T017): what we wrote in its place would have lost something.
    """
    file = parse(decode(po, name), name)
    if file.header.misleads:
        raise Problem(finding("T006", Span(name, 1), charset=file.header.charset))
    return file


def update(
    old: PoFile | None, template: Catalog, language: Language, sisters: Known | None = None
) -> bytes:
    """The bytes of a language's catalogue, brought up to date with `template`.

    Messages whose English changed become fuzzy guesses, and those that are gone obsolete.

    Args:
        old: the catalogue as it is; None where there is none.
        sisters: what all catalogues of the language have translated.
    """
    catalog = _catalog(old, template, language)
    fill(catalog, template, sisters or {})
    previous = {catalog._key_for(m.id, m.context): m.previous_id for m in catalog if m.fuzzy}
    catalog.update(template, update_creation_date=False, no_fuzzy_matching=True)
    for message in catalog:
        if message.fuzzy and not message.previous_id:
            key = catalog._key_for(message.id, message.context)
            message.previous_id = previous.get(key, [])
    _drop_twins(catalog)
    return as_po(catalog)


def _catalog(old: PoFile | None, template: Catalog, language: Language) -> _Catalog:
    """The catalogue as it is, or an empty one. An empty one says that nobody has checked it."""
    catalog = _Catalog(
        Locale.parse(language.locale),
        template.domain,
        header_comment=f"# {language.english} catalogue of {template.domain}. DRAFT: not checked.",
        project=template.project,
        version=template.version,
        msgid_bugs_address="the leafpress project",
        last_translator="nobody yet",
        language_team=language.english,
        charset="utf-8",
        fuzzy=False,
        creation_date=template.creation_date,
        revision_date=template.creation_date,
    )
    if old:
        _take_header(catalog, old.header)
        for entry in old.entries:
            if entry.message:
                _put(catalog, entry)
    return catalog


def _take_header(catalog: _Catalog, header: Header) -> None:
    catalog.header_comment = "\n".join(f"# {line}".rstrip() for line in header.comments)
    catalog.fuzzy = header.fuzzy
    catalog.extra = tuple(pair for pair in header.fields if pair[0].lower() not in _BABELS)
    for name, value in header.fields:
        if name.lower() in _KEPT and value:
            _take_line(catalog, name, value)
    if header.plurals and _is_formula(*header.plurals, catalog):
        count, formula = header.plurals
        catalog.mime_headers = [("Plural-Forms", f"nplurals={count}; plural={formula};")]


def _is_formula(count: int, formula: str, catalog: Catalog) -> bool:
    """Whether a translator's own formula counts as the language does; else ours is written."""
    try:
        c2py(formula)
    except ValueError:
        return False
    return count == catalog.num_plurals


def _take_line(catalog: _Catalog, name: str, value: str) -> None:
    try:
        catalog.mime_headers = [(name, value)]
    except (ValueError, OverflowError):
        # A date that is none: what a person has to fill in stays as it is.
        if name.lower() == "po-revision-date":
            catalog.revision_date = value


def _put(catalog: Catalog, entry: PoEntry) -> None:
    """Add a message; one that is obsolete only if it was translated."""
    message = as_message(entry)
    if not entry.obsolete:
        catalog[message.id] = message
    elif entry.string:
        catalog.obsolete[catalog._key_for(message.id, message.context)] = message


def _drop_twins(catalog: Catalog) -> None:
    """Take out what is obsolete and says nothing, or stands above as well: gettext refuses that."""
    live = {catalog._key_for(message.id, message.context) for message in catalog if message.id}
    gone = catalog.obsolete.items()
    catalog.obsolete = {key: old for key, old in gone if key not in live and any(strings_of(old))}
