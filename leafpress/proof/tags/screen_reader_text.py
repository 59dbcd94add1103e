"""A tagged PDF as a listener meets it: the tag tree as indented text.

Not what one screen reader says word for word, but what each of them has to go by: roles, language
switches, alternative texts, how long a list is, which heads a cell has, where a link leads.
"""

from __future__ import annotations

from collections.abc import Iterator

from leafpress.proof.tags.blocks import INLINE, plain
from leafpress.proof.tags.table_checks import grid, heads_of
from leafpress.proof.tags.tagged import Annotation, Mark, Tagged, TaggedElement

_NAMES = {
    "P": "Paragraph",
    "Caption": "Caption",
    "BlockQuote": "Quotation",
    "Note": "Note",
    "FENote": "Note",
    "TOC": "Contents",
    "TOCI": "Entry",
    "Aside": "Aside",
    "Lbl": "Term",
    "LBody": "Meaning",
}
_SILENT = frozenset({"Sect", "Part", "Div", "Art", "THead", "TBody", "TFoot", "NonStruct"})
"""Types that group, and of which a listener hears nothing."""


def listen(tagged: Tagged) -> Iterator[str]:
    """The lines that a listener meets, indented by level."""
    yield f"Document, language {tagged.language}, {len(tagged.pages)} pages"
    if tagged.root is not None:
        yield from _kids(tagged.root, 1, tagged.language)


def _kids(element: TaggedElement, level: int, language: str) -> Iterator[str]:
    for kid in element.kids:
        if isinstance(kid, TaggedElement):
            yield from _element(kid, level, language)


def _element(element: TaggedElement, level: int, language: str) -> Iterator[str]:
    tongue = f"[{element.language}] " * (element.language != language)
    indent = "  " * level
    if element.type in _SILENT:
        yield from _kids(element, level, language)
    elif element.type == "L":
        yield from _list(element, level, tongue)
    elif element.type == "Table":
        yield from _table(element, level, tongue)
    elif element.type == "Figure":
        yield f"{indent}{tongue}Picture: {element.alternative or '(nothing is said)'}"
        yield from _kids(element, level + 1, element.language)
    else:
        name = _NAMES.get(element.type) or _heading(element.type)
        yield f"{indent}{tongue}{name}: {_said(element)}"
        yield from _blocks(element, level + 1)


def _heading(type_: str) -> str:
    return f"Heading {type_[1:]}" if type_[:1] == "H" and type_[1:].isdigit() else type_


def _list(element: TaggedElement, level: int, tongue: str) -> Iterator[str]:
    indent = "  " * level
    items = [kid for kid in element.kids if isinstance(kid, TaggedElement) and kid.type == "LI"]
    yield f"{indent}{tongue}List, {len(items)} item{'s' * (len(items) != 1)}"
    for item in items:
        parts = {kid.type: kid for kid in item.kids if isinstance(kid, TaggedElement)}
        label, body = parts.get("Lbl"), parts.get("LBody")
        before = f"{_said(label)} " if label else ""
        yield f"{indent}  {before}{_said(body) if body else '(empty)'}"
        for part in item.kids:
            if isinstance(part, TaggedElement):
                yield from _blocks(part, level + 2)


def _table(element: TaggedElement, level: int, tongue: str) -> Iterator[str]:
    indent, places = "  " * level, grid(element)
    rows = sorted({place.rows.start for place in places})
    columns = {column for place in places for column in place.columns}
    captions = [
        kid for kid in element.kids if isinstance(kid, TaggedElement) and kid.type == "Caption"
    ]
    name = f" “{captions[0].text()}”" if captions else ""
    yield f"{indent}{tongue}Table{name}, {len(rows)} rows, {len(columns)} columns"
    heads = [place for place in places if place.cell.type == "TH"]
    for row in rows:
        for place in (each for each in places if each.rows.start == row):
            said = [head.cell.text() for head in heads_of(place, heads)]
            kind = "Head" if place.cell.type == "TH" else "Cell"
            under = f" ({', '.join(said)})" if said else ""
            yield f"{indent}  {kind} {row + 1}.{place.columns.start + 1}{under}: " + (
                _said(place.cell) or "(empty)"
            )
            yield from _blocks(place.cell, level + 2)


def _blocks(element: TaggedElement, level: int) -> Iterator[str]:
    """Blocks inside a block, after its own words."""
    for kid in element.kids:
        if isinstance(kid, TaggedElement) and kid.type not in INLINE:
            yield from _element(kid, level, element.language)


def _said(element: TaggedElement) -> str:
    """The words of a block: links, languages and long forms are told where they stand."""
    return plain("".join(_pieces(element)))


def _pieces(element: TaggedElement) -> Iterator[str]:
    for kid in element.kids:
        if isinstance(kid, Mark):
            yield kid.text
        elif isinstance(kid, TaggedElement) and kid.type in INLINE:
            inside = "".join(_pieces(kid))
            language = f"[{kid.own_language}] " * bool(kid.own_language)
            long = f" (that is: {kid.expansion})" * bool(kid.expansion)
            yield f"{language}{_link(kid, inside)}{long}"


def _link(element: TaggedElement, words: str) -> str:
    if element.type != "Link":
        return words
    for kid in element.kids:
        if isinstance(kid, Annotation):
            said = plain(str(kid.object.get("/Contents", "")))
            return f"{words.rstrip()} <link: {said}>{' ' * words.endswith(' ')}"
    return f"{words} <link to nowhere>"
