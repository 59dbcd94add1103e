"""Editions: which there are, and what came of building one."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from leafpress.content.root import Root
from leafpress.findings import Finding, Severity, Span, Verdict
from leafpress.pages.formats import FORMATS, Kind
from leafpress.system.laps import Stage
from leafpress.translation.language import LANGUAGES

if TYPE_CHECKING:
    from leafpress.content.project import Project


@dataclass(frozen=True, slots=True, order=True)
class Edition:
    """One leaflet in one language in one format: the unit that is built."""

    leaflet: str
    language: str
    format: str

    @property
    def output(self) -> str:
        """Its file below the output folder; also its name in messages."""
        return f"{self.language}/{self.leaflet}-{self.format}.{FORMATS[self.format].kind}"

    def profile(self, options: BuildOptions) -> str:
        """What its file claims to be: a PDF the profile that is asked for, others nothing."""
        return options.profile if FORMATS[self.format].kind is Kind.PDF else ""

    @property
    def place(self) -> Span:
        """Where findings about the finished pages say they are."""
        return Span(self.output)


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What to build with: everything that a stage must not find out for itself."""

    root: Root
    clinic: Path
    out: Path
    profile: str
    today: datetime.date
    dry: bool = False

    def project(self) -> Project:
        """The project that is built."""
        from leafpress.content.project import Project  # heavy, and not needed to find all fresh

        return Project.at(self.root, self.clinic)


def is_called_like_edition(output: str) -> bool:
    """Whether a file below an output folder has such a name as `Edition.output` gives."""
    language, _, name = output.partition("/")
    endings = (f"-{id_}.{format_.kind}" for id_, format_ in FORMATS.items())
    return language in LANGUAGES and name.endswith(tuple(endings))


class Status(StrEnum):
    """What became of an edition."""

    BUILT = "built"
    FRESH = "unchanged"
    """It stands there as it would be built now."""
    STALE = "stale"
    """Would have been built, but nobody asked for that."""
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    """Past its review: its file is removed, so that nobody hands it out (see `Withdrawal`)."""
    NOT_TRANSLATED = "not translated"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says of one output. Sizes in bytes, digests SHA-256 in hex."""

    leaflet: str
    language: str
    format: str
    profile: str
    title: str
    version: str
    date: str
    review: str
    digest: str
    size: int
    pages: int
    verdicts: dict[str, str]
    versions: dict[str, str]
    reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    """Why this is not the newest: what stopped a newer one, or what has changed since."""
    untried: bool = False
    """Whether `stale` only says what has changed: no build has tried to make a newer one."""
    state: str = ""
    """Where it stands between draft and approved (`approval.states.State`). Empty: it was built by
    a version that knew nothing of sign-offs."""
    given_out: bool = False
    """Whether the clinic's rule lets it be given out: by what it needs, or for a trial."""
    missing: tuple[str, ...] = ()
    """What it needs by the clinic's rule and does not have, in words for staff."""
    trial: tuple[str, ...] = ()
    """Who lets drafts be given out: name, role, and the last day. Empty: nobody had to."""
    withdrawn: tuple[str, ...] = ()
    """The day on which it was withdrawn, by whom, and why. Empty: it was not."""
    changed: bool = False
    """Whether words that are not about safety have changed since they were checked."""

    machine: bool = False
    """Whether nobody has signed its translation: a machine made it, and its pages say so."""
    code: str = ""
    """Of its words, as printed in the address of the page that says whether it is current. Empty:
    the clinic has no such address."""

    proofread: str = ""
    """Of braille: which braille readers have read it as it is, and when. Empty: nobody has."""

    @property
    def given_as(self) -> str:
        """What it is given out as, in words for receipts and staff."""
        format_ = FORMATS.get(self.format)
        if format_ is not None and format_.grade and self.state and not self.proofread:
            return f"{self.let_out_as}; no braille reader has checked it"
        return self.let_out_as

    @property
    def let_out_as(self) -> str:
        """How its words stand, whatever form they take."""
        if self.trial:
            name, role, until = self.trial
            return f"trial of a draft, allowed by {name}, {role}, until {until}"
        return f"{self.state}, changed since it was checked" if self.changed else self.state

    def is_past_trial(self, today: datetime.date) -> bool:
        """Whether it was let out as a draft, for a trial whose last day is over."""
        return bool(self.trial) and self.trial[-1] < today.isoformat()

    @property
    def extent(self) -> str:
        """How many pages, in words; a web page and a text have none, but a size."""
        if not self.pages:
            return f"{self.size / 1000:.0f} kB"
        return f"{self.pages} page{'' if self.pages == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An edition that must not be handed out any more, and whose file was removed.

    Args:
        title: of the leaflet, or of its edition where there was one.
        since: the first day on which it must not be handed out, as 2027-11-25.
        reason: a clause, such as "its review was due on 2027-11-24".
        overdue: whether it was not reviewed in time.
        remarks: of who withdrew it, as they wrote them.
    """

    leaflet: str
    language: str
    format: str
    title: str
    version: str
    since: str
    reason: str
    overdue: bool = False
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Memory:
    """What has to be remembered to know whether an output is fresh.

    Args:
        inputs: every file that was read, by `fingerprint.name_of`: size, modification time and
            SHA-256.
        ingredients: what the pages were made of, by name: digests and versions.
        output: size and modification time of the output.
        clinic: the clinic's file, as in `inputs`; empty in what older versions remembered.
        digest: of the output: a copy may have brought another build's manifest or files.
    """

    inputs: dict[str, tuple[int, int, str]]
    ingredients: dict[str, str]
    output: tuple[int, int] = (0, 0)
    clinic: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one edition: small, and fit to send between processes."""

    edition: Edition
    status: Status
    findings: tuple[Finding, ...] = ()
    entry: Entry | None = None
    memory: Memory | None = None
    reasons: tuple[str, ...] = field(default=())
    seconds: float = 0.0
    code: int = 0
    withdrawal: Withdrawal | None = None
    stages: Mapping[Stage, int] = field(default_factory=dict)
    """Microseconds of `seconds`, by stage; what is missing belongs to none."""

    @property
    def has_errors(self) -> bool:
        """Whether a finding stopped it."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def not_checked(flavours: tuple[str, ...]) -> dict[str, str]:
    """Verdicts of a file that nobody has judged yet."""
    return {flavour: str(Verdict.NOT_CHECKED) for flavour in flavours}
