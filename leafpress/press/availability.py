"""Which editions there can be: not every leaflet and language has what every format needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from leafpress.content.shelf import has_easy_read
from leafpress.pages.formats import FORMATS, Need
from leafpress.press.edition import Edition
from leafpress.translation.language import LANGUAGES, SOURCE

_MET: Mapping[Need, Callable[[Edition, Path], bool]] = {
    Need.TRANSLATION: lambda edition, _root: edition.language != SOURCE,
    Need.EASY_READ: lambda edition, root: has_easy_read(root, edition.leaflet),
    Need.BRAILLE_1: lambda edition, _root: bool(LANGUAGES[edition.language].braille[0]),
    Need.BRAILLE_2: lambda edition, _root: bool(LANGUAGES[edition.language].braille[1]),
}


def lacking(edition: Edition, root: Path) -> tuple[Need, ...]:
    """What the edition's format needs and its leaflet or language does not have."""
    return tuple(need for need in FORMATS[edition.format].needs if not _MET[need](edition, root))
