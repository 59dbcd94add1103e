"""The texts that a reader sees: each knows its role, and so its limit and its comment."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from leafpress.content import inline

ROOM_FOR_TRANSLATION = 1.6
"""How much longer than the English limit a translation may be. Polish and Bengali need up to
1.4 times the English (measured on these leaflets); short labels need more."""

_BIDI_CONTROLS = frozenset(
    "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_JOINERS = frozenset("\u200c\u200d")
"""ZWNJ and ZWJ belong to the spelling of Bengali, Persian and Urdu words."""

_UNSEEN = frozenset({"Cc", "Cf", "Co", "Zl", "Zp"})
"""Unicode's categories of what nobody can see: controls, formats, private use, separators."""


class Text(str):
    """A string that a reader sees and a translator translates."""

    role: Role

    def __new__(cls, value: str, role: Role) -> Text:
        """A text in a role."""
        text = super().__new__(cls, value)
        text.role = role
        return text

    @property
    def key(self) -> tuple[str | None, str]:
        """Context and words: what catalogues know it by."""
        return (self.role.context, str(self))

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the role between processes."""
        return (Text, (str(self), self.role))


SEARCHED = "looked for"
"""The context of words that are never printed, only looked for: they are said otherwise than the
leaflet says them on purpose, and no check holds them against it."""


@dataclass(frozen=True, slots=True)
class TextFault:
    """What is wrong with a text: a rule's id, its facts, and the piece of text at fault."""

    rule: str
    facts: Mapping[str, object]
    piece: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """What a text is for.

    Args:
        name: in words, for translators.
        limit: longest English text, in characters.
        markup: whether inline markup may stand in it.
        placeholders: whether names of contacts in braces may stand in it.
        context: gettext's `msgctxt`, for a role whose words another role often has too, and that
            many languages say otherwise there; None for all others, which share a translation.
    """

    name: str
    limit: int
    markup: bool = True
    placeholders: bool = True
    context: str | None = None

    @property
    def translation_limit(self) -> int:
        """Longest translation, in characters."""
        return int(self.limit * ROOM_FOR_TRANSLATION)

    def __get_pydantic_core_schema__(
        self, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """A string, cleaned and checked."""
        return core_schema.with_info_after_validator_function(
            self._read, core_schema.str_schema(strict=True)
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """What an editor shows while the author types."""
        return {"type": "string", "minLength": 1, "maxLength": self.limit}

    def _read(self, value: str, info: ValidationInfo) -> Text:
        text = " ".join(value.split())
        context = info.context or {}
        problems = list(self.problems(text, context.get("ids"), context.get("contacts")))
        if problems:
            raise PydanticCustomError("text", "not a text for a leaflet", {"problems": problems})
        return Text(text, self)

    def problems(
        self, text: str, ids: frozenset[str] | None, contacts: frozenset[str] | None
    ) -> Iterator[TextFault]:
        """Everything that is wrong with `text` in this role.

        Args:
            ids: where links may lead; None where that is not known.
            contacts: which placeholders there are; None where that is not known.
        """
        if not text:
            yield TextFault("L020", {"role": self.name})
        if len(text) > self.limit:
            yield TextFault("L021", {"role": self.name, "length": len(text), "limit": self.limit})
        for character in dict.fromkeys(text):
            if is_forbidden(character):
                facts = {"character": describe(character), "role": self.name}
                yield TextFault("L006", facts, character)
        yield from self._markup_problems(text, ids, contacts)

    def _markup_problems(
        self, text: str, ids: frozenset[str] | None, contacts: frozenset[str] | None
    ) -> Iterator[TextFault]:
        content = inline.parse(text)
        for fault, piece in dict.fromkeys(content.faults):
            yield TextFault(fault, {"piece": piece}, piece)
        if content.markup and not self.markup:
            yield TextFault("L025", {"role": self.name, "what": "markup"})
        if content.placeholders and not self.placeholders:
            yield TextFault("L025", {"role": self.name, "what": "placeholders"})
        for target in content.links:
            if ids is not None and target.startswith("#") and target[1:] not in ids:
                yield TextFault("L031", {"target": target}, target)
        for name in dict.fromkeys(content.placeholders):
            if contacts is not None and name not in contacts:
                known = ", ".join(sorted(contacts))
                yield TextFault("L026", {"name": name, "known": known}, f"{{{name}}}")


def is_forbidden(character: str) -> bool:
    """Whether a character must not stand in a text.

    Those are controls, bidi controls, private use, and Unicode's line separators, which some
    programs take for the end of a line.
    """
    if character in _JOINERS:
        return False
    return character in _BIDI_CONTROLS or unicodedata.category(character) in _UNSEEN


def describe(character: str) -> str:
    """A character by code point and name, for a message: `U+0007 (control)`."""
    name = unicodedata.name(character, "control" if ord(character) < 160 else "no name")
    return f"U+{ord(character):04X} ({name.lower()})"


_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def sentences(text: str) -> list[str]:
    """The sentences of a text, without markup."""
    return _SENTENCE.split(inline.plain(text))


def words(text: str) -> int:
    """How many words a text has."""
    return len(re.findall(r"\w+(?:[-'’.&]\w+)*", text))
