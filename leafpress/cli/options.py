"""The options that `build.py` takes, as a table."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import click


class _Day(click.ParamType):  # type: ignore[type-arg]  # generic in its stubs only
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
    click.option(
        "--leaflet",
        "-l",
        "leaflets",
        multiple=True,
        metavar="ID",
        help="Only this leaflet. May be repeated.",
    ),
    click.option(
        "--language",
        "-L",
        "languages",
        multiple=True,
        metavar="TAG",
        help="Only this language (or `all`). May be repeated.",
    ),
    click.option(
        "--format",
        "-f",
        "formats",
        multiple=True,
        metavar="FORMAT",
        help="Only this format (or `all`). May be repeated.",
    ),
    click.option(
        "--profile",
        metavar="PROFILE",
        help="What the PDFs claim to be  [default: ua1+a2a]",
    ),
    click.option(
        "--clinic",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The clinic's details  [default: clinic.yaml]",
    ),
    click.option(
        "--out",
        type=click.Path(path_type=Path),
        metavar="FOLDER",
        help="Where to write  [default: out]",
    ),
    click.option(
        "--jobs",
        "-j",
        type=click.IntRange(min=1),
        metavar="N",
        help="How many at the same time  [default: one a core]",
    ),
    click.option(
        "--date",
        "today",
        type=_Day(),
        metavar="DAY",
        help="Pretend that today is this day, as 2026-11-22.",
    ),
    click.option(
        "--channel",
        metavar="CHANNEL",
        help="Preflight finished PDFs for this way of delivery; `preflight` lists them.",
    ),
    click.option("--strict", is_flag=True, help="Warnings and open reviews count as errors."),
    click.option("--prove", is_flag=True, help="Judge the finished files with veraPDF."),
    click.option(
        "--explain", "dry", is_flag=True, help="Say why each edition is stale, and build nothing."
    ),
    click.option(
        "--json", "as_json", is_flag=True, help="Print one JSON document instead of lines."
    ),
    click.option("--verbose", is_flag=True, help="Show tracebacks."),
)


def merged(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Options given before a command's name and after it: both places count."""
    return {name: after.get(name) or value for name, value in before.items()}


def with_options(command: Any) -> Any:
    """Give a command every option of the table."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
