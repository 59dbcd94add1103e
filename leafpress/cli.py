"""The commands and their exit codes. What they do stands in `press/`; heavy imports come late."""

from __future__ import annotations

import datetime
import sys
import time
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leafpress import report
from leafpress.content.shelf import leaflet_ids
from leafpress.findings import ExitCode, Finding, Problem, Severity, Span, errors
from leafpress.rules import finding, rules

if TYPE_CHECKING:
    from leafpress.press.edition import Edition, Order, Outcome
    from leafpress.press.manifest import Manifest

EVERY = "all"


class _Day(click.ParamType):
    """A day as 2026-11-22."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, parameter: Any, context: Any) -> datetime.date:
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2026-11-22", parameter, context)


_OPTIONS = (
    click.option("--leaflet", "-l", "leaflets", multiple=True, metavar="ID", help="Only this leaflet. May be repeated."),
    click.option("--language", "-L", "languages", multiple=True, metavar="TAG", help="Only this language (or `all`). May be repeated."),
    click.option("--format", "-f", "formats", multiple=True, metavar="FORMAT", help="Only this format (or `all`). May be repeated."),
    click.option("--profile", metavar="PROFILE", default="ua1+a2a", show_default=True, help="What the PDFs claim to be."),
    click.option("--clinic", type=click.Path(path_type=Path), metavar="FILE", help="The clinic's details  [default: clinic.yaml]"),
    click.option("--out", type=click.Path(path_type=Path), metavar="FOLDER", help="Where to write  [default: out]"),
    click.option("--jobs", "-j", type=click.IntRange(min=1), metavar="N", help="How many at the same time  [default: one a core]"),
    click.option("--date", "today", type=_Day(), metavar="DAY", help="Pretend that today is this day, as 2026-11-22."),
    click.option("--strict", is_flag=True, help="Warnings and open reviews count as errors."),
    click.option("--prove", is_flag=True, help="Judge the finished files with veraPDF."),
    click.option("--explain", "dry", is_flag=True, help="Say why each edition is stale, and build nothing."),
    click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead of lines."),
    click.option("--verbose", is_flag=True, help="Show tracebacks."),
)


def _options(command: Any) -> Any:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


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
        if any(each.rule in {"P020", "P021"} and each.severity in blocking for each in self.findings):
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


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@_options
@click.option("--project", type=click.Path(path_type=Path, file_okay=False), hidden=True)
@click.pass_context
def cli(context: click.Context, project: Path | None, **asked: Any) -> None:
    """Build every leaflet in every language. Without options: all of them, into out/."""
    root = (project or context.obj).absolute()
    context.obj = Run(root, **asked)
    if context.invoked_subcommand is None:
        raise SystemExit(_build(context.obj))


def _build(run: Run) -> int:
    from leafpress.press.manifest import Manifest

    started = time.monotonic()
    editions = _editions(run)
    manifest = Manifest.read(run.order.out)
    outcomes = _make(run, editions, manifest)
    if run.asked["prove"] and not run.order.dry:
        _prove(run, editions, manifest)
    if not run.order.dry:
        manifest.save()
    line = report.summary(outcomes, time.monotonic() - started)
    return run.finish(outcomes, line, run.code(outcomes))


def _make(run: Run, editions: list[Edition], manifest: Manifest) -> list[Outcome]:
    """Build what is stale; what is fresh is only counted."""
    from leafpress.press.edition import Outcome, Status
    from leafpress.press.fresh import is_fresh, prune

    fresh = [each for each in editions if is_fresh(each, run.order, manifest)]
    outcomes = [Outcome(each, Status.FRESH) for each in fresh]
    stale = [each for each in editions if each not in set(fresh)]
    if not run.order.dry:
        prune(manifest, leaflet_ids(run.order.root))
    if stale:
        outcomes += _run(run, stale, manifest)
    run.findings += [found for outcome in outcomes for found in outcome.findings]
    if run.order.dry and not run.quiet:
        _explain(sorted(outcomes, key=lambda outcome: outcome.edition))
    return outcomes


def _run(run: Run, stale: list[Edition], manifest: Manifest) -> list[Outcome]:
    from leafpress.press import schedule

    jobs = schedule.workers(run.asked.get("jobs"), len(stale))
    stream = sys.stderr if run.quiet or run.order.dry else sys.stdout
    with report.progress(stream, len(stale)) as shown:
        silent = run.quiet or run.order.dry
        try:
            return schedule.run(
                stale, run.order, manifest, jobs,
                lambda progress, outcome: None if silent else shown.show(progress.running, outcome),
            )
        except schedule.Interrupted:
            manifest.save()
            report.fail("interrupted: what was finished is kept, and is not built again")
            raise SystemExit(ExitCode.INTERRUPTED) from None


def _explain(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        why = "; ".join(outcome.reasons)
        print(f"{outcome.edition.output}: {outcome.status}{': ' + why if why else ''}")


def _prove(run: Run, editions: list[Edition], manifest: Manifest) -> None:
    from leafpress.press.prove import prove

    run.findings += prove([each.output for each in editions], manifest)


def _editions(run: Run) -> list[Edition]:
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
    _known("profile", run.order.profile, list(PROFILES))
    return [Edition(a, b, c) for b in languages for a in leaflets for c in wanted]


def _chosen(run: Run, kind: str, known: list[str], default: list[str]) -> list[str]:
    asked = [part for each in run.asked[f"{kind}s"] for part in each.split(",")]
    if not asked:
        return default
    if EVERY in asked:
        return [each for each in known if each in default or kind != "language"]
    for name in asked:
        _known(kind, name, known)
    return [each for each in known if each in asked]


def _known(kind: str, name: str, known: list[str]) -> None:
    if name not in known:
        import difflib

        close = difflib.get_close_matches(name, known, n=1)
        advice = f"did you mean `{close[0]}`?" if close else f"there are: {', '.join(known)}"
        problem = finding("B007", Span("build.py"), kind=kind, name=name, advice=advice)
        raise Problem(problem, code=ExitCode.USAGE)


@cli.command()
@click.pass_obj
def check(run: Run) -> None:
    """Say everything that is wrong, without laying out a page."""
    from leafpress.content.project import findings_of
    from leafpress.press.pipeline import check as check_edition

    run.findings += findings_of(run.order.project())
    editions = _editions(run)
    for edition in editions:
        run.findings += check_edition(edition, run.order)
    count = len(errors(tuple(dict.fromkeys(run.findings))))
    line = f"{len(editions)} editions checked, {count} errors"
    raise SystemExit(run.finish([], line, run.code()))


@cli.command()
@click.pass_obj
def extract(run: Run) -> None:
    """Write catalogue templates, and bring every catalogue up to date."""
    from leafpress.press.extraction import extract as extracted

    for each in extracted(run.order.project(), run.order.today):
        print(f"{each.name}: {'written' if each.changed else 'unchanged'}")


@cli.command()
@click.argument("rule_id", metavar="RULE", required=False)
def explain(rule_id: str | None) -> None:
    """Say what a rule means, why it is there and how to mend it."""
    if rule_id is None:
        for rule in rules().values():
            print(f"{rule.id}  {rule.title}")
        return
    _known("rule", rule_id.upper(), list(rules()))
    report.show_rule(rules()[rule_id.upper()], sys.stdout)


@cli.command()
@click.argument("leaflet_id", metavar="ID")
@click.pass_obj
def new(run: Run, leaflet_id: str) -> None:
    """Start a leaflet: write leaflets/ID.yaml, with comments, ready to build."""
    from leafpress.press.skeleton import start

    path = start(run.order.project(), leaflet_id, run.order.today)
    print(f"{path}: written. Edit it, then run: python build.py --leaflet {leaflet_id}")


@cli.command(name="list")
@click.pass_obj
def list_(run: Run) -> None:
    """List leaflets, languages, formats and profiles, and what is built."""
    from leafpress.press.overview import lines

    for line in lines(run.order):
        print(line)


def main(root: Path, arguments: list[str] | None = None) -> int:
    """Run a command; the exit code. A traceback is shown only for faults of ours."""
    arguments = sys.argv[1:] if arguments is None else arguments
    verbose = "--verbose" in arguments
    try:
        cli.main(arguments, prog_name="build.py", obj=root, standalone_mode=False)
    except SystemExit as end:
        return int(end.code or 0)
    except Problem as problem:
        if verbose:
            traceback.print_exc()
        report.show_findings(problem.findings, sys.stderr)
        return problem.code
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        return ExitCode.OK
    except Exception as error:  # noqa: BLE001  # the last resort: a fault of ours
        traceback.print_exc()
        problem = finding("B008", Span("build.py"), problem=f"{type(error).__name__}: {error}")
        report.show_findings([problem], sys.stderr)
        return ExitCode.OUR_BUG
    return ExitCode.OK
