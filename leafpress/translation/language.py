"""The languages: one row each. A new one is a row here and catalogues in `locales/`.

Babel rejects `en_XA` and `ar_XB`, so the row says which of Babel's locales formats its dates
and numbers. Numbers keep western digits in every language: telephone numbers must match the
keypad, doses must match the label, and a leaflet should not mix two sets of digits.
"""

from __future__ import annotations

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
    """

    tag: str
    english: str
    native: str
    script: str = "latin"
    direction: Direction = "ltr"
    babel: str = ""
    pseudo: bool = False

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
    Language("en-GB", "English", "English"),
    Language("cy", "Welsh", "Cymraeg"),
    Language("pl", "Polish", "Polski"),
    Language("ur", "Urdu", "اردو", script="arabic", direction="rtl"),
    Language("bn", "Bengali", "বাংলা", script="bengali"),
    Language("en-XA", "English, accented", "Áççéñţéð", babel="en_GB", pseudo=True),
    Language(
        "ar-XB",
        "English, mirrored",
        "Mirrored",
        script="arabic",
        direction="rtl",
        babel="en_GB",
        pseudo=True,
    ),
)

_AWAITED = (
    Language("ro", "Romanian", "Română"),
    Language("pt", "Portuguese", "Português", babel="pt_PT"),
    Language("es", "Spanish", "Español"),
    Language("fr", "French", "Français"),
    Language("tr", "Turkish", "Türkçe"),
    Language("so", "Somali", "Soomaali"),
    Language("vi", "Vietnamese", "Tiếng Việt", script="vietnamese"),
    Language("uk", "Ukrainian", "Українська", script="cyrillic"),
    Language("el", "Greek", "Ελληνικά", script="greek"),
    Language("ar", "Arabic", "العربية", script="arabic", direction="rtl"),
    Language("fa", "Persian", "فارسی", script="arabic", direction="rtl"),
    Language("pa", "Punjabi", "ਪੰਜਾਬੀ", script="gurmukhi"),
    Language("gu", "Gujarati", "ગુજરાતી", script="gujarati"),
    Language("ta", "Tamil", "தமிழ்", script="tamil"),
    Language("hi", "Hindi", "हिन्दी", script="devanagari"),
    Language("zh-Hans", "Chinese, simplified", "简体中文", script="chinese"),
)

LANGUAGES = {language.tag: language for language in _ROWS}
"""Every language by its tag, in the order in which they are built and listed."""

AWAITED = {language.tag: language for language in _AWAITED}
"""Languages whose type and text layer are proven, and that wait for catalogues: they are neither
built, nor listed, nor extracted. To translate into one, move its row up to the others."""

BUILT = tuple(tag for tag, language in LANGUAGES.items() if not language.pseudo)
"""What a build makes when nobody says otherwise."""
