"""`build.py preflight`, and the option `--channel` of a build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from leafpress.cli.run import Run, require
from leafpress.proof.channels.channels import CHANNELS, Channel, limits

if TYPE_CHECKING:
    from leafpress.press.edition import Edition
    from leafpress.press.manifest import Manifest


def asked(run: Run) -> Channel | None:
    """The channel that was asked for.

    Raises:
        Problem: there is none by that name (B007), with exit code 2.
    """
    name = run.asked.get("channel")
    if not name:
        return None
    require("channel", name, list(CHANNELS))
    return CHANNELS[name]


def preflight_editions(run: Run, editions: list[Edition], manifest: Manifest) -> None:
    """Add what the channel that was asked for has against finished editions."""
    channel = asked(run)
    if channel is not None:
        from leafpress.cli.preflight import of_editions

        run.findings += of_editions(editions, manifest, channel)


def preflight_files(run: Run, files: tuple[Path, ...]) -> int:
    """Check files against a channel, or list the channels; the exit code."""
    channel = asked(run)
    if channel is None and not files:
        return _list()
    if channel is None or not files:
        raise click.UsageError("give a channel and files: preflight --channel CHANNEL FILE.pdf…")
    from leafpress.cli.preflight import of_files

    run.findings += of_files(files, channel)
    refused = len({each.span for each in run.findings if each.severity == "error"})
    line = f"{len(files)} files for {channel.id}: {refused} refused"
    return run.finish([], line, run.code())


def _list() -> int:
    for channel in CHANNELS.values():
        print(f"{channel.id}: {channel.title}")
        for limit in limits(channel):
            print(f"  {limit}")
        print(f"  source: {channel.source}")
    return 0
