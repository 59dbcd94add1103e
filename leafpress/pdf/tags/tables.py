"""Which heads belong to which cell of a table, by HTML's rules, spans included.

HTML Living Standard, 4.9.12 "forming a table" and "assigning header cells".
"""

from __future__ import annotations

from dataclasses import dataclass

from leafpress.pdf.tags import roles
from leafpress.pdf.tags.structure import Node


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell on the grid: rows and columns from 0; `group` is its part of the table."""

    node: Node
    rows: range
    columns: range
    group: Node | None


def describe(table: Node, number: int) -> None:
    """Give a table's cells Scope, spans, ids of heads and the lists of heads that they name."""
    cells = _grid(table)
    heads = [cell for cell in cells if cell.node.type == "TH"]
    for index, cell in enumerate(heads, start=1):
        cell.node.id = f"head-{number}-{index}"
        cell.node.attributes.setdefault("Table", {})["Scope"] = _scope(cell, cells)
    for cell in cells:
        names = [head.node.id for head in heads if _is_head_of(head, cell)]
        attributes = cell.node.attributes.setdefault("Table", {})
        attributes |= {"Headers": names} if names else {}
        attributes |= {"ColSpan": len(cell.columns)} if len(cell.columns) > 1 else {}
        attributes |= {"RowSpan": len(cell.rows)} if len(cell.rows) > 1 else {}


def _grid(table: Node) -> list[TableCell]:
    cells: list[TableCell] = []
    taken: set[tuple[int, int]] = set()
    for row, (group, node) in enumerate(_rows(table)):
        column = 0
        for kid in node.kids:
            if isinstance(kid, Node) and kid.type in {"TH", "TD"}:
                while (row, column) in taken:
                    column += 1
                cell = TableCell(
                    kid,
                    range(row, row + _span(kid, "rowspan")),
                    range(column, column + _span(kid, "colspan")),
                    group,
                )
                taken |= {(r, c) for r in cell.rows for c in cell.columns}
                cells.append(cell)
    return cells


def _rows(table: Node) -> list[tuple[Node | None, Node]]:
    found: list[tuple[Node | None, Node]] = []
    for kid in table.kids:
        if isinstance(kid, Node) and kid.type == "TR":
            found.append((None, kid))
        elif isinstance(kid, Node) and kid.type in {"THead", "TBody", "TFoot"}:
            rows = (row for row in kid.kids if isinstance(row, Node))
            found += [(kid, row) for row in rows]
    return found


def _span(node: Node, attribute: str) -> int:
    value = node.element.attrib.get(attribute, "1")
    return max(1, int(value)) if value.isdigit() else 1


def _scope(head: TableCell, cells: list[TableCell]) -> str:
    given = roles.SCOPES.get(head.node.element.attrib.get("scope", ""))
    if given:
        return given
    beside = any(cell.node.type == "TD" and cell.rows.start in head.rows for cell in cells)
    return "Row" if beside else "Column"


def _is_head_of(head: TableCell, cell: TableCell) -> bool:
    if head is cell:
        return False
    scope = head.node.element.attrib.get("scope", "")
    if cell.node.element.attrib.get("scope") == "rowgroup":
        return False
    if head.node.attributes["Table"]["Scope"] == "Column":
        above = head.rows.stop <= cell.rows.start
        return above and bool(set(head.columns) & set(cell.columns))
    if cell.node.type == "TH" and scope != "rowgroup":
        return False
    if scope == "rowgroup":
        later = head.rows.start <= cell.rows.start
        before = head.columns.start <= cell.columns.start
        return later and before and head.group is cell.group
    return bool(set(head.rows) & set(cell.rows))
