"""What is asked of the worker that draws, and what it answers. Light: the server imports it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from leafpress.content.root import SOURCES
from leafpress.content.shelf import NOT_LEAFLETS
from leafpress.findings import Finding, Severity, errors
from leafpress.press.edition import BuildOptions, Edition


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A finding, and the line of the file that it is about; empty where it is about no line."""

    finding: Finding
    line: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """An edition as it stands now.

    Args:
        findings: the gravest first, then by place.
        file: the name of its file in the folder of previews; empty where none could be made.
        pages: the names of its pages' pictures there: the same name is the same picture.
        seconds: that it took.
    """

    edition: Edition
    findings: tuple[PlacedFinding, ...] = ()
    file: str = ""
    pages: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def is_refused(self) -> bool:
        """Whether a build would make no file of it."""
        return bool(errors(tuple(placed.finding for placed in self.findings)))

    @property
    def is_left_out(self) -> bool:
        """Whether a build would pass it over without an error: nobody has translated it yet."""
        return not self.file and not self.is_refused

    @property
    def files(self) -> frozenset[str]:
        """Every name in the folder of previews that it needs."""
        return frozenset(filter(None, (self.file, *self.pages)))


@dataclass(frozen=True, slots=True)
class ShelvedLeaflet:
    """A leaflet on the first page: its title as far as it can be read, and its own findings."""

    id: str
    title: str
    errors: int
    others: int


@dataclass(frozen=True, slots=True)
class DrawJob:
    """Draw an edition into the folder of previews, `options.out`."""

    edition: Edition
    options: BuildOptions


@dataclass(frozen=True, slots=True)
class HearJob:
    """Read a finished PDF as a listener meets it."""

    path: Path


@dataclass(frozen=True, slots=True)
class ShelfJob:
    """Say which leaflets there are."""

    options: BuildOptions


PreviewJob = DrawJob | HearJob | ShelfJob
PreviewAnswer = Preview | tuple[str, ...] | tuple[ShelvedLeaflet, ...]

_GRAVITY = tuple(Severity)
"""From what stops an edition to what a person has to look at."""


def gravest_first(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Findings that come by place, with those before the others that stop an edition."""
    return tuple(sorted(findings, key=lambda finding: _GRAVITY.index(finding.severity)))


def changed_pages(before: Preview, now: Preview) -> Iterator[int]:
    """The numbers of the pages, from 1, that look otherwise than before."""
    for number, picture in enumerate(now.pages, start=1):
        if picture not in before.pages[number - 1 : number]:
            yield number


def concerns(name: str, edition: Edition) -> bool:
    """Whether a saved file may change an edition.

    Args:
        name: of the file in the project, as `leaflets/back-pain.yaml`.
    """
    path = PurePath(name)
    if path.parts[0] not in SOURCES:
        return True
    is_leaflet = path.parent == PurePath("leaflets") and path.suffix == ".yaml"
    is_catalogue = path.suffix == ".po" and path.stem != "leafpress"
    if not is_leaflet and not is_catalogue:
        return True
    return path.stem in {edition.leaflet, *NOT_LEAFLETS}
