"""Which marked content a page or a form shows: read fast where that is sure, else exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from leafpress.joining.limits import entry, listed, whole, words

_MCID = re.compile(rb"/MCID\s+(\d{1,9})")

_TEXT = frozenset({"Tj", "TJ", "'", '"'})
"""Operators that show text (ISO 32000-1, table 109)."""

SPOKEN = frozenset({"/Alt", "/ActualText", "/E"})
"""Entries of elements and marks whose words are read aloud (ISO 32000-1, 14.9.3 to 14.9.5)."""

_Around = tuple[int | None, str]

EXACT = 4_000_000
"""Bytes of content that are still parsed exactly; a full page has 50,000."""


def shown(owner: Any, tagged: set[int]) -> set[int] | None:
    """The marked content that `owner` (a page or a form) shows; None where nobody can say.

    A pattern finds the numbers wherever the bytes are plain; only where that does not agree with
    what is `tagged` is every operator read: text may look like a number, and numbers may stand
    elsewhere.
    """
    data = content(owner)
    if {int(each) for each in _MCID.findall(data)} == tagged:
        return tagged
    return _exact(owner) if len(data) <= EXACT else None


def content(owner: Any) -> bytes:
    """The operators of a page or a form.

    Raises:
        pikepdf.PdfError: they cannot be unpacked.
    """
    if isinstance(owner, pikepdf.Stream):
        return bytes(owner.read_bytes())
    streams = [each for each in listed(owner.get("/Contents")) if isinstance(each, pikepdf.Stream)]
    return b"\n".join(each.read_bytes() for each in streams)


def languages(owner: Any) -> dict[int, set[str]]:
    """In which languages the words of each marked content are, as the marks say themselves.

    "" stands for words that no mark gives a language.

    Raises:
        pikepdf.PdfError: the content cannot be read.
    """
    found: dict[int, set[str]] = {}
    around: list[_Around] = [(None, "")]
    for operator, operands in _instructions(owner, ""):
        mcid, language = around[-1]
        if operator in ("BDC", "BMC"):
            given = _properties(owner, operands)
            mcid, language = _inside(operands, given, mcid, language)
            around.append((mcid, language))
        elif operator == "EMC" and len(around) > 1:
            around.pop()
        if mcid is not None and _speaks(owner, operator, operands):
            found.setdefault(mcid, set()).add(language)
    return found


def _inside(operands: list[Any], given: Any, mcid: int | None, language: str) -> _Around:
    """The number and the language inside a mark; an artifact belongs to no content."""
    if operands and operands[0] == "/Artifact":
        return None, language
    number = whole(given.get("/MCID"))
    said = words(given.get("/Lang")) if "/Lang" in given else language
    return (mcid if number is None else number), said


def _speaks(owner: Any, operator: str, operands: list[Any]) -> bool:
    """Whether an operator brings words: text, a form, or words in place of what is drawn."""
    if operator == "BDC":
        return not SPOKEN.isdisjoint(_properties(owner, operands).keys())
    if operator == "Do" and operands:
        resources = entry(owner, "/Resources") or Dictionary()
        objects = entry(resources, "/XObject") or Dictionary()
        thing = objects.get(str(operands[0]))
        return not (isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image")
    return operator in _TEXT


def _instructions(owner: Any, operators: str) -> Iterator[tuple[str, list[Any]]]:
    for each in pikepdf.parse_content_stream(owner, operators):
        yield str(each.operator), list(each.operands)


def _properties(owner: Any, operands: list[Any]) -> Any:
    """The properties of a mark: written in place, or named in the resources."""
    given = operands[1] if len(operands) > 1 else None
    if isinstance(given, Name):
        resources = entry(owner, "/Resources") or Dictionary()
        given = (entry(resources, "/Properties") or Dictionary()).get(str(given))
    return given if isinstance(given, Dictionary) else Dictionary()


def _exact(owner: Any) -> set[int]:
    numbers = (
        whole(_properties(owner, each).get("/MCID")) for _, each in _instructions(owner, "BDC")
    )
    return {number for number in numbers if number is not None}
