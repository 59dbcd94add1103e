"""`build.py prove`: judge what is built, and build nothing."""

from __future__ import annotations

from collections import Counter

from leafpress.cli.build import proven, save
from leafpress.cli.channel import preflight_editions
from leafpress.cli.command import command
from leafpress.cli.options import REPORTING, SELECTION
from leafpress.cli.selection import editions, with_standing
from leafpress.cli.session import Session
from leafpress.cli.timings import Timings
from leafpress.findings import ExitCode, Problem, Span
from leafpress.rules import finding


@command(*SELECTION, "profile", "clinic", "out", "today", "channel", "plain", *REPORTING)
def prove(session: Session) -> int:
    """Judge what is built: standards, tags, words, links, fonts. Writes out/proof/."""
    from leafpress.press.manifest import Manifest
    from leafpress.press.prove import findings

    options = session.build_options
    manifest = Manifest.read(options.out)
    asked = editions(session)
    selected = with_standing(session, asked, manifest)
    judged = proven(session, selected, manifest, Timings(None))
    session.findings += findings(judged)
    if not judged:
        raise Problem(finding("B010", Span(str(options.out))), code=ExitCode.USAGE)
    preflight_editions(session, asked, manifest)
    save(manifest, options)
    count = Counter(str(proof.verdict) for proof in judged)
    verdicts = ", ".join(f"{number} {verdict}" for verdict, number in sorted(count.items()))
    line = f"{len(judged)} of {len(selected)} editions judged: {verdicts}; see proof/index.html"
    return session.finish([], line, session.code())
