"""What a command was asked: which editions, with what, and what came of it."""

from __future__ import annotations

import datetime
import difflib
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leafpress import report
from leafpress.content.shelf import clinic_formats, leaflet_ids
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
        Problem: a name that matches nothing (B007), or editions that there cannot be (B012), with
            exit code 2; a format in clinic.yaml that there is not (B007), with exit code 1.
    """
    from leafpress.pages import formats
    from leafpress.pdf.metadata import PROFILES
    from leafpress.translation import language

    ids = leaflet_ids(run.order.root)
    if not ids:
        raise Problem(finding("L022", Span("leaflets"), folder="leaflets/"))
    leaflets = _chosen(run, "leaflet", ids, ids)
    languages = _chosen(run, "language", list(language.LANGUAGES), list(language.BUILT))
    wanted = _chosen(run, "format", list(formats.FORMATS), _usual_formats(run))
    require("profile", run.order.profile, list(PROFILES))
    return _offered(run, [(a, b, c) for b in languages for a in leaflets for c in wanted])


def _usual_formats(run: Run) -> list[str]:
    """The formats that the clinic has built, or the usual ones."""
    from leafpress.pages import formats

    asked = clinic_formats(run.order.clinic)
    for name, line in asked:
        if name not in formats.FORMATS:
            advice = _advice(name, list(formats.FORMATS))
            span = Span(run.order.clinic.name, line)
            raise Problem(finding("B007", span, kind="format", name=name, advice=advice))
    return [name for name, _ in asked] or list(formats.BUILT)


def _offered(run: Run, wanted: list[tuple[str, str, str]]) -> list[Edition]:
    """Of the editions that were asked for, those that there can be."""
    from leafpress.press.availability import lacking
    from leafpress.press.edition import Edition

    editions = [Edition(*each) for each in wanted]
    short = {each: lacking(each, run.order.root) for each in editions}
    offered = [each for each in editions if not short[each]]
    if not offered and editions:
        needs = ", ".join(sorted({need for each in editions for need in short[each]}))
        span = Span(editions[0].output)
        raise Problem(finding("B012", span, needs=needs), code=ExitCode.USAGE)
    return offered


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
        advice = _advice(name, choices)
        problem = finding("B007", Span("build.py"), kind=kind, name=name, advice=advice)
        raise Problem(problem, code=ExitCode.USAGE)


def _advice(name: str, choices: list[str]) -> str:
    close = difflib.get_close_matches(name, choices, n=1)
    return f"did you mean `{close[0]}`?" if close else f"there are: {', '.join(choices)}"
