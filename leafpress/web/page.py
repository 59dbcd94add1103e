"""From markup to a web page in one file: fonts, pictures and styles stand in it.

It can be opened from a folder, a stick or an e-mail: it asks for nothing and runs no program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from lxml import html

from leafpress.pages import fonts
from leafpress.pages.render import Markup
from leafpress.translation.direction import isolated
from leafpress.web.notes import lead_back
from leafpress.web.pictures import add_icon, as_data, embed
from leafpress.web.reading import keep_in_reading_views, name_figures
from leafpress.web.tables import keep_roles
from leafpress.web.woff import subset

_URL = re.compile(r'url\("([^"]+)"\)')

_DIGITS = frozenset("0123456789")
_NO_DIGITS = "U+0-2F, U+3A-10FFFF"
"""Fonts of other scripts bring digits of their own: one box would show 999 in two designs."""

_ALONE = {family for row in fonts.TYPEFACES.values() for family in row.families[-1:]}
_LATIN = {face.url for face in fonts.FACES if face.family in _ALONE}
"""The fonts that draw digits: Latin's, and those that stand without it."""


def write_page(markup: Markup) -> bytes:
    """The page, as UTF-8. The same markup and files make the same bytes."""
    root = html.document_fromstring(markup.html)
    keep_roles(root)
    keep_in_reading_views(root)
    name_figures(root)
    lead_back(root, isolated(markup.link_words["back"], markup.language.direction))
    _let_focus_follow(root)
    css = "\n".join(style.text for style in markup.styles)
    letters = frozenset(html.tostring(root, encoding="unicode") + css)
    embed(root, markup.resources)
    for address, path in markup.resources.items():
        if address.startswith("clinic/"):
            add_icon(root, path)
    style = html.Element("style")
    style.text = _with_fonts(css, markup, letters)
    root.find("head").append(style)
    page = html.tostring(root, encoding="unicode", doctype="<!doctype html>")
    # lxml knows HTML 4, and closes what HTML 5 has no end tag for.
    return (str(page).replace("></source>", ">").rstrip() + "\n").encode()


def versions() -> dict[str, str]:
    """What a page's bytes depend on besides its markup."""
    return {name: version(name) for name in ("uharfbuzz", "fonttools", "brotli", "lxml")}


def _let_focus_follow(root: Any) -> None:
    """Some readers follow a link inside a page only to what can have the focus."""
    for main in root.iter("main"):
        main.set("tabindex", "-1")


def _with_fonts(css: str, markup: Markup, letters: frozenset[str]) -> str:
    """The style sheet, with what each font has of `letters`."""
    parts = dict(_parts(markup, letters))
    return _URL.sub(lambda found: _source(found[1], parts[found[1]]), css)


def _source(address: str, font: bytes) -> str:
    """What an `@font-face` says of a font. Digits are Latin's beside every script (`_DIGITS`)."""
    source = f'url("{as_data("font/woff2", font)}")'
    return source if address in _LATIN else f"{source}; unicode-range: {_NO_DIGITS}"


def _parts(markup: Markup, letters: frozenset[str]) -> Iterator[tuple[str, bytes]]:
    """Each font by address: the page's own whole, those of other languages' names for the rest."""
    own = [face.url for face in fonts.faces(markup.language.script)]
    known = frozenset[str]()
    for url in own:
        font = subset(markup.resources[url], letters if url in _LATIN else letters - _DIGITS)
        known |= font.letters
        yield url, font.data
    for url in markup.resources:
        if url.startswith("fonts/") and url not in own:
            yield url, subset(markup.resources[url], letters - known).data
