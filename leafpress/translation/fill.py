"""Giving a message the translation that there is already.

A message whose English returns gets its translation back from behind `#~`. One that another
catalogue of the language has is filled in from there: a text moved to another leaflet, or a
sentence that several say. What is only near to a known sentence is a guess (fuzzy), with the
English that it was made from. A guess is never taken over, and no edition is made of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from babel.messages import Catalog, Message

from leafpress.translation.known import TAKEN, Known, key_of
from leafpress.translation.near import NearText, NearTexts
from leafpress.translation.po_lines import FUZZY, LENGTH, PoEntry

SISTERS_ALIKE = 0.75
"""How alike a sentence of another catalogue is at least. Of the 70 pairs of our leaflets that are
more alike than that, all but a few short ones say nearly the same; below, most do not."""

_FEWEST_WORDS = 4
"""Of a text that is guessed from another catalogue: “Breathed in” is near to “Breathing Space”."""


def fill(catalog: Catalog, template: Catalog, sisters: Known) -> None:
    """Give each message of a template the translation that there is already, if it lacks one.

    Args:
        sisters: what all catalogues of the language have translated.
    """
    wanted = [message for message in template if message.id]
    _part_roles(catalog, wanted)
    for message in wanted:
        _fill(catalog, message, sisters)
    _guess(catalog, wanted, sisters)


def _part_roles(catalog: Catalog, wanted: list[Message]) -> None:
    """Take over what a catalogue says in a role that has got a context since it was made.

    Its one translation served both roles, and so stays what it was: sound or a guess. Later, a
    message that is new in the role is only guessed from the same English elsewhere.
    """
    every = [*catalog, *catalog.obsolete.values()]
    known = {message.context for message in every if message.id}
    english = {catalog._key_for(message.id, message.context) for message in wanted}
    for message in wanted:
        if message.context is None or message.context in known:
            continue
        key = catalog._key_for(message.id)
        old = catalog.get(message.id) or catalog.obsolete.get(key)
        if old and _translated(old) and old.id == message.id:
            parted = old.clone()
            parted.context = message.context
            catalog[parted.id] = parted
            if key not in english:
                catalog.delete(old.id)


def as_message(entry: PoEntry) -> Message:
    """A message of a file as Babel's."""
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
    others = [each for each in sisters.get(key_of(wanted), ()) if _serves(each, catalog)]
    if len(others) == 1:
        _replace(catalog, as_message(others[0]))
    elif not (own and _translated(own)) and (gone or others):
        # An old guess, or translations that differ: a person decides.
        guess = gone or as_message(replace(others[0], flags=frozenset({FUZZY})))
        guess.flags.add(FUZZY)
        _replace(catalog, guess)


def _serves(entry: PoEntry, catalog: Catalog) -> bool:
    """Whether a translation is another catalogue's, and has every plural form."""
    forms = 1 if entry.plural is None else catalog.num_plurals
    return len(entry.strings) == forms and f"{TAKEN}{catalog.domain}" not in entry.comments


def _replace(catalog: Catalog, message: Message) -> None:
    catalog.delete(message.id, message.context)
    catalog[message.id] = message


def _guess(catalog: Catalog, wanted: list[Message], sisters: Known) -> None:
    """Guess messages that are new to a catalogue from near sentences: its own, or another's.

    One that a translator has emptied is not new: what was refused is not put in again.
    """
    new = [message for message in wanted if catalog.get(message.id, message.context) is None]
    if not new:
        return
    own = _by_english(message for message in catalog if message.id and _translated(message))
    theirs = _by_english(as_message(entries[0]) for entries in sisters.values())
    near_own, near_theirs = NearTexts(own), NearTexts(theirs)
    for message in new:
        english = key_of(message)[1]
        ours, other = near_own.nearest(english), near_theirs.nearest(english)
        if other and _is_better(other, ours):
            _take_guess(catalog, message, theirs[other.text])
        elif ours:
            _take_guess(catalog, message, own[ours.text])
    _drop_used(catalog, wanted, new)


def _by_english(messages: Iterable[Message]) -> dict[str, Message]:
    return {key_of(message)[1]: message for message in messages}


def _is_better(other: NearText, ours: NearText | None) -> bool:
    """Whether another catalogue's sentence is near enough, and nearer than our own."""
    enough = other.likeness >= SISTERS_ALIKE and len(other.text.split()) >= _FEWEST_WORDS
    return enough and (ours is None or other.likeness > ours.likeness)


def _take_guess(catalog: Catalog, wanted: Message, near: Message) -> None:
    """Put in a near sentence's translation, unless only one of the two is counted."""
    if isinstance(near.id, str) != isinstance(wanted.id, str):
        return
    guess = near.clone()
    guess.id, guess.context, guess.flags = wanted.id, wanted.context, {FUZZY}
    guess.previous_id = (near.fuzzy and near.previous_id) or _sources(near)
    catalog[guess.id] = guess


def _sources(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def _drop_used(catalog: Catalog, wanted: list[Message], new: list[Message]) -> None:
    """Take out what lives on as a guess: its English is kept there (`#|`)."""
    keys = {catalog._key_for(message.id, message.context) for message in wanted}
    guesses = [catalog.get(message.id, message.context) for message in new]
    used = {tuple(guess.previous_id) for guess in guesses if guess}
    for message in list(catalog):
        key = catalog._key_for(message.id, message.context)
        if message.id and key not in keys and tuple(_sources(message)) in used:
            catalog.delete(message.id, message.context)


def strings_of(message: Message) -> Sequence[str]:
    """Its translation, a text a form."""
    string = message.string
    return string if isinstance(string, (list, tuple)) else (string or "",)


def _translated(message: Message) -> bool:
    return all(strings_of(message))
