"""Which language a cell means: a tag, a name in English or in itself, a name of the census."""

from __future__ import annotations

from functools import cache

from leafpress.mailing.lists.normalise import normalise
from leafpress.translation.language import LANGUAGES

_OTHER_NAMES = {
    "en-GB": "eng, english uk, english united kingdom, british english, en",
    "cy": "cym, wel, welsh or english welsh, cymraeg welsh",
    "pl": "pol",
    "ur": "urd",
    "bn": "ben, bangla, bengali bangla, bengali with sylheti and chatgaya",
    "ro": "ron, rum, moldovan, romanian moldovan",
    "pt": "por",
    "es": "spa, castilian, castellano",
    "fr": "fra, fre",
    "tr": "tur",
    "so": "som, somalian",
    "vi": "vie",
    "uk": "ukr",
    "el": "ell, gre",
    "ar": "ara",
    "fa": "fas, per, farsi, persian or farsi, persian farsi, farsi persian",
    "pa": "pan, panjabi, panjabi punjabi, punjabi panjabi, punjabi gurmukhi",
    "gu": "guj",
    "ta": "tam",
    "hi": "hin",
    "zh-Hans": "simplified chinese, chinese simplified, mandarin simplified, zh cn, zh sg, zh hans",
}
"""ISO 639-2 codes, spellings of patient systems, and names of the Census 2021 (England and Wales).
`zh` and "Chinese" alone say nothing of the script, so they are not here."""

NOT_WRITTEN = {
    "bsl": "British Sign Language has no written form",
    "british sign language": "British Sign Language has no written form",
    "bfi": "British Sign Language has no written form",
    "makaton": "Makaton is signed",
    "sylheti": "Sylheti is spoken: ask which language the patient reads",
    "mirpuri": "Mirpuri is spoken: ask which language the patient reads",
    "pahari": "Pahari is spoken: ask which language the patient reads",
    "interpreter": "an interpreter says nothing about what the patient reads",
    "interpreter required": "an interpreter says nothing about what the patient reads",
    "chinese": "Chinese is written in two scripts: say simplified or traditional",
    "zh": "Chinese is written in two scripts: say simplified or traditional",
}
"""What stands in columns of languages and is no language of writing, with the reason."""


_ELSEWHERE = """
    afrikaans, akan, albanian, amharic, armenian, bosnian, bulgarian, burmese, cantonese, catalan,
    creole, croatian, czech, danish, dari, dutch, estonian, filipino, finnish, georgian, german,
    hakka, hausa, hebrew, hungarian, igbo, italian, japanese, kashmiri, konkani, korean, krio,
    kurdish, lao, latvian, lingala, lithuanian, luganda, macedonian, malay, malayalam, maltese,
    mandarin, marathi, mongolian, ndebele, nepali, nepalese, norwegian, oromo, pashto, pushto,
    pothwari, romani, russian, serbian, shona, sindhi, sinhala, sinhalese, slovak, slovenian,
    sorani, swahili, swedish, tagalog, telugu, thai, tibetan, tigrinya, twi, uyghur, wolof,
    yiddish, yoruba, zulu
"""
"""Names of other languages that people in Britain read, and for which we have no row. Nothing is
written in them; where one stands in a column that nobody reads, its row is not passed over."""

ELSEWHERE = frozenset(name.strip() for name in _ELSEWHERE.split(","))
"""The same, by name."""


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for tag, row in LANGUAGES.items():
        if not row.pseudo:
            others = _OTHER_NAMES.get(tag, "").split(", ")
            spellings = (tag, row.english, row.native, *others)
            names |= {normalise(name): tag for name in spellings if name}
    return names


def language_names() -> frozenset[str]:
    """Every name and code of a language that we have a row for, as `normalise` writes it."""
    return frozenset(_names())


def find_language(text: str) -> str | None:
    """The tag of the language that `text` means; None if that is not known.

    A region does not matter (`pl-PL` is Polish), a script does (`pa-Arab` is not `pa`).
    """
    words = normalise(text)
    if words in _names():
        return _names()[words]
    language, _, rest = words.partition(" ")
    region = len(rest) == 2 and rest.isalpha() and len(language) in (2, 3)
    region = region and not rest.startswith("x")  # private regions: our pseudo-languages
    return _names().get(language) if region else None


def why_not(text: str) -> str:
    """Why a language is not known, where more can be said than that."""
    return NOT_WRITTEN.get(normalise(text), "it is in no table of languages")
