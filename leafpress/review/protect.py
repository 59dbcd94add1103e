"""Placeholders and markup of a text as elements that a translator's tool does not let go.

Placeholders become `<x/>`; strong and emphasised words and links become `<g>`. Their ids are those
of the English, so that a translation is put together from what the English says, whatever a tool
writes beside them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from moz.l10n.model import Expression, Markup

_TOKEN = re.compile(
    r"(?P<escape>\\.)|(?P<alone>\{[a-z0-9][a-z0-9-]*\}|%\(\w+\)[sd])"
    r"|(?P<mark>\*\*|\*)|(?P<open>\[)|(?P<close>\]\([^()\s]*\))"
)
_KINDS = {"[": "link", "**": "bold", "*": "italic"}

_UNWRAPPED = frozenset({"mrk"})
"""Elements that tools put around sentences (XLIFF 1.2, section 2.4): their text is the text."""

Piece = str | Expression | Markup


class NotProtected(Exception):
    """A translation with an element that the English does not have."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a text: words, a placeholder, or one end of a pair."""

    kind: str
    text: str
    mate: int = -1


def _parts(text: str) -> list[_Part]:
    """The pieces of a text; marks that pair with nothing are words."""
    parts: list[_Part] = []
    waiting: list[int] = []
    at = 0
    for match in _TOKEN.finditer(text):
        if match.start() > at:
            parts.append(_Part("text", text[at : match.start()]))
        at = match.end()
        kind = match.lastgroup or "text"
        if kind == "alone":
            parts.append(_Part("alone", match[0]))
        elif kind in ("mark", "close") and waiting and _fits(parts[waiting[-1]].text, match[0]):
            begin = waiting.pop()
            parts[begin] = _Part("begin", parts[begin].text, len(parts))
            parts.append(_Part("end", match[0], begin))
        else:
            if kind in ("mark", "open"):
                waiting.append(len(parts))
            parts.append(_Part("text", match[0]))
    if at < len(text):
        parts.append(_Part("text", text[at:]))
    return parts


def _fits(begin: str, end: str) -> bool:
    return end.startswith("](") if begin == "[" else begin == end


@dataclass(frozen=True, slots=True)
class ProtectedPieces:
    """What of an English text is protected: an id a placeholder or pair, from 1.

    Args:
        wholes: opening and closing text by id; the closing one of placeholders is "".
    """

    wholes: dict[str, tuple[str, str]]

    @classmethod
    def of(cls, english: str) -> ProtectedPieces:
        """Those of a text."""
        parts = _parts(english)
        found = [_whole(parts, part) for part in parts if part.kind in ("alone", "begin")]
        return cls({str(number): whole for number, whole in enumerate(found, 1)})

    def encode(self, text: str) -> list[Piece]:
        """A text with its pieces as elements; what the English has not stays as it is written."""
        parts = _parts(text)
        free = dict(self.wholes)
        ids: dict[int, str] = {}
        pattern: list[Piece] = []
        for number, part in enumerate(parts):
            if part.kind in ("alone", "begin"):
                ids[number] = _take(free, _whole(parts, part))
            id_ = ids.get(part.mate if part.kind == "end" else number, "")
            pattern.append(_element(part, id_) if id_ else part.text)
        return pattern

    def decode(self, pattern: Sequence[object]) -> str:
        """The text of such a list.

        Raises:
            NotProtected: it has an element that the English has not, or one of another kind.
        """
        text = []
        waiting: list[str] = []
        for piece in pattern:
            if isinstance(piece, str):
                text.append(piece)
            elif not isinstance(piece, Markup):
                raise NotProtected("something that is no text")
            elif piece.name not in _UNWRAPPED:
                text.append(self._decoded(piece, waiting))
        return "".join(text)

    def _decoded(self, piece: Markup, waiting: list[str]) -> str:
        if piece.kind == "close":
            return self.wholes[waiting.pop()][1]
        id_ = str(piece.options.get("id", ""))
        expected = ("x", "standalone") if not self.wholes.get(id_, ("", ""))[1] else ("g", "open")
        if id_ not in self.wholes or (piece.name, piece.kind) != expected:
            raise NotProtected(f"<{piece.name} id=“{id_}”>")
        if piece.kind == "open":
            waiting.append(id_)
        return self.wholes[id_][0]


def _whole(parts: list[_Part], part: _Part) -> tuple[str, str]:
    return (part.text, parts[part.mate].text if part.kind == "begin" else "")


def _take(free: dict[str, tuple[str, str]], whole: tuple[str, str]) -> str:
    """The first id of a piece that is not used yet; "" where there is none."""
    id_ = next((id_ for id_, other in free.items() if other == whole), "")
    free.pop(id_, None)
    return id_


def _element(part: _Part, id_: str) -> Markup:
    if part.kind == "end":
        return Markup("close", "g")
    if part.kind == "begin":
        return Markup("open", "g", {"id": id_, "ctype": _KINDS[part.text]})
    return Markup("standalone", "x", {"id": id_, "equiv-text": part.text})
