"""The fonts: one file a family and weight, known by digest. No other font can enter a PDF.

They are rows of `fonts.toml`, and so is how each script is set.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from leafpress.findings import ExitCode, Finding, Problem, Span
from leafpress.rules import finding
from leafpress.system.digest import of_file
from leafpress.translation.language import LANGUAGES, Language

FOLDER = "node_modules/@expo-google-fonts"

_TABLE = Path(__file__).with_name("fonts.toml")
_ROWS: Mapping[str, Any] = tomllib.loads(_TABLE.read_text(encoding="utf-8"))

_STYLES = {400: "400Regular", 700: "700Bold"}
"""How the packages name files of a weight."""


@dataclass(frozen=True, slots=True)
class Face:
    """One file: TrueType, static, with the SHA-256 that leafpress was proven with."""

    family: str
    weight: int
    file: str
    sha256: str

    @property
    def url(self) -> str:
        """Where style sheets find it."""
        return f"fonts/{Path(self.file).name}"

    @property
    def package(self) -> str:
        """The package of npm that holds it, without its scope."""
        return Path(self.file).parts[0]


def _faces() -> Iterator[Face]:
    for family, row in _ROWS["families"].items():
        for weight, style in _STYLES.items():
            file = f"{row['package']}/{style}/{row['stem']}_{style}.ttf"
            yield Face(family, weight, file, row[str(weight)])


FACES = tuple(_faces())


@dataclass(frozen=True, slots=True)
class Typeface:
    """How a script is set: a row of `fonts.toml`, which says what each column is."""

    families: tuple[str, ...]
    scale: float
    leading: float
    large: float = 1.0
    tight: float = 1.4
    unspaced: bool = False
    iso: str = ""


def _typeface(families: list[str], **columns: Any) -> Typeface:
    return Typeface(tuple(families), **columns)


TYPEFACES: dict[str, Typeface] = {
    script: _typeface(**row) for script, row in _ROWS["scripts"].items()
}

LATIN = TYPEFACES["latin"].families[0]


def faces(script: str) -> tuple[Face, ...]:
    """The files that a script needs. Each script also gets the Latin ones."""
    families = TYPEFACES[script].families
    return tuple(face for face in FACES if face.family in families)


def faces_of_names(languages: Iterable[Language], script: str) -> tuple[Face, ...]:
    """The files that a page in `script` needs besides its own, to name `languages`."""
    families = [TYPEFACES[each.script].families[0] for each in languages]
    own = faces(script)
    return tuple(
        face for face in FACES if face.family in families and face.weight == 400 and face not in own
    )


def faces_of_quotes(quoted: Iterable[Language], script: str) -> tuple[Face, ...]:
    """The files that a page in `script` needs besides its own, for phrases of other languages.

    Args:
        quoted: those whose fonts were fetched (`is_quotable`); letters of others are not known
            (P099).
    """
    scripts = dict.fromkeys(language.script for language in quoted)
    needed = dict.fromkeys(face for each in scripts for face in faces(each))
    own = faces(script)
    return tuple(face for face in needed if face not in own)


def css(faces: Iterable[Face]) -> str:
    """`@font-face` rules: only for the files that a page needs (each costs time)."""
    rules = (
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f'src: url("{face.url}") }}'
        for face in faces
    )
    return "\n".join(rules)


IN_USE = frozenset(language.script for language in LANGUAGES.values() if language.built) | {
    "nastaliq"
}
"""The scripts that every build can need: nobody has to fetch the fonts of the others."""


def scripts_of(tags: Iterable[str]) -> frozenset[str]:
    """The scripts that a build of these languages can need, besides those of every build."""
    return IN_USE | {LANGUAGES[tag].script for tag in tags if tag in LANGUAGES}


def needed(scripts: Collection[str] = IN_USE) -> tuple[Face, ...]:
    """The files that some scripts need, each once."""
    return tuple(dict.fromkeys(face for script in sorted(scripts) for face in faces(script)))


def is_quotable(tag: str, root: Path) -> bool:
    """Whether the fonts of a language have been fetched, so that a page may have words in it."""
    language = LANGUAGES.get(tag)
    if language is None or language.pseudo:
        return False
    return all((root / FOLDER / face.file).is_file() for face in faces(language.script))


def is_there(root: Path, face: Face) -> bool:
    """Whether a file is there and is the one that leafpress was proven with."""
    return not _check(root, face)


def check(root: Path, scripts: Collection[str] = IN_USE) -> None:
    """Every font of `scripts` is there and is the one that leafpress was proven with.

    Raises:
        Problem: a file is missing (B002) or another (B003), with exit code 3.
    """
    found = [problem for face in needed(scripts) for problem in _check(root, face)]
    if found:
        raise Problem(*found, code=ExitCode.MISSING)


def _check(root: Path, face: Face) -> list[Finding]:
    path = root / FOLDER / face.file
    if not path.is_file():
        return [finding("B002", Span("package.json"), file=path.name)]
    if _digest(path, path.stat().st_mtime_ns) != face.sha256:
        return [finding("B003", Span("package.json"), file=path.name)]
    return []


@cache
def _digest(path: Path, _changed: int) -> str:
    """SHA-256 of a file; `_changed` (its time stamp) makes a changed file be read again."""
    return of_file(path)
