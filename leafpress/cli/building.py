"""The command without a name: build what is stale."""

from __future__ import annotations

import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

from leafpress import report
from leafpress.cli.channels import asked, preflight_editions
from leafpress.cli.run import Run, editions
from leafpress.content.shelf import leaflet_ids
from leafpress.findings import ExitCode, Problem, Span
from leafpress.rules import finding

if TYPE_CHECKING:
    from leafpress.press.edition import Edition, Outcome
    from leafpress.press.manifest import Manifest
    from leafpress.press.proofs import Proof


def build(run: Run) -> int:
    """Build what is stale; the exit code."""
    from leafpress.press.manifest import Manifest

    started = time.monotonic()
    wanted = editions(run)
    asked(run)  # a channel that there is not stops the build before it begins
    manifest = Manifest.read(run.order.out)
    outcomes = _make(run, wanted, manifest)
    if run.asked["prove"] and not run.order.dry:
        _prove(run, wanted, manifest)
    if not run.order.dry:
        preflight_editions(run, wanted, manifest)
        _keep(manifest)
    line = report.summary(outcomes, time.monotonic() - started)
    return run.finish(outcomes, line, run.code(outcomes))


def _keep(manifest: Manifest) -> None:
    """Write what is built: the manifest, and the page for staff."""
    from leafpress.library.site import update

    manifest.save()
    update(manifest)


def _make(run: Run, editions: list[Edition], manifest: Manifest) -> list[Outcome]:
    """Build what is stale; what is fresh is only counted."""
    from leafpress.press.edition import Outcome, Status
    from leafpress.press.freshness import is_fresh, prune

    fresh = [each for each in editions if is_fresh(each, run.order, manifest)]
    outcomes = [Outcome(each, Status.FRESH) for each in fresh]
    stale = [each for each in editions if each not in set(fresh)]
    if not run.order.dry:
        prune(manifest, leaflet_ids(run.order.root))
    if stale:
        outcomes = sorted([*outcomes, *_run(run, stale, manifest)], key=lambda each: each.edition)
    run.findings += [found for outcome in outcomes for found in outcome.findings]
    if run.order.dry and not run.quiet:
        _explain(outcomes)
    return outcomes


def _run(run: Run, stale: list[Edition], manifest: Manifest) -> list[Outcome]:
    from leafpress.press.schedule import Build
    from leafpress.system.processes import Interrupted, at_most_a_core_each

    jobs = at_most_a_core_each(run.asked.get("jobs"), len(stale))
    silent = run.quiet or run.order.dry
    with report.progress(sys.stderr if silent else sys.stdout, len(stale)) as shown:
        show = _say_nothing if silent else shown.show
        try:
            return Build(run.order, manifest, jobs, show).run(stale)
        except Interrupted:
            manifest.save()
            report.fail("interrupted: what was finished is kept, and is not built again")
            raise SystemExit(ExitCode.INTERRUPTED) from None


def _say_nothing(_running: tuple[Edition, ...], _outcome: Outcome | None) -> None:
    pass


def _explain(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        why = "; ".join(outcome.reasons)
        print(f"{outcome.edition.output}: {outcome.status}{': ' + why if why else ''}")


def _prove(run: Run, editions: list[Edition], manifest: Manifest) -> list[Proof]:
    from leafpress.press.prove import findings, prove

    proofs = prove(editions, manifest, run.order)
    run.findings += findings(proofs)
    return proofs


def prove_built(run: Run) -> int:
    """Judge what is built, and build nothing; the exit code."""
    from leafpress.press.manifest import Manifest

    manifest = Manifest.read(run.order.out)
    wanted = editions(run)
    proofs = _prove(run, wanted, manifest)
    if not proofs:
        raise Problem(finding("B010", Span(str(run.order.out))), code=ExitCode.USAGE)
    preflight_editions(run, wanted, manifest)
    _keep(manifest)
    count = Counter(str(proof.verdict) for proof in proofs)
    verdicts = ", ".join(f"{number} {verdict}" for verdict, number in sorted(count.items()))
    line = f"{len(proofs)} of {len(wanted)} editions judged: {verdicts}; see proof/index.html"
    return run.finish([], line, run.code())
