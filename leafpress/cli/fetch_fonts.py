"""`build.py fonts`: the fonts of the clinic's languages, which no clone or wheel holds."""

from __future__ import annotations

from pathlib import Path

import click

from leafpress import installed
from leafpress.cli.command import command
from leafpress.cli.selection import EVERY, language_tags, require
from leafpress.cli.session import Session
from leafpress.content.root import CLINIC, Root
from leafpress.content.shelf import clinic_languages
from leafpress.findings import ExitCode
from leafpress.pages import font_files, fonts
from leafpress.translation.language import LANGUAGES

_SOURCE = click.Path(path_type=Path, exists=True, file_okay=False)


@command("languages", "clinic", "verbose")
@click.option(
    "--from",
    "source",
    type=_SOURCE,
    metavar="FOLDER",
    help="Take them from this folder of another machine, without a network.",
)
def fetch_fonts(session: Session, source: Path | None) -> int:
    """Fetch the fonts of the clinic's languages by digest, once, and keep them.

    An installed program keeps them in the user's cache folder.
    """
    root = _root(session)
    scripts = fonts.scripts_of(_tags(session, root))
    if source:
        font_files.take(root, source, fonts.needed(scripts))
    font_files.fetch(root, scripts)
    fonts.check(root.font_home, scripts)
    print(f"{len(fonts.needed(scripts))} fonts are there: {root.font_home}")
    return ExitCode.OK


def _root(session: Session) -> Root:
    """Fonts are fetched before a clinic's folder is made, too."""
    if installed.IS_INSTALLED and session.options.own is None:
        return Root(session.shipped.resolve())
    return session.root


def _tags(session: Session, root: Root) -> list[str]:
    """The languages that were asked for, or those that clinic.yaml names."""
    asked = language_tags(session.options.languages)
    if EVERY in asked:
        return list(LANGUAGES)
    for tag in asked:
        require("language", tag, list(LANGUAGES))
    clinic = session.options.clinic or root.file(CLINIC)
    return asked or list(clinic_languages(clinic))
