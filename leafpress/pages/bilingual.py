"""Two languages on one page: each block in both, from the templates that every format uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup as Safe

from leafpress.content.model import Leaflet
from leafpress.translation.language import SOURCE, Language

Fill = Callable[[str, Mapping[str, Any]], str]
"""Fills a template by its name."""

_ID = re.compile(r' (id="|href="#)')
_PREFIX = "english-"
"""The English half has the same blocks as the other, and an id may stand only once on a page."""


@dataclass(frozen=True)
class LanguageSide:
    """One of the two languages of a page, for templates.

    Args:
        context: what templates of this side see.
    """

    language: Language
    leaflet: Leaflet
    context: Mapping[str, Any]
    fill: Fill

    def part(self, name: str, **values: object) -> Safe:
        """A template filled in this side's language."""
        html = self.fill(name, {**self.context, **values})
        # Our own templates made it: everything in it is escaped, and quoted with `"`.
        return Safe(_ID.sub(rf" \1{_PREFIX}", html) if self.language.tag == SOURCE else html)

    def plain(self, text: str) -> Safe:
        """A text of this side without markup."""
        return Safe(self.context["plain"](text))
