"""Settling the claims of a whole run: samples are judged, and what fails drops its group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from leafpress.enclosure import claim, work
from leafpress.enclosure.crew import Crew
from leafpress.enclosure.journal import Done
from leafpress.enclosure.task import Task
from leafpress.enclosure.vault import Vault
from leafpress.findings import Problem, Verdict

Rows = dict[int, tuple[Task, Done]]
"""Every row that is done, by its number."""


def unsettled(rows: Rows) -> list[int]:
    """The rows whose files have to be judged, and were not."""
    groups = [(row, done.result.group) for row, (_, done) in rows.items() if done.result.group]
    return [row for row in sorted(claim.samples(groups)) if not rows[row][1].judged]


def judge(rows: Rows, chosen: list[int], vault: Vault) -> dict[int, Done]:
    """What veraPDF says of some rows' files, entered into what is known of them."""
    asked = {
        row: (vault.folder / done.result.outputs[0].name, done.result.claims)
        for row in chosen
        for done in [rows[row][1]]
    }
    verdicts = claim.judge(asked)
    return {row: replace(rows[row][1], judged=str(verdicts[row])) for row in chosen}


def to_drop(rows: Rows) -> list[Task]:
    """The rows whose files still claim what a file of their group did not keep."""
    failed = {d.result.group for _, d in rows.values() if d.judged == Verdict.FAIL}
    return [t for t, d in rows.values() if d.result.group in failed and not d.dropped]


def drop(rows: Rows, crew: Crew, keep: Callable[[Task, Done], None]) -> None:
    """Take claims out of the files whose group failed.

    Raises:
        Problem: a file cannot be written.
    """
    tasks = to_drop(rows)
    made = crew.each(
        tasks,
        work.drop_claim,
        lambda task: (rows[task.row][1].result.outputs[0].name, task.place),
        lambda task: task.place,
    )
    for task, result in made:
        if result.errors:
            raise Problem(*result.errors)
        done = rows[task.row][1]
        keep(task, replace(done, dropped=True, result=replace(done.result, outputs=result.outputs)))


def known(rows: Rows) -> dict[int, str]:
    """What the receipts say of each row's claim."""
    judged: dict[str, set[str]] = defaultdict(set)
    for _, done in rows.values():
        if done.judged:
            judged[done.result.group].add(done.judged)
    return {row: _known(done, judged[done.result.group]) for row, (_, done) in rows.items()}


def _known(done: Done, judged: set[str]) -> str:
    if not done.result.group:
        return claim.Claimed.NONE
    if done.dropped:
        return claim.Claimed.DROPPED
    if judged != {str(Verdict.PASS)}:
        return claim.Claimed.NOT_CHECKED
    return claim.Claimed.ITSELF if done.judged else claim.Claimed.SAMPLED
