"""`manifest.json`: what was built, from what, with which verdict. Beside it, what to remember."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from leafpress.press import memories
from leafpress.press.edition import Entry, Memory, Withdrawal
from leafpress.system.digest import of_file
from leafpress.system.files import remove, write

FILE, MEMORY = "manifest.json", ".memory.json"
_FORM = 2
"""Raised when the form of the manifest changes; that of what to remember is `memories.FORM`."""

_BELIEVED = {FILE: (1, _FORM), MEMORY: (1, 2, memories.FORM)}
"""Older forms are read too, so that what they name is refreshed and not forgotten."""

_UNREADABLE = (OSError, ValueError, TypeError, LookupError, AttributeError)
"""What reading a file raises that is not ours, or that somebody has edited."""


@dataclass
class Manifest:
    """The outputs of one folder, by path below it. Kept and written by the parent process only."""

    folder: Path
    entries: dict[str, Entry] = field(default_factory=dict)
    memories: dict[str, Memory] = field(default_factory=dict)
    withdrawn: dict[str, Withdrawal] = field(default_factory=dict)
    _read: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """What both files say."""

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest of `folder`; an empty one where there is none, or none to be believed."""
        try:
            document, memory = _parse(folder, FILE), _parse(folder, MEMORY)
            tables = (entries_of(document), memories.from_document(memory), withdrawn_of(document))
            manifest = cls(folder, *tables)
        except _UNREADABLE:
            return cls(folder)
        if (document["form"], memory["form"]) == (_FORM, memories.FORM):
            manifest._read = manifest._tables()
        return manifest

    def put(self, output: str, entry: Entry, memory: Memory) -> None:
        """Claim an output."""
        self.entries[output] = entry
        self.memories[output] = memory
        self.withdrawn.pop(output, None)

    def withdraw(self, output: str, withdrawal: Withdrawal) -> None:
        """Give up an output, remove its file, and remember why."""
        entry = self.forget(output)
        if entry and _is_ours(self.folder / output, self.folder, entry):
            remove(self.folder / output, self.folder)
        self.withdrawn[output] = withdrawal

    def forget(self, output: str) -> Entry | None:
        """Give up an output whose file is gone, or somebody else's by now; what was known of it."""
        self.memories.pop(output, None)
        return self.entries.pop(output, None)

    def save(self) -> None:
        """Write both files, each whole or not at all, and only when they change.

        Raises:
            Problem: a file cannot be written (B004, exit code 5).
        """
        tables = self._tables()
        if tables == self._read and all((self.folder / name).exists() for name in (FILE, MEMORY)):
            return
        self.entries = dict(sorted(self.entries.items()))  # in the order in which they are read
        document: dict[str, Any] = {"form": _FORM}
        for name, table in (("editions", self.entries), ("withdrawn", self.withdrawn)):
            document[name] = {output: asdict(table[output]) for output in sorted(table)}
        _write(self.folder / FILE, json.dumps(document, indent=1, ensure_ascii=False))
        memory = memories.as_document(self.memories)
        _write(self.folder / MEMORY, json.dumps(memory, ensure_ascii=False, separators=(",", ":")))
        self._read = tables

    def _tables(self) -> Mapping[str, Mapping[str, object]]:
        """What is kept now, to be compared with what was read."""
        return {
            "entries": dict(self.entries),
            "memories": dict(self.memories),
            "withdrawn": dict(self.withdrawn),
        }


def _write(path: Path, text: str) -> None:
    data = f"{text}\n".encode()
    if not path.exists() or path.read_bytes() != data:
        write(path, data)


def read_memories(folder: Path) -> dict[str, Memory]:
    """What is remembered of the editions of `folder`, by output; empty where that is not there."""
    try:
        return memories.from_document(_parse(folder, MEMORY))
    except _UNREADABLE:
        return {}


def entries_of(document: Mapping[str, Any]) -> dict[str, Entry]:
    """The editions that a manifest names; what later versions add to them is left out.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: it is no manifest.
    """
    return {name: _entry(row) for name, row in document["editions"].items()}


def withdrawn_of(document: Mapping[str, Any]) -> dict[str, Withdrawal]:
    """The editions that a manifest calls withdrawn: none, in one of an older version.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: it is no manifest.
    """
    rows = document.get("withdrawn", {})
    return {name: Withdrawal(**_known(Withdrawal, row)) for name, row in rows.items()}


def _is_ours(path: Path, folder: Path, entry: Entry) -> bool:
    """Whether a file is the one that was built: no other is ever removed."""
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
        return inside and of_file(path) == entry.digest
    except OSError:
        return False


def _parse(folder: Path, name: str) -> dict[str, Any]:
    data = json.loads((folder / name).read_bytes())
    if data["form"] not in _BELIEVED[name]:
        raise ValueError(data["form"])
    return dict(data)


_LISTS = ("reasons", "warnings", "stale", "missing", "trial", "withdrawn")


def _entry(row: dict[str, Any]) -> Entry:
    lists = {name: tuple(row.get(name, ())) for name in _LISTS}
    datetime.date.fromisoformat(row["review"])  # a day that is none would never pass
    if lists["trial"]:
        _name, _role, until = lists["trial"]
        datetime.date.fromisoformat(until)
    signed = {name: row.get(name, False) is True for name in ("given_out", "changed", "machine")}
    return Entry(**{**_known(Entry, row), **lists, **signed})


def _known(row_type: type, row: Mapping[str, Any]) -> dict[str, Any]:
    names = {own.name for own in fields(row_type)}
    return {name: value for name, value in row.items() if name in names}
