"""What is signed: every message of a part of a leaflet, bound to what stands around it.

A message's digest covers the leaflet, the part, the language, the English and the translation, the
services it names as they are printed in the clinic's region, and what gives it its meaning: its
section, its kind of block, and the words that lead its list ("Do not:"). So a sentence that moves
under another heading, or a number that changes, is a message that nobody has checked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from leafpress.approval import safety
from leafpress.content import inline
from leafpress.content.blocks import (
    Block,
    ContactsBlock,
    EmergencyBlock,
    ExerciseBlock,
    FigureBlock,
    PeopleBlock,
)
from leafpress.content.easy_read import EasyRead
from leafpress.content.model import Leaflet, Section
from leafpress.content.pictograms import FOLDER
from leafpress.content.region import Directory
from leafpress.content.root import Root
from leafpress.content.text import Text
from leafpress.content.texts import texts
from leafpress.system import digest

SHARED = "shared"
"""The name under which the words of all leaflets are signed: templates and contacts."""

_LEADS = ("intro", "title", "caption")
"""Fields of a block that lead what stands in it."""

_CUT = 20
"""Hex digits of a message's digest that are kept: 80 bits."""


def digest_of(everything: str) -> str:
    """The digest of a message that is bound to `everything`."""
    return digest.of_text(everything)[:_CUT]


class SignedPart(StrEnum):
    """What has a state of its own. Pictures hold no words, and so need no translation.

    Braille is the words once more, as they are in cells: of each grade, and in each language.
    """

    WORDS = "words"
    EASY_READ = "easy-read"
    FIGURES = "figures"
    BRAILLE = "braille"


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """One message as a reader of the edition meets it.

    Args:
        english: in the source language; of a picture, its file's name.
        words: in the language that is signed.
        place: where it stands, for people.
        safety: whether it is held strictly.
        digest: 20 hex digits of SHA-256 over all that it is bound to.
        context: gettext's, which parts it from the same English elsewhere; "" where it has none.
    """

    english: str
    words: str
    place: str
    safety: bool
    digest: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A leaflet in English and in the language that is signed, in the clinic's region.

    Args:
        directory: the services, with their English names: what a clinician has checked.
        printed: the same in the language.
    """

    english: Leaflet
    own: Leaflet
    language: str
    directory: Directory
    printed: Directory


@dataclass(frozen=True, slots=True)
class _Around:
    """What a message is bound to besides its words."""

    pair: Pair
    part: SignedPart
    section: str
    kind: str = ""
    lead: str = ""
    safety: bool = False

    def message(self, english: str, words: str, *more: str, safe: bool = False) -> SignedMessage:
        """The message of some words that stand here; `english` may be a text with a context."""
        context = (english.role.context or "") if isinstance(english, Text) else ""
        more = (*more, *filter(None, [context]))
        names = inline.parse(english).placeholders
        services = [_service(self.pair, name) for name in names]
        bound = [self.pair.english.id, self.part, self.pair.language, self.section, self.kind]
        everything = json.dumps([*bound, self.lead, english, words, services, more])
        place = " · ".join(filter(None, (self.section, self.kind)))
        strict = self.safety or safe
        return SignedMessage(english, words, place, strict, digest_of(everything), context)


def _service(pair: Pair, id_: str) -> list[str]:
    """A service as it is printed. The clinic answers for its own name and number."""
    if id_ == "clinic":
        return [id_]
    contacts = [directory.get(id_) for directory in (pair.directory, pair.printed)]
    return [id_, *(f"{each.short} {each.telephone or ''}" for each in contacts if each)]


def of_part(pair: Pair, part: SignedPart, root: Root) -> tuple[SignedMessage, ...]:
    """Every message of a part, in reading order.

    Args:
        root: where figures and pictograms lie.
    """
    found = {
        SignedPart.WORDS: lambda: _of_sections(pair),
        SignedPart.EASY_READ: lambda: _of_easy_read(pair, root),
        SignedPart.FIGURES: lambda: _of_figures(pair, root),
    }
    unique = {message.digest: message for message in found[part]()}
    return tuple(unique.values())


def _of_sections(pair: Pair) -> Iterator[SignedMessage]:
    top = _Around(pair, SignedPart.WORDS, "")
    for name in ("title", "summary", "audience", "made_by", "tested", "interests"):
        if getattr(pair.english, name):
            yield top.message(getattr(pair.english, name), getattr(pair.own, name))
    yield _of_review(top)
    for source in pair.english.sources:
        words = " ".join(
            filter(None, (source.title, source.publisher, source.date, source.address))
        )
        yield top.message(words, words, "source")
    for english, own in zip(pair.english.sections, pair.own.sections, strict=True):
        yield _Around(pair, SignedPart.WORDS, english.id).message(english.title, own.title)
        for block, said in zip(english.blocks, own.blocks, strict=True):
            yield from _of_block(pair, english, block, said)


def _of_review(top: _Around) -> SignedMessage:
    """The day after which nobody may give the leaflet out: no other may be set in their name."""
    day = top.pair.english.review.isoformat()
    return top.message(day, day, "review", safe=True)


def _of_block(pair: Pair, section: Section, block: Block, said: Block) -> Iterator[SignedMessage]:
    strict = safety.of_block(section, block)
    kind = " ".join(filter(None, (block.kind, getattr(block, "urgency", ""))))
    lead = next((str(v) for name in _LEADS if (v := getattr(block, name, None))), "")
    around = _Around(pair, SignedPart.WORDS, section.id, kind, lead, strict)
    for (_, english), (_, own) in zip(texts(block), texts(said), strict=True):
        yield _of_text(around, english, own)
    yield from _beside_words(around, block)


def _of_text(around: _Around, english: Text, own: Text) -> SignedMessage:
    role = english.role.name
    return around.message(english, own, role, safe=safety.of_words(english, role))


def _beside_words(around: _Around, block: Block) -> Iterator[SignedMessage]:
    """What a block says that is no text: whom to call, and how many of a hundred."""
    called = {EmergencyBlock: "call", ContactsBlock: "contacts"}.get(type(block))
    if called:
        yield _of_calls(around, getattr(block, called))
    if isinstance(block, PeopleBlock):
        counts = ", ".join(f"{group.count} of {block.out_of}" for group in block.groups)
        yield around.message(counts, counts, safe=True)


def _of_calls(around: _Around, ids: tuple[str, ...]) -> SignedMessage:
    pair = around.pair
    english = ", ".join(_named(pair.directory, id_) for id_ in ids)
    own = ", ".join(_named(pair.printed, id_) for id_ in ids)
    return around.message(english, own, "call", safe=True)


def _named(directory: Directory, id_: str) -> str:
    """A service by name and number; of the clinic only that it is meant."""
    contact = directory.get(id_)
    if contact is None or id_ == "clinic":
        return id_
    return f"{contact.name} {contact.telephone or ''}".strip()


def _of_easy_read(pair: Pair, root: Root) -> Iterator[SignedMessage]:
    english, own = pair.english.easy_read, pair.own.easy_read
    if english is None or own is None:
        return
    top = _Around(pair, SignedPart.EASY_READ, "")
    yield top.message(english.title, own.title)
    yield top.message(english.summary, own.summary)
    yield _of_review(top)
    for section, said in zip(english.sections, own.sections, strict=True):
        strict = safety.of_easy_section(section)
        kind = " ".join(filter(None, (section.kind, section.urgency)))
        around = _Around(pair, SignedPart.EASY_READ, section.title, kind, "", strict)
        for (_, sentence), (_, translated) in zip(texts(section), texts(said), strict=True):
            yield _of_text(around, sentence, translated)
        if section.calls:
            yield _of_calls(around, section.calls)
    yield from _of_files(top, _pictograms(english), root)


def _pictograms(easy_read: EasyRead) -> list[str]:
    sentences = (sentence for section in easy_read.sections for sentence in section.sentences)
    ids = dict.fromkeys([easy_read.picture, *(sentence.picture for sentence in sentences)])
    return [f"{FOLDER}/{id_}.svg" for id_ in ids]


def _of_figures(pair: Pair, root: Root) -> Iterator[SignedMessage]:
    blocks = [block for section in pair.english.sections for block in section.blocks]
    pictures = [block for block in blocks if isinstance(block, FigureBlock)]
    exercises = [block.figure for block in blocks if isinstance(block, ExerciseBlock)]
    files = dict.fromkeys(f"figures/{each.file}" for each in (*pictures, *exercises))
    yield from _of_files(_Around(pair, SignedPart.FIGURES, ""), list(files), root)


def _of_files(around: _Around, files: list[str], root: Root) -> Iterator[SignedMessage]:
    """Pictures by what is in their files."""
    for file in files:
        path = root.file(f"leaflets/{file}")
        yield around.message(file, file, digest.of_file(path) if path.exists() else "missing")
