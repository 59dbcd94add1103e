"""Before files leave: finished PDFs, ours or any other, against what a channel takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from leafpress.findings import ExitCode, Finding, Problem, Span
from leafpress.pages.formats import FORMATS, Kind
from leafpress.press.edition import Edition
from leafpress.press.manifest import Manifest
from leafpress.proof.channels import preflight
from leafpress.proof.channels.channels import Channel
from leafpress.rules import finding


def of_files(files: Iterable[Path], channel: Channel) -> Iterator[Finding]:
    """What a channel has against each of `files`.

    Raises:
        Problem: a file cannot be opened (B011), with exit code 2.
    """
    for file in files:
        try:
            data = file.read_bytes()
        except OSError as error:
            problem = finding("B011", Span(str(file)), reason=(error.strerror or "").lower())
            raise Problem(problem, code=ExitCode.USAGE) from error
        yield from preflight.check(data, channel, Span(str(file)))


def of_editions(
    editions: Iterable[Edition], manifest: Manifest, channel: Channel
) -> Iterator[Finding]:
    """What a channel has against the PDF editions that are built."""
    for edition in editions:
        file = manifest.folder / edition.output
        is_pdf = FORMATS[edition.format].kind is Kind.PDF
        if is_pdf and edition.output in manifest.entries and file.exists():
            yield from preflight.check(file.read_bytes(), channel, edition.place)
