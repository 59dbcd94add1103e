"""The command without a name: build what is stale."""

from __future__ import annotations

import sys
import time
from contextlib import nullcontext
from typing import TYPE_CHECKING, TextIO

from leafpress import report
from leafpress.cli.channel import chosen_channel, preflight_editions
from leafpress.cli.selection import editions, with_standing
from leafpress.cli.session import Session
from leafpress.cli.timings import Timings
from leafpress.content import originals
from leafpress.findings import ExitCode, Finding

if TYPE_CHECKING:
    from leafpress.cli.looked_at import RunNote
    from leafpress.press.edition import BuildOptions, Edition, Outcome
    from leafpress.press.manifest import Manifest
    from leafpress.press.proofs import Proof
    from leafpress.press.times import Times
    from leafpress.progress import BuildProgress


def build(session: Session) -> int:
    """Build what is stale of what was asked for and what stands there; the exit code."""
    from leafpress.press.edition import Status
    from leafpress.press.manifest import Manifest
    from leafpress.press.standing import prune

    started = time.monotonic()
    timings = Timings(session.options.timings)
    options = session.build_options
    manifest = Manifest.read(options.out)
    note = _note(session, manifest)
    asked = editions(session)
    chosen_channel(session)  # a channel that there is not stops the build before it begins
    session.findings += originals.findings(options.root)
    if not options.dry:
        prune(manifest, options.root, options.today)
    selected = with_standing(session, asked, manifest)
    outcomes = _build(session, selected, manifest)
    if not options.dry:
        _finish_files(session, selected, manifest, timings)
        preflight_editions(session, asked, manifest)
    timings.tell(outcomes, lambda table: print(table, file=_stream(session)))
    code, line = session.code(outcomes), report.summary(outcomes)
    session.finish(outcomes, line.format(time.monotonic() - started), code)
    if note:
        note.make_room()
    if note and all(outcome.status is Status.FRESH for outcome in outcomes):
        note.leave((code, report.findings_text(session.findings, sys.stderr), line), manifest)
    return code


def _note(session: Session, manifest: Manifest) -> RunNote | None:
    """What the door is told, where it asked for nothing but what is stale."""
    from leafpress.cli.looked_at import RunNote

    options = session.options
    more = (options.dry, options.prove, options.as_json, options.channel, options.timings)
    if session.asked is None or any(more):
        return None
    return RunNote.begun(session.asked, session.build_options, manifest)


def _finish_files(
    session: Session, selected: list[Edition], manifest: Manifest, timings: Timings
) -> None:
    """What is done with finished files: expiry, proof, manifest, pages for staff."""
    from leafpress.press.expiry import withdraw_expired
    from leafpress.press.standing import strangers

    withdraw_expired(manifest, session.build_options.today)
    if session.options.prove:
        save(manifest, session.build_options)  # what is proved leads to pages that stand
        from leafpress.press.prove import findings

        session.findings += findings(proven(session, selected, manifest, timings))
    session.findings += save(manifest, session.build_options)
    session.findings += strangers(manifest, session.root)


def proven(
    session: Session, selected: list[Edition], manifest: Manifest, timings: Timings
) -> list[Proof]:
    """Judge finished files, and show how far that is."""
    from leafpress import progress
    from leafpress.press.prove import ProofWatch, prove

    timings.begin_proving()
    with progress.tally(_stream(session), "proving", plain=session.options.plain) as tally:
        watch = ProofWatch(_say_nothing if session.quiet else tally.show, timings.proved)
        return prove(selected, manifest, session.build_options, watch)


def save(manifest: Manifest, options: BuildOptions) -> tuple[Finding, ...]:
    """Write what is built: the manifest, and the pages for staff, about proofs and about copies."""
    from leafpress.library import current, site
    from leafpress.press import proofs
    from leafpress.press.standing import mark

    mark(manifest, options)
    manifest.save()
    proofs.update(manifest)
    return (*site.update(manifest, options), *current.update(manifest, options))


def _build(session: Session, selected: list[Edition], manifest: Manifest) -> list[Outcome]:
    """Build what is stale; what is fresh is only counted."""
    from leafpress.press.edition import Outcome, Status
    from leafpress.press.fingerprint import Glance
    from leafpress.press.freshness import is_fresh

    options = session.build_options
    glance = Glance(options.root)
    fresh = [edition for edition in selected if is_fresh(edition, options, manifest, glance)]
    stale = sorted(set(selected) - set(fresh), key=selected.index)
    outcomes = [Outcome(edition, Status.FRESH) for edition in fresh]
    if stale:
        outcomes += _build_stale(session, stale, manifest)
        outcomes.sort(key=lambda outcome: outcome.edition)
    for outcome in outcomes:
        session.findings += outcome.findings
        if session.options.verbose and outcome.code == ExitCode.OUR_BUG:
            # The traceback of the worker: ours would only say where we waited for it.
            print(*outcome.reasons, sep="\n", file=sys.stderr)
    if options.dry and not session.quiet:
        _explain(outcomes)
    return outcomes


def _build_stale(session: Session, stale: list[Edition], manifest: Manifest) -> list[Outcome]:
    from leafpress.system.work import collecting_no_garbage

    with collecting_no_garbage() if len(stale) == 1 else nullcontext():
        return _built(session, stale, manifest)


def _built(session: Session, stale: list[Edition], manifest: Manifest) -> list[Outcome]:
    from leafpress.press.schedule import Build
    from leafpress.press.times import Times
    from leafpress.system.work import at_most_a_core_each

    options = session.build_options
    jobs = at_most_a_core_each(session.options.jobs, len(stale))
    times = Times.read(options.out)
    finished: list[Outcome] = []
    with _shown(session, stale, times, jobs) as shown:

        def show(running: tuple[Edition, ...], outcome: Outcome | None) -> None:
            finished.extend([outcome] if outcome else [])
            shown.show(running, outcome)

        try:
            return Build(options, manifest, jobs, show).run(stale)
        except KeyboardInterrupt:
            save(manifest, options)
            report.fail("interrupted: what was finished is kept, and is not built again")
            raise SystemExit(ExitCode.INTERRUPTED) from None
        finally:
            if len(stale) > 1:  # one alone starts from cold, which says nothing of a run
                times.keep(options.out, finished, manifest.entries)


def _shown(session: Session, stale: list[Edition], times: Times, processes: int) -> BuildProgress:
    """Who shows what is being built."""
    from leafpress import progress
    from leafpress.press.times import TimeLeft

    if session.quiet or session.options.dry:
        return progress.Silence()
    time_left = TimeLeft(stale, times, processes, time.monotonic)
    plain = session.options.plain
    return progress.of_editions(sys.stdout, len(stale), time_left, plain=plain)


def _stream(session: Session) -> TextIO:
    """Where more is said than was asked by `--json`: not between a program's lines."""
    return sys.stderr if session.quiet else sys.stdout


def _say_nothing(*_what: object) -> None:
    pass


def _explain(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        why = f": {'; '.join(outcome.reasons)}" if outcome.reasons else ""
        print(f"{outcome.edition.output}: {outcome.status}{why}")
