"""Whether joined files keep what they claim: samples are judged, and what fails is claimed by none.

`sampling` says which files are judged, and how those that are alike are told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from leafpress.findings import Problem, Verdict
from leafpress.mailing.batch import sampling
from leafpress.mailing.batch.done_rows import DoneRows
from leafpress.mailing.batch.sampling import ClaimStatus
from leafpress.mailing.batch.worker import DoRows, RowJob
from leafpress.mailing.output.folder import OutputFolder
from leafpress.mailing.selection.task import RowResult, Task


def is_complete(rows: DoneRows) -> bool:
    """Whether every sample is judged, and no file claims what one of its making did not keep."""
    return not unverified(rows) and not broken_claims(rows)


def unverified(rows: DoneRows) -> list[Task]:
    """The rows whose files have to be judged, and were not. None where veraPDF cannot be asked."""
    groups = [(task.row, result.group) for task, result in rows if result.group]
    if not groups or not sampling.can_judge():
        return []
    sample = sampling.sample(groups)
    return [task for task, result in rows if task.row in sample and not result.judged]


def judge(rows: DoneRows, output: OutputFolder) -> Iterator[tuple[Task, RowResult]]:
    """What veraPDF says of the files that are unverified, entered into what is known of them."""
    tasks = {task.row: task for task in unverified(rows)}
    files = {}
    for row in tasks:
        result = rows.results[row]
        files[row] = (output.folder / result.outputs[0].name, result.claims)
    verdicts = sampling.judge_files(files) if files else {}
    for row, by_claim in verdicts.items():
        yield tasks[row], replace(rows.results[row], judged=by_claim)


def broken_claims(rows: DoneRows) -> list[RowJob]:
    """Rows to join anew: their files claim what one of their making did not keep."""
    failed = _failed(rows)
    jobs = []
    for task, result in rows:
        claims = failed[result.group]
        if claims & set(result.claims):
            withheld = tuple(sorted({*result.dropped, *claims}))
            jobs.append(RowJob(task, result.key, withheld))
    return jobs


def _failed(rows: DoneRows) -> dict[str, set[str]]:
    """By group, the claims that a file of it did not keep."""
    failed: dict[str, set[str]] = defaultdict(set)
    for _, result in rows:
        for claim, verdict in result.judged.items():
            if verdict == Verdict.FAIL:
                failed[result.group].add(claim)
    return failed


def join_anew(rows: DoneRows, do: DoRows) -> Iterator[tuple[Task, RowResult]]:
    """Join the files whose group failed, without the claims that it did not keep.

    What is known of them stays: their group, since the claims that make it are not all there any
    more, what veraPDF said, and the day.

    Raises:
        Problem: one cannot be made any more.
    """
    for task, result in do(broken_claims(rows)):
        if result.errors:
            raise Problem(*result.errors)
        known = rows.results[task.row]
        yield task, replace(result, group=known.group, judged=known.judged, day=known.day)


def claim_statuses(rows: DoneRows) -> dict[int, ClaimStatus]:
    """What the receipts say of each row's claims."""
    verdicts: dict[str, set[str]] = defaultdict(set)
    for _, result in rows:
        verdicts[result.group] |= set(result.judged.values())
    return {task.row: _status(result, verdicts[result.group]) for task, result in rows}


def _status(result: RowResult, verdicts: set[str]) -> ClaimStatus:
    if not result.group:
        return ClaimStatus.NONE
    if result.dropped:
        return ClaimStatus.DROPPED
    if verdicts != {str(Verdict.PASS)}:
        return ClaimStatus.NOT_CHECKED
    return ClaimStatus.ITSELF if result.judged else ClaimStatus.SAMPLED
