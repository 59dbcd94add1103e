"""What earlier runs did, a line a row: so that a run that was killed goes on where it was.

A line is believed only if everything that its row was made from is the same, and every file that
it claims stands there as it was written. A torn last line is a row that is done again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass, field
from functools import cache
from pathlib import Path
from typing import IO, Any, Literal

from pydantic import TypeAdapter, ValidationError

from leafpress.mailing.batch.worker import WorkerSettings
from leafpress.mailing.output.folder import JOURNAL, PRIVATE_FILE, STATE_NAME, OutputFolder
from leafpress.mailing.selection.letters import letter_stamp
from leafpress.mailing.selection.task import RowResult, Task
from leafpress.system import digest, files

_SCHEMA_VERSION: Literal[2] = 2
"""Raised when the form of the lines changes: older ones are then not believed."""


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A line of the journal, as JSON. One that is anything else is not believed."""

    form: Literal[2]
    result: RowResult


@cache
def _lines() -> TypeAdapter[JournalLine]:
    return TypeAdapter(JournalLine)


@dataclass
class Journal:
    """The journal of one output folder."""

    output: OutputFolder
    entries: dict[str, RowResult] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """Its file."""
        return self.output.state / JOURNAL

    @classmethod
    def read(cls, output: OutputFolder) -> Journal:
        """What can be read of the journal."""
        journal = cls(output)
        try:
            lines = journal.path.read_bytes().splitlines()
        except OSError:
            return journal
        journal.entries = results_in(lines)
        return journal

    def adopt(self, results: Iterable[RowResult]) -> None:
        """Append what was done for a run that came to no end, and was noted elsewhere.

        Raises:
            Problem: it cannot be written (B004).
        """
        with self.open() as handle:
            for result in results:
                self.add(handle, result)

    def claimed(self) -> set[str]:
        """Every file that an earlier run says it wrote."""
        return {file.name for entry in self.entries.values() for file in entry.outputs}

    def fresh(self, task: Task, key: str) -> RowResult | None:
        """What was done for a row, if it still holds."""
        entry = self.entries.get(key)
        if entry is None or not all(map(self.output.is_intact, entry.outputs)):
            return None
        if entry.letter_stamp == letter_stamp(task.letter):
            return entry
        return entry if _digest(task.letter) == entry.letter_digest else None

    def open(self) -> IO[bytes]:
        """The journal, to append to.

        Raises:
            Problem: it cannot be written (B004).
        """
        try:
            handle = self.path.open("ab")
            self.path.chmod(PRIVATE_FILE)
            if handle.tell():
                handle.write(b"\n")  # after a line that a killed run left torn
        except OSError as error:
            raise files.cannot_write(STATE_NAME, error) from None
        return handle

    def add(self, handle: IO[bytes], entry: RowResult) -> None:
        """Append a line. The system keeps it even if this process is killed at once.

        Raises:
            Problem: it cannot be written (B004).
        """
        try:
            handle.write(line_of(entry))
            handle.flush()
        except OSError as error:
            raise files.cannot_write(STATE_NAME, error) from None
        self.entries[entry.key] = entry

    def replace(self, entries: Iterable[RowResult]) -> None:
        """Write it anew with these entries alone, if that changes it.

        Raises:
            Problem: it cannot be written (B004).
        """
        self.entries = {entry.key: entry for entry in entries}
        data = b"".join(line_of(self.entries[key]) for key in sorted(self.entries))
        if not self.path.exists() or self.path.read_bytes() != data:
            files.write(self.path, data, STATE_NAME, mode=PRIVATE_FILE)


def results_in(lines: Iterable[bytes]) -> dict[str, RowResult]:
    """The results that stand in lines, by key: the last of each. Other lines are passed over."""
    results = {}
    for line in lines:
        try:
            result = _lines().validate_json(line, strict=True, extra="forbid").result
        except ValidationError:
            continue
        results[result.key] = result
    return results


def line_of(entry: RowResult) -> bytes:
    """A result as a line, with its end."""
    return _lines().dump_json(JournalLine(_SCHEMA_VERSION, entry)) + b"\n"


def _digest(path: Path) -> str:
    try:
        return digest.of_file(path)
    except OSError:
        return ""


def settings_digest(settings: WorkerSettings, program: str) -> str:
    """A digest of what is the same for all rows; the day is not in it."""
    sender = [settings.sender, settings.sender_name]
    facts = [settings.strict, settings.repair, program, *sender]
    return _of_facts([*facts, sorted(settings.others)])


def words_digest(settings: WorkerSettings) -> str:
    """A digest of what e-mails say: only their rows depend on it."""
    return _of_facts([(tag, *astuple(words)) for tag, words in settings.words.items()])


def row_key(task: Task, settings: str) -> str:
    """A digest of everything that a row is made from, but its letter's bytes.

    Args:
        settings: the digest of what is the same for all rows.
    """
    choice = task.choice
    editions = [(own.leaflet, own.language, own.format, own.digest) for own in choice.editions]
    recorded = [choice.asked_language, choice.needs, choice.fallback, choice.notes, choice.delivery]
    ways = [task.way, task.channel, task.name, task.appointment.email, task.exact, task.rivals]
    facts = [settings, task.reference, str(task.letter), editions, recorded, ways]
    return _of_facts(facts)


def _of_facts(facts: list[Any]) -> str:
    return digest.of_text(json.dumps(facts))
