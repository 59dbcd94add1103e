"""The options that commands share: one table, and what a command line said of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import click


class Day(click.ParamType):  # type: ignore[type-arg]  # generic in its stubs only
    """A day as 2026-11-22."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, parameter: Any, context: Any) -> datetime.date:
        """The day; anything else fails as click's own types do."""
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2026-11-22", parameter, context)


@dataclass(frozen=True, slots=True)
class Options:
    """What a command line says. An option that a command does not take keeps its default."""

    leaflets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    profile: str | None = None
    own: Path | None = None
    clinic: Path | None = None
    out: Path | None = None
    jobs: int | None = None
    today: datetime.date | None = None
    channel: str | None = None
    strict: bool = False
    prove: bool = False
    dry: bool = False
    as_json: bool = False
    verbose: bool = False
    plain: bool = False
    timings: str | None = None

    def with_given(self, later: Mapping[str, Any]) -> Options:
        """These options with those of `later` that were given: both places count."""
        return Options(**{name: later.get(name) or getattr(self, name) for name in NAMES})


TABLE = "-"
"""What `--timings` is without a file."""

NAMES = tuple(field.name for field in fields(Options))

SELECTION = ("leaflets", "languages", "formats")
"""Which editions."""

REPORTING = ("strict", "as_json", "verbose")
"""How findings are shown, and what they come to."""

Decorator = Callable[[Any], Any]

_TABLE: Mapping[str, Decorator] = {
    "leaflets": click.option(
        "--leaflet",
        "-l",
        "leaflets",
        multiple=True,
        metavar="ID",
        help="Only this leaflet. May be repeated.",
    ),
    "languages": click.option(
        "--language",
        "-L",
        "languages",
        multiple=True,
        metavar="TAG",
        help="Only this language (or `all`). May be repeated.",
    ),
    "formats": click.option(
        "--format",
        "-f",
        "formats",
        multiple=True,
        metavar="FORMAT",
        help="Only this format (or `all`). May be repeated.",
    ),
    "profile": click.option(
        "--profile",
        metavar="PROFILE",
        help="What the PDFs claim to be  [default: ua1+a2a]",
    ),
    "own": click.option(
        "--own",
        type=click.Path(path_type=Path),
        metavar="FOLDER",
        help="The clinic's own folder, laid over what is shipped.",
    ),
    "clinic": click.option(
        "--clinic",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The clinic's details  [default: clinic.yaml]",
    ),
    "out": click.option(
        "--out",
        type=click.Path(path_type=Path),
        metavar="FOLDER",
        help="Where to write, and where what is built stands  [default: out]",
    ),
    "jobs": click.option(
        "--jobs",
        "-j",
        type=click.IntRange(min=1),
        metavar="N",
        help="How many at the same time  [default: one a core]",
    ),
    "today": click.option(
        "--date",
        "today",
        type=Day(),
        metavar="DAY",
        help="Pretend that today is this day, as 2026-11-22.",
    ),
    "channel": click.option(
        "--channel",
        metavar="CHANNEL",
        help="Preflight finished PDFs for this way of delivery; `preflight` lists them.",
    ),
    "strict": click.option(
        "--strict", is_flag=True, help="Warnings and open reviews count as errors."
    ),
    "prove": click.option("--prove", is_flag=True, help="Judge the finished files with veraPDF."),
    "dry": click.option(
        "--explain", "dry", is_flag=True, help="Say why each edition is stale, and build nothing."
    ),
    "as_json": click.option(
        "--json", "as_json", is_flag=True, help="Print one JSON document instead of lines."
    ),
    "verbose": click.option("--verbose", is_flag=True, help="Show tracebacks."),
    "plain": click.option(
        "--plain",
        is_flag=True,
        envvar="LEAFPRESS_PLAIN",
        help="Progress as lines, as for a screen reader; so with LEAFPRESS_PLAIN=1.",
    ),
    "timings": click.option(
        "--timings",
        is_flag=False,
        flag_value=TABLE,
        metavar="[FILE]",
        help="Where each edition's time went: a table, or FILE as .csv or .json.",
    ),
}


def with_options(*names: str) -> Decorator:
    """Give a command these options of the table, shown in the table's order."""

    def decorate(command: Any) -> Any:
        for name in reversed([name for name in _TABLE if name in names]):
            command = _TABLE[name](command)
        return command

    return decorate
