"""`build.py check`: everything that can be said without laying out a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from leafpress.cli.command import command
from leafpress.cli.options import REPORTING, SELECTION
from leafpress.cli.selection import editions
from leafpress.cli.session import Session
from leafpress.content import originals
from leafpress.findings import Finding, Span, errors
from leafpress.report import counted
from leafpress.rules import finding
from leafpress.translation.language import LANGUAGES

if TYPE_CHECKING:
    from leafpress.content.project import Project


@command(*SELECTION, "clinic", "today", *REPORTING)
def check(session: Session) -> int:
    """Say everything that is wrong, without laying out a page."""
    from leafpress.content.project import findings_of
    from leafpress.press import pipeline

    options = session.build_options
    project = options.project()
    session.findings += [*findings_of(project), *originals.findings(project.root)]
    selected = editions(session)
    for edition in selected:
        session.findings += pipeline.check(edition, options, project)
    grades = _add_grades(session, project, {edition.leaflet for edition in selected})
    tags = dict.fromkeys(edition.language for edition in selected)
    translations = _add_translations(session, project, tags)
    session.findings = _waiting_once(session.findings)
    count = len(errors(tuple(dict.fromkeys(session.findings))))
    said = f"{counted(len(selected), 'edition')} checked, {counted(count, 'error')}"
    last = f"{said}; reading grade: {grades}{translations}"
    return session.finish([], "\n".join([*_hardest(session, project), last]), session.code())


def _waiting_once(findings: list[Finding]) -> list[Finding]:
    """The findings, with one in place of those that say of each language that it is not begun."""
    waiting: dict[str, dict[str, Finding]] = {}
    for each in findings:
        if each.rule == "T001":
            # locales/pl/LC_MESSAGES/back-pain.po
            path = PurePosixPath(each.span.file)
            waiting.setdefault(path.stem, {})[path.parts[-3]] = each
    several = {domain: folders for domain, folders in waiting.items() if len(folders) > 1}
    merged = {each for folders in several.values() for each in folders.values()}
    others = [each for each in findings if each not in merged]
    return [*others, *(_waiting(domain, folders) for domain, folders in several.items())]


def _waiting(domain: str, folders: Iterable[str]) -> Finding:
    """That a domain is not translated into several languages."""
    known = {language.folder: language.english for language in LANGUAGES.values()}
    *names, last = (known[folder] for folder in folders)
    facts = {"language": f"{', '.join(names)} and {last}", "path": f"{domain}.po of each language"}
    return finding("T001", Span("locales"), domain=domain, **facts)


def _add_grades(session: Session, project: Project, leaflets: set[str]) -> str:
    """Check how hard the English is to read; the grades in words, or why there are none."""
    from leafpress.proof.text.readability import grade_findings, grades

    said = []
    try:
        for leaflet in sorted(leaflets):
            parts = grades(project.leaflet(leaflet))
            session.findings += grade_findings(parts)
            named = (f"{part.part} {part.grade:.1f}".strip() for part in parts)
            said.append(f"{leaflet} {', '.join(named) or 'not known'}")
    except ImportError:
        return "not checked (textstat is not installed; `make test` installs it)"
    return "; ".join(said)


def _hardest(session: Session, project: Project) -> Iterator[str]:
    """The hardest sentences of the leaflets that the command line names."""
    from leafpress.proof.text.readability import hardest

    with suppress(ImportError):
        for leaflet in session.options.leaflets:
            sentences = hardest(project.leaflet(leaflet))
            if sentences:
                yield f"{leaflet}, hardest to read, each with its grade:"
            for hard in sentences:
                yield f"  {hard.grade:.1f}  {hard.span}: {hard.words}"


def _add_translations(session: Session, project: Project, tags: Iterable[str]) -> str:
    """Compare each translation with its English and its sisters; in words, what could not be."""
    from leafpress.translation.checks import run
    from leafpress.translation.glossary import read_glossary

    lacks = ""
    translated = [LANGUAGES[tag] for tag in tags if LANGUAGES[tag].is_translated]
    for language in translated:
        session.findings += run.check(project.root, language)
        waiting = read_glossary(project.root, language).waiting
        terms = [f"{counted(waiting, 'row')} of the glossary without a term"] if waiting else []
        unknown = ", ".join([*run.not_checked(language), *terms])
        lacks += f"; {language.english}, not checked: {unknown}" if unknown else ""
    return lacks
