"""The library's pages as HTML: one style sheet and one script, both known by their digests."""

from __future__ import annotations

import base64
import datetime
import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import segno
from markupsafe import Markup as Safe

from leafpress.library import title_fonts
from leafpress.library.changed import SHOWN
from leafpress.library.needs import NEEDS
from leafpress.library.shelf import files
from leafpress.library.states import STATES, needs_met, states_of, totals
from leafpress.templating import pages_for_staff
from leafpress.translation.language import LANGUAGES, Language

if TYPE_CHECKING:
    from leafpress.library.facts import Library
    from leafpress.library.shelf import Group, ListedLeaflet

_HERE = Path(__file__).parent


def pages(library: Library, before: str = "") -> tuple[str, str]:
    """The page for patients and that for staff.

    Args:
        before: the page for staff as it was: its fonts may be used again.
    """
    shelf = library.shelf
    script = _text("library.js").strip() + "\n"
    languages = _languages(library)
    words: dict[str, object] = {"library": library, "shelf": shelf, "needs": NEEDS, "qr": _qr}
    words |= {"files": files(shelf.to_hand_out), "drafts": files(shelf.not_yet)}
    words |= {"languages": languages, "offered": _offered(library), "day": _day}
    words |= {"states": STATES, "states_of": states_of, "most_changes": SHOWN}
    words |= {"totals": totals(shelf, languages), "needs_met": needs_met}
    words |= {"script": Safe(script), "script_digest": _digest(script)}  # noqa: S704  # ours
    templates = [_text(name) for name in ("choose.html", "site.html")]
    bare = [_filled(template, words, "") for template in templates]
    letters = frozenset("".join(bare))
    style = title_fonts.css(letters, languages, library.root.font_home, before)
    style = "\n".join((_text("library.css"), style, ""))
    staff, patients = templates[1], templates[0]
    return _filled(patients, words, style), _filled(staff, words, style)


def _filled(template: str, words: dict[str, object], style: str) -> str:
    safe = Safe(style)  # noqa: S704  # a style sheet of ours
    page = pages_for_staff().from_string(template)
    return page.render(**words, style=safe, style_digest=_digest(style)) + "\n"


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """How a content security policy names a style sheet or script (CSP 3, 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _languages(library: Library) -> tuple[Language, ...]:
    """Every language that is listed, in the order of the page."""
    leaflets = (*library.shelf.to_hand_out, *library.shelf.not_yet)
    rows = [group.language for leaflet in leaflets for group in leaflet.groups]
    return tuple(LANGUAGES[tag] for tag in dict.fromkeys(language.tag for language in rows))


def _offered(library: Library) -> dict[Language, list[tuple[ListedLeaflet, Group, str]]]:
    """What a patient may choose: by language each leaflet with its web page, or else a file."""
    offered: dict[Language, list[tuple[ListedLeaflet, Group, str]]] = {}
    for language in _languages(library):
        rows = list(_in_language(library, language))
        if rows:
            offered[language] = rows
    return offered


def _in_language(
    library: Library, language: Language
) -> Iterator[tuple[ListedLeaflet, Group, str]]:
    for leaflet in library.shelf.to_hand_out:
        for group in leaflet.groups:
            if group.language == language:
                web = [row.file for row in group.rows if row.need == "screen"]
                yield leaflet, group, (web or [row.file for row in group.rows])[0]


@lru_cache(maxsize=1024)
def _qr(address: str) -> Safe:
    """A QR code as inline SVG, error correction M (ISO/IEC 18004).

    Kept: both pages show it, and each is filled twice.
    """
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(border=4, omitsize=True, svgclass="qr", lineclass=None, light="white")
    return Safe(svg.replace("<svg ", '<svg aria-hidden="true" ', 1))  # noqa: S704  # segno's


def _day(day: str | datetime.date) -> str:
    """A day as people write it: 28 November 2026."""
    if isinstance(day, str):
        day = datetime.date.fromisoformat(day)
    return f"{day.day} {day:%B %Y}"
