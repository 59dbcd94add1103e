"""Editions of the shipped leaflets, as markup."""

from __future__ import annotations

from functools import cache

from conftest import ROOT, order_for

from leafpress.pages.render import Markup
from leafpress.press.edition import Edition
from leafpress.press.pipeline import markup_of

LEAFLET = "neck-pain"
LANGUAGES = ("en-GB", "cy", "pl", "ur", "bn")


@cache
def markup(language: str, format_: str, leaflet: str = LEAFLET) -> Markup:
    """What an edition is made from, on the day of all tests."""
    return markup_of(Edition(leaflet, language, format_), order_for(ROOT))
