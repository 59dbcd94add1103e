"""Bringing a language's catalogue up to date, as `msgmerge` does, and a little kinder.

A message whose English returns gets its translation back from behind `#~`. One that another
catalogue of the language has is filled in from there: a text moved to another leaflet, or a
sentence that several say. A guess (fuzzy) is never taken over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from gettext import c2py

from babel import Locale
from babel.messages import Catalog, Message

from leafpress.content.source import decode
from leafpress.findings import Problem, Span
from leafpress.rules import finding
from leafpress.translation.language import Language
from leafpress.translation.po_file import Header, PoFile, parse
from leafpress.translation.po_lines import FUZZY, LENGTH, PoEntry
from leafpress.translation.po_writer import as_po

Key = tuple[str | None, str, str | None]
"""Context, English and English plural: a translation serves only what has all three."""

Known = Mapping[Key, tuple[PoEntry, ...]]
"""The sound translations that a language has, each once, with a comment that says whence."""

TAKEN = "taken over from "
"""How the comment begins that tells a translator which catalogue a translation came from."""

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


def known(catalogues: Mapping[str, PoFile]) -> Known:
    """What the catalogues of one language, by their domains, have translated.

    What is obsolete in all of them counts too: a text that was moved is gone in its old place.
    """
    found: dict[Key, dict[tuple[str, ...], PoEntry]] = {}
    every = [(domain, entry) for domain, file in catalogues.items() for entry in file.entries]
    for wanted in (False, True):
        older = set(found)
        for domain, entry in every:
            if entry.obsolete is wanted and _is_sound(entry) and _key(entry) not in older:
                taken = replace(entry, comments=(f"{TAKEN}{domain}",), flags=frozenset())
                found.setdefault(_key(entry), {}).setdefault(tuple(entry.strings.values()), taken)
    return {key: tuple(strings.values()) for key, strings in found.items()}


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
    for message in template:
        if message.id:
            _fill(catalog, message, sisters or {})
    previous = {catalog._key_for(m.id, m.context): m.previous_id for m in catalog if m.fuzzy}
    catalog.update(template, update_creation_date=False, no_fuzzy_matching=False)
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
    message = _message(entry)
    if not entry.obsolete:
        catalog[message.id] = message
    elif entry.string:
        catalog.obsolete[catalog._key_for(message.id, message.context)] = message


def _message(entry: PoEntry) -> Message:
    english = entry.message if entry.plural is None else (entry.message, entry.plural)
    forms = range(max(entry.strings, default=0) + 1)
    strings = tuple(entry.strings.get(form, "") for form in forms)
    return Message(
        english,
        entry.string if entry.plural is None else strings,
        # How much fits is the template's to say, and may have changed.
        flags={flag for flag in entry.flags if not flag.startswith(LENGTH)},
        user_comments=entry.comments,
        previous_id=entry.previous,
        context=entry.context,
    )


def _fill(catalog: Catalog, wanted: Message, sisters: Known) -> None:
    """Give a message of the template the translation that there is already, if it lacks one."""
    key = catalog._key_for(wanted.id, wanted.context)
    own, gone = catalog.get(wanted.id, wanted.context), catalog.obsolete.get(key)
    if own and _translated(own) and not own.fuzzy:
        return
    if gone and not gone.fuzzy and gone.id == wanted.id:
        _replace(catalog, gone)
        return
    others = [each for each in sisters.get(_key_of(wanted), ()) if _serves(each, catalog)]
    if len(others) == 1:
        _replace(catalog, _message(others[0]))
    elif not (own and _translated(own)) and (gone or others):
        # An old guess, or translations that differ: a person decides.
        guess = gone or _message(replace(others[0], flags=frozenset({FUZZY})))
        guess.flags.add(FUZZY)
        _replace(catalog, guess)


def _serves(entry: PoEntry, catalog: Catalog) -> bool:
    """Whether a translation is another catalogue's, and has every plural form."""
    forms = 1 if entry.plural is None else catalog.num_plurals
    return len(entry.strings) == forms and f"{TAKEN}{catalog.domain}" not in entry.comments


def _replace(catalog: Catalog, message: Message) -> None:
    catalog.delete(message.id, message.context)
    catalog[message.id] = message


def _drop_twins(catalog: Catalog) -> None:
    """Take out what is obsolete and says nothing, or stands above as well: gettext refuses that."""
    live = {catalog._key_for(message.id, message.context) for message in catalog if message.id}
    gone = catalog.obsolete.items()
    catalog.obsolete = {key: old for key, old in gone if key not in live and any(_strings(old))}


def _strings(message: Message) -> Sequence[str]:
    string = message.string
    return string if isinstance(string, (list, tuple)) else (string or "",)


def _translated(message: Message) -> bool:
    return all(_strings(message))


def _is_sound(entry: PoEntry) -> bool:
    strings = entry.strings.values()
    return bool(entry.message) and not entry.fuzzy and bool(strings) and all(strings)


def is_taken_over(entry: PoEntry) -> bool:
    """Whether its translation came from another catalogue, and not from a translator's hand."""
    return any(comment.startswith(TAKEN) for comment in entry.comments)


def _key(entry: PoEntry) -> Key:
    return (entry.context, entry.message, entry.plural)


def _key_of(message: Message) -> Key:
    if isinstance(message.id, (list, tuple)):
        return (message.context, message.id[0], message.id[1])
    return (message.context, message.id, None)
