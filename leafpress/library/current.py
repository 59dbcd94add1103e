"""`out/current/<code>/index.html`: what became of a copy, for whoever has it in their hands."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leafpress.findings import ExitCode, Finding, Problem
from leafpress.library.copy_status import CopyPage, pages
from leafpress.library.last_line import ends_with, last_line
from leafpress.press import issued
from leafpress.system.digest import of_text
from leafpress.system.files import write
from leafpress.translation.language import LANGUAGES, SOURCE, Language

if TYPE_CHECKING:
    from leafpress.content.clinic import Clinic
    from leafpress.content.project import Project
    from leafpress.press.edition import BuildOptions
    from leafpress.press.issued import IssuedCopy
    from leafpress.press.manifest import Manifest

FILE = "index.html"
_PAGE, _PART, _STYLE = "current.html", "parts/copy.html", "styles/web.css"
_PLAIN_TYPE = (
    ":root { --families: system-ui, sans-serif; --latin: var(--families); --scale: 1; "
    "--leading: 1.5; --latin-scale: 1em }\n"
)
"""A page of a few lines brings no fonts: it is small, and there may be thousands of them."""


def update(manifest: Manifest, options: BuildOptions) -> tuple[Finding, ...]:
    """Note what was built, and bring every page up to date; what was wrong.

    Raises:
        Problem: a file cannot be written (B004, exit code 5).
    """
    try:
        listed = issued.add(manifest, options.today)
        if listed.copies:
            _write(tuple(pages(listed.copies, manifest)), manifest.folder, options)
    except Problem as problem:
        if problem.code is ExitCode.CANNOT_WRITE:
            raise
        return problem.findings
    return (*listed.findings, *issued.strangers(manifest.folder, listed.copies))


def path_of(folder: Path, code: str) -> Path:
    """The page about a copy."""
    return folder / issued.folder_of(code) / FILE


def _write(every: tuple[CopyPage, ...], folder: Path, options: BuildOptions) -> None:
    """Write the pages that do not say yet what they should."""
    from leafpress.content.project import Project  # heavy, and not needed when nothing is stale

    sources = _sources(options)
    marks = {page: last_line(f"{sources}{page}") for page in every}
    stale = [page for page in every if not ends_with(_path(folder, page), marks[page])]
    if stale:
        writer = CopyWriter(Project.at(options.root, options.clinic))
        for page in stale:
            write(_path(folder, page), (writer.html(page) + marks[page]).encode())


def _path(folder: Path, page: CopyPage) -> Path:
    return path_of(folder, page.copy.code)


def _sources(options: BuildOptions) -> str:
    """What pages say besides their copy: the digest of all files that they are made of."""
    templates = [options.root.file(f"templates/{name}") for name in (_PAGE, _PART, _STYLE)]
    catalogues = options.root.files("locales", "*/LC_MESSAGES/leafpress.po")
    files = [options.clinic, *templates, *catalogues]
    return of_text("".join(path.read_text(encoding="utf-8") for path in files if path.exists()))


@dataclass(frozen=True)
class CopyWriter:
    """Fills the pages of one project.

    Raises:
        Problem: the clinic's file has errors.
    """

    project: Project

    @cached_property
    def _clinic(self) -> Clinic:
        loaded = self.project.clinic
        if loaded.model is None:
            raise Problem(*loaded.findings)
        return loaded.model

    @cached_property
    def _styles(self) -> str:
        style = self.project.root.file(f"templates/{_STYLE}")
        return _PLAIN_TYPE + style.read_text(encoding="utf-8")

    def html(self, page: CopyPage) -> str:
        """The page, in the copy's language and in English; in English alone where words lack."""
        from leafpress.translation.words import Untranslated  # heavy, as above

        own = LANGUAGES.get(page.copy.language, LANGUAGES[SOURCE])
        try:
            return self._whole(page, own, dict.fromkeys((own, LANGUAGES[SOURCE])))
        except Untranslated:
            return self._whole(page, LANGUAGES[SOURCE], (LANGUAGES[SOURCE],))

    def _whole(self, page: CopyPage, main: Language, languages: Iterable[Language]) -> str:
        from markupsafe import Markup as Safe

        parts = [self._fill(_PART, page, language, main) for language in languages]
        sides = [Safe(part) for part in parts]  # noqa: S704  # our template escaped every value
        styles = Safe(self._styles)  # noqa: S704  # a style sheet of ours
        return self._fill(_PAGE, page, main, main, sides=sides, styles=styles) + "\n"

    def _fill(
        self, name: str, page: CopyPage, language: Language, main: Language, **more: object
    ) -> str:
        from leafpress.pages.formats import FORMATS
        from leafpress.pages.template_context import spoken
        from leafpress.translation.words import WholeWords

        words = NullTranslations() if language.is_source else WholeWords(self._messages(language))
        context = spoken(self._clinic, FORMATS["web"], language, words)
        context |= {"language": language, "page_language": main, "clinic": self._clinic}
        context |= dict(_facts(page, self._clinic))
        return str(self._templates.get_template(name).render(context | more))

    @cached_property
    def _templates(self) -> Any:
        from leafpress.templating import localised

        return localised(self.project.root.each("templates"))

    @cached_property
    def _read(self) -> dict[str, Mapping[tuple[str | None, str], str]]:
        return {}

    def _messages(self, language: Language) -> Mapping[tuple[str | None, str], str]:
        """What a catalogue says; nothing where there is none, or one with errors."""
        from leafpress.translation.catalogue import read_catalogue
        from leafpress.translation.extract import TEMPLATES

        if language.tag not in self._read:
            catalogue = read_catalogue(self.project.root, TEMPLATES, language)
            self._read[language.tag] = catalogue.messages if catalogue.words else {}
        return self._read[language.tag]


def _facts(page: CopyPage, clinic: Clinic) -> Iterator[tuple[str, object]]:
    """What the templates see of a copy."""
    copy, newer, withdrawal = page.copy, page.newer, page.withdrawal
    yield from (("copy", copy), ("status", str(page.status)), ("title", copy.title))
    yield "written", _day(copy.date)
    yield "own_language", LANGUAGES.get(copy.language, LANGUAGES[SOURCE])
    yield "source_language", LANGUAGES[SOURCE]
    yield "trial", page.trial
    yield "newer", newer
    yield "newer_written", _day(newer.date) if newer else None
    yield "since", _since(newer, withdrawal.since if withdrawal else "")
    yield "overdue", bool(withdrawal and withdrawal.overdue)
    yield "remarks", withdrawal.remarks if withdrawal else ""
    yield "web_address", clinic.address_of(copy.leaflet, copy.language)


def _since(newer: IssuedCopy | None, withdrawn: str) -> datetime.date | None:
    day = newer.since if newer else withdrawn
    return _day(day) if day else None


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
