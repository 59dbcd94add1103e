"""A tagged PDF as a listener meets it: the tag tree as indented text.

Not what one screen reader says word for word, but what each of them has to go by: roles, language
switches, alternative texts, how long a list is, which heads a cell has, where a link leads.
"""

from __future__ import annotations

from collections.abc import Iterator

from leafpress.pdf_objects import text_at
from leafpress.proof.tags.blocks import INLINE, plain
from leafpress.proof.tags.content_marks import Marks, logical
from leafpress.proof.tags.table_checks import GridCell, grid, heads_of
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
    """The lines that a listener meets, indented by level; at the end, what nobody can be sure of.

    Words whose number stands twice, or inside other content, are heard wherever the number is
    asked for; words that no tag holds are heard by nobody who goes by the tags.
    """
    yield f"Document, language {tagged.language}, {len(tagged.pages)} pages"
    if tagged.root is not None:
        yield from _kids(tagged.root, 1, tagged.language)
    marks = () if tagged.root is None else tagged.root.marks()
    held = {(mark.page, mark.mcid) for mark in marks}
    for number, page in enumerate(tagged.pages):
        for mcid in page.pieces:
            problem = _problem(page, mcid, is_held=(number, mcid) in held)
            if problem:
                words = plain(logical(page.pieces[mcid]))
                yield f"{problem}, page {number + 1}: {words or '(no words)'}"


def _problem(page: Marks, mcid: int, *, is_held: bool) -> str:
    """What is the matter with a piece of content; "" for nothing."""
    if not is_held:
        return "Not heard, its tag hangs nowhere"
    if mcid in page.twice:
        return "Heard together, its number stands twice"
    if mcid in page.inside:
        return "Heard apart, it stands inside other content"
    return ""


def _kids(element: TaggedElement, level: int, language: str) -> Iterator[str]:
    for kid in element.kids:
        if isinstance(kid, TaggedElement):
            yield from _element(kid, level, language)


def _element(element: TaggedElement, level: int, language: str) -> Iterator[str]:
    start = "  " * level
    if element.language != language:
        start += _switch(element.language)
    if element.type in _SILENT:
        yield from _kids(element, level, language)
    elif element.type == "L":
        yield from _list(element, level, start)
    elif element.type == "Table":
        yield from _table(element, level, start)
    elif element.type == "Figure":
        yield f"{start}Picture: {element.alternative or '(nothing is said)'}"
        yield from _kids(element, level + 1, element.language)
    elif element.type == "Form":
        yield f"{start}To be written: {element.attribute('PrintField', 'Desc')}"
    else:
        name = _NAMES.get(element.type) or _heading(element.type)
        yield f"{start}{name}: {_words(element)}"
        yield from _blocks(element, level + 1)


def _switch(language: str) -> str:
    """What tells of another language."""
    return f"[{language}] "


def _heading(type_: str) -> str:
    return f"Heading {type_[1:]}" if type_[:1] == "H" and type_[1:].isdigit() else type_


def _list(element: TaggedElement, level: int, start: str) -> Iterator[str]:
    items = list(_below(element, "LI"))
    count = "1 item" if len(items) == 1 else f"{len(items)} items"
    yield f"{start}List, {count}"
    for item in items:
        yield "  " * (level + 1) + _item(item)
        for part in item.kids:
            if isinstance(part, TaggedElement):
                yield from _blocks(part, level + 2)


def _item(item: TaggedElement) -> str:
    """The label of an item of a list, and the words of its body."""
    by_type = {kid.type: kid for kid in item.kids if isinstance(kid, TaggedElement)}
    label, body = by_type.get("Lbl"), by_type.get("LBody")
    words = _words(body) if body else "(empty)"
    return f"{_words(label)} {words}" if label else words


def _below(element: TaggedElement, type_: str) -> Iterator[TaggedElement]:
    """The kids of a type."""
    for kid in element.kids:
        if isinstance(kid, TaggedElement) and kid.type == type_:
            yield kid


def _table(element: TaggedElement, level: int, start: str) -> Iterator[str]:
    cells = grid(element)
    rows = sorted({cell.rows.start for cell in cells})
    columns = {column for cell in cells for column in cell.columns}
    caption = next(_below(element, "Caption"), None)
    name = f" “{caption.text()}”" if caption else ""
    yield f"{start}Table{name}, {len(rows)} rows, {len(columns)} columns"
    heads = [cell for cell in cells if cell.cell.type == "TH"]
    for row in rows:
        for cell in cells:
            if cell.rows.start == row:
                yield "  " * (level + 1) + _cell(cell, heads)
                yield from _blocks(cell.cell, level + 2)


def _cell(cell: GridCell, heads: list[GridCell]) -> str:
    """A cell under its heads: where it is, counted from 1, and its words."""
    kind = "Head" if cell.cell.type == "TH" else "Cell"
    place = f"{cell.rows.start + 1}.{cell.columns.start + 1}"
    over_it = [head.cell.text() for head in heads_of(cell, heads)]
    under = f" ({', '.join(over_it)})" if over_it else ""
    return f"{kind} {place}{under}: {_words(cell.cell) or '(empty)'}"


def _blocks(element: TaggedElement, level: int) -> Iterator[str]:
    """Blocks inside a block, after its own words."""
    for kid in element.kids:
        if isinstance(kid, TaggedElement) and kid.type not in INLINE:
            yield from _element(kid, level, element.language)


def _words(element: TaggedElement) -> str:
    """The words of a block: links, languages and long forms are told where they stand."""
    return plain("".join(_pieces(element)))


def _pieces(element: TaggedElement) -> Iterator[str]:
    for kid in element.kids:
        if isinstance(kid, Mark):
            yield kid.text
        elif isinstance(kid, TaggedElement) and kid.type in INLINE:
            yield from _inline(kid)


def _inline(element: TaggedElement) -> Iterator[str]:
    """Words inside a line, between the language that they are in and their long form."""
    if element.own_language:
        yield _switch(element.own_language)
    words = "".join(_pieces(element))
    yield _link(element, words) if element.type == "Link" else words
    if element.expansion:
        yield f" (that is: {element.expansion})"


def _link(element: TaggedElement, words: str) -> str:
    """A link's words and what it says of itself; a blank at the end of its words goes after."""
    for kid in element.kids:
        if isinstance(kid, Annotation):
            description = plain(text_at(kid.object, "/Contents"))
            bare = words.rstrip()
            after = " " if words.endswith(" ") else ""
            return f"{bare} <link: {description}>{after}"
    return f"{words} <link to nowhere>"
