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
        unusable = list(_unusable(data, channel, Span(str(file))))
        yield from unusable or preflight.check(data, channel, Span(str(file)))


_NOT_TO_BE_DRAWN = frozenset({"E007", "E009", "E011"})
"""Rules of letters whose files preflight does not open either: no PDF, or one without measure."""


def _unusable(data: bytes, channel: Channel, place: Span) -> Iterator[Finding]:
    """Why a stranger's file is not drawn at all (P060)."""
    from leafpress.joining.foreign import open_to_read

    try:
        open_to_read(data, str(place))
    except Problem as problem:
        for found in problem.findings:
            if found.rule in _NOT_TO_BE_DRAWN:
                yield finding("P060", place, channel=channel.id, reason=found.sentence)
