"""What has changed since somebody signed: old words beside new ones."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leafpress.approval.entry import SignedWords
from leafpress.approval.messages import SignedMessage

ALIKE = 0.5
"""How alike two texts are at least, of 1, to be taken for the old and the new of one message."""


@dataclass(frozen=True, slots=True)
class Change:
    """One message before and now. New ones have no before, removed ones no now."""

    old: SignedWords | None
    new: SignedMessage | None

    @property
    def safety(self) -> bool:
        """Whether it is about safety, before or now."""
        return bool((self.old and self.old.safety) or (self.new and self.new.safety))

    @property
    def kind(self) -> str:
        """What happened to it, in a word."""
        if self.old is None:
            return "new"
        return "changed" if self.new else "removed"


def between(old: Sequence[SignedWords], new: Sequence[SignedMessage]) -> tuple[Change, ...]:
    """The changes from signed words to those that are printed now, in today's order.

    Args:
        old: the messages of the newest sign-off.
        new: those that are printed now.
    """
    kept = {message.digest for message in new} & {words.digest for words in old}
    gone = [words for words in old if words.digest not in kept]
    came = [message for message in new if message.digest not in kept]
    changes = []
    for message in came:
        before = _nearest(message, gone)
        if before:
            gone.remove(before)
        changes.append(Change(before, message))
    return (*changes, *(Change(words, None) for words in gone))


def _nearest(message: SignedMessage, gone: list[SignedWords]) -> SignedWords | None:
    """The signed words that a message was probably made from."""
    scored = [(_likeness(message, words), -at, words) for at, words in enumerate(gone)]
    best = max(scored, key=lambda row: row[:2], default=None)
    return best[2] if best and best[0] >= ALIKE else None


def _likeness(message: SignedMessage, words: SignedWords) -> float:
    """How alike two are, 0 to 1: the same English with other words around it counts as the same."""
    if message.english == words.english:
        return 1.0 if message.place == words.place else 0.9
    return difflib.SequenceMatcher(None, words.english, message.english).ratio()


@dataclass(frozen=True, slots=True)
class RedlinePiece:
    """A run of words: kept, taken out or put in."""

    kind: str
    text: str


_KINDS = {"equal": ("kept",), "delete": ("out",), "insert": ("in",), "replace": ("out", "in")}


def redline(old: str, new: str) -> tuple[RedlinePiece, ...]:
    """What was taken out of a text and put into it, word by word."""
    return tuple(_pieces(old.split(" "), new.split(" ")))


def _pieces(old: list[str], new: list[str]) -> Iterator[RedlinePiece]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for what, first, last, begin, end in matcher.get_opcodes():
        for kind in _KINDS[what]:
            words = new[begin:end] if kind == "in" else old[first:last]
            yield RedlinePiece(kind, " ".join(words))


SHOWN = 3
"""How many changed messages a reason quotes."""


def quoted(texts: list[str]) -> str:
    """The first of some messages, cut short, in one line."""
    shown = [f"“{text[:57]}…”" if len(text) > 60 else f"“{text}”" for text in texts[:SHOWN]]
    more = f" and {len(texts) - SHOWN} more" if len(texts) > SHOWN else ""
    return ", ".join(shown) + more
