"""What the catalogues of a language have translated, so that nothing is translated twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from babel.messages import Message

from leafpress.translation.po_file import PoFile
from leafpress.translation.po_lines import PoEntry

Key = tuple[str | None, str, str | None]
"""Context, English and English plural: a translation serves only what has all three."""

Known = Mapping[Key, tuple[PoEntry, ...]]
"""The sound translations that a language has, each once, with a comment that says whence."""

TAKEN = "taken over from "
"""How the comment begins that tells a translator which catalogue a translation came from."""


def known(catalogues: Mapping[str, PoFile]) -> Known:
    """What the catalogues of one language, by their domains, have translated.

    What is obsolete in all of them counts too: a text that was moved is gone in its old place.
    """
    found: dict[Key, dict[tuple[str, ...], PoEntry]] = {}
    every = [(domain, entry) for domain, file in catalogues.items() for entry in file.entries]
    for wanted in (False, True):
        older = set(found)
        for domain, entry in every:
            if entry.obsolete is wanted and is_sound(entry) and key_of_entry(entry) not in older:
                taken = replace(entry, comments=(f"{TAKEN}{domain}",), flags=frozenset())
                found.setdefault(key_of_entry(entry), {}).setdefault(
                    tuple(entry.strings.values()), taken
                )
    return {key: tuple(strings.values()) for key, strings in found.items()}


def is_sound(entry: PoEntry) -> bool:
    """Whether it is translated in every form, and no guess."""
    strings = entry.strings.values()
    return bool(entry.message) and not entry.fuzzy and bool(strings) and all(strings)


def is_taken_over(entry: PoEntry) -> bool:
    """Whether its translation came from another catalogue, and not from a translator's hand."""
    return any(comment.startswith(TAKEN) for comment in entry.comments)


def key_of_entry(entry: PoEntry) -> Key:
    """What its translation serves."""
    return (entry.context, entry.message, entry.plural)


def key_of(message: Message) -> Key:
    """The same of a message of Babel's."""
    if isinstance(message.id, (list, tuple)):
        return (message.context, message.id[0], message.id[1])
    return (message.context, message.id, None)
