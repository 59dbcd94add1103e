"""Tables that narrow screens show as lists stay tables for those who hear them."""

from __future__ import annotations

from typing import Any

_ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
_HEADS = {"col": "columnheader", "row": "rowheader"}


def keep_roles(root: Any) -> None:
    """Say in every table what each part is, and at every cell what its column is called.

    A style sheet that stacks a table's cells takes their roles away in some browsers; the head
    of the column, which is then far off, is shown before each cell (`data-head`).
    """
    for table in root.iter("table"):
        heads = [_words(head) for head in table.iterfind("thead/tr/th")]
        for part in table.iter(*_ROLES, "th"):
            role = _ROLES.get(part.tag) or _HEADS[part.get("scope")]
            part.set("role", role)
        for row in table.iterfind("tbody/tr"):
            for head, cell in zip(heads, row, strict=True):
                if cell.tag == "td":
                    cell.set("data-head", head)


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())
