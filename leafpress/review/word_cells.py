"""Pieces of a Word file that python-docx has no names for: direction, languages, repeated rows.

The names are those of ECMA-376, part 1, section 17.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from leafpress.translation.language import Language

SIZE = 12
"""Points: nothing in a pack is smaller, so that it can be read on paper."""

_COMPLEX_FONTS = {"arabic": "Noto Naskh Arabic", "naskh": "Noto Naskh Arabic"}
"""Fonts for scripts that Word calls complex; where one is missing, Word takes another."""

_COMPLEX = "Nirmala UI"
"""What Windows brings for the scripts of India; other systems take their own."""

LATIN = "Arial"


@dataclass(frozen=True, slots=True)
class TextLook:
    """How a text in a cell looks."""

    language: Language
    bold: bool = False


def add_text(paragraph: Any, text: str, look: TextLook) -> None:
    """A text in its language and direction, at the end of a paragraph."""
    run = paragraph.add_run(text)
    run.bold = look.bold or None
    properties = run._r.get_or_add_rPr()
    complex_font = _COMPLEX_FONTS.get(look.language.script, _COMPLEX)
    _child(properties, "w:rFonts", {"w:ascii": LATIN, "w:hAnsi": LATIN, "w:cs": complex_font})
    _child(properties, "w:sz", {"w:val": str(SIZE * 2)})
    _child(properties, "w:szCs", {"w:val": str((SIZE + 1) * 2)})
    tag = look.language.tag
    is_rtl = look.language.direction == "rtl"
    if is_rtl:
        _child(properties, "w:rtl", {})
    _child(properties, "w:lang", {"w:bidi": tag} if is_rtl else {"w:val": tag})
    if is_rtl:
        set_right_to_left(paragraph)


def set_right_to_left(paragraph: Any) -> None:
    """A paragraph that begins at the right."""
    properties = paragraph._p.get_or_add_pPr()
    if properties.find(qn("w:bidi")) is None:
        bidi = OxmlElement("w:bidi")
        spacing = properties.find(qn("w:spacing"))
        properties.append(bidi) if spacing is None else spacing.addprevious(bidi)


_ORDER = ("w:rStyle", "w:rFonts", "w:b", "w:bCs", "w:sz", "w:szCs", "w:rtl", "w:cs", "w:lang")
"""In which order Word wants the properties of a run (17.3.2.28)."""


def _child(parent: Any, name: str, attributes: dict[str, str]) -> None:
    old = parent.find(qn(name))
    if old is not None:
        parent.remove(old)
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(key), value)
    later = {qn(each) for each in _ORDER[_ORDER.index(name) + 1 :]}
    after = next((child for child in parent if child.tag in later), None)
    parent.append(element) if after is None else after.addprevious(element)


def repeat_on_each_page(row: Any) -> None:
    """A table's row of headings."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def keep_together(row: Any) -> None:
    """A row that no page break parts."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def add_page_number(paragraph: Any) -> None:
    """The number of the page, as a field."""
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(SIZE)
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.text = text
        run._r.append(element)
