"""`build.py check`: everything that can be said without laying out a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leafpress.cli.command import command
from leafpress.cli.options import REPORTING, SELECTION
from leafpress.cli.selection import editions
from leafpress.cli.session import Session
from leafpress.findings import errors

if TYPE_CHECKING:
    from leafpress.content.project import Project


@command(*SELECTION, "clinic", "today", *REPORTING)
def check(session: Session) -> int:
    """Say everything that is wrong, without laying out a page."""
    from leafpress.content.project import findings_of
    from leafpress.press import pipeline

    options = session.build_options
    project = options.project()
    session.findings += findings_of(project)
    selected = editions(session)
    for edition in selected:
        session.findings += pipeline.check(edition, options, project)
    grades = _add_grades(session, project, {edition.leaflet for edition in selected})
    count = len(errors(tuple(dict.fromkeys(session.findings))))
    line = f"{len(selected)} editions checked, {count} errors; reading grade: {grades}"
    return session.finish([], line, session.code())


def _add_grades(session: Session, project: Project, leaflets: set[str]) -> str:
    """Check how hard the English is to read; in words, whether that was possible."""
    from leafpress.proof.text.readability import grade_findings

    try:
        for leaflet in sorted(leaflets):
            session.findings += grade_findings(project.leaflet(leaflet))
    except ImportError:
        return "not checked (textstat is not installed; `make test` installs it)"
    return "checked"
