"""The fonts: one file a family and weight, known by digest. No other font can enter a PDF.

Two files of one family, weight and style make WeasyPrint draw one with the other's glyphs, so
each (family, weight) stands here once, and a Latin companion has a name of its own.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from leafpress.findings import ExitCode, Finding, Problem, Span
from leafpress.rules import finding

FOLDER = "node_modules/@expo-google-fonts"


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


LATIN, ARABIC, BENGALI = "Atkinson Hyperlegible Next", "Amiri", "Noto Sans Bengali"

FACES = (
    Face(
        LATIN,
        400,
        "atkinson-hyperlegible-next/400Regular/AtkinsonHyperlegibleNext_400Regular.ttf",
        "60f8c1a1b2e7da47ff7af95c3e5b5b1232ca5b3771e93eb587784f08fb1e6650",
    ),
    Face(
        LATIN,
        700,
        "atkinson-hyperlegible-next/700Bold/AtkinsonHyperlegibleNext_700Bold.ttf",
        "4ba7415b7095e546720446b6d47daa95d6f482d9fd40c729793e21d67cc9f366",
    ),
    Face(
        ARABIC,
        400,
        "amiri/400Regular/Amiri_400Regular.ttf",
        "d26cd95609ed51b6419e3c7d4a066cb9fac7b73117868622f5b7f03998c68568",
    ),
    Face(
        ARABIC,
        700,
        "amiri/700Bold/Amiri_700Bold.ttf",
        "0cf3c9c5b967adb281a46f17293fe03b1fc05e0538ab4db4a4c2252f45098692",
    ),
    Face(
        BENGALI,
        400,
        "noto-sans-bengali/400Regular/NotoSansBengali_400Regular.ttf",
        "6826d9667972f0f96e48c46f7a24e70afe97205032e6295cfb1f13fbbb8b90a3",
    ),
    Face(
        BENGALI,
        700,
        "noto-sans-bengali/700Bold/NotoSansBengali_700Bold.ttf",
        "3a44a4cf2c4f79c3ead8f52dffd5b3a66f0b2483792d66bad81e1a51e888bfd6",
    ),
)


@dataclass(frozen=True, slots=True)
class Typeface:
    """How a script is set.

    Args:
        families: in order of preference; the last is for Latin words and figures.
        scale: type size against Latin's, so that letters look equally large.
        leading: line height against type size.
    """

    families: tuple[str, ...]
    scale: float
    leading: float


TYPEFACES = {
    "latin": Typeface((LATIN,), 1.0, 1.5),
    # Amiri's letters are small for their size; its own lines are 1.76 of it apart, for stacked
    # marks that Urdu hardly uses: at 1.45 no two lines touch (layout check P016).
    "arabic": Typeface((ARABIC, LATIN), 1.08, 1.45),
    "bengali": Typeface((BENGALI, LATIN), 1.0, 1.5),
}


def faces(script: str) -> tuple[Face, ...]:
    """The files that a script needs. Each script also gets the Latin ones."""
    families = TYPEFACES[script].families
    return tuple(face for face in FACES if face.family in families)


def css(script: str) -> str:
    """`@font-face` rules for a script: only those that it needs (each costs time)."""
    rules = (
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f'src: url("{face.url}") }}'
        for face in faces(script)
    )
    return "\n".join(rules)


def check(root: Path) -> None:
    """Every font is there and is the one that leafpress was proven with.

    Raises:
        Problem: a file is missing (B002) or another (B003), with exit code 3.
    """
    found = [problem for face in FACES for problem in _check(root, face)]
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
    return hashlib.sha256(path.read_bytes()).hexdigest()
