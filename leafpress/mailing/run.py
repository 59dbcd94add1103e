"""The night's run, from a list and a folder of letters to one file a patient, on one page.

A run may be killed at any moment. What was finished is in the journal; the next run does the rest
and ends with the same files. Receipts stand there only after a run that came to its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf

from leafpress.findings import ExitCode, Finding, Problem, Span
from leafpress.mailing.batch import journal, verify_claims, worker
from leafpress.mailing.batch.journal import Done, Journal
from leafpress.mailing.batch.verify_claims import Rows
from leafpress.mailing.lists import appointments, mapping
from leafpress.mailing.lists.appointments import List
from leafpress.mailing.order import Night, Order, Show
from leafpress.mailing.output import email_text, folder
from leafpress.mailing.output.email_text import Words
from leafpress.mailing.output.folder import Vault
from leafpress.mailing.reports import write
from leafpress.mailing.reports.make_receipts import receipts_of
from leafpress.mailing.reports.receipt import counts
from leafpress.mailing.selection import plan
from leafpress.mailing.selection.choose import Rules, require_fallbacks
from leafpress.mailing.selection.editions import Shelf
from leafpress.mailing.selection.letters import Folder
from leafpress.mailing.selection.plan import Asked, Plan
from leafpress.mailing.selection.task import Result, Settings, Task, Way
from leafpress.press.inputs import program_digest
from leafpress.rules import finding
from leafpress.system.processes import Work, WorkerPool, worker_pool

_PRELOAD = "leafpress.mailing.batch.preload"


def enclose(order: Order, show: Show) -> Night:
    """Do a night's list.

    Raises:
        Problem: the list, the editions or the output folder cannot be used; the disk is full; or
            the counts differ (E069).
        Interrupted: after Ctrl-C; the next run goes on from there.
    """
    require_fallbacks(order.fallbacks)
    list_, planned = _planned(order)
    with folder.opened(order.out, (order.letters, order.editions)) as out:
        settings = _settings(order, list_, _mail_words(order, planned))
        shift = _Shift(order, settings, Journal.read(out), planned)
        rows, waiting = shift.fresh()
        removed = shift.clear(rows)
        worked = len(waiting)
        if waiting or verify_claims.unsettled(rows) or verify_claims.to_drop(rows):
            write.withdraw(out)
            out.intend([task.name for task in planned.tasks])
            shift.work(rows, waiting, show)
            folder.settled()
        made = receipts_of(list_, planned, rows)
        count = counts(made, len(list_.appointments))
        night = Night(made, count, tuple(_told(list_, planned, rows)), worked, removed)
        _counted(night, out)
        shift.journal.keep(done for _, done in rows.values())
        write.write(night, order, list_, planned, out)
    return night


def _planned(order: Order) -> tuple[List, Plan]:
    list_ = appointments.read(order.list, order.mapping)
    shelf = Shelf.read(order.editions, order.today)
    table = order.clinic.enclosures.codes if order.clinic.enclosures else {}
    rules = Rules(
        shelf, order.mapping or mapping.STANDARD, plan.codes(table), order.fallbacks, order.standard
    )
    return list_, plan.plan(list_, Asked(rules, Folder(order.letters), order.way, order.channel))


def _settings(order: Order, list_: List, words: dict[str, Words]) -> Settings:
    clinic = order.clinic
    return Settings(
        order.out,
        order.today,
        order.strict,
        order.repair,
        clinic.email or "",
        clinic.name,
        words,
        plan.strong_references(list_),
    )


def _mail_words(order: Order, planned: Plan) -> dict[str, Words]:
    """What e-mails say, where there are any."""
    mailed = [task for task in planned.tasks if task.way is Way.EML]
    tags = sorted({given.language for task in mailed for given in task.choice.given})
    telephone = str(order.clinic.telephone or "")
    return email_text.read(order.root, tags, telephone) if mailed else {}


class _Shift:
    """One run on one output folder."""

    def __init__(self, order: Order, settings: Settings, known: Journal, planned: Plan) -> None:
        self.order, self.settings, self.journal, self.plan = order, settings, known, planned
        rooms = " ".join(map(program_digest, ("joining", "mailing", "proof")))
        program = f"{rooms} {pikepdf.__version__}"
        same = journal.of_settings(settings, program)
        ways = {Way.EML: same + journal.of_words(settings)}
        self.keys = {
            task.row: journal.key(task, ways.get(task.way, same)) for task in planned.tasks
        }

    def fresh(self) -> tuple[Rows, list[Task]]:
        """The rows that an earlier run has done and that still hold, and those to do."""
        rows: Rows = {}
        for task in self.plan.tasks:
            done = self.journal.fresh(task, self.keys[task.row])
            if done and not {each.rule for each in done.result.errors} & worker.TRANSIENT:
                rows[task.row] = (task, done)
        return rows, [task for task in self.plan.tasks if task.row not in rows]

    def clear(self, rows: Rows) -> int:
        """Remove what earlier runs left that holds no more. Their reports go first.

        Raises:
            Problem: the folder holds another list's run (E060).
        """
        out = self.journal.vault
        kept = {o.name for _, done in rows.values() for o in done.result.outputs}
        old = {*self.journal.claimed(), *out.unfinished()} - kept
        there = {name for name in old if (out.folder / name).is_file()}
        self._refuse_another_list(there, kept)
        if there:
            write.withdraw(out)
        return sum(out.remove(name) for name in sorted(there))

    def _refuse_another_list(self, there: set[str], kept: set[str]) -> None:
        """A folder whose every file belongs to another list was named by mistake."""
        names = {task.name for task in self.plan.tasks}
        stems = {name.partition("/")[0].removesuffix(".pdf").removesuffix(".eml") for name in there}
        if there and names and not kept and not stems & names:
            problem = "it holds the files of another list: choose a new folder, or empty this one"
            raise Problem(finding("E060", Span("--out"), problem=problem), code=ExitCode.USAGE)

    def work(self, rows: Rows, waiting: list[Task], show: Show) -> None:
        """Do what waits, judge samples, and drop claims that are not kept."""
        jobs = max(1, min(self.order.jobs, len(waiting)))
        with self.journal.open() as handle:

            def keep(task: Task, done: Done) -> None:
                self.journal.add(handle, done)
                rows[task.row] = (task, done)

            arguments = (self.settings,)
            work = Work(worker.do, self.order.seconds, _PRELOAD, worker.start, arguments)
            with worker_pool(jobs, work) as workers:
                for number, (task, done) in enumerate(self._done(workers, waiting), start=1):
                    keep(task, done)
                    show(number, len(waiting))
                for row, done in verify_claims.judge(
                    rows, verify_claims.unsettled(rows), self.journal.vault
                ).items():
                    keep(rows[row][0], done)
                verify_claims.drop(rows, workers, keep)

    def _done(
        self, workers: WorkerPool[worker.Job, Result], waiting: list[Task]
    ) -> Iterator[tuple[Task, Done]]:
        for job, result in worker.each(workers, map(worker.Job, waiting)):
            task = job.task
            if result.code:
                raise Problem(*result.errors, code=ExitCode(result.code))
            yield task, self._entry(task, result)

    def _entry(self, task: Task, result: Result) -> Done:
        day = self.order.today.isoformat()
        return Done(self.keys[task.row], journal.stamp(task.letter), day, result)


def _told(list_: List, planned: Plan, rows: Rows) -> Iterator[Finding]:
    """Everything that a person has to know, by row."""
    yield from list_.findings
    yield from planned.findings
    for refusal in planned.refusals:
        yield from refusal.findings
    for task, done in rows.values():
        for each in (*done.result.errors, *done.result.warnings):
            yield Finding(each.rule, each.severity, task.place, each.sentence, each.hint)


def _counted(night: Night, out: Vault) -> None:
    """Check that every row has one receipt, and every receipt its files.

    Raises:
        Problem: it has not (E069).
    """
    numbers = [each.row for each in night.receipts]
    files = [name for each in night.receipts for name in each.outputs]
    absent = [name for name in files if not (out.folder / name).is_file()]
    strange = _files(out) - set(files)
    count = night.counts
    if (
        count.rows != count.out
        or len(set(numbers)) != len(numbers)
        or absent
        or strange
        or len(set(files)) != len(files)
    ):
        facts = {"rows": count.rows, "out": count.out, "absent": len(absent), "more": len(strange)}
        raise Problem(finding("E069", Span("the list"), **facts), code=ExitCode.NOT_CONFORMING)


def _files(out: Vault) -> set[str]:
    """The outputs that stand in the folder."""
    names = (
        each
        for each in Path(out.folder).rglob("*")
        if each.is_file() and not each.name.startswith(".")
    )
    found = {
        each.relative_to(out.folder).as_posix() for each in names if out.state not in each.parents
    }
    return {name for name in found if name.endswith((".pdf", ".eml", ".brf"))}
