"""The fonts: one file a family and weight, known by digest. No other font can enter a PDF.

Two files of one family, weight and style make WeasyPrint draw one with the other's glyphs, so
each (family, weight) stands here once, and a Latin companion has a name of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from leafpress.findings import ExitCode, Finding, Problem, Span
from leafpress.rules import finding
from leafpress.system.digest import of_file
from leafpress.translation.language import LANGUAGES, Language

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


LATIN, ARABIC, BENGALI = "Atkinson Hyperlegible Next", "Vazirmatn", "Noto Sans Bengali"
NASKH = "Amiri"
GURMUKHI, GUJARATI, TAMIL = "Noto Sans Gurmukhi", "Noto Sans Gujarati", "Noto Sans Tamil"
DEVANAGARI, CHINESE = "Noto Sans Devanagari", "Noto Sans SC"
NASTALIQ = "Noto Nastaliq Urdu"
UNIVERSAL = "Noto Sans"
"""Latin with every mark that Vietnamese needs, Cyrillic and Greek."""

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
        "vazirmatn/400Regular/Vazirmatn_400Regular.ttf",
        "443e920a022a89a93d4764a06e853342b9008fba880eb827d814160f1e459c05",
    ),
    Face(
        ARABIC,
        700,
        "vazirmatn/700Bold/Vazirmatn_700Bold.ttf",
        "214a28e6c3a8283e30c60cd17d31470709e2f85da6fb547dc29c56e524ea1046",
    ),
    Face(
        NASKH,
        400,
        "amiri/400Regular/Amiri_400Regular.ttf",
        "d26cd95609ed51b6419e3c7d4a066cb9fac7b73117868622f5b7f03998c68568",
    ),
    Face(
        NASKH,
        700,
        "amiri/700Bold/Amiri_700Bold.ttf",
        "0cf3c9c5b967adb281a46f17293fe03b1fc05e0538ab4db4a4c2252f45098692",
    ),
    Face(
        NASTALIQ,
        400,
        "noto-nastaliq-urdu/400Regular/NotoNastaliqUrdu_400Regular.ttf",
        "360220888c7519d127c143d0a830d187dd41e184036508a868dd89e6cbfc7521",
    ),
    Face(
        NASTALIQ,
        700,
        "noto-nastaliq-urdu/700Bold/NotoNastaliqUrdu_700Bold.ttf",
        "0f76cabd37fb8a5458eae1cd143d2fff3101b4d19448d13373e30c0407ba56a7",
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
    Face(
        UNIVERSAL,
        400,
        "noto-sans/400Regular/NotoSans_400Regular.ttf",
        "fe8c022f48d8dd29f17b744d16f9346f4357e16f7d4f7be58b000ae7c291b614",
    ),
    Face(
        UNIVERSAL,
        700,
        "noto-sans/700Bold/NotoSans_700Bold.ttf",
        "13a813c49624ae3ba3c5c6e72c5ebffc4b9e1e6ea32f421c04069b037c6ad431",
    ),
    Face(
        GURMUKHI,
        400,
        "noto-sans-gurmukhi/400Regular/NotoSansGurmukhi_400Regular.ttf",
        "2b0fbe8d4cc2a18aa08c6f21d3924423c113fb7ec6d786a77c30cf1d3153c4c7",
    ),
    Face(
        GURMUKHI,
        700,
        "noto-sans-gurmukhi/700Bold/NotoSansGurmukhi_700Bold.ttf",
        "49b4d13ee80c9ba8ae008948b43dc53f200f619d8bc206cacaddb6b781c49625",
    ),
    Face(
        GUJARATI,
        400,
        "noto-sans-gujarati/400Regular/NotoSansGujarati_400Regular.ttf",
        "7cc0f340be8ef8b63f92181fd5576a4b19631059fd6576c6fd5fcd40f1543610",
    ),
    Face(
        GUJARATI,
        700,
        "noto-sans-gujarati/700Bold/NotoSansGujarati_700Bold.ttf",
        "d5aee2fbe1dec84e8e54ec72dfda1d138f1401ddf18f06bbd11ea8b64f8b45b2",
    ),
    Face(
        TAMIL,
        400,
        "noto-sans-tamil/400Regular/NotoSansTamil_400Regular.ttf",
        "f26d8b66bf6f38dd9af6326a52188fa1a8a0b9b2905c4bd7e07c865f65a85d79",
    ),
    Face(
        TAMIL,
        700,
        "noto-sans-tamil/700Bold/NotoSansTamil_700Bold.ttf",
        "c4abfe6f1291568247afb568fe6a666584f9bf7c91f7e163fd628abb368af316",
    ),
    Face(
        DEVANAGARI,
        400,
        "noto-sans-devanagari/400Regular/NotoSansDevanagari_400Regular.ttf",
        "084a94d89eb54aafb93a056e15425c34fd859f6342875165d304837b3bcfc2d2",
    ),
    Face(
        DEVANAGARI,
        700,
        "noto-sans-devanagari/700Bold/NotoSansDevanagari_700Bold.ttf",
        "67f1ec9e2ac30b261090e32953b2df0adf6c942ab26ac47efb490fa7315bddab",
    ),
    Face(
        CHINESE,
        400,
        "noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
        "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
    ),
    Face(
        CHINESE,
        700,
        "noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf",
        "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96",
    ),
)


@dataclass(frozen=True, slots=True)
class Typeface:
    """How a script is set.

    Args:
        families: in order of preference; the last is for Latin words and figures.
        scale: type size against Latin's, so that letters look equally large.
        leading: line height against type size.
        large: type size against Latin's in large print, so that letters are as high as Latin's:
            a person who needs 24 point needs letters of that height, not only of that name.
        tight: line height of headings, of the foot of a page and of emergency boxes in large
            print: the least at which lines do not touch (P022). No line there is closer.
    """

    families: tuple[str, ...]
    scale: float
    leading: float
    large: float = 1.0
    tight: float = 1.4


TYPEFACES = {
    "latin": Typeface((LATIN,), 1.0, 1.5, tight=1.25),
    # Urdu and Persian. Initial and medial ہ have the hook that Urdu readers look for, which Amiri
    # draws as the Arabic letter; strokes and counters are Atkinson's. In large print its letters
    # are as high as Latin's: by the mean of dal against x (0.470 and 0.496 em: 1.06) and alef
    # against l (0.672 and 0.708 em: 1.05).
    "arabic": Typeface((ARABIC, LATIN), 1.0, 1.5, large=1.05, tight=1.6),
    # Arabic, which writes vowel marks. Amiri's letters are small for their size; its own lines
    # are 1.76 of it apart, for stacked marks: at 1.45 no two lines touch (layout check P016).
    # Dal against x is 0.391 and 0.496 em (1.27), alef against l 0.695 and 0.708 em (1.02).
    "naskh": Typeface((NASKH, LATIN), 1.08, 1.45, large=1.15, tight=1.6),
    # For print, when `clinic.yaml` asks for it. Its words slope: below 2.4 lines touch.
    "nastaliq": Typeface((NASTALIQ, LATIN), 0.9, 2.4, tight=2.25),
    # Its letters hang from a line 0.622 em up: higher than Latin's x without any scaling.
    "bengali": Typeface((BENGALI, LATIN), 1.0, 1.5),
    "vietnamese": Typeface((UNIVERSAL,), 1.0, 1.5),
    "cyrillic": Typeface((UNIVERSAL,), 1.0, 1.5),
    "greek": Typeface((UNIVERSAL,), 1.0, 1.5),
    "gurmukhi": Typeface((GURMUKHI, LATIN), 1.0, 1.5),
    "gujarati": Typeface((GUJARATI, LATIN), 1.0, 1.5),
    "tamil": Typeface((TAMIL, LATIN), 1.0, 1.5),
    "devanagari": Typeface((DEVANAGARI, LATIN), 1.0, 1.5),
    "chinese": Typeface((CHINESE, LATIN), 1.0, 1.5),
}


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


def faces_of_quotes(tags: Iterable[str], script: str) -> tuple[Face, ...]:
    """The files that a page in `script` needs besides its own, for phrases of other languages."""
    scripts = dict.fromkeys(LANGUAGES[tag].script for tag in tags if tag in LANGUAGES)
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


IN_USE = frozenset(language.script for language in LANGUAGES.values()) | {"nastaliq"}
"""The scripts that a build can need: nobody has to fetch the fonts of the others."""


def needed(scripts: Collection[str] = IN_USE) -> tuple[Face, ...]:
    """The files that some scripts need, each once."""
    return tuple(dict.fromkeys(face for script in sorted(scripts) for face in faces(script)))


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
