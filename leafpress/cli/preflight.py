"""`build.py preflight`: before files leave, ours or any other."""

from __future__ import annotations

from pathlib import Path

import click

from leafpress.cli.channel import against_files, chosen_channel
from leafpress.cli.command import command
from leafpress.cli.options import REPORTING
from leafpress.cli.session import Session
from leafpress.findings import ExitCode, Severity
from leafpress.proof.channels.channels import CHANNELS, limits


@command("channel", *REPORTING)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE.pdf]...")
def preflight(session: Session, files: tuple[Path, ...]) -> int:
    """Say whether a channel takes these PDFs; without arguments, list the channels."""
    channel = chosen_channel(session)
    if channel is None and not files:
        return _list_channels()
    if channel is None or not files:
        raise click.UsageError("give a channel and files: preflight --channel CHANNEL FILE.pdf…")
    session.findings += against_files(files, channel)
    refused = {finding.span for finding in session.findings if finding.severity is Severity.ERROR}
    line = f"{len(files)} files for {channel.id}: {len(refused)} refused"
    return session.finish([], line, session.code())


def _list_channels() -> int:
    for channel in CHANNELS.values():
        print(f"{channel.id}: {channel.title}")
        for limit in limits(channel):
            print(f"  {limit}")
        print(f"  source: {channel.source}")
    return ExitCode.OK
