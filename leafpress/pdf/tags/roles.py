"""Which structure type an HTML element becomes. One table; what is not in it is transparent.

Types are those of ISO 32000-1, 14.8.4, and for PDF 2.0 those of ISO 32000-2, 14.8.4 with the
containment of ISO 32005. A transparent element adds no node: its content belongs to the nearest
ancestor that has one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

PDF2_ONLY = frozenset({"Document", "Em", "Strong", "Aside", "FENote"})
"""Types written with the namespace of PDF 2.0 (ISO 14289-2, 8.2.4). `Document` has to be."""

GROUPING = frozenset(
    [
        "Document",
        "Part",
        "Art",
        "Sect",
        "Div",
        "Aside",
        "BlockQuote",
        "TOC",
        "TOCI",
        "L",
        "LI",
        "Table",
        "THead",
        "TBody",
        "TFoot",
        "TR",
    ]
)
"""Types that must not hold words themselves: a P is put between (ISO 32005, table 3)."""

PHRASES = frozenset({"Span", "Strong", "Em", "Quote", "Code"})
"""Types that stand inside a paragraph."""

TABLE_PARTS = frozenset({"Table", "THead", "TBody", "TFoot", "TR", "TH", "TD"})
"""Types that stand in the tree though they be empty: without them a table is ragged."""

HEADINGS = frozenset({"H1", "H2", "H3", "H4", "H5", "H6"})


@dataclass(frozen=True, slots=True)
class StructureType:
    """A structure type in PDF 1.7 and in PDF 2.0."""

    old: str
    new: str

    def type(self, *, pdf2: bool) -> str:
        """The structure type's name."""
        return self.new if pdf2 else self.old


def _same(*names: str) -> dict[str, StructureType]:
    return {name: StructureType(name, name) for name in names}


_SAME = _same("Sect", "P", "L", "LI", "LBody", "Lbl", "Table", "TR", "TH", "TD", "Figure", "Link")
_SAME |= _same("Caption", "BlockQuote", "Quote", "Code", "TOC", "TOCI", "Span")
_SAME |= _same("THead", "TBody", "TFoot")

_BY_TAG: dict[str, StructureType] = {
    "section": _SAME["Sect"],
    "article": StructureType("Art", "Sect"),
    "nav": _SAME["Sect"],
    "aside": StructureType("Sect", "Aside"),
    "figure": _SAME["Sect"],  # holds its Caption and its Figure side by side
    "blockquote": _SAME["BlockQuote"],
    "q": _SAME["Quote"],
    "code": _SAME["Code"],
    "p": _SAME["P"],
    "address": _SAME["P"],
    "pre": _SAME["P"],
    **{tag.lower(): StructureType(tag, tag) for tag in sorted(HEADINGS)},
    **dict.fromkeys(("ul", "ol", "dl"), _SAME["L"]),
    "li": _SAME["LI"],
    "dt": _SAME["Lbl"],
    "dd": _SAME["LBody"],
    "table": _SAME["Table"],
    "caption": _SAME["Caption"],
    "figcaption": _SAME["Caption"],
    "thead": _SAME["THead"],
    "tbody": _SAME["TBody"],
    "tfoot": _SAME["TFoot"],
    **{tag: _SAME[tag.upper()] for tag in ("tr", "th", "td")},
    **dict.fromkeys(("img", "svg"), _SAME["Figure"]),
    "strong": StructureType("Span", "Strong"),
    "em": StructureType("Span", "Em"),
    **dict.fromkeys(("sub", "sup"), _SAME["Span"]),
}

_BY_ROLE: dict[str, StructureType] = {
    "img": _SAME["Figure"],
    "note": StructureType("Sect", "Aside"),
    "doc-endnote": StructureType("Note", "FENote"),
}
"""By the `role` attribute (WAI-ARIA, DPUB-ARIA), which goes before the element's name."""


def name(element: Any) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def of(element: Any) -> StructureType | None:
    """The structure type of an element; None when it is transparent.

    A phrase in another language is a Span, and so is an abbreviation with its long form; a link
    is one only if it leads somewhere.
    """
    attributes, tag = element.attrib, name(element)
    if tag == "a":
        return _SAME["Link"] if attributes.get("href") else None
    role = _BY_TAG["li"] if tag == "li" else _BY_ROLE.get(attributes.get("role", ""))
    role = role or _BY_TAG.get(tag)
    if role is None and tag not in {"html", "body"} and _is_phrase(tag, attributes):
        return _SAME["Span"]
    return role


def _is_phrase(tag: str, attributes: Any) -> bool:
    return (tag == "abbr" and "title" in attributes) or (
        "lang" in attributes and tag in _PHRASE_TAGS
    )


_PHRASE_NAMES = "abbr b bdi cite data del dfn i ins kbd label mark s samp small span time u var"
_PHRASE_TAGS = frozenset(_PHRASE_NAMES.split())


TEXT_POSITIONS = {"sub": "Sub", "sup": "Sup"}
"""TextPosition of raised and lowered words (ISO 32000-2, table 378)."""

LIST_NUMBERING = {
    "none": "None",
    "disc": "Disc",
    "circle": "Circle",
    "square": "Square",
    "decimal": "Decimal",
    "lower-roman": "LowerRoman",
    "upper-roman": "UpperRoman",
    "lower-alpha": "LowerAlpha",
    "upper-alpha": "UpperAlpha",
    "lower-latin": "LowerAlpha",
    "upper-latin": "UpperAlpha",
}
"""ListNumbering by `list-style-type` (ISO 32000-1, table 347); any other counter is an ordered
list whose labels say how, `Decimal`."""

FIELD = "data-field"
"""The attribute of what is printed to be written on."""

PRINT_FIELDS = {"text": "tv"}
"""Role of a printed field by its kind (ISO 32000-1, table 348)."""

SCOPES = {"row": "Row", "rowgroup": "Row", "col": "Column", "colgroup": "Column"}
"""Scope by the attribute of HTML (ISO 32000-1, table 349)."""
