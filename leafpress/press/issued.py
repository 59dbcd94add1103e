"""Which copies were ever built, by the code that is printed on them: `out/current/issued.txt`.

Paper stays where it is for years, so no line of this file ever goes: a build adds to it only.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from leafpress.findings import Finding, Problem, Span
from leafpress.pages.copy_code import LENGTH, LETTERS
from leafpress.rules import finding
from leafpress.system.files import alone, write

if TYPE_CHECKING:
    from leafpress.press.edition import Entry
    from leafpress.press.manifest import Manifest

FOLDER, FILE = "current", "issued.txt"
NAME = f"{FOLDER}/{FILE}"


@dataclass(frozen=True, slots=True)
class IssuedCopy:
    """An edition with the words of one code: a line of the file, as JSON.

    Args:
        since: the day on which it was built first, as 2026-11-28.
        output: its file below the output folder.
        title: in the edition's language.
        date: of the leaflet.
    """

    code: str
    since: str
    output: str
    leaflet: str
    language: str
    format: str
    title: str
    version: str
    date: str


def folder_of(code: str) -> str:
    """Where the page about a copy lies, below the output folder."""
    return f"{FOLDER}/{code}"


@dataclass(frozen=True, slots=True)
class IssuedList:
    """The file as it is.

    Args:
        text: all of it, with lines that nobody can read: they stay.
        copies: what it names, oldest first.
        findings: of lines that cannot be read (B014).
    """

    text: str = ""
    copies: tuple[IssuedCopy, ...] = ()
    findings: tuple[Finding, ...] = ()


def read(folder: Path) -> IssuedList:
    """Every copy that was built in the output folder.

    Raises:
        Problem: the file is there and cannot be read at all (B014).
    """
    path = folder / NAME
    if not path.exists():
        return IssuedList()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise Problem(finding("B014", Span(NAME), problem=f"it cannot be read: {error}")) from error
    return _parsed(text)


def _parsed(text: str) -> IssuedList:
    copies, findings = [], []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            copies.append(_copy(line))
        except (ValueError, TypeError, KeyError) as error:
            problem = f"this line cannot be read ({type(error).__name__}: {error})"
            findings.append(finding("B014", Span(NAME, number), problem=problem))
    return IssuedList(text, tuple(copies), tuple(findings))


def _copy(line: str) -> IssuedCopy:
    row = json.loads(line)
    names = [own.name for own in fields(IssuedCopy)]
    copy = IssuedCopy(**{name: str(row[name]) for name in names})
    datetime.date.fromisoformat(copy.since)
    datetime.date.fromisoformat(copy.date)
    if not _is_code(copy.code):
        raise ValueError(f"“{copy.code}” is no code")
    return copy


def _is_code(name: str) -> bool:
    return len(name) == LENGTH and set(name) <= set(LETTERS)


def add(manifest: Manifest, today: datetime.date) -> IssuedList:
    """Add what is built now and was not the newest of its edition before.

    Raises:
        Problem: the file cannot be read (B014) or written (B004).
    """
    if not any(entry.code for entry in manifest.entries.values()):
        return read(manifest.folder)
    with alone(manifest.folder, FOLDER):
        before = read(manifest.folder)
        new = tuple(_new(manifest, before.copies, today))
        if not new:
            return before
        rows = [json.dumps(asdict(copy), ensure_ascii=False) for copy in new]
        text = "\n".join([*before.text.splitlines(), *rows]) + "\n"
        write(manifest.folder / NAME, text.encode(), NAME)
    return IssuedList(text, (*before.copies, *new), before.findings)


def _new(
    manifest: Manifest, before: tuple[IssuedCopy, ...], today: datetime.date
) -> Iterator[IssuedCopy]:
    newest = {copy.output: copy.code for copy in before}
    for output, entry in sorted(manifest.entries.items()):
        if entry.code and newest.get(output) != entry.code:
            yield _of(output, entry, today)


def _of(output: str, entry: Entry, today: datetime.date) -> IssuedCopy:
    names = (entry.leaflet, entry.language, entry.format)
    return IssuedCopy(
        entry.code, today.isoformat(), output, *names, entry.title, entry.version, entry.date
    )


def strangers(folder: Path, copies: tuple[IssuedCopy, ...]) -> Iterator[Finding]:
    """Pages about copies that the file does not name: nobody can say any more what became of them.

    Yields:
        B014: the file was lost, or lines of it.
    """
    known = {copy.code for copy in copies}
    there = folder / FOLDER
    names = [path.name for path in there.iterdir()] if there.is_dir() else []
    lost = sorted(name for name in names if _is_code(name) and name not in known)
    if lost:
        listed = ", ".join(lost[:3])
        problem = f"{len(lost)} pages stand beside it that it does not name, such as {listed}"
        yield finding("B014", Span(NAME), problem=problem)
