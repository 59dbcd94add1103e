"""`leafpress fonts`: the fonts, which a wheel does not hold."""

from __future__ import annotations

from pathlib import Path

import click

from leafpress.cli.command import command
from leafpress.cli.session import Session
from leafpress.content.root import Root
from leafpress.findings import ExitCode, Problem
from leafpress.pages import font_files, fonts

_SOURCE = click.Path(path_type=Path, exists=True, file_okay=False)


@command("verbose")
@click.option(
    "--from",
    "source",
    type=_SOURCE,
    metavar="FOLDER",
    help="Take them from this folder of another machine, without a network.",
)
def fetch_fonts(session: Session, source: Path | None) -> int:
    """Fetch the fonts by digest, once, and keep them in the user's cache folder."""
    root = Root(session.shipped.resolve())
    if source:
        font_files.take(root, source)
    elif not _are_there(root):
        font_files.fetch(root)
    fonts.check(root.font_home)
    print(f"{len(fonts.needed())} fonts are there: {root.font_home}")
    return ExitCode.OK


def _are_there(root: Root) -> bool:
    try:
        fonts.check(root.font_home)
    except Problem:
        return False
    return True
