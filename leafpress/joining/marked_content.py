"""Which marked content a page or a form shows: read fast where that is sure, else exactly."""

from __future__ import annotations

import re

from pikepdf import Dictionary, Name, Stream

from leafpress.pdf_objects import (
    Instruction,
    dictionary_at,
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


def shown(owner: Owner, tagged: set[int]) -> set[int] | None:
    """The marked content that `owner` shows; None where nobody can say.

    A pattern finds the numbers wherever the bytes are plain; only where that does not agree with
    what is `tagged` is every operator read: text may look like a number, and numbers may stand
    elsewhere.

    Raises:
        pikepdf.PdfError: the content cannot be unpacked or parsed.
        WrongShape: a page's content is no stream.
    """
    data = content(owner)
    if {int(number) for number in _MCID.findall(data)} == tagged:
        return tagged
    return _exact(owner) if len(data) <= EXACT else None


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


def _properties(owner: Owner, mark: Instruction) -> Dictionary:
    """The properties of a mark: written in place, or named in the resources."""
    operands = list(mark.operands)
    properties: object = operands[1] if len(operands) > 1 else None
    if isinstance(properties, Name):
        named = dictionary_at(dictionary_at(owner, "/Resources"), "/Properties")
        properties = value_at(named, str(properties))
    return properties if isinstance(properties, Dictionary) else Dictionary()


def _exact(owner: Owner) -> set[int]:
    marks = instructions(owner, "BDC")
    numbers = (integer_at(_properties(owner, mark), "/MCID") for mark in marks)
    return {number for number in numbers if number is not None}
