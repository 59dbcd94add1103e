"""Whether the fonts in a PDF are embedded, and every code shows and says something (P047)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from leafpress.proof.tags.tagged import Tagged
from leafpress.proof.tags.to_unicode import to_unicode


def fonts(tagged: Tagged) -> Iterator[str]:
    """What is wrong with the fonts of a file, each font once."""
    seen: set[tuple[int, int]] = set()
    for page in tagged.pdf.pages:
        for font in page.obj.get("/Resources", {}).get("/Font", {}).values():
            if font.objgen not in seen:
                seen.add(font.objgen)
                yield from _font(font)


def _font(font: Any) -> Iterator[str]:
    name = str(font.get("/BaseFont", "")).partition("+")[2]
    descendant = font.get("/DescendantFonts", [{}])[0]
    file = descendant.get("/FontDescriptor", {}).get("/FontFile2")
    if file is None:
        yield f"the font {name} is not embedded"
        return
    texts = to_unicode(font)
    if not texts:
        yield f"the font {name} does not say which letters its glyphs stand for (ToUnicode)"
    embedded = _Embedded(file.read_bytes())
    glyphs = _glyphs(descendant.get("/CIDToGIDMap"))
    for code, text in texts.items():
        glyph = glyphs(code)
        if glyph == 0:
            yield f"the font {name} shows the box of a missing letter for “{text}”"
        elif embedded.is_empty(glyph):
            if not (_is_blank(text) or _goes_on(text) or _may_be_in_ligature(text)):
                yield f"the font {name} shows nothing for “{text}”"
        elif embedded.is_of_another(glyph, text):
            yield f"the font {name} shows another letter for “{text}”"


def _glyphs(mapping: Any) -> Any:
    if mapping is None or mapping == "/Identity":
        return lambda code: code
    data = mapping.read_bytes()
    return lambda code: int.from_bytes(data[2 * code : 2 * code + 2], "big")


_INDIC = "\u0900"
"""The first letter of the scripts that are drawn in another order; European ones and Arabic
are before it."""


class _Embedded:
    """A font as it is in the file: its outlines, and the letters that it says they are."""

    def __init__(self, data: bytes) -> None:
        from fontTools.ttLib import TTFont

        font = TTFont(BytesIO(data), lazy=True)
        self._names, self._outlines = font.getGlyphOrder(), font["glyf"]
        self._letters: dict[str, set[str]] = {}
        for code, name in (font.getBestCmap() or {}).items() if "cmap" in font else ():
            self._letters.setdefault(name, set()).add(_letter(chr(code)))

    def is_empty(self, glyph: int) -> bool:
        """Whether a glyph has no outline."""
        if glyph >= len(self._names):
            return False
        return bool(self._outlines[self._names[glyph]].numberOfContours == 0)

    def is_of_another(self, glyph: int, text: str) -> bool:
        """Whether a glyph is that of other letters.

        A ligature of right-to-left letters says its last (`pdf/text_layer.py`). Joined letters
        have no code, brackets are mirrored in right-to-left text, and in Indic
        scripts a cluster's letters are drawn in another order than they are read.
        """
        if any(unicodedata.mirrored(c) or c >= _INDIC for c in text):
            return False
        name = self._names[glyph] if glyph < len(self._names) else ""
        said = _letter(text)
        return not any(each.endswith(said) for each in self._letters.get(name, {said}))


def _letter(text: str) -> str:
    """A letter without the shape that it takes beside others (Arabic presentation forms)."""
    return unicodedata.normalize("NFKC", text).strip()


def _may_be_in_ligature(text: str) -> bool:
    """Whether it is letters from right to left: the ink of one may be in a ligature beside it.

    That no letter is missing is what reading back finds (P046).
    """
    return all(unicodedata.bidirectional(c) in {"R", "AL", "NSM"} for c in text)


def _goes_on(text: str) -> bool:
    """Whether it begins with a mark or joiner: its ink may be in the letters before (P046)."""
    return unicodedata.category(text[0]) in {"Mn", "Cf"}


def _is_blank(text: str) -> bool:
    """Whether no ink is expected: blanks, joiners, and marks that fonts draw with their letter."""
    return all(unicodedata.category(c)[0] in "ZCM" for c in text)
