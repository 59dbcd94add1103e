"""From appointments to tasks: what only the whole list can tell.

Rows that say the same, rows that name one letter, references that look alike, and the names of
the files. Every row ends up as a task, a refusal, or a repetition of an earlier row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from leafpress.findings import Finding, Span
from leafpress.mailing.lists.appointments import Appointment, List, refused_outright
from leafpress.mailing.lists.normalise import plain
from leafpress.mailing.selection import patient_reference as references
from leafpress.mailing.selection.choose import Choice, Rules, choose
from leafpress.mailing.selection.letters import Folder
from leafpress.mailing.selection.task import Task, Way
from leafpress.proof.channels.channels import CHANNELS
from leafpress.rules import finding


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that gets nothing, and every reason."""

    row: int
    appointment: Appointment
    choice: Choice
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A row that says what an earlier row says: done once."""

    row: int
    appointment: Appointment
    earlier: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done: `tasks`, `refusals` and `repeated` together are all rows."""

    tasks: tuple[Task, ...]
    refusals: tuple[Refusal, ...]
    repeated: tuple[Repeated, ...]
    unnamed: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command says of all rows."""

    rules: Rules
    folder: Folder
    way: Way
    channel: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A row on its way to a task."""

    appointment: Appointment
    place: Span
    letter: Path | None
    choice: Choice
    findings: tuple[Finding, ...]

    @property
    def may_be_done(self) -> bool:
        return not self.findings


def plan(list_: List, asked: Asked) -> Plan:
    """What is to be done for a list."""
    firsts, repeated = _repetitions(list_.appointments)
    rows = [_row(each, list_, asked) for each in firsts]
    named = {row.letter for row in rows if row.letter}
    rows = _conflicts(rows)
    tasks = _tasks([row for row in rows if row.may_be_done], rows, asked)
    refusals = tuple(
        Refusal(row.appointment.row, row.appointment, row.choice, row.findings)
        for row in rows
        if not row.may_be_done
    )
    unnamed = tuple(asked.folder.unnamed(named))
    findings = tuple(_told(list_, tasks, repeated, unnamed))
    return Plan(tasks, refusals, repeated, unnamed, findings)


def _repetitions(
    rows: tuple[Appointment, ...],
) -> tuple[list[Appointment], tuple[Repeated, ...]]:
    """Rows that say the same as an earlier one, letter for letter."""
    firsts: dict[Appointment, Appointment] = {}
    repeated = []
    for row in rows:
        bare = replace(row, row=0, findings=())
        if not row.findings and bare in firsts:
            repeated.append(Repeated(row.row, row, firsts[bare].row))
        elif not row.findings:
            firsts[bare] = row
    again = {each.row for each in repeated}
    return [row for row in rows if row.row not in again], tuple(repeated)


def _row(row: Appointment, list_: List, asked: Asked) -> _Row:
    place = Span(list_.name, row.row)
    choice = choose(row, asked.rules, place)
    letter = asked.folder.find(_letter_name(row, asked), place)
    faults = [*refused_outright(row), *choice.findings]
    weakness = references.weakness(row.reference)
    if weakness:
        faults.append(finding("E041", place, problem=weakness))
    if isinstance(letter, Finding):
        faults.append(letter)
    if "@" not in row.email and choice.delivery == "email" and row.email:
        faults.append(finding("E059", place, problem="its e-mail address is none"))
    found = None if isinstance(letter, Finding) else letter
    return _Row(row, place, found, choice, tuple(dict.fromkeys(faults)))


def _letter_name(row: Appointment, asked: Asked) -> str:
    pattern = asked.rules.mapping.letter_file
    if not row.letter and pattern == "{letter}":
        pattern = "{reference}.pdf"
    return pattern.replace("{letter}", row.letter).replace("{reference}", row.reference)


def _conflicts(rows: list[_Row]) -> list[_Row]:
    """Refuse rows that ask for different things for one patient's one letter."""
    same: dict[tuple[Path, str], list[int]] = defaultdict(list)
    for row in rows:
        if row.letter:
            same[row.letter, references.key(row.appointment.reference)].append(row.appointment.row)
    return [_without_conflict(row, same) for row in rows]


def _without_conflict(row: _Row, same: dict[tuple[Path, str], list[int]]) -> _Row:
    own = row.appointment
    others = same[row.letter, references.key(own.reference)] if row.letter else []
    if len(others) < 2:
        return row
    told = ", ".join(str(number) for number in others if number != own.row)
    return replace(row, findings=(*row.findings, finding("E048", row.place, others=told)))


def _tasks(rows: list[_Row], every: list[_Row], asked: Asked) -> tuple[Task, ...]:
    rivals: dict[Path, set[str]] = defaultdict(set)
    for row in every:
        if row.letter:
            rivals[row.letter].add(row.appointment.reference)
    spellings: dict[str, set[str]] = defaultdict(set)
    for row in every:
        own = row.appointment.reference
        spellings[references.key(own)].add(references.plain(own))
    names = _names(rows)
    return tuple(
        _task(row, name, asked, _Others(rivals, spellings))
        for row, name in zip(rows, names, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Others:
    rivals: dict[Path, set[str]]
    spellings: dict[str, set[str]]


def _task(row: _Row, name: str, asked: Asked, others: _Others) -> Task:
    own = row.appointment
    if row.letter is None:
        raise AssertionError("a row without its letter is no task")
    key = references.key(own.reference)
    rivals = {
        each
        for each in others.rivals[row.letter]
        if references.key(each) != key and not references.weakness(each)
    }
    way, channel = _way(row.choice, asked)
    return Task(
        own.row,
        row.place,
        own.reference,
        row.letter,
        row.choice,
        way,
        channel,
        name,
        own.email,
        exact=len(others.spellings[key]) > 1,
        rivals=tuple(sorted(rivals)),
    )


def _way(choice: Choice, asked: Asked) -> tuple[Way, str]:
    """How a row is put together, and the channel that it is checked for, if that fits it.

    Side by side for e-mail, unless `.eml` files are asked for; `.eml` files only for e-mail, or
    where nobody said how it goes out. A file that is no PDF (braille) lies beside the letter.
    """
    way = asked.way
    if way is Way.EML and choice.delivery not in ("", "email"):
        way = Way.JOINED
    if way is Way.JOINED and (choice.delivery == "email" or not _all_pdf(choice)):
        way = Way.SEPARATE
    return way, asked.channel if _fits(asked.channel, choice.delivery) else ""


def _fits(channel: str, delivery: str) -> bool:
    """Whether a row's way out is one that a channel is about: paper, or a screen."""
    printed = bool(channel) and CHANNELS[channel].printed
    return bool(channel) and delivery in (("", "print") if printed else ("", "email", "portal"))


def _all_pdf(choice: Choice) -> bool:
    return all(each.is_pdf for each in choice.given)


def _names(rows: list[_Row]) -> list[str]:
    """A name for each row's output: the reference, with a mark where several have the same."""
    plain_names = [references.file_name(row.appointment.reference) for row in rows]
    taken = Counter(name.casefold() for name in plain_names)
    return [
        name
        if taken[name.casefold()] == 1
        else references.file_name(
            row.appointment.reference, apart=str(row.letter and row.letter.name)
        )
        for row, name in zip(rows, plain_names, strict=True)
    ]


def _told(
    list_: List, tasks: tuple[Task, ...], repeated: tuple[Repeated, ...], unnamed: tuple[str, ...]
) -> list[Finding]:
    """What is no reason to refuse, but has to be known."""
    found = [finding("E049", Span(list_.name, each.row), earlier=each.earlier) for each in repeated]
    rows = {task.row: task for task in tasks}
    found += _several(list_, "E065", tasks, lambda task: references.key(task.reference))
    found += _several(list_, "E064", tasks, lambda task: str(task.letter))
    found += [
        finding("E066", rows[task.row].place, words=task.choice.fallback)
        for task in tasks
        if task.choice.fallback
    ]
    if unnamed:
        found.append(finding("E063", Span(list_.name), count=len(unnamed)))
    return found


def _several(
    list_: List, rule: str, tasks: tuple[Task, ...], by: Callable[[Task], str]
) -> list[Finding]:
    groups: dict[str, list[int]] = defaultdict(list)
    for task in tasks:
        groups[by(task)].append(task.row)
    return [
        finding(rule, Span(list_.name, group[0]), rows=", ".join(map(str, group)))
        for group in groups.values()
        if len(group) > 1
    ]


def strong_references(list_: List) -> dict[str, str]:
    """References that mean somebody wherever they stand, by their key."""
    every = (row.reference for row in list_.appointments)
    return {references.key(each): each for each in every if references.is_strong(each)}


def codes(table: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The clinic's codes as lists may spell them; those that then are one only as they stand."""
    spelt = Counter(plain(code) for code in table)
    loose = {plain(code): each for code, each in table.items() if spelt[plain(code)] == 1}
    return {**loose, **table}
