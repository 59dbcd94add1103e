"""A cell of a returned Word file: its words, and everything in it that is not plain text.

What is written and cannot be read is a finding: nothing in a cell is passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from leafpress.review.rows import one_line

_TEXT = {
    "t": None,
    "tab": " ",
    "br": " ",
    "cr": " ",
    "noBreakHyphen": "\u2011",
}
"""Elements that are text (ECMA-376, 17.3.3); None: their own."""

_INTO = frozenset(
    {"tc", "p", "r", "hyperlink", "sdt", "sdtContent", "smartTag", "customXml", "bdo", "dir"}
)
"""Elements that hold text and do not change it."""

_NOTHING = frozenset(
    {
        "tcPr", "pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "proofErr",
        "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak", "softHyphen", "permStart",
        "permEnd", "commentRangeStart", "commentRangeEnd", "annotationRef",
    }
)  # fmt: skip
"""Elements that say nothing to a reader."""

_TRACKED = frozenset({"ins", "del", "moveFrom", "moveTo"})
"""Changes that nobody has accepted or refused (17.13.5)."""

_MARKS_OF_MOVES = re.compile(r"move(From|To)Range(Start|End)")


@dataclass(slots=True)
class CellReader:
    """What a cell says, gathered while it is read."""

    text: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    tracked: bool = False

    def read(self, element: Any) -> None:
        """Read on, into an element."""
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if name in _TEXT:
            self.text.append(_TEXT[name] or element.text or "")
        elif name in _TRACKED:
            self.tracked = True
            if name in ("ins", "moveTo"):
                self._read_children(element)
        elif name == "commentReference":
            self.comments.append(element.get(qn("w:id"), ""))
        elif name in _INTO:
            self._enter(element, name)
        elif name and name not in _NOTHING and not _MARKS_OF_MOVES.match(name):
            self.strange.append(_STRANGE.get(name, f"<{name}>"))

    def _enter(self, element: Any, name: str) -> None:
        properties = element.find(qn(f"w:{name}Pr")) if name in ("p", "r", "tc") else None
        if properties is not None:
            self._look(properties, name)
        self._read_children(element)
        if name == "p":
            self.text.append(" ")

    def _look(self, properties: Any, name: str) -> None:
        """Words that are not meant, and marks of paragraphs and cells that came or went."""
        for mark, what in _LOOKS.items() if name == "r" else ():
            if _is_on(properties.find(qn(mark))):
                self.strange.append(what)
        marks = properties.find(qn("w:rPr")) if name == "p" else properties
        for mark in ("w:ins", "w:del", *_TRACKED_CELLS):
            self.tracked |= marks is not None and marks.find(qn(mark)) is not None

    def _read_children(self, element: Any) -> None:
        for child in element:
            self.read(child)

    @property
    def words(self) -> str:
        """Its text, in one line."""
        return one_line("".join(self.text))


_LOOKS = {
    "w:vanish": "hidden text",
    "w:strike": "text that is struck through",
    "w:dstrike": "text that is struck through",
}
"""Looks of a run that say that its words are not meant (17.3.2)."""

_TRACKED_CELLS = ("w:cellIns", "w:cellDel", "w:cellMerge")

_STRANGE = {
    "drawing": "a picture",
    "pict": "a picture",
    "object": "an embedded object",
    "tbl": "a table",
    "footnoteReference": "a footnote",
    "endnoteReference": "an endnote",
    "fldChar": "a field",
    "fldSimple": "a field",
    "instrText": "a field",
    "sym": "a symbol of a font",
    "AlternateContent": "a text box or drawing",
    "oMath": "a formula",
}


def _is_on(element: Any) -> bool:
    return element is not None and element.get(qn("w:val"), "1") not in ("0", "false", "off")


def read_cell(element: Any) -> CellReader:
    """What a cell says."""
    reader = CellReader()
    reader.read(element)
    return reader
