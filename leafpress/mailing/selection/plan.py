"""From appointments to tasks: what only the whole list can tell.

Rows that say the same, rows that name one letter, references that look alike, and the names of
the files. Every row ends up as a task, a refusal, or a repetition of an earlier row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from leafpress.findings import Finding, Span
from leafpress.mailing.lists.appointments import Appointment, AppointmentList, refused_outright
from leafpress.mailing.options import RowOutcome
from leafpress.mailing.selection import patient_reference as references
from leafpress.mailing.selection.choose import Choice, choose
from leafpress.mailing.selection.criteria import Criteria
from leafpress.mailing.selection.task import Task
from leafpress.proof.channels.channels import CHANNELS
from leafpress.rules import finding


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row, with its letter and what it may get. With `errors` it gets nothing: it is refused.

    Args:
        warnings: what a person has to look at all the same.
    """

    appointment: Appointment
    span: Span
    letter: Path | None
    choice: Choice
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...] = ()

    @property
    def reference(self) -> str:
        """The patient's."""
        return self.appointment.reference

    @property
    def match_key(self) -> str:
        """References with the same one look alike."""
        return references.match_key(self.reference)


@dataclass(frozen=True, slots=True)
class Repeated:
    """A row that says what an earlier row says: done once."""

    appointment: Appointment
    earlier: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done: `tasks`, `refusals` and `repeated` together are all rows.

    Args:
        unnamed: letters that no row names.
        findings: what is no reason to refuse, but has to be known.
    """

    tasks: tuple[Task, ...]
    refusals: tuple[Candidate, ...]
    repeated: tuple[Repeated, ...]
    unnamed: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


def make_plan(list_: AppointmentList, criteria: Criteria) -> Plan:
    """What is to be done for a list."""
    firsts, repeated = _repetitions(list_.appointments)
    candidates = [_candidate(appointment, list_, criteria) for appointment in firsts]
    candidates = _without_conflicts(candidates)
    refusals = tuple(candidate for candidate in candidates if candidate.errors)
    tasks = tuple(_tasks(candidates, criteria))
    named = {candidate.letter for candidate in candidates if candidate.letter}
    unnamed = tuple(criteria.letters.unnamed(named))
    own = _findings(list_, tasks, repeated, unnamed)
    findings = (*own, *criteria.editions.findings())
    return Plan(tasks, refusals, repeated, unnamed, findings)


def _repetitions(
    appointments: tuple[Appointment, ...],
) -> tuple[list[Appointment], tuple[Repeated, ...]]:
    """The rows, without those that say the same as an earlier one, letter for letter."""
    seen: dict[Appointment, int] = {}
    firsts, repeated = [], []
    for appointment in appointments:
        unnumbered = replace(appointment, row=0)
        if appointment.findings or unnumbered not in seen:
            firsts.append(appointment)
            seen.setdefault(unnumbered, appointment.row)
        else:
            repeated.append(Repeated(appointment, seen[unnumbered]))
    return firsts, tuple(repeated)


def _candidate(appointment: Appointment, list_: AppointmentList, criteria: Criteria) -> Candidate:
    span = Span(list_.name, appointment.row)
    choice = choose(appointment, criteria, span)
    letter: Path | None = None
    answer = criteria.letters.find(_letter_name(appointment, criteria), span)
    errors = [*refused_outright(appointment), *choice.findings]
    weakness = references.weakness(appointment.reference)
    if weakness:
        errors.append(finding("E041", span, problem=weakness))
    if isinstance(answer, Finding):
        errors.append(answer)
    else:
        letter = answer
    if choice.delivery == "email" and appointment.email and "@" not in appointment.email:
        errors.append(finding("E059", span, problem="its e-mail address is none"))
    warnings = _warnings(appointment, span)
    return Candidate(appointment, span, letter, choice, tuple(dict.fromkeys(errors)), warnings)


def _warnings(appointment: Appointment, span: Span) -> tuple[Finding, ...]:
    if references.has_wrong_check_digit(appointment.reference):
        return (finding("E070", span),)
    return ()


def _letter_name(appointment: Appointment, criteria: Criteria) -> str:
    pattern = criteria.mapping.letter_file
    if not appointment.letter and pattern == "{letter}":
        pattern = "{reference}.pdf"
    name = pattern.replace("{letter}", appointment.letter)
    return name.replace("{reference}", appointment.reference)


def _without_conflicts(candidates: list[Candidate]) -> list[Candidate]:
    """Refuse rows that ask for different things for one patient's one letter."""
    rows: dict[tuple[Path, str], list[int]] = defaultdict(list)
    for candidate in candidates:
        if candidate.letter:
            rows[candidate.letter, candidate.match_key].append(candidate.appointment.row)
    return [_refused_for_conflict(candidate, rows) for candidate in candidates]


def _refused_for_conflict(
    candidate: Candidate, rows: dict[tuple[Path, str], list[int]]
) -> Candidate:
    if candidate.letter is None:
        return candidate
    same = rows[candidate.letter, candidate.match_key]
    others = [str(row) for row in same if row != candidate.appointment.row]
    if not others:
        return candidate
    conflict = finding("E048", candidate.span, others=", ".join(others))
    return replace(candidate, errors=(*candidate.errors, conflict))


@dataclass(frozen=True, slots=True)
class _Neighbours:
    """The other rows, as far as they bear on one.

    Args:
        references: of all rows that name a letter.
        spellings: of references that look alike, by `match_key`.
    """

    references: dict[Path, set[str]]
    spellings: dict[str, set[str]]

    @classmethod
    def among(cls, candidates: list[Candidate]) -> _Neighbours:
        neighbours = cls(defaultdict(set), defaultdict(set))
        for candidate in candidates:
            spelling = references.comparable(candidate.reference)
            neighbours.spellings[candidate.match_key].add(spelling)
            if candidate.letter:
                neighbours.references[candidate.letter].add(candidate.reference)
        return neighbours

    def rivals(self, candidate: Candidate, letter: Path) -> Iterator[str]:
        """Other patients whose rows name the same letter."""
        for reference in sorted(self.references[letter]):
            own = references.match_key(reference) == candidate.match_key
            if not own and not references.weakness(reference):
                yield reference


def _tasks(candidates: list[Candidate], criteria: Criteria) -> Iterator[Task]:
    neighbours = _Neighbours.among(candidates)
    accepted = [candidate for candidate in candidates if not candidate.errors]
    for candidate, name in zip(accepted, _names(accepted), strict=True):
        if candidate.letter is None:
            raise AssertionError("a row without its letter is no task")
        yield Task(
            candidate.appointment,
            candidate.span,
            candidate.letter,
            candidate.choice,
            _way(candidate.choice, criteria.way),
            _channel(candidate.choice, criteria.channel),
            name,
            exact=len(neighbours.spellings[candidate.match_key]) > 1,
            rivals=tuple(neighbours.rivals(candidate, candidate.letter)),
            warnings=candidate.warnings,
        )


def _way(choice: Choice, asked: RowOutcome) -> RowOutcome:
    """How a row is put together.

    Side by side for e-mail, unless `.eml` files are asked for; `.eml` files only for e-mail, or
    where nobody said how it goes out. A file that is no PDF (braille) lies beside the letter.
    """
    if asked is RowOutcome.EML and choice.delivery in ("", "email"):
        return RowOutcome.EML
    can_be_joined = all(edition.is_pdf for edition in choice.editions)
    if asked is RowOutcome.SEPARATE or choice.delivery == "email" or not can_be_joined:
        return RowOutcome.SEPARATE
    return RowOutcome.JOINED


def _channel(choice: Choice, channel: str) -> str:
    """The channel, if it is about the row's way out: paper, or a screen."""
    if not channel:
        return ""
    deliveries = ("", "print") if CHANNELS[channel].printed else ("", "email", "portal")
    return channel if choice.delivery in deliveries else ""


def _names(candidates: list[Candidate]) -> Iterator[str]:
    """A name for each row's output: the reference, with a mark where several have the same."""
    names = [references.file_name(candidate.reference) for candidate in candidates]
    count = Counter(name.casefold() for name in names)
    for candidate, name in zip(candidates, names, strict=True):
        if count[name.casefold()] == 1:
            yield name
        else:
            apart = candidate.letter.name if candidate.letter else ""
            yield references.file_name(candidate.reference, apart=apart)


def _findings(
    list_: AppointmentList,
    tasks: tuple[Task, ...],
    repeated: tuple[Repeated, ...],
    unnamed: tuple[str, ...],
) -> Iterator[Finding]:
    for repetition in repeated:
        span = Span(list_.name, repetition.appointment.row)
        yield finding("E049", span, earlier=repetition.earlier)
    yield from _several(list_, "E065", tasks, lambda task: references.match_key(task.reference))
    yield from _several(list_, "E064", tasks, lambda task: str(task.letter))
    for task in tasks:
        if task.choice.fallback:
            yield finding("E066", task.span, words=task.choice.fallback)
    if unnamed:
        yield finding("E063", Span(list_.name), count=len(unnamed))


def _several(
    list_: AppointmentList, rule: str, tasks: tuple[Task, ...], trait: Callable[[Task], str]
) -> Iterator[Finding]:
    """One finding for each group of rows that have a trait in common."""
    groups: dict[str, list[int]] = defaultdict(list)
    for task in tasks:
        groups[trait(task)].append(task.row)
    for rows in groups.values():
        if len(rows) > 1:
            yield finding(rule, Span(list_.name, rows[0]), rows=", ".join(map(str, rows)))


def strong_references(list_: AppointmentList) -> dict[str, str]:
    """References that mean somebody wherever they stand, by their key."""
    strong = {}
    for appointment in list_.appointments:
        if references.is_strong(appointment.reference):
            strong[references.match_key(appointment.reference)] = appointment.reference
    return strong
