"""Codes of a font: each pair of glyph and text has one of its own.

WeasyPrint 70 keeps one text for each glyph, the first that it saw; in many scripts a glyph
stands for other letters elsewhere. An added code shows the same glyph by way of the font's
CIDToGIDMap (ISO 32000-1, 9.7.4.2) and has its own entry in ToUnicode (9.10.3).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

LAST_CODE = 0xFFFF
"""Codes have two bytes (Identity-H)."""

_BATCH = 100
"""Entries that a CMap may have in one section (Adobe Technical Note 5014)."""


@dataclass(eq=False)
class Codes:
    """The codes of one font: a glyph's own number for its first text, new ones for the others.

    Args:
        font: WeasyPrint's Font.
        glyphs: glyph by added code.
        texts: text by added code.
    """

    font: Any
    glyphs: dict[int, int] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    _codes: dict[tuple[int, str], int] = field(default_factory=dict)

    def code(self, glyph: int, text: str) -> int:
        """The code that shows `glyph` and reads as `text`.

        Raises:
            ValueError: the font has no free code left.
        """
        if self.font.to_unicode.setdefault(glyph, text) == text:
            return glyph
        if (glyph, text) not in self._codes:
            # WeasyPrint gives characters that the font lacks the numbers after its glyphs.
            code = self.font.glyph_count + len(self.font.missing) + len(self.glyphs)
            if code > LAST_CODE:
                raise ValueError(f"the font {self.font.family} has no code left for “{text}”")
            self._codes[glyph, text] = code
            self.glyphs[code], self.texts[code] = glyph, text
            self.font.widths[code] = self.font.widths[glyph]
        return self._codes[glyph, text]

    def write(self, pdf: Any) -> None:
        """Enter the added codes into the font's dictionaries in a finished `pydyf.PDF`."""
        if not self.glyphs:
            return
        font = next(each for each in pdf.objects if _is_font(each, self.font.name))
        self._write_texts(_object(pdf, font["ToUnicode"]))
        descendant = _object(pdf, font["DescendantFonts"][0])
        descendant["CIDToGIDMap"] = self._write_map(pdf)

    def _write_texts(self, cmap: Any) -> None:
        lines = [
            f"<{code:04x}> <{text.encode('utf-16-be').hex()}>".encode()
            for code, text in self.texts.items()
        ]
        at = cmap.stream.index(b"endcmap")
        for start in range(0, len(lines), _BATCH):
            batch = lines[start : start + _BATCH]
            section = [f"{len(batch)} beginbfchar".encode(), *batch, b"endbfchar"]
            cmap.stream[at:at] = section
            at += len(section)

    def _write_map(self, pdf: Any) -> Any:
        import pydyf

        own = {glyph: glyph for glyph in self.font.to_unicode}
        both = {**own, **self.glyphs}
        data = b"".join(both.get(code, 0).to_bytes(2, "big") for code in range(max(both) + 1))
        stream = pydyf.Stream([data], compress=True)
        pdf.add_object(stream)
        return stream.reference


def _is_font(thing: Any, name: bytes) -> bool:
    return (
        isinstance(thing, dict)
        and thing.get("Subtype") == "/Type0"
        and thing.get("BaseFont") == name
    )


def _object(pdf: Any, reference: bytes) -> Any:
    """What a reference of pydyf's leads to: it is written as in the file, `12 0 R`."""
    number, _generation, _r = reference.split()
    return pdf.objects[int(number)]


UNSEEN_TEXT = "\u200c"
"""ZERO WIDTH NON-JOINER: no ink, no advance, and no word ends at it."""

_GLYPHS: dict[tuple[str, int, str], int] = {}
"""By family, weight and character: opening a font for one glyph takes longer than a page."""


def space_glyph(font: Any) -> int:
    """The glyph of a blank."""
    return _glyph_of(font, " ")


def wide_blank_glyph(font: Any) -> int:
    """The glyph of a blank as wide as the type is high; of a usual one in a font without it."""
    return _glyph_of(font, "\u2003") or space_glyph(font)


def unseen_glyph(font: Any) -> int:
    """A glyph without ink or advance; that of a blank in a font that has none.

    Many fonts draw a bar for the joiner itself, which text engines never show.
    """
    candidates = ("\u200b", UNSEEN_TEXT)
    found = (_glyph_of(font, each, without_ink=True) for each in candidates)
    return next((glyph for glyph in found if glyph), space_glyph(font))


def _glyph_of(font: Any, character: str, *, without_ink: bool = False) -> int:
    """The glyph of a character, 0 without one: by the font's file, as WeasyPrint does not ask."""
    key = (font.family, font.weight, character)
    if key not in _GLYPHS:
        from fontTools.ttLib import TTFont

        file = TTFont(BytesIO(font.file_content), fontNumber=font.index, lazy=True)
        name = file.getBestCmap().get(ord(character))
        inked = bool(name and without_ink and file["glyf"][name].numberOfContours)
        _GLYPHS[key] = file.getGlyphID(name) if name and not inked else 0
    return _GLYPHS[key]
