"""A problem is a value: where it is, which rule it breaks, what to do about it."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Severity(StrEnum):
    """How much a finding matters. Only errors stop an edition."""

    ERROR = "error"
    WARNING = "warning"
    REVIEW = "review"
    """A person has to look; no program can tell."""


class Verdict(StrEnum):
    """What a check came to. `NOT_CHECKED` is never counted as a pass."""

    PASS = "pass"  # noqa: S105  # no password
    FAIL = "fail"
    NOT_CHECKED = "not checked"


class ExitCode(IntEnum):
    """What the shell is told, by the table in `ARCHITECTURE.md`."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    MISSING = 3
    """A dependency or a font is missing."""
    NOT_CONFORMING = 4
    CANNOT_WRITE = 5
    OUR_BUG = 70
    """`EX_SOFTWARE` of BSD's `sysexits.h`."""
    INTERRUPTED = 130
    """128 + SIGINT, as shells report it."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file. Lines and columns count from 1; 0 means "the whole file"."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        place = (part for part in (self.line, self.column) if part)
        return ":".join([self.file, *map(str, place)])


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem, in the one shape that every message of leafpress has."""

    rule: str
    severity: Severity
    span: Span
    sentence: str
    hint: str = ""

    @property
    def sort_key(self) -> tuple[Span, str, str]:
        """Findings are shown by place, then by rule."""
        return (self.span, self.rule, self.sentence)

    def __str__(self) -> str:
        line = f"{self.span}: {self.severity} {self.rule}: {self.sentence}"
        return f"{line}\n    hint: {self.hint}" if self.hint else line


class Problem(Exception):
    """Work that cannot go on, with every finding that says why.

    Args:
        findings: at least one.
        code: what the process should exit with if nobody handles this.
        errno: the system's number for what failed; None where it was not the system.
    """

    def __init__(
        self, *findings: Finding, code: ExitCode = ExitCode.FINDINGS, errno: int | None = None
    ) -> None:
        super().__init__(findings, code, errno)
        self.findings = findings
        self.code = code
        self.errno = errno

    def __reduce__(self) -> tuple[object, ...]:
        """Keep `code` and `errno` when a worker process hands this to its parent."""
        return (_problem, (self.findings, self.code, self.errno))

    def __str__(self) -> str:
        return "\n".join(map(str, self.findings))


def _problem(findings: tuple[Finding, ...], code: ExitCode, errno: int | None) -> Problem:
    return Problem(*findings, code=code, errno=errno)


def did_you_mean(
    name: str, known: Sequence[str], otherwise: str = "known", cutoff: float = 0.5
) -> str:
    """What to write in place of a name that is not known: the nearest one, or all there are.

    Args:
        cutoff: how near it has to be, of 1.
    """
    close = difflib.get_close_matches(name, known, n=1, cutoff=cutoff)
    return f"did you mean `{close[0]}`?" if close else f"{otherwise}: {', '.join(known)}"


def errors(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The errors among `findings`, in their order."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


def sort(findings: tuple[Finding, ...] | list[Finding]) -> tuple[Finding, ...]:
    """`findings` by place, each once."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.sort_key))
