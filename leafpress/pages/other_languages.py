"""The languages in which a leaflet has a web page: those that one page leads to."""

from __future__ import annotations

from leafpress.content.root import Root
from leafpress.pages.formats import Format, Kind
from leafpress.translation.catalogue import path_of
from leafpress.translation.extract import TEMPLATES
from leafpress.translation.language import BUILT, LANGUAGES, Language


def siblings(root: Root, leaflet: str, own: Language, format_: Format) -> tuple[Language, ...]:
    """The languages that a page names, its own among them; none where nobody can follow a link."""
    if format_.kind is not Kind.WEB:
        return ()
    every = (each for tag, each in LANGUAGES.items() if tag in BUILT or tag == own.tag)
    return tuple(each for each in every if _is_translated(root, leaflet, each))


def _is_translated(root: Root, leaflet: str, language: Language) -> bool:
    return not language.is_translated or all(
        path_of(root, domain, language).exists() for domain in (leaflet, TEMPLATES)
    )
