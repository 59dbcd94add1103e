"""`build.py extract`: catalogue templates and catalogues brought up to date."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from leafpress.cli.command import command
from leafpress.cli.selection import chosen_languages
from leafpress.cli.session import Session
from leafpress.content import originals
from leafpress.content.project import Project
from leafpress.content.root import Root
from leafpress.findings import ExitCode
from leafpress.translation.catalogue import path_of
from leafpress.translation.extract import templates, translated_languages
from leafpress.translation.known import known
from leafpress.translation.language import Language
from leafpress.translation.merge import read_po, update
from leafpress.translation.po_file import PoFile
from leafpress.translation.po_writer import as_po

_DATED = (b'"POT-Creation-Date:', b'"PO-Revision-Date:', b'"Generated-By:')
"""Header lines that change though no message does."""


@command("languages", "clinic", "today", "verbose")
def extract(session: Session) -> int:
    """Write catalogue templates, and bring every catalogue up to date.

    With --own: those of the languages that the clinic builds, and of those that its folder holds.
    """
    options = session.build_options
    languages = _languages(session)
    for file in extract_messages(options.project(), options.today, languages):
        print(f"{file.name}: {'written' if file.changed else 'unchanged'}")
    return ExitCode.OK


def _languages(session: Session) -> list[Language]:
    """The languages that are meant.

    A clinic that adds a number to contacts.yaml needs it in its own patients' languages: a copy of
    every other catalogue would have to be looked at after each update of the program.
    """
    every = translated_languages(session.root)
    own, named = session.root.own, session.options.languages
    if own is None and not named:
        return every
    tags = set(chosen_languages(session))
    held = {language.tag for language in every if own and (own / _folder(language)).is_dir()}
    wanted = tags if named else tags | held
    return [language for language in every if language.tag in wanted]


def _folder(language: Language) -> str:
    return f"locales/{language.folder}"


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file of `locales/`, and whether it had to be written."""

    name: str
    changed: bool


def extract_messages(
    project: Project, today: datetime.date, languages: Collection[Language] = ()
) -> Iterator[Extracted]:
    """Write every POT file, and update the catalogue of every language.

    Args:
        languages: only of these; left out, of all that have a folder.

    Raises:
        Problem: a leaflet or a catalogue has errors, or a file cannot be written.
    """
    now = datetime.datetime.combine(today, datetime.time(), datetime.UTC)
    new = templates(project)
    # All are read before one is written: a text that moved stands in the old one of another.
    languages = languages or translated_languages(project.root)
    old = {language.tag: _catalogues(project, list(new), language) for language in languages}
    sisters = {
        language.tag: known({**old[language.tag], **_behind(project, list(new), language)})
        for language in languages
    }
    for domain, template in new.items():
        template.creation_date = now
        pot = project.root.file(f"locales/{domain}.pot")
        yield _store(pot, as_po(template), project)
        for language in languages:
            path = path_of(project.root, domain, language)
            own = old[language.tag].get(domain)
            yield _store(path, update(own, template, language, sisters[language.tag]), project)


def _catalogues(project: Project, domains: list[str], language: Language) -> dict[str, PoFile]:
    """The catalogues that a language has, by their domains."""
    paths = {domain: path_of(project.root, domain, language) for domain in domains}
    return {
        domain: read_po(path.read_bytes(), project.root.shown(path))
        for domain, path in paths.items()
        if path.exists()
    }


def _behind(project: Project, domains: list[str], language: Language) -> dict[str, PoFile]:
    """The shipped catalogues that the clinic's own ones stand in for."""
    shipped = Root(project.root.shipped)
    paths = [path_of(shipped, domain, language) for domain in domains]
    return {
        f"shipped {path.stem}": read_po(path.read_bytes(), shipped.shown(path))
        for path in paths
        if path.exists() and project.root.target(path).exists() and project.root.own
    }


def _store(path: Path, data: bytes, project: Project) -> Extracted:
    old = path.read_bytes() if path.exists() else b""
    changed = _undated(old) != _undated(data)
    if changed:
        path = originals.store(project.root, path, data)
    return Extracted(project.root.shown(path), changed)


def _undated(data: bytes) -> list[bytes]:
    return [line for line in data.splitlines() if not line.startswith(_DATED)]
