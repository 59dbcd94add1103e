"""`build.py serve`: what somebody writes, in a browser, as they save it."""

from __future__ import annotations

import click

from leafpress.cli.command import command
from leafpress.cli.session import Session
from leafpress.findings import ExitCode

PORT = 8417
"""Nobody's by the registry of IANA (2026), so that most machines have it free."""


@command("clinic", "profile", "today", "verbose")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="Where it answers on this machine; 0 for any port that is free.",
)
def serve(session: Session, port: int) -> int:
    """Show leaflets in a browser while somebody writes them, until Ctrl-C."""
    from leafpress.preview.extra import require_packages

    require_packages()
    from leafpress.preview.serving import serve as serve_pages
    from leafpress.system.interruption import Interrupted

    try:
        serve_pages(session.build_options, port, _say)
    except Interrupted:
        return ExitCode.INTERRUPTED
    return ExitCode.OK


def _say(address: str) -> None:
    print(f"The preview is at {address} - Ctrl-C ends it.", flush=True)
