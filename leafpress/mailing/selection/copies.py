"""Files that somebody names one by one: an edition is known as such wherever it lies."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

import pikepdf

from leafpress import xmp
from leafpress.findings import Finding, Problem, Span
from leafpress.joining import unpacking
from leafpress.mailing.selection.editions import AvailableEditions
from leafpress.pdf_objects import UNREADABLE, Excess, stream_at
from leafpress.press.edition import BuildOptions, is_called_like_edition
from leafpress.press.hand_out import SourceCheck
from leafpress.press.manifest import FILE
from leafpress.rules import finding
from leafpress.system import digest


@dataclass(frozen=True, slots=True)
class GivenFiles:
    """Files that are about to be given out, and the builds that they may come from.

    Args:
        options: the project, its clinic, the folder of editions, and the day.
    """

    options: BuildOptions

    def require(self, path: Path, span: Span) -> tuple[Finding, ...]:
        """Check that a file is no edition, or one that may be given out; warnings.

        Raises:
            Problem: an edition that is withdrawn, expired, out of date or not signed (E055, E057,
                E088, E089, E100 to E103), or that no manifest names (E047, E091, E104).
        """
        path = path.resolve()
        folder, output = path.parent.parent, f"{path.parent.name}/{path.name}"
        if is_called_like_edition(output) and (folder / FILE).is_file():
            return self._require(folder, output, span)
        data = _bytes(path)
        for folder in self._folders():
            output = self._editions(folder).named(digest.of_bytes(data))
            if output:
                return self._require(folder, output, span)
        if is_edition(data):
            raise Problem(finding("E104", span, folder=self.options.out.name))
        return ()

    def _require(self, folder: Path, output: str, span: Span) -> tuple[Finding, ...]:
        editions = self._editions(folder)
        problem = editions.outdated(output, span)
        if problem:
            raise Problem(problem)
        return tuple(editions.findings())

    def _editions(self, folder: Path) -> AvailableEditions:
        options = self.options
        sources = SourceCheck(folder, options.root, options.clinic)
        return AvailableEditions.read(folder, options.today, sources)

    def _folders(self) -> Iterator[Path]:
        """The folders of editions that there are: the one that is named, and the project's own."""
        for folder in dict.fromkeys((self.options.out, self.options.root.out)):
            if (folder / FILE).is_file():
                yield folder


def _bytes(path: Path) -> bytes:
    """A file's bytes; none where it cannot be read, which joining will say."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def is_edition(data: bytes) -> bool:
    """Whether a PDF says that leafpress made its pages (see `pdf/metadata.py`)."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            packet = _metadata(pdf)
    except (*UNREADABLE, pikepdf.PasswordError, Excess, ValueError):  # joining says what is wrong
        return False
    if packet is None:
        return False
    names = [element.text for element in packet.iter(xmp.CREATOR)]
    names += [element.get(xmp.CREATOR) for element in packet.iter(xmp.DESCRIPTION)]
    return xmp.OURS in names


def _metadata(pdf: pikepdf.Pdf) -> Element | None:
    """A file's metadata, of a size that ours can have: a stranger's may unpack to gigabytes."""
    stream = stream_at(pdf.Root, "/Metadata")
    if stream is None or unpacking.length(stream, xmp.LARGEST) > xmp.LARGEST:
        return None
    return xmp.packet(pdf.Root)
