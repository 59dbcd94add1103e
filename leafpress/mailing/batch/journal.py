"""What earlier runs did, a line a row: so that a run that was killed goes on where it was.

A line is believed only if everything that its row was made from is the same, and every file that
it claims stands there as it was written. A torn last line is a row that is done again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, astuple, dataclass, field
from pathlib import Path
from typing import IO, Any

from leafpress.findings import ExitCode, Finding, Problem, Severity, Span
from leafpress.mailing.output.folder import JOURNAL, PRIVATE_FILE, STATE_NAME, Vault
from leafpress.mailing.selection.task import Output, Result, Settings, Task
from leafpress.rules import finding
from leafpress.system import files

_FORM = 1
"""Raised when the form of the lines changes: older ones are then not believed."""


@dataclass(frozen=True, slots=True)
class Done:
    """One row that was done.

    Args:
        key: of everything but the letter's bytes.
        stamp: size, modification and change time of the letter, in nanoseconds.
        day: when it was done, as 2026-11-22.
        judged: what veraPDF said of this very file, by claim; empty when it was not asked.
        dropped: claims that were withheld, since a file of its making did not keep them.
    """

    key: str
    stamp: tuple[int, int, int]
    day: str
    result: Result
    judged: dict[str, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()


@dataclass
class Journal:
    """The journal of one output folder."""

    vault: Vault
    entries: dict[str, Done] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """Its file."""
        return self.vault.state / JOURNAL

    @classmethod
    def read(cls, vault: Vault) -> Journal:
        """What can be read of the journal."""
        journal = cls(vault)
        try:
            lines = journal.path.read_bytes().splitlines()
        except OSError:
            return journal
        for line in lines:
            try:
                entry = _entry(json.loads(line))
            except (ValueError, TypeError, KeyError):
                continue
            journal.entries[entry.key] = entry
        return journal

    def claimed(self) -> set[str]:
        """Every file that an earlier run says it wrote."""
        return {output.name for each in self.entries.values() for output in each.result.outputs}

    def fresh(self, task: Task, key: str) -> Done | None:
        """What was done for a row, if it still holds."""
        entry = self.entries.get(key)
        if entry is None or not all(map(self.vault.is_intact, entry.result.outputs)):
            return None
        same = (
            entry.stamp == stamp(task.letter) or _digest(task.letter) == entry.result.letter_digest
        )
        return entry if same else None

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
            raise _cannot(error) from None
        return handle

    def add(self, handle: IO[bytes], entry: Done) -> None:
        """Append a line. The system keeps it even if this process is killed at once.

        Raises:
            Problem: it cannot be written (B004).
        """
        try:
            handle.write(_line(entry))
            handle.flush()
        except OSError as error:
            raise _cannot(error) from None
        self.entries[entry.key] = entry

    def keep(self, entries: Iterable[Done]) -> None:
        """Write it anew with these entries alone, if that changes it.

        Raises:
            Problem: it cannot be written (B004).
        """
        self.entries = {entry.key: entry for entry in entries}
        data = b"".join(_line(self.entries[key]) for key in sorted(self.entries))
        if not self.path.exists() or self.path.read_bytes() != data:
            files.write(self.path, data, STATE_NAME, mode=PRIVATE_FILE)


def _cannot(error: OSError) -> Problem:
    reason = (error.strerror or "it cannot be written").lower()
    return Problem(finding("B004", Span(STATE_NAME), reason=reason), code=ExitCode.CANNOT_WRITE)


def stamp(path: Path) -> tuple[int, int, int]:
    """What tells cheaply that a letter has not changed."""
    try:
        state = path.stat()
    except OSError:
        return (0, 0, 0)
    return state.st_size, state.st_mtime_ns, state.st_ctime_ns


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def of_settings(settings: Settings, program: str) -> str:
    """A digest of what is the same for all rows; the day is not in it."""
    sender = [settings.sender, settings.sender_name]
    facts = [settings.strict, settings.repair, program, *sender]
    return _sha([*facts, sorted(settings.others)])


def of_words(settings: Settings) -> str:
    """A digest of what e-mails say: only their rows depend on it."""
    return _sha([(tag, *astuple(words)) for tag, words in settings.words.items()])


def key(task: Task, settings: str) -> str:
    """A digest of everything that a row is made from, but its letter's bytes."""
    choice = task.choice
    given = [(each.leaflet, each.language, each.format, each.digest) for each in choice.given]
    asked = [choice.asked_language, choice.needs, choice.fallback, choice.notes, choice.delivery]
    ways = [task.way, task.channel, task.name, task.email, task.exact, task.rivals]
    return _sha([settings, task.reference, str(task.letter), given, asked, ways])


def _sha(facts: list[Any]) -> str:
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def _line(entry: Done) -> bytes:
    return json.dumps({"form": _FORM, **asdict(entry)}).encode() + b"\n"


def _entry(row: dict[str, Any]) -> Done:
    if row.pop("form") != _FORM:
        raise ValueError("another form")
    result = row.pop("result")
    outputs = tuple(Output(**each) for each in result.pop("outputs"))
    errors, warnings = (tuple(_findings(result.pop(name))) for name in ("errors", "warnings"))
    claims, stamp_ = tuple(result.pop("claims")), tuple(row.pop("stamp"))
    made = Result(outputs, claims=claims, errors=errors, warnings=warnings, **result)
    dropped = tuple(row.pop("dropped"))
    return Done(**row, stamp=stamp_, dropped=dropped, result=made)


def _findings(rows: list[dict[str, Any]]) -> Iterator[Finding]:
    for row in rows:
        place, severity = Span(**row.pop("span")), Severity(row.pop("severity"))
        yield Finding(span=place, severity=severity, **row)
