"""`build.py history`: who signed what of a leaflet, and what has changed since."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from leafpress import report
from leafpress.approval import history as told
from leafpress.approval import signing
from leafpress.approval.approvals import approvals_of
from leafpress.approval.messages import SHARED
from leafpress.cli.command import command
from leafpress.cli.selection import require
from leafpress.cli.session import Session
from leafpress.findings import ExitCode
from leafpress.system.files import write


@command("clinic", "today", "verbose")
@click.argument("leaflet", metavar="LEAFLET")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write it as a web page too.",
)
@click.option("--reseal", is_flag=True, help="Seal the entries anew, after two copies were merged.")
def history(session: Session, leaflet: str, page: Path | None, reseal: bool) -> int:
    """Say who signed what of LEAFLET (or `shared`), and what has changed since."""
    options = session.build_options
    project = options.project()
    require("leaflet", leaflet, [*project.leaflet_ids(), SHARED])
    if reseal:
        print(f"{leaflet}: {signing.reseal(session.root, leaflet, options.today)} entries sealed")
    approvals = approvals_of(project, options.today)
    findings = approvals.records(leaflet).findings
    for line in told.lines(approvals, leaflet):
        print(line)
    if page:
        write(page, told.page(approvals, leaflet).encode())
    report.show_findings(findings, sys.stderr)
    return ExitCode.FINDINGS if findings else ExitCode.OK
