"""Fonts for the web: of each file what one page needs of it, compressed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import uharfbuzz
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

    The features kept are those that shapers apply by themselves (HarfBuzz's default): Arabic's
    joined forms and Bengali's conjuncts among them. Hints are left out: screens have pixels enough.
    """
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path))
    wanted = set(map(ord, _with_parts(letters))) & set(face.unicodes)
    part = uharfbuzz.subset(face, _asked(wanted))
    return Woff(_packed(part.blob.data), frozenset(map(chr, wanted)))


def _asked(wanted: set[int]) -> uharfbuzz.SubsetInput:
    """What HarfBuzz is to keep of a font: these characters, and the names of `_NAMES`."""
    asked = uharfbuzz.SubsetInput()
    asked.flags = uharfbuzz.SubsetFlags.NO_HINTING
    asked.unicode_set.update(wanted)
    asked.name_id_set.clear()
    asked.name_id_set.update(_NAMES)
    return asked


def _packed(part: bytes) -> bytes:
    """A font as WOFF 2."""
    file = BytesIO()
    with TTFont(BytesIO(part), recalcTimestamp=False) as font:
        font.flavor = "woff2"
        font.save(file)
    return file.getvalue()


def _with_parts(letters: frozenset[str]) -> frozenset[str]:
    """`letters` with what shapers take them apart into: ৌ is drawn as ে before and ৗ after."""
    return letters | frozenset("".join(unicodedata.normalize("NFD", each) for each in letters))
