"""The languages in which a leaflet has a web page: those that one page leads to."""

from __future__ import annotations

from leafpress.content.project import Project
from leafpress.content.root import Root
from leafpress.pages.formats import Format, Kind, Requirement
from leafpress.translation.catalogue import path_of
from leafpress.translation.extract import TEMPLATES
from leafpress.translation.language import LANGUAGES, Language, built


def siblings(
    project: Project, leaflet: str, own: Language, format_: Format
) -> tuple[Language, ...]:
    """The languages that a page names, its own among them; none where nobody can follow a link."""
    if format_.kind is not Kind.WEB:
        return ()
    # Its own as it is set here, which may be in another type (`render.typeset`).
    rows = {**LANGUAGES, own.tag: own}
    tags = {*built(project.clinic_languages), own.tag}
    every = (each for tag, each in rows.items() if tag in tags)
    if Requirement.TRANSLATION in format_.needs:
        every = (each for each in every if not each.is_source)
    return tuple(each for each in every if _is_translated(project.root, leaflet, each))


def _is_translated(root: Root, leaflet: str, language: Language) -> bool:
    return not language.is_translated or all(
        path_of(root, domain, language).exists() for domain in (leaflet, TEMPLATES)
    )
