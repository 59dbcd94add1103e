"""The languages: one row each. A new one is a row here and catalogues in `locales/`.

Babel rejects `en_XA` and `ar_XB`, so the row says which of Babel's locales formats its dates
and numbers. Numbers keep western digits in every language: telephone numbers must match the
keypad, doses must match the label, and a leaflet should not mix two sets of digits.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Literal

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Language:
    """One row.

    Args:
        tag: BCP 47, as documents say it.
        english: its name in English.
        native: its name in itself.
        script: the key of its fonts in `pages/fonts.py`.
        direction: which way it is written.
        babel: the locale for dates, numbers and plurals, if not `tag`.
        pseudo: made from English by `pseudo.py`, to test with.
        braille: tables of liblouis 3.24 for literary six-dot braille, uncontracted (grade 1) and
            contracted (grade 2); empty where it has none. docs/plain-text-and-braille.md tells
            how far each was checked.
    """

    tag: str
    english: str
    native: str
    script: str = "latin"
    direction: Direction = "ltr"
    babel: str = ""
    pseudo: bool = False
    braille: tuple[str, str] = ("", "")

    @property
    def folder(self) -> str:
        """Its folder in `locales/`, as gettext spells it: `zh_Hans`."""
        return self.tag.replace("-", "_")

    @property
    def locale(self) -> str:
        """The locale that Babel knows."""
        return self.babel or self.folder

    @property
    def is_source(self) -> bool:
        """Whether leaflets are written in it."""
        return self.tag == SOURCE

    @property
    def is_translated(self) -> bool:
        """Whether its words come from catalogues."""
        return not self.is_source and not self.pseudo


SOURCE = "en-GB"

_ROWS = (
    Language("en-GB", "English", "English", braille=("en-ueb-g1.ctb", "en-ueb-g2.ctb")),
    Language("cy", "Welsh", "Cymraeg", braille=("cy-cy-g1.utb", "cy-cy-g2.ctb")),
    Language("pl", "Polish", "Polski", braille=("Pl-Pl-g1.utb", "")),
    Language(
        "ur",
        "Urdu",
        "اردو",
        script="arabic",
        direction="rtl",
        braille=("ur-pk-g1.utb", "ur-pk-g2.ctb"),
    ),
    Language("bn", "Bengali", "বাংলা", script="bengali", braille=("bn.tbl", "")),
    Language("en-XA", "English, accented", "Áççéñţéð", babel="en_GB", pseudo=True),
    Language(
        "ar-XB",
        "English, mirrored",
        "میررورےد",  # “Mirrored”, as it spells it
        script="arabic",
        direction="rtl",
        babel="en_GB",
        pseudo=True,
    ),
)

_AWAITED = (
    Language("ro", "Romanian", "Română"),
    Language(
        "pt", "Portuguese", "Português", babel="pt_PT", braille=("pt-pt-g1.utb", "pt-pt-g2.ctb")
    ),
    Language("es", "Spanish", "Español", braille=("es-g1.ctb", "es-g2.ctb")),
    Language("fr", "French", "Français", braille=("fr-bfu-comp6.utb", "fr-bfu-g2.ctb")),
    Language("tr", "Turkish", "Türkçe", braille=("tr-g1.ctb", "tr-g2.ctb")),
    Language("so", "Somali", "Soomaali"),
    Language(
        "vi",
        "Vietnamese",
        "Tiếng Việt",
        script="vietnamese",
        braille=("vi-vn-g0.utb", "vi-vn-g2.ctb"),
    ),
    Language("uk", "Ukrainian", "Українська", script="cyrillic", braille=("uk.utb", "")),
    Language("el", "Greek", "Ελληνικά", script="greek", braille=("el.ctb", "")),
    Language(
        "ar",
        "Arabic",
        "العربية",
        script="naskh",
        direction="rtl",
        braille=("ar-ar-g1.utb", "ar-ar-g2.ctb"),
    ),
    Language(
        "fa", "Persian", "فارسی", script="arabic", direction="rtl", braille=("fa-ir-g1.utb", "")
    ),
    Language("pa", "Punjabi", "ਪੰਜਾਬੀ", script="gurmukhi", braille=("pa.tbl", "")),
    Language("gu", "Gujarati", "ગુજરાતી", script="gujarati", braille=("gu.tbl", "")),
    Language("ta", "Tamil", "தமிழ்", script="tamil", braille=("ta-ta-g1.ctb", "")),
    Language("hi", "Hindi", "हिन्दी", script="devanagari", braille=("hi.tbl", "")),
    Language(
        "zh-Hans",
        "Chinese, simplified",
        "简体中文",
        script="chinese",
        braille=("zhcn-g1.ctb", "zhcn-g2.ctb"),
    ),
)

LANGUAGES = {language.tag: language for language in _ROWS}
"""Every language by its tag, in the order in which they are built and listed."""

AWAITED = {language.tag: language for language in _AWAITED}
"""Languages whose type and text layer are proven, and that wait for catalogues: they are neither
built, nor listed, nor extracted. To translate into one, move its row up to the others."""


def direction_of(tag: str, words: str) -> Direction:
    """Which way words run that are marked with a language.

    As the language does, unless its letters do not: Urdu in Latin letters runs from left to
    right, Welsh spelled in Arabic letters from right to left. Of a language without a row the
    letters say it.
    """
    known = LANGUAGES.get(tag) or AWAITED.get(tag) or AWAITED.get(tag.partition("-")[0])
    kinds = Counter(unicodedata.bidirectional(letter) for letter in words)
    from_left, from_right = kinds["L"], kinds["R"] + kinds["AL"]
    if known and known.direction == "rtl":
        return "ltr" if from_left and not from_right else "rtl"
    return "rtl" if from_right > from_left else "ltr"


BUILT = tuple(tag for tag, language in LANGUAGES.items() if not language.pseudo)
"""What a build makes when nobody says otherwise."""
