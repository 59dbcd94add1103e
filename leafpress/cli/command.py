"""What makes a function a command: its options from the table, and a session to work in."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

import click

from leafpress.cli.options import with_options
from leafpress.cli.session import Session


def command(*options: str) -> Callable[[Callable[..., int]], click.Command]:
    """Make a command of a function that takes a session, and its own arguments by name.

    The options, named as in `Options`, and `--own` may stand before the command's name or after
    it. What the function returns is the exit code.
    """
    names = ("own", *options)

    def register(function: Callable[..., int]) -> click.Command:
        @click.pass_context
        def run(context: click.Context, /, **given: Any) -> None:
            before: Session = context.obj
            own = {name: given.pop(name) for name in names}
            session = Session(before.shipped, before.options.with_given(own))
            raise SystemExit(function(session, **given))

        return click.command()(with_options(*names)(update_wrapper(run, function)))

    return register
