"""`build.py withdraw`: a leaflet is not given out any more, from now on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from leafpress.approval import sign_off, signing
from leafpress.approval.approvals import approvals_of
from leafpress.approval.entry import Person
from leafpress.cli.command import command
from leafpress.cli.person import facts_of, is_asked, person_options
from leafpress.cli.selection import require
from leafpress.cli.session import Session
from leafpress.findings import ExitCode
from leafpress.mailing.reports.given import given_before
from leafpress.translation.language import LANGUAGES, SOURCE


@command("clinic", "verbose")
@click.argument("leaflet", metavar="LEAFLET")
@click.option(
    "--language", "-L", default=SOURCE, metavar="TAG", help="Only there  [default: everywhere]"
)
@click.option("--yes", is_flag=True, help="Do not ask again.")
@click.option(
    "--receipts",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="FOLDER",
    help="Receipts of earlier nights: count the copies that were given.",
)
@person_options
def withdraw(session: Session, /, **given: Any) -> int:
    """Withdraw LEAFLET. --remarks says why; an approval brings it back."""
    project = session.build_options.project()
    leaflet, language = given["leaflet"], given["language"]
    require("leaflet", leaflet, project.leaflet_ids())
    require("language", language, [tag for tag, known in LANGUAGES.items() if not known.pseudo])
    approvals = approvals_of(project, session.build_options.today)
    names = ("name", "role", "registered_with", "registration", "remarks")
    facts = facts_of({name: given[name] for name in names}, ("name", "role", "remarks"))
    remarks = facts.pop("remarks", "")
    entry = sign_off.withdrawn(approvals, leaflet, language, Person(**facts), remarks)
    if not given["yes"] and is_asked():
        click.confirm(f"Withdraw {leaflet}?", abort=True, err=True)
    path = signing.append(session.root, entry, approvals.today)
    print(f"{session.root.shown(path)}: written")
    print(f"Run `{session.root.command}` now: it takes the leaflet out of the library.")
    if given["receipts"]:
        tags = [language] if language != SOURCE else list(LANGUAGES)
        for line in _given_before(given["receipts"], leaflet, tags):
            print(line)
    return ExitCode.OK


def _given_before(folder: Path, leaflet: str, tags: list[str]) -> Iterator[str]:
    """How many copies were given, by the receipts below a folder."""
    before = given_before(folder)
    copies = before.of(leaflet, tags)
    yield (
        f"Given before, by {before.files} files of receipts:"
        if copies
        else (f"{before.files} files of receipts name no copy that was given.")
    )
    for own in copies:
        yield f"  {own.sentence}"
    for path in before.unread:
        yield f"  not counted, since it cannot be read: {path}"
