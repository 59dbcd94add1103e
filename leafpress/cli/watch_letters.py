"""`build.py watch-letters`: a folder that is served."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leafpress.cli.command import command
from leafpress.cli.letter_options import (
    FOLDER,
    LETTER_OPTIONS,
    LetterOptions,
    mailing_options,
    require_folder,
    with_parameters,
    without_patients_data,
)
from leafpress.cli.options import REPORTING
from leafpress.cli.session import Session
from leafpress.findings import ExitCode

if TYPE_CHECKING:
    from leafpress.mailing.options import MailingOptions


@dataclass(frozen=True, slots=True)
class WatchOptions(LetterOptions):
    """What `watch-letters` is asked.

    Args:
        once: do what is there, and end.
        interval: seconds between looks.
    """

    folder: Path
    once: bool
    interval: float


@command("clinic", "formats", "jobs", "today", "channel", *REPORTING)
@with_parameters(
    click.argument("folder", metavar="FOLDER", type=FOLDER),
    click.option("--once", is_flag=True, help="Do what is there, and end."),
    click.option(
        "--interval",
        type=click.FloatRange(min=0.05),
        default=2,
        show_default=True,
        help="Seconds between looks.",
    ),
    *LETTER_OPTIONS,
)
def watch_letters(session: Session, **given: Any) -> int:
    """Serve FOLDER: a letter and its sidecar in, the finished file out."""
    from leafpress.system.interruption import Interrupted

    options = WatchOptions(**given)
    require_folder(options.folder)
    try:
        refused = without_patients_data(session, lambda: _serve(session, options))
    except Interrupted:
        return ExitCode.INTERRUPTED
    return ExitCode.FINDINGS if refused else ExitCode.OK


def _serve(session: Session, options: WatchOptions) -> int:
    """Serve the folder; how many letters were refused."""
    from leafpress.system.interruption import held

    with held():
        from leafpress.mailing.hot_folder import HotFolder

    folder = options.folder.absolute()

    def current() -> MailingOptions:
        letters = mailing_options(session, options, appointments=folder, letters=folder)
        return _with_our_names(letters)

    hot_folder = HotFolder(current(), options.interval, _say(session), renewed=current)
    return hot_folder.serve(once=options.once)


def _with_our_names(options: MailingOptions) -> MailingOptions:
    """Sidecars have our own names; the tables of a mapping file hold all the same."""
    from leafpress.mailing.lists.mapping import STANDARD

    if options.mapping is None:
        return options
    own = {"columns": STANDARD.columns, "letter_file": STANDARD.letter_file}
    return replace(options, mapping=options.mapping.model_copy(update=own))


def _say(session: Session) -> Callable[[str], None]:
    """Prints a line; where nobody can take it any more, letters are served all the same."""

    def say(line: str) -> None:
        if session.quiet:
            return
        try:
            print(line, flush=True)
        except OSError:  # a pipe that is closed, or a log on a full disk
            sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115  # for as long as this runs

    return say
