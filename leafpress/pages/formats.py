"""The formats: what shape a leaflet takes. One row each, with style sheets of its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Scale = tuple[tuple[float, str], ...]
"""Steps of relative luminance (WCAG 2.2) from dark to light: up to which, and the colour there."""


class Kind(StrEnum):
    """What sort of file a format is. The value is how its name ends."""

    PDF = "pdf"
    WEB = "html"
    TEXT = "txt"
    BRAILLE = "brf"


class Requirement(StrEnum):
    """What a leaflet or language must have to be offered in a format."""

    TRANSLATION = "a language other than English"
    EASY_READ = "words in easy read (`easy_read:` in the leaflet)"
    BRAILLE_1 = "a table of liblouis for uncontracted braille in its language"
    BRAILLE_2 = "a table of liblouis for contracted braille in its language"


@dataclass(frozen=True, slots=True)
class Format:
    """One row.

    Args:
        styles: style sheets in `templates/styles/`, in order.
        body: type size of Latin text, in points.
        table: type size in tables, in points.
        smallest: no text is smaller, in points (UKAAF G003: clear print starts at 12).
        pages: least and most pages that a leaflet of usual length should have.
        translated: most pages in other languages, where they may be more than in English.
        emergency_ends: the first emergency box begins on page 1, and ends on this page at last.
        width: of a line, between the page's margins, in millimetres; 174 is A4 less twice 18.
        leading: least distance of lines, against type size; scripts may need more.
        large: large print: letters of every script stand as high as Latin's of that size, and
            a web address is printed after a link, since nothing is underlined.
        brief: the foot of a page holds its number, the short title and “Draft”, and no more; the
            summary stands after the first part, so that an emergency box begins high on page 1.
        filled: a last page with less than this part of its height in use is nearly empty.
        kind: what sort of file it is; `press/writers.py` has a writer for each.
        needs: without these an edition is not offered.
        grade: of braille: 1 is not contracted, 2 is.
        pairs: each block stands in two languages, numbered, the source language second.
        scale: the colours of its pictures, by how light they are; without one they stay.
        tint: no fill between white and this much black, in percent (P027).
        ink: ink coverage of every page has to be less, in percent (P028).
        sides: millimetres at the sides in which nothing may stand, not even running titles (GOV.UK
            Notify keeps 15 free; office printers 5).
        folded: pages stand in pairs on sheets to fold and staple (`pdf/booklet/booklet.py`).
    """

    id: str
    title: str
    styles: tuple[str, ...] = ()
    body: float = 14
    table: float = 13
    smallest: float = 12
    pages: tuple[int, int] = (1, 6)
    translated: int = 0
    width: float = 174
    leading: float = 0
    large: bool = False
    brief: bool = False
    filled: float = 0.15
    kind: Kind = Kind.PDF
    emergency_ends: int = 1
    needs: tuple[Requirement, ...] = ()
    grade: int = 0
    pairs: bool = False
    scale: Scale = ()
    tint: float | None = None
    ink: float | None = None
    sides: float = 15
    folded: bool = False

    @property
    def easy_read(self) -> bool:
        """Whether it prints the leaflet's words in easy read."""
        return Requirement.EASY_READ in self.needs

    def most_pages(self, *, source: bool) -> int:
        """Most pages that a leaflet of usual length should have, in the source language or not."""
        most = self.pages[1]
        return most if source else max(most, self.translated)


_A4 = ("base.css", "blocks.css", "a4.css")
# At the same size of type Polish needs 1.23 to 1.31 and Urdu 1.19 to 1.23 times the height of the
# English (three leaflets, measured on the pages): six pages become eight, on four sheets. Smaller
# type or closer lines would cost the reader more than a sheet.
_TRANSLATED = 8
_LONGER = 1.3
_BOOKLET = (*_A4, "booklet.css")


def _large_print(
    size: int, pages: tuple[int, int], *, emergency: int, width: float = 174
) -> Format:
    """Large print: everything at one size, reflowed on A4 (UKAAF G003); leading 1.5 (RNIB)."""
    return Format(
        f"large-print-{size}",
        f"Large print, {size} point",
        ("base.css", "blocks.css", "large-print.css"),
        body=size,
        table=size,
        smallest=size,
        pages=pages,
        translated=round(_LONGER * pages[1]),
        width=width,
        leading=1.5,
        emergency_ends=emergency,
        large=True,
        brief=True,
        filled=0.1,  # a page holds a third of the words
    )


def _web(
    id_: str, title: str, *styles: str, needs: tuple[Requirement, ...] = (), pairs: bool = False
) -> Format:
    """A web page: 20 px and 18 px are as large as the A4 page's 14 point looks at arm's length."""
    return Format(
        id_,
        title,
        ("web.css", *styles),
        body=15,
        table=15,
        smallest=13.5,
        kind=Kind.WEB,
        needs=needs,
        pairs=pairs,
    )


_ROWS = (
    Format(
        "a4",
        "A4, 14 point",
        ("base.css", "blocks.css", "a4.css"),
        body=14,
        table=13,
        smallest=12,
        pages=(1, 6),
        translated=_TRANSLATED,
    ),
    Format(
        "bilingual",
        "With English beside it, A4 landscape, 13 point",
        ("base.css", "blocks.css", "a4.css", "bilingual.css", "landscape.css"),
        body=13,
        table=12,
        pages=(
            1,
            20,
        ),  # two languages: twice six pages, and what pairs that do not break leave free
        width=120,
        emergency_ends=2,
        needs=(Requirement.TRANSLATION,),
        pairs=True,
    ),
    Format(
        "bilingual-turns",
        "With English below each block, A4, 14 point",
        ("base.css", "blocks.css", "a4.css", "bilingual.css"),
        pages=(1, 20),
        width=165,
        emergency_ends=2,
        needs=(Requirement.TRANSLATION,),
        pairs=True,
    ),
    Format(
        "a4-high-contrast",
        "A4, black on yellow",
        (*_A4, "high-contrast.css"),
        translated=_TRANSLATED,
        scale=((0.65, "#000000"), (1, "#ffff00")),
    ),
    Format(
        "a4-yellow-on-black",
        "A4, yellow on black",
        (*_A4, "yellow-on-black.css"),
        translated=_TRANSLATED,
        scale=((0.65, "#ffff00"), (1, "#000000")),
    ),
    Format(
        "a4-mono",
        "A4 for copiers, black only",
        (*_A4, "mono.css"),
        translated=_TRANSLATED,
        # 7:1 on white for strokes that were coloured; what was a strong tint is 40 % black.
        scale=((0.08, "#000000"), (0.3, "#595959"), (0.77, "#999999"), (1, "#ffffff")),
        tint=40,
        ink=15,
    ),
    Format(
        "booklet",
        "A5 on folded A4 sheets, 12 point",
        _BOOKLET,
        body=12,
        table=12,
        pages=(1, 16),
        width=120,
        emergency_ends=2,
        sides=10,
        folded=True,
    ),
    Format(
        "booklet-pages",
        "A5 pages in sequence, 12 point",
        _BOOKLET,
        body=12,
        table=12,
        pages=(1, 16),
        width=120,
        emergency_ends=2,
        sides=10,
    ),
    # 22 mm at the sides: with 18 a line would hold more than 70 characters (RNIB). Pages and
    # emergency boxes as measured in seven languages; en-XA, 40 % longer, sets the upper ends.
    _large_print(16, (1, 14), width=166, emergency=2),
    _large_print(18, (1, 16), emergency=2),
    _large_print(20, (1, 20), emergency=3),
    _large_print(24, (1, 30), emergency=4),
    _large_print(28, (1, 44), emergency=7),
    _web("web", "Web page"),
    _web(
        "web-easy-read",
        "Easy read as a web page",
        "web-easy-read.css",
        needs=(Requirement.EASY_READ,),
    ),
    _web(
        "web-bilingual",
        "With English beside it, as a web page",
        "web-bilingual.css",
        needs=(Requirement.TRANSLATION,),
        pairs=True,
    ),
    Format("text", "Plain text, to send by e-mail and to read out", kind=Kind.TEXT),
    Format(
        "braille-1",
        "Braille, uncontracted (grade 1), 40 by 25",
        kind=Kind.BRAILLE,
        needs=(Requirement.BRAILLE_1,),
        grade=1,
    ),
    Format(
        "braille-2",
        "Braille, contracted (grade 2), 40 by 25",
        kind=Kind.BRAILLE,
        needs=(Requirement.BRAILLE_2,),
        grade=2,
    ),
    Format(
        "easy-read",
        "Easy read, 18 point: short sentences, each with a picture",
        ("base.css", "blocks.css", "easy-read.css"),
        body=18,
        table=18,
        smallest=16,
        pages=(1, 24),
        brief=True,
        emergency_ends=2,
        needs=(Requirement.EASY_READ,),
    ),
)

FORMATS = {format_.id: format_ for format_ in _ROWS}
"""Every format by its id, in the order in which they are listed."""

BUILT = ("a4",)
"""What a build makes when neither the command nor `formats:` in clinic.yaml says otherwise."""
