"""What a command was asked: which editions, with what, and what came of it."""

from __future__ import annotations

import datetime
import difflib
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leafpress import report
from leafpress.content.shelf import leaflet_ids
from leafpress.findings import ExitCode, Finding, Problem, Severity, Span
from leafpress.rules import finding

if TYPE_CHECKING:
    from leafpress.press.edition import Edition, Order, Outcome

EVERY = "all"


class Run:
    """What a command was asked, and the findings that it gathers."""

    def __init__(self, root: Path, **asked: Any) -> None:
        from leafpress.press.edition import Order

        self.asked = asked
        self.findings: list[Finding] = []
        self.order: Order = Order(
            root=root,
            clinic=(asked.get("clinic") or root / "clinic.yaml").absolute(),
            out=(asked.get("out") or root / "out").absolute(),
            profile=asked.get("profile") or "ua1+a2a",
            today=asked.get("today") or datetime.date.today(),
            dry=bool(asked.get("dry")),
        )

    @property
    def quiet(self) -> bool:
        """Whether only JSON may be printed."""
        return bool(self.asked.get("as_json"))

    def code(self, outcomes: Iterable[Outcome] = ()) -> ExitCode:
        """What the findings and outcomes come to."""
        codes = {ExitCode(outcome.code) for outcome in outcomes if outcome.has_errors}
        blocking = set(Severity) if self.asked.get("strict") else {Severity.ERROR}
        if any(
            each.rule in {"P020", "P021"} and each.severity in blocking for each in self.findings
        ):
            codes.add(ExitCode.NOT_CONFORMING)
        if any(each.severity in blocking for each in self.findings):
            codes.add(ExitCode.FINDINGS)
        # The graver the fault, the higher its number in the table of exit codes.
        return max(codes - {ExitCode.OK}, default=ExitCode.OK)

    def finish(self, outcomes: list[Outcome], line: str, code: ExitCode) -> int:
        """Print what was found and what came of it."""
        if self.quiet:
            print(report.as_json(outcomes, self.findings, code))
            return code
        report.show_findings(self.findings, sys.stderr)
        print(line)
        return code


def editions(run: Run) -> list[Edition]:
    """The editions that were asked for.

    Raises:
        Problem: a name that matches nothing (B007), with exit code 2.
    """
    from leafpress.pages import formats
    from leafpress.pdf.metadata import PROFILES
    from leafpress.press.edition import Edition
    from leafpress.translation import language

    ids = leaflet_ids(run.order.root)
    if not ids:
        raise Problem(finding("L022", Span("leaflets"), folder="leaflets/"))
    leaflets = _chosen(run, "leaflet", ids, ids)
    languages = _chosen(run, "language", list(language.LANGUAGES), list(language.BUILT))
    wanted = _chosen(run, "format", list(formats.FORMATS), list(formats.BUILT))
    require("profile", run.order.profile, list(PROFILES))
    return [Edition(a, b, c) for b in languages for a in leaflets for c in wanted]


def _chosen(run: Run, kind: str, known: list[str], default: list[str]) -> list[str]:
    asked = [part for each in run.asked[f"{kind}s"] for part in each.split(",")]
    if not asked:
        return default
    if EVERY in asked:
        return [each for each in known if each in default or kind != "language"]
    for name in asked:
        require(kind, name, known)
    return [each for each in known if each in asked]


def require(kind: str, name: str, choices: list[str]) -> None:
    """Check that there is a `kind` called `name`.

    Raises:
        Problem: there is none (B007), with exit code 2.
    """
    if name not in choices:
        close = difflib.get_close_matches(name, choices, n=1)
        advice = f"did you mean `{close[0]}`?" if close else f"there are: {', '.join(choices)}"
        problem = finding("B007", Span("build.py"), kind=kind, name=name, advice=advice)
        raise Problem(problem, code=ExitCode.USAGE)
