"""Numbers and addresses that an author typed into a text, where nobody can correct them for all.

Checks read the file's tree, as those in `checks.py` do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leafpress.content import inline
from leafpress.content.block_checks import WITH_PLACEHOLDERS
from leafpress.content.checks import Check, Surroundings
from leafpress.content.yaml_tree import Tree
from leafpress.findings import Finding
from leafpress.rules import finding

_TEXTS = (
    *WITH_PLACEHOLDERS,
    "title",
    "summary",
    "sections.*.title",
    "sections.*.blocks.*.key.*",
    "easy_read.sections.*.title",
)
_LONG = re.compile(r"(?<![\w.,])(?:\+|\(?0)\d[\d ()-]{5,}\d(?!\w)")
"""A number to call with all its digits: they begin with 0 or +; 0800 1111 has eight."""

_SHORT = re.compile(r"\b(?:call|dial|phone|ring|text)\s+(\d{3,6})\b(?! ?\d)", re.IGNORECASE)
"""A short one, behind a word for calling: 999, 111, 85258."""

_ADDRESS = re.compile(r"\bhttps?://[^\s)\]]+|\bwww\.[^\s)\]]+|[\w.+-]+@[\w-]+\.[\w.-]+\w")


def typed_numbers(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """Numbers stand in contacts.yaml, addresses behind words."""
    for pattern in _TEXTS:
        for path, text in tree.each(pattern, str):
            words = inline.outside_links(text)
            for number in (*_LONG.findall(words), *_SHORT.findall(words)):
                yield finding("L100", tree.span_of_piece(path, number), number=number)
            for address in _ADDRESS.findall(words):
                yield finding("L101", tree.span_of_piece(path, address), address=address)


CHECKS: tuple[Check, ...] = (typed_numbers,)
