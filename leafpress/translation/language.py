"""The languages: a row each in `locales/languages.toml`, and in that of a clinic's own folder.

Babel rejects `en_XA` and `ar_XB`, so the row says which of Babel's locales formats its dates
and numbers. Numbers keep western digits in every language: telephone numbers must match the
keypad, doses must match the label, and a leaflet should not mix two sets of digits.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from leafpress import installed
from leafpress.content.root import Root
from leafpress.translation.language_rows import FILE, Row, read_rows

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Language:
    """One row.

    Args:
        tag: BCP 47, as documents say it.
        english: its name in English.
        native: its name in itself.
        script: the key of its fonts in `pages/fonts.toml`.
        direction: which way it is written.
        babel: the locale for dates, numbers and plurals, if not `tag`.
        pseudo: made from English by `pseudo.py`, to test with.
        built: built though `clinic.yaml` does not name it.
        braille: tables of liblouis 3.24 for literary six-dot braille, uncontracted (grade 1) and
            contracted (grade 2); empty where it has none. docs/plain-text-and-braille.md tells
            how far each was checked.
        ends: pairs of an English mark and its own for it, where they differ at a sentence's end.
        quotes: its quotation marks, and those inside them.
        colon: what stands between a word and what it means.
        either: what stands before the last of several choices, and between those before it; empty
            where CLDR knows it.
        doubled: words that it says twice on purpose.
        note: what translators should know of its signs.
    """

    tag: str
    english: str
    native: str
    script: str = "latin"
    direction: Direction = "ltr"
    babel: str = ""
    pseudo: bool = False
    built: bool = False
    braille: tuple[str, str] = ("", "")
    ends: tuple[tuple[str, str], ...] = ()
    quotes: str = ""
    colon: str = ": "
    either: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    note: str = ""

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


def _language(tag: str, row: Row) -> Language:
    tables: list[str] = row.get("braille", [])
    grade_1, grade_2, *_ = [*tables, "", ""]
    columns = {
        **row,
        "braille": (grade_1, grade_2),
        "ends": tuple(row.get("ends", {}).items()),
        "either": tuple(row.get("either", ())),
        "doubled": tuple(row.get("doubled", ())),
    }
    return Language(tag, **columns)


def _languages(rows: Mapping[str, Row]) -> dict[str, Language]:
    return {tag: _language(tag, row) for tag, row in rows.items()}


_SHIPPED = _languages(read_rows(installed.SHIPPED / FILE, FILE))

LANGUAGES = dict(_SHIPPED)
"""Every language by its tag, in the order in which they are built and listed: what is shipped, and
behind it the rows of the clinic that this process works for (`use`)."""


def use(root: Root) -> None:
    """Take the rows of a clinic's own folder along, from now on in this process.

    Raises:
        Problem: its `locales/languages.toml` has a fault, with exit code 2.
    """
    LANGUAGES.clear()
    LANGUAGES.update(_SHIPPED)
    for path in tables_of(root):
        LANGUAGES.update(_languages(read_rows(path, root.shown(path))))


def tables_of(root: Root) -> tuple[Path, ...]:
    """The files that may hold rows besides those that are shipped with the program."""
    paths = (folder / FILE for folder in reversed(root.folders))
    return tuple(path for path in paths if path != installed.SHIPPED / FILE)


def direction_of(tag: str, words: str) -> Direction:
    """Which way words run that are marked with a language.

    As the language does, unless its letters do not: Urdu in Latin letters runs from left to
    right, Welsh spelled in Arabic letters from right to left. Of a language without a row the
    letters say it.
    """
    known = LANGUAGES.get(tag) or LANGUAGES.get(tag.partition("-")[0])
    kinds = Counter(unicodedata.bidirectional(letter) for letter in words)
    from_left, from_right = kinds["L"], kinds["R"] + kinds["AL"]
    if known and known.direction == "rtl":
        return "ltr" if from_left and not from_right else "rtl"
    return "rtl" if from_right > from_left else "ltr"


def is_offered(language: Language, root: Root) -> bool:
    """Whether anything can be built in it: it is built anyhow, or somebody has begun catalogues."""
    file = root.file(f"locales/{language.folder}/LC_MESSAGES/leafpress.po")
    return language.built or language.pseudo or file.is_file()


def offered(root: Root) -> tuple[str, ...]:
    """The tags of all languages that can be built, but for those that are for tests only."""
    rows = LANGUAGES.items()
    return tuple(tag for tag, row in rows if is_offered(row, root) and not row.pseudo)


def built(chosen: Iterable[str] = ()) -> tuple[str, ...]:
    """What a build makes when nobody says otherwise.

    Args:
        chosen: the tags that `clinic.yaml` names.
    """
    named = frozenset(chosen)
    return tuple(tag for tag, row in LANGUAGES.items() if row.built or tag in named)
