"""Type for the library: of each font what the titles and names of languages need of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from leafpress.pages import fonts
from leafpress.pages.fonts import Face
from leafpress.system.digest import of_text
from leafpress.translation.language import Language

_END = "/* end of the fonts */"

_ALONE = frozenset(typeface.families[-1] for typeface in fonts.TYPEFACES.values())
"""Families with no other behind them: they draw all that stands in a language, blanks as well.
Vietnamese, half in one design and half in another, or in a font of the machine, is hard to read."""


def css(
    letters: frozenset[str], languages: Iterable[Language], font_home: Path, before: str
) -> str:
    """`@font-face` rules that hold the fonts, and which language is set in which.

    Args:
        letters: every character of the pages.
        font_home: the folder that holds the fonts (`Root.font_home`).
        before: the page as it was: its fonts are used again where nothing has changed, since
            taking letters out of a font takes longer than all the rest.
    """
    scripts = dict.fromkeys(["latin", *(language.script for language in languages)])
    families = {script: fonts.TYPEFACES[script].families for script in scripts}
    begin = f"/* fonts {of_text(f'{sorted(letters)}{families}')} */"
    found = re.search(rf"{re.escape(begin)}.*?{re.escape(_END)}", before, re.DOTALL)
    faces = found[0] if found else "\n".join((begin, *_rules(letters, scripts, font_home), _END))
    return "\n".join((faces, *_set_in(languages)))


def _rules(letters: frozenset[str], scripts: Iterable[str], font_home: Path) -> Iterator[str]:
    from leafpress.web.pictures import as_data
    from leafpress.web.woff import subset

    drawn = frozenset[str]()
    for face in _faces(scripts):
        path = font_home / fonts.FOLDER / face.file
        if not path.is_file():
            continue  # a build says so (B002); the page is there all the same
        font = subset(path, letters if face.family in _ALONE else letters - drawn)
        drawn |= font.letters if face.family == fonts.LATIN else frozenset()
        if font.letters:
            source = as_data("font/woff2", font.data)
            yield (
                f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
                f'src: url("{source}") format("woff2") }}'
            )


def _faces(scripts: Iterable[str]) -> list[Face]:
    """Latin's, regular and bold, which are also ours; of the others the regular ones."""
    families = {family for script in scripts for family in fonts.TYPEFACES[script].families}
    latin = [face for face in fonts.FACES if face.family == fonts.LATIN]
    others = [face for face in fonts.FACES if face.family in families and face.weight == 400]
    return [*latin, *(face for face in others if face not in latin)]


def _set_in(languages: Iterable[Language]) -> Iterator[str]:
    for language in languages:
        typeface = fonts.TYPEFACES[language.script]
        if typeface.families[0] != fonts.LATIN:
            names = ", ".join(f'"{family}"' for family in typeface.families)
            yield f":lang({language.tag}) {{ font-family: {names}, sans-serif }}"
