"""`manifest.json`: what was built, from what, with which verdict. Beside it, what to remember."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from leafpress.press.edition import Entry, Memory
from leafpress.system.files import remove, write

FILE, MEMORY = "manifest.json", ".memory.json"
_FORM = 2
"""Raised when the form of these files changes: older ones are then not believed."""


@dataclass
class Manifest:
    """The outputs of one folder, by path below it. Kept and written by the parent process only."""

    folder: Path
    entries: dict[str, Entry] = field(default_factory=dict)
    memories: dict[str, Memory] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest of `folder`; an empty one where there is none, or none to be believed."""
        manifest = cls(folder)
        try:
            entries = _parse(folder / FILE)["editions"]
            memories = _parse(folder / MEMORY)["editions"]
            manifest.entries = {name: _entry(row) for name, row in entries.items()}
            manifest.memories = {name: _memory(row) for name, row in memories.items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return cls(folder)
        return manifest

    def put(self, output: str, entry: Entry, memory: Memory) -> None:
        """Claim an output."""
        self.entries[output] = entry
        self.memories[output] = memory

    def drop(self, output: str) -> None:
        """Give up an output, and remove its file."""
        self.entries.pop(output, None)
        self.memories.pop(output, None)
        remove(self.folder / output, self.folder)

    def save(self) -> None:
        """Write both files, each whole or not at all, and only when they change.

        Raises:
            Problem: a file cannot be written (B004, exit code 5).
        """
        self._save(FILE, {name: asdict(entry) for name, entry in self.entries.items()})
        self._save(MEMORY, {name: asdict(memory) for name, memory in self.memories.items()})

    def _save(self, file: str, rows: dict[str, Any]) -> None:
        path = self.folder / file
        form = {"form": _FORM, "editions": dict(sorted(rows.items()))}
        data = (json.dumps(form, indent=1, ensure_ascii=False) + "\n").encode()
        if not path.exists() or path.read_bytes() != data:
            write(path, data)


def _parse(path: Path) -> dict[str, Any]:
    data = json.loads(path.read_bytes())
    if data["form"] != _FORM:
        raise ValueError(data["form"])
    return dict(data)


_LISTS = ("reasons", "warnings", "stale", "missing", "trial", "withdrawn")


def _entry(row: dict[str, Any]) -> Entry:
    lists = {
        name: tuple(row[name])
        for name in ("reasons", "warnings", "stale", "missing", "trial", "withdrawn")
    }
    return Entry(**{**row, **lists})


def _memory(row: dict[str, Any]) -> Memory:
    inputs = {name: (size, time, digest) for name, (size, time, digest) in row["inputs"].items()}
    return Memory(inputs, row["ingredients"], (row["output"][0], row["output"][1]))
