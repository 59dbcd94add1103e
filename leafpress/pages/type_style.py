"""The type of an edition: fonts, sizes and leading, as CSS variables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from leafpress.content.model import Leaflet
from leafpress.pages import fonts, measure
from leafpress.pages.formats import Format
from leafpress.translation.language import Language
from leafpress.translation.translate import Translation


@dataclass(frozen=True, slots=True)
class Style:
    """A style sheet: `name` is how findings call it."""

    name: str
    text: str


def of(language: Language, format_: Format, faces: tuple[fonts.Face, ...]) -> Style:
    """The type of a language and format: fonts, size and leading, as CSS variables."""
    typeface = fonts.TYPEFACES[language.script]
    named = dict.fromkeys((*typeface.families, *(face.family for face in faces)))
    families = ", ".join(f'"{family}"' for family in named)
    # For words in Latin letters, and for a sign that only another font of the page has.
    latin = ", ".join(f'"{family}"' for family in dict.fromkeys((fonts.LATIN, *named)))
    scale = typeface.large if format_.large else typeface.scale
    size, smallest, table = (
        max(format_.smallest, each * scale)
        for each in (format_.body, format_.smallest, format_.table)
    )
    leading = max(typeface.leading, format_.leading, typeface.tight * format_.large)
    text = (
        f"{fonts.css(faces)}\n"
        f":root {{ --families: {families}; --latin: {latin}; --body: {size:g}pt; "
        f"--small: {smallest:g}pt; --small-latin: {format_.smallest:g}pt; --table: {table:g}pt; "
        f"--leading: {leading:g}; --scale: {scale:g}; "
        f"--tight: {typeface.tight:g}; --line: {format_.width:g}mm; "
        f"--latin-scale: {format_.body / size:.3f}em }}"
    )
    return Style("leafpress/pages/fonts.py", text)


def of_quotes(languages: Iterable[Language], page: Language) -> Iterator[Style]:
    """Phrases of other languages in the fonts of their own scripts.

    Without it the page's font would draw each letter that it has too: an Arabic phrase in an Urdu
    leaflet would have Urdu's letters, a Chinese one those of whichever script is named first.
    """
    rules = [_of_quote(each) for each in languages if each.script != page.script]
    if rules:
        yield Style("leafpress/pages/fonts.py", "\n".join(rules))


def _of_quote(language: Language) -> str:
    families = (*fonts.TYPEFACES[language.script].families, fonts.LATIN)
    named = ", ".join(f'"{family}"' for family in dict.fromkeys(families))
    # As strong as the rules for pieces that run the other way.
    return f':root span[lang="{language.tag}"] {{ font-family: {named}, var(--families) }}'


def foot(translation: Translation, leaflet: Leaflet, format_: Format) -> Iterator[Style]:
    """How many lines the foot of page 1 needs, and that of the others, where it is brief."""
    if format_.brief:
        words = translation.words
        page = words.gettext("Page %(page)s of %(pages)s") % {"page": 99, "pages": 99}
        first = measure.lines(f"{page} · {words.gettext('Draft')}", format_)
        others = first + measure.lines(short_title(leaflet), format_)
        text = f":root {{ --foot-1: {first}; --foot: {others} }}"
        yield Style("leafpress/pages/render.py", text)


def short_title(leaflet: Leaflet) -> str:
    """“Cannabis medicines”, of “Cannabis medicines: staying safe”."""
    return str(leaflet.title).partition(": ")[0]
