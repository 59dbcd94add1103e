"""The code of an edition's words: printed on it, so that a copy can be told from a newer one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from leafpress.system import digest

LETTERS = "23456789bcdfghjkmnpqrstvwxyz"
"""Digits and letters that nobody takes for one another on paper, and that spell no word."""

LENGTH = 10
"""28 letters to the tenth are 48 bits: among 10,000 copies two are alike once in six million."""

PENDING = "-" * LENGTH
"""Stands in the address while the code is not known: it is worked out from the page."""


def of(page: str, pictures: Mapping[str, Path], names: Sequence[str]) -> str:
    """The code of the words and pictures of a page; how they are set does not matter.

    Args:
        page: its HTML, with `PENDING` in place of the code.
        pictures: the files that it may use, by address; fonts and the logo are not its words.
        names: its language and format.
    """
    seen = [*names, *_words(page), *_drawn(pictures)]
    number = int.from_bytes(sha256(json.dumps(seen).encode()).digest())
    base = len(LETTERS)
    return "".join(LETTERS[number // base**place % base] for place in range(LENGTH))


def _words(page: str) -> Iterator[str]:
    """What a reader sees or hears, but not to which other languages a web page leads."""
    from lxml import html  # heavy, and not needed to tell a code from other names

    root = html.document_fromstring(page)
    for element in root.find_class("languages"):
        element.drop_tree()
    yield " ".join(root.text_content().split())
    for element in root.iter():
        yield from filter(None, (element.get("alt"), element.get("aria-label")))


def _drawn(pictures: Mapping[str, Path]) -> Iterator[str]:
    for name, path in sorted(pictures.items()):
        if not name.startswith(("fonts/", "clinic/")):
            yield digest.of_file(path)
