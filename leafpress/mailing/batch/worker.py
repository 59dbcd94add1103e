"""What a worker does with one row: read, check, join, look once more, write."""

from __future__ import annotations

import hashlib
import logging
import signal
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from leafpress.findings import ExitCode, Finding, Problem, Severity, Span
from leafpress.joining.join import DELIVER_APART, Joined, Prepared, join, prepare
from leafpress.mailing.batch import sampling
from leafpress.mailing.output import email
from leafpress.mailing.output.folder import Vault, join_workers, private_from_now_on
from leafpress.mailing.selection import letters
from leafpress.mailing.selection.editions import Given
from leafpress.mailing.selection.letters import Check
from leafpress.mailing.selection.task import Result, Settings, Task, Way
from leafpress.proof.channels.channels import CHANNELS
from leafpress.proof.channels.preflight import check as preflight
from leafpress.rules import finding
from leafpress.system.processes import Died, TimedOut, WorkerPool
from leafpress.translation.language import SOURCE

_MEMORY = 4 * 1024**3
"""Bytes of address space: a letter made to fill the memory fails itself, and not the machine."""

_LETTER = "the letter"
"""Its name in messages, and in the joined file where it has no title."""

_NOT_KEPT = "a file of the same making did not pass veraPDF"

TRANSIENT = frozenset({"E061", "E067", "E068"})
"""Rules whose rows are tried again by the next run: a fault, a time-out, a dead worker."""

_settings: list[Settings] = []


@dataclass(frozen=True, slots=True)
class Job:
    """A row to do; `withheld` are claims that files of its making have not kept."""

    task: Task
    withheld: tuple[str, ...] = ()


def start(scratch: str, settings: Settings) -> None:
    """Prepare a worker: Ctrl-C is the parent's, files are private, libraries are silent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    private_from_now_on()
    logging.disable(logging.CRITICAL)  # libraries' warnings may quote a letter
    tempfile.tempdir = scratch
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    _settings[:] = [settings]
    join_workers(settings.out)


def each(pool: WorkerPool[Job, Result], jobs: Iterable[Job]) -> Iterator[tuple[Job, Result]]:
    """What became of each row, as it comes; a letter that hangs or kills its worker is refused."""
    for job, result in pool.each(jobs):
        if isinstance(result, TimedOut):
            problem = finding("E067", job.task.place, limit=f"{pool.work.seconds:g}")
            yield job, Result(errors=(problem,))
        elif isinstance(result, Died):
            problem = finding("E068", job.task.place, reason=result.reason)
            yield job, Result(errors=(problem,))
        else:
            yield job, result


def do(job: Job) -> Result:
    """Do one row. Whatever goes wrong refuses this row, and only this row."""
    task = job.task
    try:
        return _do(task, _settings[0], dict.fromkeys(job.withheld, _NOT_KEPT))
    except Problem as problem:
        full = problem.code if problem.code == ExitCode.CANNOT_WRITE else 0
        return Result(errors=problem.findings, code=full)
    except Exception as error:  # its message may quote the letter: only its name is told
        return Result(errors=(finding("E061", task.place, problem=type(error).__name__),))


def _do(task: Task, settings: Settings, withheld: dict[str, str]) -> Result:
    data = letters.read(task.letter, task.place)
    known = Check(task.reference, task.exact, task.rivals, settings.others)
    letters.check(data, known, task.place)
    leaflets = [_leaflet(each, task.place) for each in task.choice.given]
    if task.way is Way.EML:
        result = _mailed(task, data, leaflets, settings)
    elif task.way is Way.SEPARATE:
        result = _beside(task, data, leaflets, settings)
    else:
        result = _joined(task, data, leaflets, withheld)
    return replace(result, letter_digest=hashlib.sha256(data).hexdigest())


def _leaflet(given: Given, place: Span) -> bytes:
    """An edition's bytes, if they are still those that were proven.

    Raises:
        Problem: they are not (E057).
    """
    data = _read(given.path)
    if hashlib.sha256(data).hexdigest() != given.digest:
        facts = {"edition": f"{given.leaflet} ({given.language}, {given.format})"}
        raise Problem(
            finding("E057", place, problem="its file has changed during the run", **facts)
        )
    return data


@lru_cache(64)
def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


@lru_cache(64)
def _prepared(path: Path, name: str) -> Prepared:
    return prepare(_read(path), name)


def _joined(task: Task, data: bytes, leaflets: list[bytes], withheld: dict[str, str]) -> Result:
    """One PDF; letters that must stay as they are (signed ones) lie beside their leaflets."""
    settings = _settings[0]
    try:
        parts = [_prepared(each.path, each.file) for each in task.choice.given]
        asked = {"strict": settings.strict, "repair": settings.repair}
        made = join(data, _LETTER, parts, withheld=withheld, **asked)
    except Problem as problem:
        if not {each.rule for each in problem.findings} & DELIVER_APART:
            raise
        told = tuple(replace(each, severity=Severity.WARNING) for each in problem.findings)
        result = _beside(task, data, leaflets, settings)
        return replace(result, warnings=(*result.warnings, *told))
    warnings = (*made.findings, *_preflight([made.data], task))
    output = Vault(settings.out).write(f"{task.name}.pdf", made.data)
    group = _group(made, data, task)
    pages, claims = sum(made.pages), made.claims
    return Result(
        (output,), way=Way.JOINED, pages=pages, claims=claims, group=group, warnings=warnings
    )


def _group(made: Joined, letter: bytes, task: Task) -> str:
    digests = [each.digest for each in task.choice.given]
    return sampling.group(letter, made.claims, digests) if made.claims else ""


def _beside(task: Task, data: bytes, leaflets: list[bytes], settings: Settings) -> Result:
    """A folder with the letter and the leaflets, byte for byte as they were."""
    files = _files(task, data, leaflets)
    warnings = _preflight([content for name, content, _ in files if name.endswith(".pdf")], task)
    vault = Vault(settings.out)
    outputs = tuple(vault.write(f"{task.name}/{name}", content) for name, content, _ in files)
    return Result(outputs, way=Way.SEPARATE, warnings=warnings)


def _files(task: Task, data: bytes, leaflets: list[bytes]) -> list[tuple[str, bytes, str]]:
    given = zip(task.choice.given, leaflets, strict=True)
    return [("letter.pdf", data, ""), *((g.file, content, g.title) for g, content in given)]


def _mailed(task: Task, data: bytes, leaflets: list[bytes], settings: Settings) -> Result:
    """One `.eml` file with all of them attached."""
    files = _files(task, data, leaflets)
    warnings = _preflight([content for name, content, _ in files if name.endswith(".pdf")], task)
    sender = email.Sender(settings.sender_name, settings.sender, settings.today)
    tags = dict.fromkeys([*(each.language for each in task.choice.given), SOURCE])
    words = {tag: settings.words[tag] for tag in tags if tag in settings.words}
    lacking = (finding("E023", task.place, language=tag) for tag in tags if tag not in words)
    content = email.message(files, task.email, sender, words, task.place)
    output = Vault(settings.out).write(f"{task.name}.eml", content)
    return Result((output,), way=Way.EML, warnings=(*warnings, *lacking))


def _preflight(files: list[bytes], task: Task) -> tuple[Finding, ...]:
    """What the channel says of the files; warnings are told.

    Raises:
        Problem: the channel would refuse one of them (P060 to P079).
    """
    if not task.channel:
        return ()
    channel = CHANNELS[task.channel]
    found = tuple(each for data in files for each in preflight(data, channel, task.place))
    refused = tuple(each for each in found if each.severity is Severity.ERROR)
    if refused:
        raise Problem(*refused)
    return tuple(dict.fromkeys(found))
