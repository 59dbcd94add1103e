"""The command without a name: build what is stale."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from leafpress import report
from leafpress.cli.channel import chosen_channel, preflight_editions
from leafpress.cli.selection import editions
from leafpress.cli.session import Session
from leafpress.content.shelf import leaflet_ids
from leafpress.findings import ExitCode

if TYPE_CHECKING:
    from leafpress.press.edition import Edition, Outcome
    from leafpress.press.manifest import Manifest


def build(session: Session) -> int:
    """Build what is stale; the exit code."""
    from leafpress.press.manifest import Manifest

    started = time.monotonic()
    selected = editions(session)
    chosen_channel(session)  # a channel that there is not stops the build before it begins
    manifest = Manifest.read(session.build_options.out)
    outcomes = _build(session, selected, manifest)
    if not session.options.dry:
        _finish_files(session, selected, manifest)
    line = report.summary(outcomes, time.monotonic() - started)
    return session.finish(outcomes, line, session.code(outcomes))


def _finish_files(session: Session, selected: list[Edition], manifest: Manifest) -> None:
    """What is done with finished files: proof, preflight, manifest, page for staff."""
    if session.options.prove:
        from leafpress.press.prove import findings, prove

        session.findings += findings(prove(selected, manifest, session.build_options))
    preflight_editions(session, selected, manifest)
    save(manifest)


def save(manifest: Manifest) -> None:
    """Write what is built: the manifest, and the page for staff."""
    from leafpress.library.site import update

    manifest.save()
    update(manifest)


def _build(session: Session, selected: list[Edition], manifest: Manifest) -> list[Outcome]:
    """Build what is stale; what is fresh is only counted."""
    from leafpress.press.edition import Outcome, Status
    from leafpress.press.freshness import is_fresh, prune

    options = session.build_options
    fresh = [edition for edition in selected if is_fresh(edition, options, manifest)]
    stale = sorted(set(selected) - set(fresh), key=selected.index)
    if not options.dry:
        prune(manifest, leaflet_ids(session.root))
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
    from leafpress.press.schedule import Build
    from leafpress.system.processes import Interrupted, at_most_a_core_each

    jobs = at_most_a_core_each(session.options.jobs, len(stale))
    silent = session.quiet or session.options.dry
    with report.progress(sys.stderr if silent else sys.stdout, len(stale)) as shown:
        show = _say_nothing if silent else shown.show
        try:
            return Build(session.build_options, manifest, jobs, show).run(stale)
        except Interrupted:
            manifest.save()
            report.fail("interrupted: what was finished is kept, and is not built again")
            raise SystemExit(ExitCode.INTERRUPTED) from None


def _say_nothing(_running: tuple[Edition, ...], _outcome: Outcome | None) -> None:
    pass


def _explain(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        why = f": {'; '.join(outcome.reasons)}" if outcome.reasons else ""
        print(f"{outcome.edition.output}: {outcome.status}{why}")
