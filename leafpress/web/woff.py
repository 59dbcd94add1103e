"""Fonts for the web: of each file what one page needs of it, compressed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont


@dataclass(frozen=True, slots=True)
class Woff:
    """A part of a font as WOFF 2, and the characters that it draws."""

    data: bytes
    letters: frozenset[str]


_NAMES = [*range(7), 13, 14]
"""The names kept in a font: whose it is, and its licence, which asks for that (OFL 1.1, 2)."""


@lru_cache(maxsize=16)
def subset(path: Path, letters: frozenset[str]) -> Woff:
    """What the font at `path` has of `letters`, with all that joins and stacks them.

    The features kept are those that shapers apply by themselves (fontTools' default): Arabic's
    joined forms and Bengali's conjuncts among them. Hints are left out: screens have pixels enough.
    """
    options = Options(hinting=False, name_IDs=_NAMES, drop_tables=[*Options().drop_tables, "meta"])
    with TTFont(path, recalcTimestamp=False) as font:
        wanted = set(map(ord, _with_parts(letters))) & font.getBestCmap().keys()
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=wanted)
        subsetter.subset(font)
        font.flavor = "woff2"
        file = BytesIO()
        font.save(file)
    return Woff(file.getvalue(), frozenset(map(chr, wanted)))


def _with_parts(letters: frozenset[str]) -> frozenset[str]:
    """`letters` with what shapers take them apart into: ৌ is drawn as ে before and ৗ after."""
    return letters | frozenset("".join(unicodedata.normalize("NFD", each) for each in letters))
