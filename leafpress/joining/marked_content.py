"""Which marked content a page or a form shows: read fast where that is sure, else exactly.

Numbers are counted, not only gathered: one that stands twice, or inside another, moves words from
their element into another one, and no validator says a word about it (ISO 32000-1, 14.7.4.2 and
14.6.1: a number belongs to one sequence of a stream).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from pikepdf import Dictionary, Name, Stream

from leafpress.pdf_objects import (
    Instruction,
    dictionary_at,
    entries_of,
    instructions,
    integer_at,
    items_at,
    text_at,
    value_at,
)

_MCID = re.compile(rb"/MCID\s+(\d{1,9})")

_TEXT = frozenset({"Tj", "TJ", "'", '"'})
"""Operators that show text (ISO 32000-1, table 109)."""

SPOKEN = frozenset({"/Alt", "/ActualText", "/E"})
"""Entries of elements and marks whose words are read aloud (ISO 32000-1, 14.9.3 to 14.9.5)."""

_Inside = tuple[int | None, str]
"""The number of the marked content around an operator, and the language there."""

EXACT = 4_000_000
"""Bytes of content that are still parsed exactly; a full page has 50,000."""

Owner = Dictionary | Stream
"""What has marked content: a page or a form."""


TWICE = "a number of tagged content stands twice on a page"
NESTED = "tagged content stands inside other tagged content"
IN_ARTIFACT = "tagged content stands inside what is marked as decoration"
"""What may be wrong with marks, in words."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The marked content that a page or a form shows.

    Args:
        numbers: of its marks (MCID).
        faults: what is wrong with the marks, in words.
        drawn: the forms and pictures that it draws, by name; each with the fault that a form
            with tagged content is at that place, "" for none. Told by `exact` only.
    """

    numbers: frozenset[int]
    faults: tuple[str, ...] = ()
    drawn: tuple[tuple[str, str], ...] = ()


def shown(owner: Owner, tagged: set[int]) -> Shown | None:
    """The marked content that `owner` shows; None where nobody can say.

    A pattern finds the numbers wherever the bytes are plain; only where that does not agree with
    what is `tagged` is every operator read: text may look like a number, and numbers may stand
    elsewhere.

    Raises:
        pikepdf.PdfError: the content cannot be unpacked or parsed.
        WrongShape: a page's content is no stream.
    """
    data = content(owner)
    numbers = [int(number) for number in _MCID.findall(data)]
    once = len(numbers) == len(tagged) and set(numbers) == tagged
    if once and _stand_beside_each_other(data) and not _are_named(owner):
        return Shown(frozenset(tagged))
    return exact(owner) if len(data) <= EXACT else None


def _stand_beside_each_other(data: bytes) -> bool:
    """Whether every mark surely ends before the next number begins."""
    for piece in data.split(b"/MCID"):
        if piece.count(b"BDC") + piece.count(b"BMC") != piece.count(b"EMC"):
            return False
    return True


def _are_named(owner: Owner) -> bool:
    """Whether numbers stand in the resources, and only their names in the content."""
    named = dictionary_at(dictionary_at(owner, "/Resources"), "/Properties")
    return any(integer_at(value, "/MCID") is not None for value in entries_of(named).values())


def exact(owner: Owner) -> Shown:
    """The marked content that `owner` shows, read operator by operator.

    Raises:
        pikepdf.PdfError: the content cannot be unpacked or parsed.
        WrongShape: a page's content is no stream.
    """
    reader = _MarkReader(owner)
    for instruction in instructions(owner, "BDC BMC EMC Do"):
        reader.take(instruction)
    return reader.shown()


@dataclass(slots=True)
class _MarkReader:
    """Follows the marks of a stream. `around` has the fault of content at this place."""

    owner: Owner
    counts: Counter[int] = field(default_factory=Counter)
    faults: dict[str, None] = field(default_factory=dict)
    drawn: list[tuple[str, str]] = field(default_factory=list)
    around: list[str] = field(default_factory=lambda: [""])

    def take(self, instruction: Instruction) -> None:
        operator = str(instruction.operator)
        operands: list[object] = list(instruction.operands)
        if operator == "EMC":
            del self.around[max(1, len(self.around) - 1) :]
        elif operator == "Do":
            self.drawn += [(str(name), self.around[-1]) for name in operands[:1]]
        else:
            self._begin(instruction, operands)

    def _begin(self, mark: Instruction, operands: list[object]) -> None:
        outside = self.around[-1]
        number = number_of(self.owner, mark)
        if number is not None:
            self.counts[number] += 1
            if outside:
                self.faults[outside] = None
            self.around.append(NESTED)
        elif operands and operands[0] == "/Artifact":
            self.around.append(outside or IN_ARTIFACT)
        else:
            self.around.append(outside)

    def shown(self) -> Shown:
        if any(count > 1 for count in self.counts.values()):
            self.faults[TWICE] = None
        return Shown(frozenset(self.counts), tuple(self.faults), tuple(self.drawn))


def content(owner: Owner) -> bytes:
    """The operators of a page or a form.

    Raises:
        pikepdf.PdfError: they cannot be unpacked.
    """
    if isinstance(owner, Stream):
        return bytes(owner.read_bytes())
    streams = [item for item in items_at(owner, "/Contents") if isinstance(item, Stream)]
    return b"\n".join(stream.read_bytes() for stream in streams)


def languages(owner: Owner) -> dict[int, set[str]]:
    """In which languages the words of each marked content are, as the marks say themselves.

    "" stands for words that no mark gives a language.

    Raises:
        pikepdf.PdfError: the content cannot be read.
        WrongShape: a page's content is no stream.
    """
    found: dict[int, set[str]] = {}
    around: list[_Inside] = [(None, "")]
    for instruction in instructions(owner):
        operator = str(instruction.operator)
        if operator in ("BDC", "BMC"):
            around.append(_inside(owner, instruction, around[-1]))
        elif operator == "EMC" and len(around) > 1:
            around.pop()
        mcid, language = around[-1]
        if mcid is not None and _speaks(owner, instruction):
            found.setdefault(mcid, set()).add(language)
    return found


def _inside(owner: Owner, mark: Instruction, outside: _Inside) -> _Inside:
    """The number and the language inside a mark; an artifact belongs to no content."""
    mcid, language = outside
    operands = list(mark.operands)
    if operands and operands[0] == "/Artifact":
        return None, language
    properties = _properties(owner, mark)
    if "/Lang" in properties:
        language = text_at(properties, "/Lang")
    number = integer_at(properties, "/MCID")
    return (mcid if number is None else number), language


def _speaks(owner: Owner, instruction: Instruction) -> bool:
    """Whether an operator brings words: text, a form, or words in place of what is drawn."""
    operator, operands = str(instruction.operator), list(instruction.operands)
    if operator == "BDC":
        return not SPOKEN.isdisjoint(_properties(owner, instruction).keys())
    if operator == "Do" and operands:
        objects = dictionary_at(dictionary_at(owner, "/Resources"), "/XObject")
        thing = value_at(objects, str(operands[0]))
        is_picture = isinstance(thing, Stream) and thing.get("/Subtype") == "/Image"
        return not is_picture
    return operator in _TEXT


def number_of(owner: Owner, mark: Instruction) -> int | None:
    """The number of tagged content (MCID) that a mark begins; None for any other mark."""
    return integer_at(_properties(owner, mark), "/MCID")


def _properties(owner: Owner, mark: Instruction) -> Dictionary:
    """The properties of a mark: written in place, or named in the resources."""
    operands = list(mark.operands)
    properties: object = operands[1] if len(operands) > 1 else None
    if isinstance(properties, Name):
        named = dictionary_at(dictionary_at(owner, "/Resources"), "/Properties")
        properties = value_at(named, str(properties))
    return properties if isinstance(properties, Dictionary) else Dictionary()
