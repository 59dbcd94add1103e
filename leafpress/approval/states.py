"""What the sign-offs of a part come to, message by message."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from leafpress.approval.entry import (
    Agreement,
    BrailleCode,
    Person,
    SignedWords,
    SignOff,
    Step,
)
from leafpress.approval.messages import SignedMessage, SignedPart
from leafpress.translation.language import SOURCE


class State(StrEnum):
    """Where a part stands, in the words that people are shown."""

    DRAFT = "draft"
    IN_REVIEW = "in review"
    CHECKED = "checked"
    TRANSLATED = "translated"
    REVISED = "revised"
    PROOFREAD = "proofread"
    UNREAD = "braille not proofread"
    APPROVED = "approved"
    CHANGED = "changed since"
    NOT_AGREED = "not agreed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Coverage:
    """How far one step is done for one part in one language.

    Args:
        messages: those that are printed now.
        entries: the sign-offs of this step, part, language and region, oldest first.
        people: how many different people have to do it.
    """

    messages: tuple[SignedMessage, ...]
    entries: tuple[SignOff, ...]
    people: int = 1

    @cached_property
    def signers(self) -> dict[str, Person]:
        """Who did it, for any message that is printed now, by what makes them one person."""
        current = {message.digest for message in self.messages}
        return {
            entry.by.key: entry.by
            for entry in self.entries
            if entry.outcome is Agreement.AGREED and current & _digests(entry)
        }

    @cached_property
    def _last_word(self) -> dict[str, dict[str, Agreement]]:
        """Of each message, what each person said of it last."""
        said: dict[str, dict[str, Agreement]] = {}
        for entry in self.entries:
            for digest in _digests(entry):
                said.setdefault(digest, {})[entry.by.key] = entry.outcome
        return said

    def _is_done(self, message: SignedMessage) -> bool:
        outcomes = self._last_word.get(message.digest, {}).values()
        agreed = sum(outcome is Agreement.AGREED for outcome in outcomes)
        return agreed >= self.people and Agreement.NOT_AGREED not in outcomes

    @cached_property
    def open(self) -> tuple[SignedMessage, ...]:
        """Messages that nobody, or not everybody who has to, has agreed to as they are now."""
        return tuple(message for message in self.messages if not self._is_done(message))

    @cached_property
    def not_agreed(self) -> tuple[SignedMessage, ...]:
        """Messages of which somebody said last that they are not right."""
        return tuple(
            message
            for message in self.messages
            if Agreement.NOT_AGREED in self._last_word.get(message.digest, {}).values()
        )

    @cached_property
    def removed(self) -> tuple[SignedWords, ...]:
        """Messages of the newest sign-off that are not printed any more."""
        agreed = [entry for entry in self.entries if entry.outcome is Agreement.AGREED]
        current = {message.digest for message in self.messages}
        newest = agreed[-1].messages if agreed else ()
        return tuple(words for words in newest if words.digest not in current)

    @cached_property
    def was_complete(self) -> bool:
        """Whether it was once done by everybody who has to, for the words as they were then."""
        seen: dict[str, set[str]] = {}
        for entry in self.entries:
            if entry.outcome is not Agreement.AGREED:
                continue
            for digest in _digests(entry):
                seen.setdefault(digest, set()).add(entry.by.key)
            if all(len(seen[digest]) >= self.people for digest in _digests(entry)):
                return True
        return False

    @property
    def is_complete(self) -> bool:
        """Whether everything that is printed now was agreed to, and nothing is missing."""
        return bool(self.messages) and not self.open and not self.removed

    @property
    def strict_changes(self) -> tuple[str, ...]:
        """The English of changed, added or removed messages that are about safety."""
        changed = [message.english for message in self.open if message.safety]
        return (*changed, *(words.english for words in self.removed if words.safety))


def _digests(entry: SignOff) -> set[str]:
    return {message.digest for message in entry.messages}


@dataclass(frozen=True, slots=True)
class StepOf:
    """A step of one part in one language, as one region prints it; of braille, as it is made."""

    step: Step
    part: SignedPart
    language: str
    region: str
    braille: BrailleCode | None = None

    def of(self, entries: Iterable[SignOff]) -> tuple[SignOff, ...]:
        """The sign-offs of this step, in their order."""
        return tuple(entry for entry in entries if self._is_of(entry) and _counts(entry))

    def _is_of(self, entry: SignOff) -> bool:
        same = (entry.step, entry.language, entry.region) == (self.step, self.language, self.region)
        return same and self.part is entry.part and self.braille == entry.braille


def _counts(entry: SignOff) -> bool:
    """A clinician says on which register: nobody else's check of the words counts as one."""
    return entry.step is not Step.CHECKED or bool(
        entry.by.registered_with and entry.by.registration
    )


def withdrawal(entries: tuple[SignOff, ...], language: str) -> SignOff | None:
    """The entry that withdrew a leaflet in a language, unless it was approved again since.

    A withdrawal in the source language withdraws every language.
    """
    found = (_withdrawn_in(entries, tag) for tag in dict.fromkeys((SOURCE, language)))
    return next(filter(None, found), None)


def _withdrawn_in(entries: tuple[SignOff, ...], language: str) -> SignOff | None:
    last: SignOff | None = None
    for entry in entries:
        if entry.language != language:
            continue
        if entry.step is Step.WITHDRAWN:
            last = entry
        elif entry.step is Step.APPROVED and entry.outcome is Agreement.AGREED:
            last = None
    return last


def in_review(entries: Iterable[SignOff], part: SignedPart, language: str) -> bool:
    """Whether somebody has said that they are at it."""
    return any(
        entry.step is Step.IN_REVIEW and part is entry.part and entry.language == language
        for entry in entries
    )
