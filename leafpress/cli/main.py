"""The commands. Heavy imports come late, so that a build with nothing to do answers at once."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from functools import update_wrapper
from pathlib import Path
from typing import Any

import click

from leafpress import report
from leafpress.cli.building import build, prove_built
from leafpress.cli.channels import preflight_files
from leafpress.cli.enclosing import enclose as enclose_list
from leafpress.cli.enclosing import list_options, watch, watch_options
from leafpress.cli.options import merged, with_options
from leafpress.cli.run import Run, editions, require
from leafpress.findings import ExitCode, Problem, Span, errors
from leafpress.rules import finding, rules

Command = Callable[..., None]


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@with_options
@click.option("--project", type=click.Path(path_type=Path, file_okay=False), hidden=True)
@click.pass_context
def cli(context: click.Context, /, project: Path | None, **asked: Any) -> None:
    """Build every leaflet in every language. Without options: all of them, into out/."""
    root = (project or context.obj).absolute()
    context.obj = Run(root, **asked)
    if context.invoked_subcommand is None:
        raise SystemExit(build(context.obj))


def _command(name: str) -> Callable[[Command], Command]:
    """A command that takes the options of `build.py`, before its name or after it."""

    def register(function: Command) -> Command:
        @click.pass_context
        def command(context: click.Context, /, **given: Any) -> None:
            arguments = {key: given.pop(key) for key in list(given) if key not in context.obj.asked}
            run = Run(context.obj.order.root, **merged(context.obj.asked, given))
            function(run, **arguments)

        cli.command(name)(with_options(update_wrapper(command, function)))
        return function

    return register


@_command("check")
def check(run: Run) -> None:
    """Say everything that is wrong, without laying out a page."""
    from leafpress.content.project import findings_of
    from leafpress.press.pipeline import check as check_edition

    run.findings += findings_of(run.order.project())
    wanted = editions(run)
    for edition in wanted:
        run.findings += check_edition(edition, run.order)
    grades = _grades(run, {edition.leaflet for edition in wanted})
    count = len(errors(tuple(dict.fromkeys(run.findings))))
    line = f"{len(wanted)} editions checked, {count} errors; reading grade: {grades}"
    raise SystemExit(run.finish([], line, run.code()))


def _grades(run: Run, leaflets: set[str]) -> str:
    """Check how hard the English is to read; in words, whether that was possible."""
    from leafpress.proof.text.readability import grade_findings

    try:
        for id_ in sorted(leaflets):
            run.findings += grade_findings(run.order.project().leaflet(id_))
    except ImportError:
        return "not checked (textstat is not installed; `make test` installs it)"
    return "checked"


@_command("extract")
def extract(run: Run) -> None:
    """Write catalogue templates, and bring every catalogue up to date."""
    from leafpress.cli.extract import extract as extracted

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
    require("rule", rule_id.upper(), list(rules()))
    report.show_rule(rules()[rule_id.upper()], sys.stdout)


@_command("new")
@click.argument("leaflet_id", metavar="ID")
def new(run: Run, leaflet_id: str) -> None:
    """Start a leaflet: write leaflets/ID.yaml, with comments, ready to build."""
    from leafpress.cli.new_leaflet import start

    path = start(run.order.project(), leaflet_id, run.order.today)
    print(f"{path}: written. Edit it, then run: python build.py --leaflet {leaflet_id}")


@_command("prove")
def prove(run: Run) -> None:
    """Judge what is built: standards, tags, words, links, fonts. Writes out/proof/."""
    raise SystemExit(prove_built(run))


@_command("preflight")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE.pdf]...")
def preflight(run: Run, files: tuple[Path, ...]) -> None:
    """Say whether a channel takes these PDFs; without arguments, list the channels."""
    raise SystemExit(preflight_files(run, files))


@_command("enclose")
@list_options
def enclose(run: Run, list_: Path, **given: Any) -> None:
    """Put leaflets behind the letters that LIST names (CSV, XLSX or a FHIR Bundle)."""
    raise SystemExit(enclose_list(run, list_, given))


@_command("watch-letters")
@watch_options
def watch_letters(run: Run, folder: Path, **given: Any) -> None:
    """Serve FOLDER: a letter and its sidecar in, the finished file out."""
    raise SystemExit(watch(run, folder, given))


@_command("listen")
@click.argument("edition", metavar="EDITION")
def listen(run: Run, edition: str) -> None:
    """Print an edition as a listener meets it: EDITION as `ur/back-pain-a4`, or a PDF's path."""
    from leafpress.cli.listen import heard

    for line in heard(edition, run.order.out):
        print(line)


@_command("join")
@click.argument("letter")
@click.argument("leaflet", nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE")
@click.option("--repair", is_flag=True, help="Mend a damaged letter, as far as possible.")
def join(run: Run, letter: str, leaflet: tuple[str, ...], output: Path, *, repair: bool) -> None:
    """Put leaflets behind a LETTER: paths of PDFs, or editions as `ur/back-pain-a4`."""
    from leafpress.cli.join import JoinRequest, join_files

    strict = bool(run.asked["strict"])
    request = JoinRequest(letter, leaflet, output, run.order.out, strict, repair)
    line, found = join_files(request)
    run.findings += found
    raise SystemExit(run.finish([], line, run.code()))


@_command("list")
def list_(run: Run) -> None:
    """List leaflets, languages, formats and profiles, and what is built."""
    from leafpress.cli.list_editions import lines

    for line in lines(run.order):
        print(line)


def main(root: Path, arguments: list[str] | None = None) -> int:
    """Run a command; the exit code. A traceback is shown only for faults of ours."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        cli.main(arguments, prog_name="build.py", obj=root, standalone_mode=False)
    except SystemExit as end:
        return int(end.code or 0)
    except (click.Abort, KeyboardInterrupt):
        return ExitCode.INTERRUPTED
    except Exception as error:
        return _failure(error, verbose="--verbose" in arguments)
    return ExitCode.OK


def _failure(error: Exception, *, verbose: bool) -> int:
    """Say what is wrong, in the one shape."""
    if isinstance(error, click.ClickException):
        error.show()
        return ExitCode.USAGE
    if isinstance(error, Problem):
        if verbose:
            traceback.print_exception(error)
        report.show_findings(error.findings, sys.stderr)
        return error.code
    traceback.print_exception(error)
    ours = finding("B008", Span("build.py"), problem=f"{type(error).__name__}: {error}")
    report.show_findings([ours], sys.stderr)
    return ExitCode.OUR_BUG
