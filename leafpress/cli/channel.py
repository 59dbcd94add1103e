"""The option `--channel`: finished PDFs against what a way of delivery takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from leafpress.cli.selection import require
from leafpress.cli.session import Session
from leafpress.findings import ExitCode, Finding, Problem, Span
from leafpress.pages.formats import FORMATS, Kind
from leafpress.proof.channels.channels import CHANNELS, Channel
from leafpress.rules import finding

if TYPE_CHECKING:
    from leafpress.press.edition import Edition
    from leafpress.press.manifest import Manifest


def chosen_channel(session: Session) -> Channel | None:
    """The channel that was asked for.

    Raises:
        Problem: there is none by that name (B007), with exit code 2.
    """
    name = session.options.channel
    if not name:
        return None
    require("channel", name, list(CHANNELS))
    return CHANNELS[name]


def preflight_editions(session: Session, editions: list[Edition], manifest: Manifest) -> None:
    """Add what the channel that was asked for has against finished editions."""
    channel = chosen_channel(session)
    if channel is not None:
        session.findings += _against_editions(editions, manifest, channel)


def _against_editions(
    editions: Iterable[Edition], manifest: Manifest, channel: Channel
) -> Iterator[Finding]:
    """What a channel has against the PDF editions that are built."""
    from leafpress.proof.channels import preflight

    for edition in editions:
        file = manifest.folder / edition.output
        is_pdf = FORMATS[edition.format].kind is Kind.PDF
        if is_pdf and edition.output in manifest.entries and file.exists():
            yield from preflight.check(file.read_bytes(), channel, edition.place)


def against_files(files: Iterable[Path], channel: Channel) -> Iterator[Finding]:
    """What a channel has against each of `files`.

    Raises:
        Problem: a file cannot be opened (B011), with exit code 2.
    """
    from leafpress.proof.channels import preflight

    for file in files:
        try:
            data = file.read_bytes()
        except OSError as error:
            problem = finding("B011", Span(str(file)), reason=(error.strerror or "").lower())
            raise Problem(problem, code=ExitCode.USAGE) from error
        yield from preflight.check(data, channel, Span(str(file)))
