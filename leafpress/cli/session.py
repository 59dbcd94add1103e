"""One run of a command: what it was asked, and the findings that it gathers."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from leafpress import report
from leafpress.cli.last_time import AskedNow
from leafpress.cli.options import Options
from leafpress.content.root import CLINIC, Root
from leafpress.findings import ExitCode, Finding, Severity
from leafpress.translation.language import use

if TYPE_CHECKING:
    from leafpress.press.edition import BuildOptions, Outcome


def clock() -> datetime.date:
    """The day that this machine believes it is."""
    return datetime.date.today()


_CONFORMANCE = frozenset({"P020", "P021"})
"""Rules about finished files that are not what they claim to be."""


class Session:
    """One run of a command.

    Args:
        asked: what came in by the door; None where a command calls another.
    """

    def __init__(self, shipped: Path, options: Options, asked: AskedNow | None = None) -> None:
        self.shipped = shipped
        self.options = options
        self.asked = asked
        self.findings: list[Finding] = []

    @cached_property
    def root(self) -> Root:
        """Where each file of the project comes from.

        Raises:
            Problem: `--own` names no clinic's folder (B015), or its table of languages has a fault.
        """
        root = Root.at(self.shipped, self.options.own)
        use(root)
        return root

    @property
    def build_options(self) -> BuildOptions:
        """What editions are built with."""
        from leafpress.press.edition import BuildOptions

        options = self.options
        return BuildOptions(
            root=self.root,
            clinic=(options.clinic or self.root.file(CLINIC)).absolute(),
            out=(options.out or self.root.out).absolute(),
            profile=options.profile or "ua1+a2a",
            today=options.today or clock(),
            dry=options.dry,
        )

    @property
    def giving_day(self) -> datetime.date:
        """The day on which something is given to patients: `--date` cannot set it back."""
        return max(self.build_options.today, clock())

    @property
    def quiet(self) -> bool:
        """Whether only JSON may be printed."""
        return self.options.as_json

    def code(self, outcomes: Iterable[Outcome] = ()) -> ExitCode:
        """What the findings and outcomes come to."""
        codes = {ExitCode(outcome.code) for outcome in outcomes if outcome.has_errors}
        blocking = self._blocking()
        if blocking:
            codes.add(ExitCode.FINDINGS)
        if any(finding.rule in _CONFORMANCE for finding in blocking):
            codes.add(ExitCode.NOT_CONFORMING)
        # The graver the fault, the higher its number in the table of exit codes.
        return max(codes - {ExitCode.OK}, default=ExitCode.OK)

    def _blocking(self) -> list[Finding]:
        """The findings that make the command fail."""
        severities = set(Severity) if self.options.strict else {Severity.ERROR}
        return [finding for finding in self.findings if finding.severity in severities]

    def finish(self, outcomes: list[Outcome], line: str, code: ExitCode) -> int:
        """Print what was found and what came of it; `code` again."""
        if self.quiet:
            print(report.as_json(outcomes, self.findings, code))
            return code
        report.show_findings(self.findings, sys.stderr)
        print(line)
        return code
