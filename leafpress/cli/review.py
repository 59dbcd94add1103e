"""`build.py review`: the pack that a clinician or a translator works on."""

from __future__ import annotations

from pathlib import Path

import click

from leafpress.approval.messages import SHARED
from leafpress.cli.command import command
from leafpress.cli.selection import require
from leafpress.cli.session import Session
from leafpress.findings import ExitCode, Problem, Span
from leafpress.review import pack
from leafpress.rules import finding
from leafpress.system.files import write
from leafpress.translation.language import LANGUAGES, SOURCE


@command("clinic", "today", "verbose")
@click.argument("leaflet", metavar="LEAFLET")
@click.option(
    "--language", "-L", default=SOURCE, metavar="TAG", help="Of which words  [default: en-GB]"
)
@click.option(
    "--out",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where to write  [default: review/LEAFLET-TAG]",
)
def review(session: Session, leaflet: str, language: str, folder: Path | None) -> int:
    """Write LEAFLET (or `shared`) as a pack to work on: Word, XLIFF, PO, memory, glossary."""
    options = session.build_options
    require("leaflet", leaflet, [*options.project().leaflet_ids(), SHARED])
    require("language", language, [tag for tag, known in LANGUAGES.items() if not known.pseudo])
    target = (folder or pack.folder_of(session.root, leaflet, LANGUAGES[language])).absolute()
    if target.resolve().is_relative_to(options.out.resolve()):
        name = session.root.shown(options.out)
        problem = finding("S045", Span(session.root.shown(target)), folder=name)
        raise Problem(problem, code=ExitCode.USAGE)
    for name, data in pack.files(options, leaflet, LANGUAGES[language]):
        write(target / name, data)
        print(f"{session.root.shown(target / name)}: written")
    return ExitCode.OK
