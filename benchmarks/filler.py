"""Catalogues of words without a sense, to see a language's type before anybody has translated.

Each English word becomes a name that CLDR has in the language (places, languages, days, months),
always the same one, so that letters, lengths and line breaks are real. Numbers, names in capitals,
placeholders and marks stay, as a translator keeps them. Nobody may ever be given such a leaflet.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from zlib import crc32

from babel import Locale
from babel.messages.pofile import read_po, write_po
from babel.numbers import get_decimal_symbol

from leafpress.cli.extract import extract_messages
from leafpress.pages.fonts import TYPEFACES
from leafpress.press.edition import BuildOptions
from leafpress.translation.language import LANGUAGES, Language

_KEPT = re.compile(
    r"(%\(\w+\)[sd]|\{[a-z0-9][a-z0-9-]*\}|\]\([^)]*\)|\]\{lang=[\w-]+\}|\]\{abbr=|https?://\S+"
    r"|[\w.]+@[\w.]+|\b\w*\d\w*(?:[.,]\d+)*|\b\w*[A-Z]\w*[A-Z]\w*)"
)
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")


def write_catalogues(options: BuildOptions, tag: str) -> None:
    """Catalogues of a language in the project of these options, in its own folder."""
    language, project = LANGUAGES[tag], options.project()
    for file in extract_messages(project, options.today, [language]):
        if file.name.endswith(".po"):
            _fill(project.root.called(file.name), language)


def _fill(path: Path, language: Language) -> None:
    with path.open("rb") as file:
        catalog = read_po(file, locale=language.locale)
    for message in catalog:
        if isinstance(message.id, tuple):
            message.string = tuple(
                filled(message.id[min(form, 1)], language) for form in range(catalog.num_plurals)
            )
        elif message.id:
            limit = min((int(f[11:]) for f in message.flags if f[:11] == "max-length:"), default=0)
            message.string = filled(message.id, language, limit)
    with path.open("wb") as file:
        write_po(file, catalog, width=0)


def filled(english: str, language: Language, limit: int = 0) -> str:
    """A text in the language's words, about as long as the English ones; shorter ones to fit."""
    for longest in _LONGEST:
        pieces = [
            _kept(piece, language) if index % 2 else _spelled(piece, language, longest)
            for index, piece in enumerate(_KEPT.split(english))
        ]
        text = "".join(pieces)
        if not limit or len(text) <= limit:
            break
    return text


_LONGEST = (1.0, 0.8, 0.5)
"""Letters of a word against the English one's; where there is no room, short words are taken."""


_LETTERS = {"ethiopic": 0.6}
"""The same where a letter is a syllable."""


def _kept(piece: str, language: Language) -> str:
    """A number with the language's decimal sign; all else as it is."""
    decimal = get_decimal_symbol(Locale.parse(language.locale))
    return piece.replace(".", decimal) if re.fullmatch(r"\d+\.\d+", piece) else piece


def _spelled(piece: str, language: Language, longest: float) -> str:
    by_length = _words(language.tag)
    unspaced = TYPEFACES[language.script].unspaced

    def word(match: re.Match[str]) -> str:
        english = match.group().lower()
        letters = _LETTERS.get(language.script, 1.0) * longest * len(english)
        wanted = 2 if unspaced else max(2, round(letters))
        length = max((each for each in by_length if each <= wanted), default=min(by_length))
        return by_length[length][crc32(english.encode()) % len(by_length[length])]

    text = _WORD.sub(word, piece)
    for english, own in language.ends:
        text = re.sub(rf"{re.escape(english)}(?=\s|\*|$)", own, text)
    return re.sub(r"(?<=[\u3000-\uffef]) (?=[\u3000-\uffef])", "", text) if unspaced else text


@cache
def _words(tag: str) -> dict[int, tuple[str, ...]]:
    """Words of a language by length: its names in CLDR that are written in its own letters."""
    language = LANGUAGES[tag]
    every = sorted({word for name in _names(language) for word in re.split(r"[\s()،,/·-]+", name)})
    scripts = Counter(_script(word) for word in every if word)
    own = scripts.most_common(1)[0][0]
    words = [word for word in every if len(word) > 1 and _script(word) == own]
    return {
        length: tuple(word for word in words if len(word) == length)
        for length in sorted({len(word) for word in words})
    }


def _names(language: Language) -> Iterator[str]:
    locale = Locale.parse(language.locale)
    yield from locale.territories.values()
    yield from locale.languages.values()
    yield from locale.months["format"]["wide"].values()
    yield from locale.days["format"]["wide"].values()


def _script(word: str) -> str:
    """The script of all letters of a word; empty where it has several, or a figure."""
    if not all(unicodedata.category(letter)[0] in "LM" for letter in word):
        return ""
    names = {unicodedata.name(letter, "").split()[0] for letter in word if letter.isalpha()}
    return names.pop() if len(names) == 1 else ""
