"""`build.py new`: a first leaflet that explains itself."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import click

from leafpress.cli.command import command
from leafpress.cli.session import Session
from leafpress.content import originals
from leafpress.content.base import ID
from leafpress.content.load import FORMS
from leafpress.content.project import Project
from leafpress.content.shelf import NOT_LEAFLETS
from leafpress.findings import ExitCode, Problem, Span
from leafpress.rules import finding
from leafpress.system.files import write
from leafpress.system.portable import why_not

FILE = Path(__file__).with_name("new_leaflet.yaml")
IN_CLONE = "python build.py"
"""How that file calls the program; with an own folder, or without a clone, it is another."""

YEAR = datetime.timedelta(days=365)


@command("today", "verbose")
@click.argument("leaflet_id", metavar="ID")
def new_leaflet(session: Session, leaflet_id: str) -> int:
    """Start a leaflet: write leaflets/ID.yaml, with comments, ready to build."""
    options = session.build_options
    path = start(options.project(), leaflet_id, options.today)
    print(f"{path}: written. Edit it, then run: {session.root.command} --leaflet {leaflet_id}")
    return ExitCode.OK


def start(project: Project, id_: str, today: datetime.date) -> str:
    """Write `leaflets/ID.yaml`; its name.

    Raises:
        Problem: the id has the wrong form (L016), Windows cannot hold it (B022), or the file
            exists (B009).
    """
    path = project.leaflet_file(id_)
    name = project.root.shown(path)
    if not re.match(ID, id_) or id_ in NOT_LEAFLETS:
        problem = finding("L016", Span(name), value=f"`{id_}`", wanted=FORMS[ID])
        raise Problem(problem, code=ExitCode.USAGE)
    if reason := why_not(id_):
        raise Problem(finding("B022", Span(name), reason=reason), code=ExitCode.USAGE)
    if path.exists():
        raise Problem(finding("B009", Span(name)), code=ExitCode.USAGE)
    title = id_.replace("-", " ").capitalize()
    text = FILE.read_text(encoding="utf-8").replace(IN_CLONE, project.root.command)
    for mark, value in (("ID", id_), ("TITLE", title), ("TODAY", today), ("REVIEW", today + YEAR)):
        text = text.replace(f"<{mark}>", str(value))
    data = originals.with_schema(project.root, project.root.name(path), text.encode())
    write(path, data, name)
    return name
