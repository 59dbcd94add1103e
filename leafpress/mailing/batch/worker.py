"""What a worker does with one row: read, check, join, look once more, write."""

from __future__ import annotations

import datetime
import logging
import signal
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from leafpress.content.root import Root
from leafpress.findings import ExitCode, Finding, Problem, Severity, Span
from leafpress.joining.join import DELIVER_APART, Joined, Prepared, join, prepare
from leafpress.mailing.batch import sampling
from leafpress.mailing.options import RowOutcome
from leafpress.mailing.output import email
from leafpress.mailing.output.email import Attachment
from leafpress.mailing.output.email_text import EmailWords, Title
from leafpress.mailing.output.folder import OutputFolder, join_workers, private_from_now_on
from leafpress.mailing.selection.copies import is_edition
from leafpress.mailing.selection.editions import ChosenEdition
from leafpress.mailing.selection.letters import (
    PatientIdentity,
    letter_stamp,
    read_letter,
    require_patient,
)
from leafpress.mailing.selection.task import RowResult, Task
from leafpress.proof.channels.channels import CHANNELS
from leafpress.proof.channels.preflight import check as preflight
from leafpress.rules import finding
from leafpress.system import digest
from leafpress.system.processes import WorkerPool
from leafpress.system.work import Died, TimedOut
from leafpress.translation.language import LANGUAGES, SOURCE, use

MEMORY = 4 * 1024**3
"""Bytes of address space: a letter made to fill the memory fails itself, and not the machine."""

_LETTER = "the letter"
"""Its name in messages, and in the joined file where it has no title."""

_NOT_KEPT = "a file of the same making did not pass veraPDF"

TRANSIENT = frozenset({"E061", "E067", "E068"})
"""Rules whose rows are tried again by the next run: a fault, a time-out, a dead worker."""


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """What is the same for all rows of a run.

    Args:
        root: where the languages' table comes from.
        words: of e-mails, by language; empty in a run without any.
        others: long references of the list, by `match_key`.
    """

    root: Root
    out: Path
    today: datetime.date
    strict: bool
    repair: bool
    sender: str
    sender_name: str
    words: dict[str, EmailWords]
    others: dict[str, str]


_settings: list[WorkerSettings] = []
"""Of this process, when it is a worker: one."""


@dataclass(frozen=True, slots=True)
class RowJob:
    """A row to do.

    Args:
        key: its results' (see `RowResult`).
        withheld: claims that files of its making have not kept.
    """

    task: Task
    key: str
    withheld: tuple[str, ...] = ()


DoRows = Callable[[list[RowJob]], Iterator[tuple[Task, RowResult]]]
"""Does rows, on this machine or on others: what came of each, as it comes."""


def start(scratch: str, settings: WorkerSettings) -> None:
    """Prepare a worker: Ctrl-C is the parent's, files are private, libraries are silent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    private_from_now_on()
    logging.disable(logging.CRITICAL)  # libraries' warnings may quote a letter
    tempfile.tempdir = scratch
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    set_up(settings)
    join_workers(settings.out)


def set_up(settings: WorkerSettings) -> None:
    """The settings of this process from now on, and no edition as it was before."""
    use(settings.root)
    _settings[:] = [settings]
    _read.cache_clear()


def each(
    pool: WorkerPool[RowJob, RowResult], jobs: Iterable[RowJob], day: str
) -> Iterator[tuple[Task, RowResult]]:
    """What came of each row, as it comes; a letter that hangs or kills its worker is refused.

    Raises:
        Problem: something that stops every row, such as a full disk.
    """
    for job, result in pool.each(jobs):
        span = job.task.span
        if isinstance(result, TimedOut):
            problem = finding("E067", span, limit=f"{pool.work.seconds:g}")
            yield job.task, refused(job, day, problem)
        elif isinstance(result, Died):
            problem = finding("E068", span, reason=result.reason)
            yield job.task, refused(job, day, problem)
        else:
            yield job.task, result


def refused(job: RowJob, day: str, *errors: Finding) -> RowResult:
    """A row that gets nothing, for these reasons."""
    return RowResult(job.key, day, errors=errors)


def do(job: RowJob) -> RowResult:
    """Do one row. Whatever goes wrong refuses this row, and only this row.

    Raises:
        Problem: something that stops every row, such as a full disk.
    """
    settings = _settings[0]
    day = settings.today.isoformat()
    result = RowResult(job.key, day)
    try:
        result = replace(result, letter_stamp=letter_stamp(job.task.letter))
        return _do(job, result, settings)
    except Problem as problem:
        if problem.code == ExitCode.CANNOT_WRITE:
            raise
        return replace(result, errors=problem.findings)
    except Exception as error:  # its message may quote the letter: only its name is told
        fault = finding("E061", job.task.span, problem=type(error).__name__)
        return replace(result, errors=(fault,))


def _do(job: RowJob, result: RowResult, settings: WorkerSettings) -> RowResult:
    task = job.task
    letter = read_letter(task.letter, task.span)
    if is_edition(letter):  # a draft that calls itself a letter
        raise Problem(finding("E104", task.span, folder="out"))
    expected = PatientIdentity(task.reference, task.exact, task.rivals, settings.others)
    require_patient(letter, expected, task.span)
    result = replace(result, letter_digest=digest.of_bytes(letter), dropped=job.withheld)
    files = [Attachment("letter.pdf", letter), *_leaflets(task)]
    if task.way is RowOutcome.EML:
        return _mail(task, files, result, settings)
    if task.way is RowOutcome.SEPARATE:
        return _lay_beside(task, files, result, settings)
    return _join(job, files, result, settings)


def _leaflets(task: Task) -> Iterator[Attachment]:
    """The editions, if their bytes are still those that were proven.

    Raises:
        Problem: they are not (E057).
    """
    for edition in task.choice.editions:
        data, is_now = _edition(edition.path)
        if is_now != edition.digest:
            raise Problem(_changed(edition, task.span))
        title = Title(edition.title, LANGUAGES[edition.language])
        yield Attachment(edition.file, data, title)


def _changed(edition: ChosenEdition, span: Span) -> Finding:
    name = f"{edition.leaflet} ({edition.language}, {edition.format})"
    problem = "its file has changed during the run"
    return finding("E057", span, problem=problem, edition=name)


def _edition(path: Path) -> tuple[bytes, str]:
    """An edition and its digest; none where it cannot be read now, which is asked again."""
    try:
        return _read(path)
    except OSError:
        return b"", ""


@lru_cache(64)
def _read(path: Path) -> tuple[bytes, str]:
    data = path.read_bytes()
    return data, digest.of_bytes(data)


@lru_cache(64)
def _prepared(data: bytes, name: str) -> Prepared:
    """A leaflet made ready: by its bytes, which are those that were compared, never by its path."""
    return prepare(data, name)


def _join(
    job: RowJob, files: list[Attachment], result: RowResult, settings: WorkerSettings
) -> RowResult:
    """One PDF; letters that must stay as they are (signed ones) lie beside their leaflets."""
    task, letter = job.task, files[0].data
    withheld = dict.fromkeys(job.withheld, _NOT_KEPT)
    strict, repair = settings.strict, settings.repair
    try:
        parts = [_prepared(leaflet.data, leaflet.name) for leaflet in files[1:]]
        joined = join(letter, _LETTER, parts, withheld=withheld, strict=strict, repair=repair)
    except Problem as problem:
        if not {reason.rule for reason in problem.findings} & DELIVER_APART:
            raise
        reasons = (replace(reason, severity=Severity.WARNING) for reason in problem.findings)
        result = _lay_beside(task, files, result, settings)
        return replace(result, warnings=(*result.warnings, *reasons))
    warnings = (*joined.findings, *_preflight([joined.data], task))
    output = OutputFolder(settings.out).write(f"{task.name}.pdf", joined.data)
    return replace(
        result,
        outcome=RowOutcome.JOINED,
        outputs=(output,),
        pages=sum(joined.pages),
        claims=joined.claims,
        group=_group(joined, letter, task),
        warnings=warnings,
    )


def _group(joined: Joined, letter: bytes, task: Task) -> str:
    if not joined.claims:
        return ""
    digests = [edition.digest for edition in task.choice.editions]
    return sampling.group(letter, joined.claims, digests)


def _lay_beside(
    task: Task, files: list[Attachment], result: RowResult, settings: WorkerSettings
) -> RowResult:
    """A folder with the letter and the leaflets, byte for byte as they were."""
    warnings = _preflight(_pdfs(files), task)
    output = OutputFolder(settings.out)
    outputs = tuple(output.write(f"{task.name}/{file.name}", file.data) for file in files)
    return replace(result, outcome=RowOutcome.SEPARATE, outputs=outputs, warnings=warnings)


def _pdfs(files: list[Attachment]) -> list[bytes]:
    return [file.data for file in files if file.name.endswith(".pdf")]


def _mail(
    task: Task, files: list[Attachment], result: RowResult, settings: WorkerSettings
) -> RowResult:
    """One `.eml` file with all of them attached."""
    warnings = _preflight(_pdfs(files), task)
    languages = [edition.language for edition in task.choice.editions]
    tags = dict.fromkeys([*languages, SOURCE])
    words = {tag: settings.words[tag] for tag in tags if tag in settings.words}
    untranslated = [tag for tag in tags if tag not in words]
    lacking = (finding("E023", task.span, language=tag) for tag in untranslated)
    sender = email.Sender(settings.sender_name, settings.sender, settings.today)
    content = email.message(files, task.appointment.email, sender, words, task.span)
    output = OutputFolder(settings.out).write(f"{task.name}.eml", content)
    warnings = (*warnings, *lacking)
    return replace(result, outcome=RowOutcome.EML, outputs=(output,), warnings=warnings)


def _preflight(files: list[bytes], task: Task) -> tuple[Finding, ...]:
    """What the channel says of the files; warnings are told.

    Raises:
        Problem: the channel would refuse one of them (P060 to P079).
    """
    if not task.channel:
        return ()
    channel = CHANNELS[task.channel]
    findings = [own for data in files for own in preflight(data, channel, task.span)]
    errors = [own for own in findings if own.severity is Severity.ERROR]
    if errors:
        raise Problem(*errors)
    return tuple(dict.fromkeys(findings))
