"""What `enclose` and `watch-letters` have in common: how letters are done.

No patient's data gets onto the terminal: rows are named by their number, letters not at all, and
a fault of ours by its kind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from leafpress.cli.channel import chosen_channel
from leafpress.cli.session import Session
from leafpress.findings import ExitCode, Problem, Span, errors
from leafpress.installed import PROGRAM
from leafpress.rules import finding

if TYPE_CHECKING:
    from leafpress.mailing.options import MailingOptions

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LetterOptions:
    """How letters are done, as the command line says it.

    Args:
        mapping: the mapping file.
        editions: the folder of a build; None for `out` in the project.
        way: joined, separate or eml.
    """

    mapping: Path | None
    editions: Path | None
    way: str
    fallbacks: tuple[str, ...]
    repair: bool
    seconds: float


LETTER_OPTIONS = (
    click.option("--mapping", type=FILE, metavar="FILE", help="Which column is which."),
    click.option("--editions", type=FOLDER, metavar="FOLDER", help="A build  [default: out]"),
    click.option(
        "--as",
        "way",
        type=click.Choice(["joined", "separate", "eml"]),
        default="joined",
        show_default=True,
        help="One PDF, a folder, or an e-mail. Rows for e-mail are never joined.",
    ),
    click.option(
        "--fallback",
        "fallbacks",
        multiple=True,
        metavar="NAME",
        help="What may be given in place of what cannot be met, as `en-GB`, `a4`, `en-GB/a4`.",
    ),
    click.option("--repair", is_flag=True, help="Mend damaged letters, where that can be done."),
    click.option(
        "--seconds",
        type=click.FloatRange(min=0.1),
        default=60,
        show_default=True,
        help="Longest time for one letter.",
    ),
)
"""The options of `LetterOptions`."""


def with_parameters(*parameters: Any) -> Callable[[Any], Any]:
    """Give a command these arguments and options, shown in this order."""

    def decorate(command: Any) -> Any:
        for parameter in reversed(parameters):
            command = parameter(command)
        return command

    return decorate


def mailing_options(
    session: Session, letter_options: LetterOptions, *, appointments: Path, letters: Path
) -> MailingOptions:
    """What a run is asked to do.

    Args:
        appointments: the list, or the folder that is served.
        letters: the folder of letters.

    Raises:
        Problem: clinic.yaml or the mapping file has faults, or there is no such channel.
    """
    from leafpress.mailing.lists.mapping import read_mapping
    from leafpress.mailing.options import MailingOptions, RowOutcome
    from leafpress.system.work import at_most_a_core_each

    build, options = session.build_options, session.options
    clinic = build.project().clinic
    if clinic.model is None:
        raise Problem(*errors(clinic.findings))
    channel = chosen_channel(session)
    mapping = letter_options.mapping
    return MailingOptions(
        root=build.root,
        appointments=appointments,
        letters=letters,
        out=build.out,
        editions=(letter_options.editions or build.root.out).absolute(),
        clinic=clinic.model,
        today=session.giving_day,
        mapping=read_mapping(mapping) if mapping else None,
        way=RowOutcome(letter_options.way),
        channel=channel.id if channel else "",
        fallbacks=letter_options.fallbacks,
        standard=options.formats[0] if options.formats else "a4",
        strict=options.strict,
        repair=letter_options.repair,
        jobs=at_most_a_core_each(options.jobs, 1000),
        seconds=letter_options.seconds,
        clinic_file=build.clinic,
    )


def require_folder(folder: Path) -> None:
    """Check that there is such a folder.

    Raises:
        Problem: there is none (E030), with exit code 2.
    """
    if not folder.is_dir():
        problem = finding("E030", Span(str(folder)), reason="there is no such folder")
        raise Problem(problem, code=ExitCode.USAGE)


def without_patients_data(session: Session, work: Callable[[], T]) -> T:
    """Let no exception of ours show what it was about: its message may hold a patient's data.

    Raises:
        Problem: `work`'s own, or a fault of ours by its kind alone (B008).
    """
    try:
        return work()
    except (Problem, click.ClickException, click.Abort):
        raise
    except Exception as error:
        if session.options.verbose:
            raise
        problem = finding("B008", Span(PROGRAM), problem=type(error).__name__)
        raise Problem(problem, code=ExitCode.OUR_BUG) from None
