"""The code of an edition's words: printed on it, so that a copy can be told from a newer one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

from lxml import html

from leafpress.system import digest

if TYPE_CHECKING:
    from leafpress.pages.render import Markup

LETTERS = "23456789bcdfghjkmnpqrstvwxyz"
"""Digits and letters that nobody takes for one another on paper, and that spell no word."""

LENGTH = 10
"""28 letters to the tenth are 48 bits: among 10,000 copies two are alike once in six million."""

PENDING = "-" * LENGTH
"""Stands in the address while the code is not known: it is worked out from the page."""


def of(markup: Markup) -> str:
    """The code of the words and pictures of a page; how they are set does not matter.

    Args:
        markup: the page with `PENDING` in place of the code.
    """
    seen = [markup.language.tag, markup.format.id, *_words(markup.html), *_pictures(markup)]
    number = int.from_bytes(sha256(json.dumps(seen).encode()).digest())
    return "".join(
        LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in range(LENGTH)
    )


def _words(page: str) -> Iterator[str]:
    """What a reader sees or hears, but not to which other languages a web page leads."""
    root = html.document_fromstring(page)
    for element in root.find_class("languages"):
        element.drop_tree()
    yield " ".join(root.text_content().split())
    for element in root.iter():
        yield from filter(None, (element.get("alt"), element.get("aria-label")))


def _pictures(markup: Markup) -> Iterator[str]:
    """Pictures of the leaflet by what is in their files; fonts and the logo are not its words."""
    for name, path in sorted(markup.resources.items()):
        if not name.startswith(("fonts/", "clinic/")):
            yield digest.of_file(path)
