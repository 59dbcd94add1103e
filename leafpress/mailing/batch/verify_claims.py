"""Settling the claims of a whole run: samples are judged, and what fails is claimed by none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from leafpress.findings import Problem, Verdict
from leafpress.mailing.batch import sampling, worker
from leafpress.mailing.batch.journal import Done
from leafpress.mailing.batch.sampling import Claimed
from leafpress.mailing.output.folder import Vault
from leafpress.mailing.selection.task import Result, Task
from leafpress.system.processes import WorkerPool

Rows = dict[int, tuple[Task, Done]]
"""Every row that is done, by its number."""


def unsettled(rows: Rows) -> list[int]:
    """The rows whose files have to be judged, and were not. None where veraPDF cannot be asked."""
    groups = [(row, done.result.group) for row, (_, done) in rows.items() if done.result.group]
    chosen = sampling.chosen(groups) if groups and sampling.can_judge() else ()
    return [row for row in sorted(chosen) if not rows[row][1].judged]


def judge(rows: Rows, chosen: list[int], vault: Vault) -> dict[int, Done]:
    """What veraPDF says of some rows' files, entered into what is known of them."""
    done = {row: rows[row][1] for row in chosen}
    asked = {
        row: (vault.folder / each.result.outputs[0].name, each.result.claims)
        for row, each in done.items()
    }
    verdicts = sampling.judge(asked) if asked else {}
    return {row: replace(done[row], judged=said) for row, said in verdicts.items()}


def to_drop(rows: Rows) -> list[tuple[Task, tuple[str, ...]]]:
    """The rows whose files claim what one of their group did not keep, with those claims."""
    failed = _failed(rows)
    found = ((task, done, failed[done.result.group]) for task, done in rows.values())
    return [
        (task, tuple(sorted({*done.dropped, *claims})))
        for task, done, claims in found
        if claims & set(done.result.claims)
    ]


def _failed(rows: Rows) -> dict[str, set[str]]:
    failed: dict[str, set[str]] = defaultdict(set)
    for _, done in rows.values():
        failed[done.result.group] |= {c for c, v in done.judged.items() if v == Verdict.FAIL}
    return failed


def drop(
    rows: Rows, pool: WorkerPool[worker.Job, Result], keep: Callable[[Task, Done], None]
) -> None:
    """Join the files anew whose group failed, without the claims that it did not keep.

    Raises:
        Problem: one cannot be made any more.
    """
    jobs = [worker.Job(task, claims) for task, claims in to_drop(rows)]
    for job, result in worker.each(pool, jobs):
        task, claims = job.task, job.withheld
        if result.errors:
            raise Problem(*result.errors)
        done = rows[task.row][1]
        group = replace(result, group=done.result.group)
        keep(task, replace(done, dropped=claims, result=group))


def known(rows: Rows) -> dict[int, Claimed]:
    """What the receipts say of each row's claims."""
    verdicts: dict[str, set[str]] = defaultdict(set)
    for _, done in rows.values():
        verdicts[done.result.group] |= set(done.judged.values())
    return {row: _known(done, verdicts[done.result.group]) for row, (_, done) in rows.items()}


def _known(done: Done, verdicts: set[str]) -> Claimed:
    if not done.result.group:
        return Claimed.NONE
    if done.dropped:
        return Claimed.DROPPED
    if verdicts != {str(Verdict.PASS)}:
        return Claimed.NOT_CHECKED
    return Claimed.ITSELF if done.judged else Claimed.SAMPLED
