"""The rows and heads of a table of HTML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leafpress.plain.inline import tag

_CELLS = {"td", "th"}


def heads(table: Any) -> list[Any]:
    """The cells of its head."""
    return [cell for part in table if tag(part) == "thead" for cell in _cells(part)]


def rows(table: Any) -> Iterator[list[Any]]:
    """The cells of each row of its body."""
    for part in (each for each in table if tag(each) == "tbody"):
        for row in (each for each in part if tag(each) == "tr"):
            yield [cell for cell in row if tag(cell) in _CELLS]


def filled_rows(table: Any) -> Iterator[list[Any]]:
    """The rows in which something stands."""
    return (row for row in rows(table) if any(map(_words, row)))


def is_empty(table: Any) -> bool:
    """Whether it is there to be written in: nothing stands in its body."""
    return next(filled_rows(table), None) is None


def _cells(part: Any) -> Iterator[Any]:
    return (cell for cell in part.iter() if tag(cell) in _CELLS)


def _words(cell: Any) -> str:
    return "".join(cell.itertext()).strip()
