"""The languages in which a leaflet has a web page: those that one page leads to."""

from __future__ import annotations

from leafpress.content.root import Root
from leafpress.pages.formats import Format, Kind, Requirement
from leafpress.translation.catalogue import path_of
from leafpress.translation.extract import TEMPLATES
from leafpress.translation.language import BUILT, LANGUAGES, Language


def siblings(root: Root, leaflet: str, own: Language, format_: Format) -> tuple[Language, ...]:
    """The languages that a page names, its own among them; none where nobody can follow a link."""
    if format_.kind is not Kind.WEB:
        return ()
    # Its own as it is set here, which may be in another type (`render.typeset`).
    rows = {**LANGUAGES, own.tag: own}
    every = (each for tag, each in rows.items() if tag in BUILT or tag == own.tag)
    if Requirement.TRANSLATION in format_.needs:
        every = (each for each in every if not each.is_source)
    return tuple(each for each in every if _is_translated(root, leaflet, each))


def _is_translated(root: Root, leaflet: str, language: Language) -> bool:
    return not language.is_translated or all(
        path_of(root, domain, language).exists() for domain in (leaflet, TEMPLATES)
    )
