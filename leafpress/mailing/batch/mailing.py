"""A run on its output folder: what earlier runs have done, and doing the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from leafpress.findings import ExitCode, Finding, Problem, Span
from leafpress.mailing.batch import journal, verify_claims, worker
from leafpress.mailing.batch.done_rows import DoneRows
from leafpress.mailing.batch.journal import Journal
from leafpress.mailing.batch.program import program
from leafpress.mailing.batch.worker import DoRows, RowJob, WorkerSettings
from leafpress.mailing.cluster.parcels import take_over_notes
from leafpress.mailing.options import MailingOptions, RowOutcome
from leafpress.mailing.output.folder import OutputFolder
from leafpress.mailing.selection.plan import Plan
from leafpress.mailing.selection.task import RowResult, Task
from leafpress.rules import finding
from leafpress.system.interruption import held
from leafpress.system.processes import worker_pool
from leafpress.system.work import Work

_PRELOAD = "leafpress.mailing.batch.preload"

Show = Callable[[int, int], None]
"""Told how many rows of how many are done."""


@dataclass(frozen=True)
class Mailing:
    """One run on one output folder.

    Args:
        keys: by row, a digest of everything that its file is made from but the letter's bytes.
    """

    options: MailingOptions
    settings: WorkerSettings
    plan: Plan
    output: OutputFolder
    journal: Journal
    keys: dict[int, str]

    @classmethod
    def on(
        cls, output: OutputFolder, options: MailingOptions, settings: WorkerSettings, plan: Plan
    ) -> Mailing:
        """A run, with what the folder's journal knows of earlier ones.

        Raises:
            Problem: the journal cannot be written (B004).
        """
        keys = _keys(plan, settings)
        known = Journal.read(output)
        take_over_notes(known)
        return cls(options, settings, plan, output, known, keys)

    def done_before(self) -> DoneRows:
        """The rows that an earlier run has done and that still hold."""
        rows = DoneRows(self.plan.tasks)
        for task in self.plan.tasks:
            result = self.journal.fresh(task, self.keys[task.row])
            if result and not {error.rule for error in result.errors} & worker.TRANSIENT:
                rows.results[task.row] = result
        return rows

    def outdated_files(self, rows: DoneRows) -> list[str]:
        """What earlier runs left that holds no more.

        Raises:
            Problem: the folder holds another list's run (E060).
        """
        valid = rows.outputs()
        old = {*self.journal.claimed(), *self.output.unfinished()} - valid
        present = sorted(name for name in old if (self.output.folder / name).is_file())
        if present and not valid:
            self._refuse_another_list(present)
        return present

    def _refuse_another_list(self, present: list[str]) -> None:
        """A folder whose every file belongs to another list was named by mistake."""
        names = {task.name for task in self.plan.tasks}
        if names and not names & set(map(_task_name, present)):
            problem = "it holds the files of another list: choose a new folder, or empty this one"
            raise Problem(finding("E060", Span("--out"), problem=problem), code=ExitCode.USAGE)

    def work(self, rows: DoneRows, show: Show) -> tuple[Finding, ...]:
        """Do what waits, have samples judged, and join anew what claims too much.

        Returns:
            What is to be known of the workers.

        Raises:
            Problem: the disk is full, or a file cannot be joined anew.
            Interrupted: after Ctrl-C; what is done by then is in the journal.
        """
        waiting = rows.waiting()
        jobs = [RowJob(task, self.keys[task.row]) for task in waiting]
        told: list[Finding] = []
        with self.journal.open() as handle, self._workers(len(jobs), told.append) as do:
            for number, (task, result) in enumerate(do(jobs), start=1):
                self._record(task, result, rows, handle)
                show(number, len(waiting))
            for task, result in verify_claims.judge(rows, self.output):
                self._record(task, result, rows, handle)
            for task, result in verify_claims.join_anew(rows, do):
                self._record(task, result, rows, handle)
        return tuple(told)

    @contextmanager
    def _workers(self, rows: int, tell: Callable[[Finding], None]) -> Iterator[DoRows]:
        """Who does rows: processes of this machine, or a cluster where one is named."""
        address, seconds = self.options.cluster, self.options.seconds
        if address:
            with held():
                from leafpress.mailing.cluster.sending import cluster_workers  # of an extra

            with cluster_workers(address, self.settings, seconds, tell) as do:
                yield do
            return
        count = max(1, min(self.options.jobs, rows))
        work = Work(worker.do, seconds, _PRELOAD, worker.start, (self.settings,))
        day = self.options.today.isoformat()
        with worker_pool(count, work) as pool:
            yield lambda jobs: worker.each(pool, jobs, day)

    def _record(self, task: Task, result: RowResult, rows: DoneRows, handle: IO[bytes]) -> None:
        self.journal.add(handle, result)
        rows.results[task.row] = result


def _keys(plan: Plan, settings: WorkerSettings) -> dict[int, str]:
    same = journal.settings_digest(settings, program())
    with_words = same + journal.words_digest(settings)
    keys = {}
    for task in plan.tasks:
        common = with_words if task.way is RowOutcome.EML else same
        keys[task.row] = journal.row_key(task, common)
    return keys


def _task_name(output: str) -> str:
    """The name of the task whose output has this name: `Task.name`."""
    return output.partition("/")[0].removesuffix(".pdf").removesuffix(".eml")
