"""From markup to a web page in one file: fonts, pictures and styles stand in it.

It can be opened from a folder, a stick or an e-mail: it asks for nothing and runs no program.
"""

from __future__ import annotations

import mimetypes
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from lxml import html

from leafpress.pages import fonts
from leafpress.pages.render import Markup
from leafpress.translation.direction import isolated
from leafpress.web.notes import lead_back
from leafpress.web.tables import keep_roles
from leafpress.web.woff import subset

_URL = re.compile(r'url\("([^"]+)"\)')


def write_page(markup: Markup) -> bytes:
    """The page, as UTF-8. The same markup and files make the same bytes."""
    root = html.document_fromstring(markup.html)
    keep_roles(root)
    lead_back(root, isolated(markup.link_words["back"], markup.language.direction))
    _let_focus_follow(root)
    css = "\n".join(style.text for style in markup.styles)
    letters = frozenset(html.tostring(root, encoding="unicode") + css)
    _embed_pictures(root, markup.resources)
    style = html.Element("style")
    style.text = _with_fonts(css, markup, letters)
    root.find("head").append(style)
    page = html.tostring(root, encoding="unicode", doctype="<!doctype html>")
    return (str(page).rstrip() + "\n").encode()


def versions() -> dict[str, str]:
    """What a page's bytes depend on besides its markup."""
    return {name: version(name) for name in ("fonttools", "brotli", "lxml")}


def _let_focus_follow(root: Any) -> None:
    """Some readers follow a link inside a page only to what can have the focus."""
    for main in root.iter("main"):
        main.set("tabindex", "-1")


def _embed_pictures(root: Any, resources: Mapping[str, Path]) -> None:
    for image in root.iter("img"):
        path = resources[image.get("src")]
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        image.set("src", _data(kind, path.read_bytes()))


def _with_fonts(css: str, markup: Markup, letters: frozenset[str]) -> str:
    """The style sheet, with what each font has of `letters`."""
    parts = dict(_parts(markup, letters))
    return _URL.sub(lambda found: f'url("{_data("font/woff2", parts[found[1]])}")', css)


def _parts(markup: Markup, letters: frozenset[str]) -> Iterator[tuple[str, bytes]]:
    """Each font by address: the page's own whole, those of other languages' names for the rest."""
    own = [face.url for face in fonts.faces(markup.language.script)]
    known = frozenset[str]()
    for url in own:
        font = subset(markup.resources[url], letters)
        known |= font.letters
        yield url, font.data
    for url in markup.resources:
        if url.startswith("fonts/") and url not in own:
            yield url, subset(markup.resources[url], letters - known).data


def _data(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{b64encode(data).decode()}"
