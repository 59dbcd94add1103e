"""The preview's own pages, as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup as Safe

from leafpress.content.root import Root
from leafpress.pages.formats import FORMATS, Kind
from leafpress.press.edition import Edition
from leafpress.preview.desk import OnShow
from leafpress.preview.places import PreviewPage, edition_at
from leafpress.preview.preview import ShelvedLeaflet
from leafpress.templating import pages_for_staff
from leafpress.translation.language import LANGUAGES, SOURCE, Language

FOLDER = Path(__file__).parent

_AS_TEXT = (Kind.TEXT, Kind.BRAILLE)
"""Kinds that are shown as the letters that they consist of."""


@cache
def _environment() -> Environment:
    environment = pages_for_staff()
    environment.loader = FileSystemLoader(FOLDER)
    return environment


def _macro(name: str) -> Any:
    return getattr(_environment().get_template("panels.html").module, name)


def shelf_panel(leaflets: Iterable[ShelvedLeaflet], root: Root) -> Safe:
    """The leaflets, and what each leads to."""
    rows = [(leaflet, _first_places(leaflet, root)) for leaflet in leaflets]
    return Safe(_environment().get_template("shelved.html").render(leaflets=rows))  # noqa: S704  # made by Jinja, which has escaped it


def _first_places(leaflet: ShelvedLeaflet, root: Root) -> list[object]:
    edition = edition_at(root, leaflet.id, SOURCE, "web")
    return list(PreviewPage(edition).languages(root)) if edition else []


def shelf_page(shelf: Safe) -> str:
    """The first page."""
    return _environment().get_template("shelf.html").render(shelf=shelf)


def edition_panel(shown: OnShow, text: str | None) -> Safe:
    """An edition with what is said of it."""
    edition = shown.preview.edition
    pieces = (
        _macro("status")(shown),
        _macro("findings")(shown.preview),
        _edition("page", called(edition), shown, text),
    )
    return Safe("").join(pieces)


def english_panel(shown: OnShow, text: str | None) -> Safe:
    """The English edition that stands beside a translation."""
    return _edition("english", f"In English: {called(shown.preview.edition)}", shown, text)


def _edition(prefix: str, heading: str, shown: OnShow, text: str | None) -> Safe:
    language = LANGUAGES[shown.preview.edition.language]
    template = _environment().get_template("panels.html")
    module = template.make_module({"language": language})
    return Safe(module.edition(prefix, heading, shown, text))  # type: ignore[attr-defined]  # noqa: S704  # made by Jinja, which has escaped it


def heard_panel(lines: tuple[str, ...], language: Language) -> Safe:
    """What a listener hears."""
    return Safe(_macro("heard")(lines, language))  # noqa: S704  # made by Jinja, which has escaped it


def leaflet_page(place: PreviewPage, panels: Iterable[tuple[str, Safe]], root: Root) -> str:
    """The page of an edition."""
    edition = place.edition
    facts = {
        "place": place,
        "title": f"{edition.leaflet}: {called(edition)}",
        "languages": place.languages(root),
        "formats": place.formats(root),
        "panels": list(panels),
    }
    return _environment().get_template("leaflet.html").render(facts)


def called(edition: Edition) -> str:
    """An edition in words: its language and format."""
    return f"{LANGUAGES[edition.language].english}, {FORMATS[edition.format].title}"


def is_shown_as_text(edition: Edition) -> bool:
    """Whether it is shown as the letters of its file."""
    return FORMATS[edition.format].kind in _AS_TEXT
