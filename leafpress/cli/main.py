"""The group of commands. Each has a file, imported when it is called for."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from leafpress import report
from leafpress.cli.build import build
from leafpress.cli.last_time import AskedNow
from leafpress.cli.options import NAMES, Options, with_options
from leafpress.cli.session import Session
from leafpress.findings import ExitCode, Problem, Span
from leafpress.installed import PROGRAM
from leafpress.rules import finding
from leafpress.system.interruption import was_asked

COMMANDS: Mapping[str, str] = {
    "check": "check:check",
    "copy": "copy:copy",
    "enclose": "enclose:enclose",
    "explain": "explain:explain",
    "extract": "extract:extract",
    "fonts": "fetch_fonts:fetch_fonts",
    "given": "given:given",
    "history": "history:history",
    "join": "join:join",
    "list": "list_editions:list_editions",
    "listen": "listen:listen",
    "new": "new_leaflet:new_leaflet",
    "new-language": "new_language:new_language",
    "pack": "pack:pack",
    "preflight": "preflight:preflight",
    "prove": "prove:prove",
    "review": "review:review",
    "serve": "serve:serve",
    "sign": "sign:sign",
    "start": "start:start",
    "status": "status:status",
    "take-in": "take_in:take_in",
    "watch-letters": "watch_letters:watch_letters",
    "withdraw": "withdraw:withdraw",
}
"""Where each command is: a module of this folder, and its name there."""


@contextmanager
def _ending_in_silence() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end it without a word, where click prints an empty line."""
    try:
        yield
    except KeyboardInterrupt:
        raise SystemExit(ExitCode.INTERRUPTED) from None


class _Commands(click.Group):
    """Commands whose modules are imported late: a build with nothing to do answers at once."""

    def make_context(self, *arguments: Any, **named: Any) -> click.Context:
        with _ending_in_silence():
            return super().make_context(*arguments, **named)

    def invoke(self, context: click.Context) -> Any:
        with _ending_in_silence():
            return super().invoke(context)

    def list_commands(self, _context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _, function = COMMANDS[name].partition(":")
        command: click.Command = getattr(import_module(f"leafpress.cli.{module}"), function)
        return command


@dataclass(frozen=True, slots=True)
class _Start:
    """What a command starts with: the folder of what is shipped, and what came in by the door."""

    shipped: Path
    asked: AskedNow | None


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@with_options(*NAMES)
@click.option("--project", type=click.Path(path_type=Path, file_okay=False), hidden=True)
@click.pass_context
def cli(context: click.Context, /, project: Path | None, **given: Any) -> None:
    """Build every leaflet in every language. Without options: all of them, into out/."""
    start: _Start = context.obj
    root = (project or start.shipped).absolute()
    context.obj = Session(root, Options(**given), start.asked)
    if context.invoked_subcommand is None:
        raise SystemExit(build(context.obj))


def main(root: Path, arguments: list[str] | None = None, asked: AskedNow | None = None) -> int:
    """Run a command; the exit code. A traceback is shown only for faults of ours.

    Args:
        asked: what came in by the door, which answers it next time if nothing has changed.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        cli.main(arguments, prog_name=PROGRAM, obj=_Start(root, asked), standalone_mode=False)
    except SystemExit as end:
        return int(end.code or 0)
    except (click.Abort, KeyboardInterrupt):
        return ExitCode.INTERRUPTED
    except Exception as error:
        if was_asked():  # a library has swallowed it, and said that something else is wrong
            return ExitCode.INTERRUPTED
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
    ours = finding("B008", Span(PROGRAM), problem=f"{type(error).__name__}: {error}")
    report.show_findings([ours], sys.stderr)
    return ExitCode.OUR_BUG
