"""Accounting for all that a Bundle holds: what is read, what may be ignored, and what is neither.

What is neither and speaks of communication, language or needs stops that patient's row (E080);
anything else is told once (E079). A clinic says what it means to leave unread under `ignore:`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leafpress.mailing.lists.fhir.declared import (
    ELEMENT_KEYS,
    FREE_TEXTS,
    IGNORED_EXTENSIONS,
    IGNORED_KEYS,
    IGNORED_TYPES,
    PROFICIENCY,
    READ_EXTENSIONS,
    READ_KEYS,
    TOLD_EXTENSIONS,
    WHOLE_EXTENSIONS,
)
from leafpress.mailing.lists.fhir.references import Record
from leafpress.mailing.lists.fhir.values import (
    Ledger,
    Resource,
    UnclearRecord,
    extension_name,
    extensions,
    last_segment,
    objects,
    one,
    text,
    value_keys,
)
from leafpress.mailing.lists.fhir.words import (
    as_concept,
    mentions,
    name_speaks,
    spellings,
    tag_of,
    word_speaks,
)
from leafpress.mailing.lists.mapping import Mapping
from leafpress.mailing.lists.normalise import normalise
from leafpress.mailing.lists.strict_json import plain_name

_VALUES = frozenset({"code", "display", "text", "title", "description", "comment", "note", "value"})
"""Names under which words stand, in any resource."""

_NO_WORDS = frozenset(
    {
        "resourceType", "id", "meta", "fullUrl", "reference", "name", "address", "telecom",
        "identifier", "contained", "language", "div", "status", "author", "performer",
    }
)  # fmt: skip
"""Names in other resources under which nothing about communication stands."""


class Accounts:
    """What of a Bundle is left unread on purpose, and the ledger of the rest."""

    def __init__(self, mapping: Mapping, ledger: Ledger) -> None:
        self.ledger = ledger
        self._ignored = frozenset(map(normalise, mapping.ignore))

    def is_ignored(self, name: str) -> bool:
        """Whether the clinic leaves this on purpose, by the name of a type or an extension."""
        return normalise(name) in self._ignored

    def own_language(self, record: Record, word: str, mapping: Mapping) -> Iterator[str]:
        """The `language` of a record, where somebody may have meant its patient's.

        It is that of the record's words (https://hl7.org/fhir/R4/resource.html#Resource).

        Args:
            word: the patient's language as it is recorded elsewhere.
        """
        written = text(record.resource, "language")
        is_english = normalise(written).split(" ")[0] in ("", "en", "eng", "english")
        if is_english or self.is_ignored("language"):
            return
        if not word or tag_of(written, mapping) != tag_of(word, mapping):
            yield f"{record.kind}, “language”"

    def unread(self, record: Record) -> Iterator[str]:
        """What of a record that rules read speaks of communication, and no rule reads.

        What does not speak of it goes into the ledger.

        Raises:
            UnclearRecord: it has something that changes what all the rest means.
        """
        _require_no_modifiers(record.resource)
        read = READ_EXTENSIONS.get(record.kind, frozenset())
        for key, value in record.resource.items():
            own = read | {PROFICIENCY} if key == "communication" else read
            yield from self._unread_extensions({key: value}, record.kind, own)
            yield from self._unread_key(record.kind, key.removeprefix("_"), value)
            if key in ELEMENT_KEYS:
                yield from self._unread_parts(f"{record.kind}.{key}", key, value)

    def _unread_key(self, kind: str, key: str, value: Any) -> Iterator[str]:
        if key in READ_KEYS[kind] or key in IGNORED_KEYS[kind] or self.is_ignored(key):
            return
        place = f"{kind}, {plain_name(key)}"
        if key in FREE_TEXTS:
            if any(map(mentions, _sentences(value))):
                yield place
        elif name_speaks(key) or speaks(value):
            yield place
        else:
            self.ledger.unread[place] += 1

    def _unread_parts(self, place: str, key: str, value: Any) -> Iterator[str]:
        """What stands in an element's parts and FHIR does not know there."""
        for part in objects({key: value}, key):
            for name, member in part.items():
                if name.removeprefix("_") in ELEMENT_KEYS[key] or self.is_ignored(name):
                    continue
                where = f"{place}, {plain_name(name)}"
                if name_speaks(name) or speaks(member) or speaks({"value": member}):
                    yield where
                else:
                    self.ledger.unread[where] += 1

    def _unread_extensions(self, value: Any, kind: str, read: frozenset[str]) -> Iterator[str]:
        """The extensions at any depth that speak of communication, and that no rule reads."""
        for extension in extensions(value, WHOLE_EXTENSIONS):
            name = extension_name(extension)
            if name in read or name in IGNORED_EXTENSIONS or self.is_ignored(name):
                continue
            place = f"{kind}, extension {plain_name(name)}"
            speaks_of_it = name_speaks(name) or any(map(word_speaks, extension_words(extension)))
            if speaks_of_it and name not in TOLD_EXTENSIONS:
                yield place
            elif not name or text(extension, "url") != name:  # parts are told with their whole
                self.ledger.unread[place] += 1

    def speaks_of_patient(self, record: Record) -> bool:
        """Whether a resource that no rule reads speaks of communication; else it is told."""
        if record.kind in IGNORED_TYPES or self.is_ignored(record.kind):
            return False
        if speaks(record.resource):
            return True
        self.ledger.unread[plain_name(record.kind)] += 1
        return False


def _require_no_modifiers(resource: Resource) -> None:
    if resource.get("modifierExtension") or resource.get("implicitRules"):
        raise UnclearRecord("it has a `modifierExtension`, which changes what the rest means")


def extension_words(extension: Resource) -> Iterator[str]:
    """Every word in an extension's own value, not in those inside it."""
    for key in value_keys(extension):
        value = extension[key]
        if isinstance(value, dict) and "value" in value:  # a quantity, such as 24 pt
            yield f"{value['value']} {value.get('unit') or value.get('code')}"
        if isinstance(value, str) or (isinstance(value, dict) and "reference" not in value):
            yield from spellings(as_concept(extension, key))


def _sentences(value: Any) -> Iterator[str]:
    """Every text in a value, whatever it is called. Generated narratives repeat the record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for member in value:
            yield from _sentences(member)
    elif isinstance(value, dict) and value.get("status") not in ("generated", "extensions"):
        for member in value.values():
            yield from _sentences(member)


def speaks(value: Any) -> bool:
    """Whether anything in a value is about communication, language or needs."""
    if isinstance(value, list):
        return any(map(speaks, value))
    if not isinstance(value, dict):
        return False
    return any(_member_speaks(key, member) for key, member in value.items())


def _member_speaks(key: str, member: Any) -> bool:
    if key in _NO_WORDS:
        return False
    if key == "text" and isinstance(member, dict):
        return any(map(mentions, _sentences(member)))
    if key in ("system", "url", "linkId"):
        return isinstance(member, str) and name_speaks(last_segment(member))
    if isinstance(member, str) and (key in _VALUES or key.startswith("value")):
        return word_speaks(member) or "communicat" in normalise(member)
    return name_speaks(key) or speaks(member)


def subset_problem(resource: Resource) -> str:
    """Why a resource is not all of its record, as servers mark it; empty where it is.

    https://terminology.hl7.org/CodeSystem-v3-ObservationValue.html: SUBSETTED, REDACTED.
    """
    meta = one(resource, "meta")
    marks = {text(own, "code") for key in ("tag", "security") for own in objects(meta, key)}
    if marks & {"SUBSETTED", "REDACTED"}:
        return "the record is marked as only a part of what is known"
    return ""
