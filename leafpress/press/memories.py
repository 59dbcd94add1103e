"""How `.memory.json` says what is remembered: each file once, however many editions it is in.

Files and sets of files are rows of tables. A file that two editions saw in two states is two rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from leafpress.press.edition import Memory

Key = TypeVar("Key")

_Inputs = dict[str, tuple[int, int, str]]

FORM = 3
"""Raised when the form changes. Before 3 each edition had its files in its own row."""


def as_document(memories: Mapping[str, Memory]) -> dict[str, Any]:
    """A document of plain values."""
    distinct = {id(memory.inputs): memory.inputs for memory in memories.values()}
    rows = {id_: _file_rows(inputs) for id_, inputs in distinct.items()}
    files = _numbered({row for own in rows.values() for row in own})
    runs = {id_: tuple(_runs(sorted(files[row] for row in own))) for id_, own in rows.items()}
    sets = _numbered(set(runs.values()))
    ingredients = _numbered(
        {pair for each in memories.values() for pair in each.ingredients.items()}
    )
    editions = {
        output: {
            "inputs": sets[runs[id(memory.inputs)]],
            "ingredients": [ingredients[pair] for pair in memory.ingredients.items()],
            "output": memory.output,
            "clinic": memory.clinic,
            "digest": memory.digest,
        }
        for output, memory in sorted(memories.items())
    }
    tables: dict[str, Iterable[object]] = {"files": files, "sets": sets, "ingredients": ingredients}
    return {
        "form": FORM,
        **{name: [*table] for name, table in tables.items()},
        "editions": editions,
    }


def _file_rows(inputs: _Inputs) -> list[tuple[str, int, int, str]]:
    return [(name, *stamp) for name, stamp in inputs.items()]


def _numbered(keys: set[Key]) -> dict[Key, int]:
    """The keys in their order, each with its number."""
    return {key: number for number, key in enumerate(sorted(keys))}  # type: ignore[type-var]


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Numbers in their order, as the first and the last of each run without a gap."""
    first = last = -1
    for number in numbers:
        if last >= 0 and number != last + 1:
            yield first, last
            first = number
        first, last = (number if last < 0 else first), number
    if last >= 0:
        yield first, last


def from_document(document: Mapping[str, Any]) -> dict[str, Memory]:
    """What a document says; editions with the same files share one dictionary of them.

    Raises:
        ValueError, TypeError, KeyError, IndexError, AttributeError: it says nothing.
    """
    if document["form"] != FORM:
        return {name: _older(row) for name, row in document["editions"].items()}
    files = [
        (str(name), int(size), int(time), str(sha)) for name, size, time, sha in document["files"]
    ]
    sets = [_inputs(runs, files) for runs in document["sets"]]
    ingredients = [(str(name), str(digest)) for name, digest in document["ingredients"]]
    return {
        name: Memory(
            sets[row["inputs"]],
            dict(ingredients[number] for number in row["ingredients"]),
            (row["output"][0], row["output"][1]),
            row["clinic"],
            row["digest"],
        )
        for name, row in document["editions"].items()
    }


def _inputs(runs: Iterable[tuple[int, int]], files: list[tuple[str, int, int, str]]) -> _Inputs:
    rows = (row for first, last in runs for row in files[first : last + 1])
    return {name: (size, time, sha) for name, size, time, sha in rows}


def _older(row: dict[str, Any]) -> Memory:
    """What forms 1 and 2 say of an edition."""
    inputs = {name: (size, time, digest) for name, (size, time, digest) in row["inputs"].items()}
    output = (row["output"][0], row["output"][1])
    own = (row.get("clinic", ""), row.get("digest", ""))
    return Memory(inputs, row["ingredients"], output, *own)
