"""Tags of languages (BCP 47), as `[words]{lang=cy}` names them."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|[0-9]{3}))?",
    re.IGNORECASE,
)
"""Language, script and region (RFC 5646, 2.1). No leaflet needs variants or extensions."""


@lru_cache(maxsize=256)
def is_language_tag(tag: str) -> bool:
    """Whether it is one, of a language, script and region that CLDR knows.

    Codes of three letters are taken on trust: ISO 639-3 has 8,000, and CLDR names 500 of them.
    """
    parts = _TAG.fullmatch(tag)
    if not parts:
        return False
    english = Locale("en")
    script, region = parts["script"] or "Latn", parts["region"] or "GB"
    return (
        (len(parts["language"]) == 3 or parts["language"].lower() in english.languages)
        and script.title() in english.scripts
        and region.upper() in english.territories
    )
