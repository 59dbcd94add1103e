"""From a translated leaflet to its markup: HTML and style sheets, before layout."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from gettext import NullTranslations
from pathlib import Path
from traceback import extract_tb
from typing import Any, TypeVar

import segno
from babel.dates import format_date
from jinja2 import TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup as Safe

from leafpress.content.blocks import Block, ExerciseBlock, FigureBlock, NotesBlock
from leafpress.content.clinic import Clinic
from leafpress.content.model import Leaflet, Source, printed
from leafpress.content.pictograms import FOLDER
from leafpress.content.project import Project
from leafpress.content.region import Directory, in_region
from leafpress.findings import Finding, Problem, Span
from leafpress.pages import fonts, measure, people, services, type_style
from leafpress.pages.bilingual import Fill, LanguageSide
from leafpress.pages.formats import Format, Kind
from leafpress.pages.inline_html import InlineHtml
from leafpress.pages.link_texts import LINKS, SAID, words
from leafpress.pages.other_languages import siblings
from leafpress.pages.type_style import Style
from leafpress.rules import finding
from leafpress.templating import localised
from leafpress.translation.direction import isolated
from leafpress.translation.language import LANGUAGES, SOURCE, Language
from leafpress.translation.translate import Translation

BASE_URL = "https://leaflet.invalid/"
"""Where a page pretends to stand: no real address, the same on every machine (RFC 6761)."""

_PAGE_NUMBERS = {
    "page": Safe('<span class="number-of-page"></span>'),
    "pages": Safe('<span class="number-of-pages"></span>'),
}
"""Numbers that only layout knows: style sheets fill them in."""


_QUOTE = re.compile('<span lang="([^"]+)"')
_PICTOGRAM = re.compile(rf'src="{FOLDER}/([^"]+)"')


@dataclass(frozen=True)
class Markup:
    """An edition before layout.

    Args:
        html: the page.
        styles: its style sheets, in order.
        resources: the only files that it may use, by address below `BASE_URL`.
        link_words: what a link says of itself, by kind of address (`tel`, `mailto`, `https`,
            `inside`), with `{}` for where it leads; `back` leads from a note to the text.
        said: what formats without pictures and pages say in words (`picture`, `write`, `braille`,
            the last with `{}` for the grade).
    """

    html: str
    styles: tuple[Style, ...]
    resources: Mapping[str, Path]
    language: Language
    format: Format
    title: str
    link_words: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)


def render(
    project: Project,
    clinic: Clinic,
    translation: Translation,
    format_: Format,
    beside: Translation | None = None,
) -> Markup:
    """The markup of one edition.

    Args:
        beside: the same leaflet in the language that stands beside, in formats of pairs.

    Raises:
        Problem: a template is broken (H001, H002), or asks for words that the catalogue lacks.
    """
    here = in_region(translation.leaflet, clinic.region)
    leaflet = printed(here, easy_read=format_.easy_read)
    language = translation.language
    others = siblings(project.locales, leaflet.id, language, format_)
    context = {**_context(clinic, translation, leaflet, format_), "languages": others}
    fill = partial(_filled, _environment(project.templates))
    both = [each for each in (translation, beside) if each]
    context["sides"] = tuple(_side(clinic, each, format_, fill) for each in both if beside)
    html = _fill(project, lambda _templates: fill("leaflet.html", context))
    link_words = _fill(project, lambda templates: words(templates, context, "links", LINKS))
    said = _fill(project, lambda templates: words(templates, context, "said", SAID))
    lost = [found for each in both for found in each.lost()]
    if lost:
        raise Problem(*lost)
    faces = _faces(html, language, others)
    styles = (
        type_style.of(language, format_, faces),
        *type_style.foot(translation, leaflet, format_),
        *_styles(project, format_),
    )
    pictures = {**_pictures(project, leaflet), **_pictograms(project, html)}
    files = {**_fonts(project, faces), **pictures}
    if clinic.logo:
        files["clinic/" + clinic.logo] = project.clinic_file.parent / clinic.logo
    title = isolated(str(leaflet.title), language.direction)
    return Markup(html, styles, files, language, format_, title, link_words, said)


def _faces(html: str, language: Language, named: tuple[Language, ...]) -> tuple[fonts.Face, ...]:
    """The fonts of a page: its own, those of phrases in other languages, and of their names."""
    script = language.script
    tags = (tag for tag in _QUOTE.findall(html) if tag != language.tag)
    quoted = fonts.faces_of_quotes(tags, script)
    of_names = (face for face in fonts.faces_of_names(named, script) if face not in quoted)
    return (*fonts.faces(script), *quoted, *of_names)


def _side(clinic: Clinic, translation: Translation, format_: Format, fill: Fill) -> LanguageSide:
    leaflet = in_region(translation.leaflet, clinic.region)
    context = _context(clinic, translation, leaflet, format_)
    return LanguageSide(translation.language, leaflet, context, fill)


def _filled(templates: SandboxedEnvironment, name: str, context: Mapping[str, Any]) -> str:
    return templates.get_template(name).render(context)


def typeset(language: Language, clinic: Clinic, format_: Format) -> Language:
    """The language in the type that the clinic chose for it, on paper."""
    on_paper = format_.kind is Kind.PDF
    if language.tag == "ur" and clinic.urdu_type == "nastaliq" and on_paper:
        return replace(language, script="nastaliq")
    return language


def _context(
    clinic: Clinic, translation: Translation, leaflet: Leaflet, format_: Format
) -> dict[str, Any]:
    """Everything that a template can see. `docs/templates.md` lists it."""
    language = translation.language
    directory = Directory(clinic, translation.contacts)
    inline = InlineHtml(language, directory, format_, _notes(leaflet))
    return {
        "leaflet": leaflet,
        "clinic": clinic,
        "language": language,
        "source_language": LANGUAGES[SOURCE],
        "format": format_,
        "contacts": directory,
        "pictograms": translation.pictograms,
        "called": directory.listed(services.called(leaflet)),
        "inline": inline.html,
        "plain": inline.plain,
        "words": inline.alone,
        **_gettext(translation.words, inline),
        "call": inline.contact,
        "to_call": partial(services.to_call, inline=inline, directory=directory),
        "to_go": partial(services.to_go, inline=inline, directory=directory),
        "address": lambda text: measure.address(text, format_),
        # A web page's style sheet sees how wide the window is, and turns tables into lists itself.
        "tabular": lambda block: (
            format_.kind is Kind.WEB or measure.holds(format_, measure.columns(block, directory))
        ),
        "short": lambda text, most=measure.SHORT: _short(inline.words(text), most, format_),
        "short_title": inline.plain(type_style.short_title(leaflet)),
        "day": lambda day: _day(day, inline, language),
        "source_date": _source_date,
        "numbers": _PAGE_NUMBERS,
        "qr": _qr,
        "people": partial(people.drawn, format_=format_, right_to_left=language.direction == "rtl"),
        "english": Safe.escape,
        "out_of_hours": services.opening(clinic, language, directory),
        "web_address": clinic.address_of(leaflet.id, language.tag),
    }


def _short(words: str, most: int, format_: Format) -> Safe:
    """The class of a cell that stays on one line."""
    return Safe(' class="short"' if measure.is_short(words, most, format_) else "")


def _notes(leaflet: Leaflet) -> frozenset[str]:
    """The ids of notes: links to them are set as notes are."""
    blocks = (block for section in leaflet.sections for block in section.blocks)
    return frozenset(
        item.id for block in blocks if isinstance(block, NotesBlock) for item in block.items
    )


def _gettext(words: NullTranslations, inline: InlineHtml) -> dict[str, Callable[..., Safe]]:
    """What `{% trans %}` calls: the templates' own words, in the edition's language."""

    def gettext(message: str, **values: object) -> Safe:
        return inline.message(words.gettext(message), values)

    def ngettext(singular: str, plural: str, n: int, **values: object) -> Safe:
        return inline.message(words.ngettext(singular, plural, n), {"num": n, **values})

    return {"gettext": gettext, "ngettext": ngettext}


def _day(day: datetime.date, inline: InlineHtml, language: Language) -> Safe:
    """A day in the words of the language."""
    words = inline.plain(str(format_date(day, "long", language.locale)))
    return Safe('<time datetime="{}">{}</time>').format(day.isoformat(), words)


def _source_date(source: Source) -> str:
    """When a source was published, as exactly as it is known, in English like its title."""
    if source.date is None:
        return ""
    parts = [int(part) for part in source.date.split("-")]
    pattern = {1: "y", 2: "LLLL y", 3: "d MMMM y"}[len(parts)]
    day = datetime.date(*([*parts, 1, 1])[:3])
    return str(format_date(day, pattern, LANGUAGES[SOURCE].locale))


def _qr(address: str) -> Safe:
    """A QR code as inline SVG, error correction M (ISO/IEC 18004)."""
    code = segno.make(address, error="m", micro=False)
    return Safe(code.svg_inline(border=0, omitsize=True, svgclass="qr", lineclass=None))


@lru_cache(maxsize=8)
def _environment(templates: Path) -> SandboxedEnvironment:
    return localised(templates)


T = TypeVar("T")


def _fill(project: Project, fill: Callable[[SandboxedEnvironment], T]) -> T:
    try:
        return fill(_environment(project.templates))
    except TemplateSyntaxError as error:
        span = Span(f"templates/{error.name}", error.lineno)
        raise Problem(finding("H001", span, problem=error.message)) from error
    except (TemplateError, TypeError, AttributeError, KeyError, ValueError) as error:
        raise Problem(_fault(error, project)) from error


def _fault(error: Exception, project: Project) -> Finding:
    """A template that fails while it is filled: the innermost line of a template."""
    folder = str(project.templates)
    frames = [
        frame for frame in extract_tb(error.__traceback__) if frame.filename.startswith(folder)
    ]
    if not frames:
        raise error
    name = Path(frames[-1].filename).relative_to(project.root).as_posix()
    span = Span(name, frames[-1].lineno or 0)
    return finding("H002", span, problem=str(error) or type(error).__name__)


def _styles(project: Project, format_: Format) -> tuple[Style, ...]:
    folder = project.templates / "styles"
    return tuple(
        Style(f"templates/styles/{name}", (folder / name).read_text(encoding="utf-8"))
        for name in format_.styles
    )


def _fonts(project: Project, faces: tuple[fonts.Face, ...]) -> dict[str, Path]:
    return {face.url: project.root / fonts.FOLDER / face.file for face in faces}


def _pictures(project: Project, leaflet: Leaflet) -> dict[str, Path]:
    blocks = (block for section in leaflet.sections for block in section.blocks)
    files = (file for block in blocks for file in _files(block))
    return {f"figures/{file}": project.leaflets / "figures" / file for file in files}


def _pictograms(project: Project, html: str) -> dict[str, Path]:
    """The pictograms that the page shows: its template chooses some of them."""
    files = dict.fromkeys(_PICTOGRAM.findall(html))
    return {f"{FOLDER}/{file}": project.leaflets / FOLDER / file for file in files}


def _files(block: Block) -> list[str]:
    if isinstance(block, FigureBlock):
        return [block.file]
    return [block.figure.file] if isinstance(block, ExerciseBlock) else []
