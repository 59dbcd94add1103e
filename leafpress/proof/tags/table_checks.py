"""Whether each cell of a table names the heads that a listener has to hear (P035).

The grid is worked out anew from the tree: rows, cells and their spans.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pikepdf import String

from leafpress.pdf_objects import dictionary_at, name_tree, value_at
from leafpress.proof.tags.tagged import Tagged, TaggedElement


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell and the rows and columns that it covers."""

    cell: TaggedElement
    rows: range
    columns: range


def tables(tagged: Tagged) -> Iterator[str]:
    """Everything that is wrong with the tables of a file."""
    ids = set(_identified(tagged))
    own = Counter(element.id for element in tagged.elements() if element.id)
    for id_ in (id_ for id_, count in own.items() if count > 1):
        yield f"{own[id_]} elements have the ID {id_}"
    for table in tagged.elements():
        if table.type == "Table":
            yield from _table(table, ids)


def _table(table: TaggedElement, ids: set[str]) -> Iterator[str]:
    places = grid(table)
    name = f"the table “{_caption(table)[:40]}”"
    widths = {sum(len(p.columns) for p in places if row in p.rows) for row in _rows(places)}
    if len(widths) > 1:
        yield f"{name} has rows of different length"
    heads = [place for place in places if place.cell.type == "TH"]
    if not heads:
        yield f"{name} has no heads"
    for head in heads:
        words = head.cell.text()[:30]
        if head.cell.attribute("Table", "Scope") not in {"Row", "Column"}:
            yield f"{name}: the head “{words}” does not say whose head it is (Scope)"
        if head.cell.id not in ids:
            yield f"{name}: the head “{words}” cannot be found by its ID"
    for place in places:
        if place.cell.type == "TD":
            named = set(place.cell.attribute("Table", "Headers") or [])
            if named != {head.cell.id for head in heads_of(place, heads)}:
                yield f"{name}: the cell “{place.cell.text()[:30]}” names other heads than its own"


def heads_of(place: GridCell, heads: list[GridCell]) -> list[GridCell]:
    """The heads above and beside a cell, by their Scope."""
    return [head for head in heads if head.cell is not place.cell and _covers(head, place)]


def _covers(head: GridCell, place: GridCell) -> bool:
    if head.cell.attribute("Table", "Scope") == "Column":
        above = head.rows.stop <= place.rows.start
        return above and bool(set(head.columns) & set(place.columns))
    return bool(set(head.rows) & set(place.rows))


def grid(table: TaggedElement) -> list[GridCell]:
    """The cells of a table with their places."""
    found: list[GridCell] = []
    taken: set[tuple[int, int]] = set()
    rows = [each for each in table.descend() if each.type == "TR" and _table_of(each) is table]
    for number, row in enumerate(rows):
        column = 0
        for cell in row.kids:
            if not isinstance(cell, TaggedElement) or cell.type not in {"TD", "TH"}:
                continue
            while (number, column) in taken:
                column += 1
            down, across = (int(cell.attribute("Table", k) or 1) for k in ("RowSpan", "ColSpan"))
            place = GridCell(cell, range(number, number + down), range(column, column + across))
            taken |= {(r, c) for r in place.rows for c in place.columns}
            found.append(place)
    return found


def _table_of(element: TaggedElement) -> TaggedElement | None:
    above = element.parent
    while above is not None and above.type != "Table":
        above = above.parent
    return above


def _rows(places: list[GridCell]) -> set[int]:
    return {row for place in places for row in place.rows}


def _caption(table: TaggedElement) -> str:
    captions = (
        kid for kid in table.kids if isinstance(kid, TaggedElement) and kid.type == "Caption"
    )
    return next((caption.text() for caption in captions), "without a caption")


def _identified(tagged: Tagged) -> Iterator[str]:
    """The ids that lead to an element with that id (ISO 32000-1, 14.7.2, IDTree)."""
    root = dictionary_at(tagged.pdf.Root, "/StructTreeRoot")
    for name, element in name_tree(value_at(root, "/IDTree")):
        own = value_at(element, "/ID")
        if isinstance(own, String) and bytes(own) == name:
            yield str(own)
