"""Which editions are built, and what is remembered of each: progress and interruption."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from leafpress.findings import ExitCode
from leafpress.press import fingerprint, worker
from leafpress.press.edition import BuildOptions, Edition, Outcome, Status
from leafpress.press.freshness import known_memory
from leafpress.press.manifest import Manifest
from leafpress.rules import finding
from leafpress.system.work import Died, TimedOut, Work, in_this_process

SECONDS = 300
"""Longest time for one edition: the largest takes about 2 s."""

_PRELOAD = "leafpress.press.preload"


_Result = Outcome | TimedOut | Died

Show = Callable[[tuple[Edition, ...], Outcome | None], None]
"""Told at every tick what is being built, and of each outcome as it comes."""


@dataclass(frozen=True)
class Build:
    """One run of the press: `jobs` processes, the manifest they fill, and who is told."""

    options: BuildOptions
    manifest: Manifest
    jobs: int
    show: Show

    def run(self, editions: list[Edition]) -> list[Outcome]:
        """Build `editions`.

        Raises:
            Interrupted: after Ctrl-C; the manifest then holds what was finished.
        """
        before = fingerprint.snapshot(self.options.root, self.options.clinic)
        work: Work[worker.EditionJob, Outcome]
        work = Work(worker.build, SECONDS, _PRELOAD, worker.start, (self.options.root,))
        if len(editions) == 1:
            (job,) = self._jobs(editions)
            self._show_running((job,))
            result: _Result = in_this_process(job, work)
            return [self._finished(job, result, before)]
        from leafpress.system.processes import worker_pool  # heavy, and not needed for one

        with worker_pool(self.jobs, work) as pool:
            results = pool.each(self._jobs(editions), self._show_running)
            return [self._finished(job, each, before) for job, each in results]

    def _finished(
        self, job: worker.EditionJob, result: _Result, before: Mapping[str, fingerprint.Stamp]
    ) -> Outcome:
        outcome = _remembering(_outcome(job.edition, result), before)
        store(outcome, self.manifest)
        self.show((), outcome)
        return outcome

    def _jobs(self, editions: list[Edition]) -> Iterator[worker.EditionJob]:
        for edition in editions:
            yield worker.EditionJob(
                edition, self.options, known_memory(edition, self.options, self.manifest)
            )

    def _show_running(self, jobs: tuple[worker.EditionJob, ...]) -> None:
        self.show(tuple(sorted(job.edition for job in jobs)), None)


def _outcome(edition: Edition, result: _Result) -> Outcome:
    """What a worker sent, or why it sent nothing."""
    if isinstance(result, Outcome):
        return result
    if isinstance(result, TimedOut):
        problem = finding("B006", edition.place, limit=SECONDS)
    else:
        problem = finding("B005", edition.place, reason=result.reason)
    return Outcome(edition, Status.FAILED, (problem,), code=ExitCode.FINDINGS)


def _remembering(outcome: Outcome, before: Mapping[str, fingerprint.Stamp]) -> Outcome:
    """The outcome with the sources as they were before workers read them."""
    if outcome.memory is None:
        return outcome
    return replace(outcome, memory=fingerprint.as_before(outcome.memory, before))


def store(outcome: Outcome, manifest: Manifest) -> None:
    """Enter an outcome into the manifest."""
    output = outcome.edition.output
    if outcome.entry and outcome.memory:
        manifest.put(output, outcome.entry, outcome.memory)
    elif outcome.status is Status.WITHDRAWN:
        _withdraw(outcome, manifest)
    elif output in manifest.entries:
        _remember(outcome, manifest)


def _withdraw(outcome: Outcome, manifest: Manifest) -> None:
    """The file that stands there goes; what is remembered of it has its own title."""
    output, withdrawal = outcome.edition.output, outcome.withdrawal
    entry = manifest.entries.get(output)
    if withdrawal and entry:
        withdrawal = replace(withdrawal, title=entry.title, version=entry.version)
    if withdrawal:
        manifest.withdraw(output, withdrawal)
    else:
        manifest.forget(output)


def _remember(outcome: Outcome, manifest: Manifest) -> None:
    """The file that stands there stays: it is still right, or it is now known to be stale."""
    output = outcome.edition.output
    entry, memory = manifest.entries[output], manifest.memories[output]
    if outcome.status is Status.FRESH and outcome.memory:
        newest = replace(entry, stale=(), untried=False)
        own = replace(outcome.memory, output=memory.output, digest=entry.digest)
        manifest.put(output, newest, own)
    elif outcome.status in (Status.FAILED, Status.NOT_TRANSLATED):
        why = tuple(str(each) for each in outcome.findings)
        manifest.put(output, replace(entry, stale=why, untried=False), memory)
