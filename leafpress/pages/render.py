"""From a translated leaflet to its markup: HTML and style sheets, before layout."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from traceback import extract_tb
from typing import Any, TypeVar

from jinja2 import TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup as Safe

from leafpress.approval.hand_out import UNSIGNED, Decision
from leafpress.approval.states import State
from leafpress.content.blocks import Block, ExerciseBlock, FigureBlock
from leafpress.content.clinic import Clinic
from leafpress.content.model import Leaflet, printed
from leafpress.content.pictograms import FOLDER, PLACE
from leafpress.content.project import Project
from leafpress.content.region import in_region
from leafpress.content.root import Root
from leafpress.findings import Finding, Problem, Span
from leafpress.pages import copy_code, fonts, type_style
from leafpress.pages.abbreviations import explained
from leafpress.pages.bilingual import Fill, LanguageSide
from leafpress.pages.formats import Format, Kind
from leafpress.pages.link_texts import LINKS, SAID, words
from leafpress.pages.other_languages import siblings
from leafpress.pages.template_context import in_english, template_context
from leafpress.pages.type_style import Style
from leafpress.rules import finding
from leafpress.templating import localised
from leafpress.translation.direction import isolated
from leafpress.translation.language import LANGUAGES, Language
from leafpress.translation.translate import Translation

BASE_URL = "https://leaflet.invalid/"
"""Where a page pretends to stand: no real address, the same on every machine (RFC 6761)."""

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
        code: of its words, where the page says at which address to ask whether it is current.
        said: what formats without pictures and pages say in words (`picture`, `write`, `braille`,
            the last with `{}` for the grade).
        is_approved: everything is signed that the clinic's rule asks for; what is not has to be
            kept out of search engines.
    """

    html: str
    styles: tuple[Style, ...]
    resources: Mapping[str, Path]
    language: Language
    format: Format
    title: str
    link_words: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    is_approved: bool = False


@dataclass(frozen=True)
class AroundWords:
    """What pages say besides the words.

    Args:
        beside: the same leaflet in the language that stands beside, in formats of pairs.
        decision: who checked the words, and whether they may be given out.
        formats: the other formats of the same leaflet in this language, which a web page leads to.
    """

    beside: Translation | None = None
    decision: Decision = UNSIGNED
    formats: tuple[Format, ...] = ()


_NOTHING = AroundWords()


def render(
    project: Project,
    clinic: Clinic,
    translation: Translation,
    format_: Format,
    around: AroundWords = _NOTHING,
) -> Markup:
    """The markup of one edition.

    Args:
        around: what its pages say besides the words.

    Raises:
        Problem: a template is broken (H001, H002), or asks for words that the catalogue lacks.
    """
    first = _render(project, clinic.for_copy(copy_code.PENDING), translation, format_, around)
    if clinic.current_address is None:
        return first
    code = copy_code.of(first.html, first.resources, (first.language.tag, format_.id))
    page = _render(project, clinic.for_copy(code), translation, format_, around)
    return replace(page, code=code)


def _render(
    project: Project,
    clinic: Clinic,
    translation: Translation,
    format_: Format,
    around: AroundWords,
) -> Markup:
    here = in_region(translation.leaflet, clinic.region)
    leaflet = printed(here, easy_read=format_.easy_read)
    language = translation.language
    fill = partial(_filled, _environment(project.root))
    others = siblings(project, leaflet.id, language, format_)
    signed = around.decision
    context = template_context(clinic, translation, leaflet, format_, signed)
    context |= {"languages": others, "formats": around.formats}
    context["state_in_english"] = _fill(project, _state(context, fill))
    both = [each for each in (translation, around.beside) if each]
    side = partial(_side, clinic, format_, fill, around)
    context["sides"] = tuple(map(side, both)) if around.beside else ()
    html = explained(_fill(project, lambda _templates: fill("leaflet.html", context)))
    link_words = _fill(project, lambda templates: words(templates, context, "links", LINKS))
    said = _fill(project, lambda templates: words(templates, context, "said", SAID))
    lost = [found for each in both for found in each.lost()]
    if lost:
        raise Problem(*lost)
    quoted = _quoted(html, language, project.root.font_home)
    faces = _faces(quoted, language, others)
    styles = (
        type_style.of(language, format_, faces),
        *type_style.of_quotes(quoted, language),
        *type_style.foot(translation, leaflet, format_),
        *_styles(project, format_),
    )
    pictures = {**_pictures(project, leaflet), **_pictograms(project, html)}
    files = {**_fonts(project, faces), **pictures, **_logo(project, clinic)}
    title = isolated(str(leaflet.title), language.direction)
    approved = signed.state == State.APPROVED
    return Markup(
        html, styles, files, language, format_, title, link_words, said, is_approved=approved
    )


def _quoted(html: str, language: Language, font_home: Path) -> tuple[Language, ...]:
    """The other languages of which phrases stand on a page, as far as their fonts are there."""
    tags = (tag for tag in dict.fromkeys(_QUOTE.findall(html)) if tag != language.tag)
    return tuple(LANGUAGES[tag] for tag in tags if fonts.is_quotable(tag, font_home))


def _faces(
    quoted: tuple[Language, ...], language: Language, named: tuple[Language, ...]
) -> tuple[fonts.Face, ...]:
    """The fonts of a page: its own, those of phrases in other languages, and of their names."""
    script = language.script
    of_quotes = fonts.faces_of_quotes(quoted, script)
    of_names = (face for face in fonts.faces_of_names(named, script) if face not in of_quotes)
    return (*fonts.faces(script), *of_quotes, *of_names)


def _state(context: Mapping[str, Any], fill: Fill) -> Callable[[SandboxedEnvironment], Safe]:
    """How the leaflet stands, in English: for staff who cannot read the page's language."""
    english = {**context, **in_english(context["clinic"], context["format"])}
    return lambda _templates: Safe(fill("parts/state-line.html", english).strip())


def _side(
    clinic: Clinic, format_: Format, fill: Fill, around: AroundWords, translation: Translation
) -> LanguageSide:
    leaflet = in_region(translation.leaflet, clinic.region)
    context = template_context(clinic, translation, leaflet, format_, around.decision)
    context["formats"] = around.formats
    return LanguageSide(translation.language, leaflet, context, fill)


def _filled(templates: SandboxedEnvironment, name: str, context: Mapping[str, Any]) -> str:
    return templates.get_template(name).render(context)


def typeset(language: Language, clinic: Clinic, format_: Format) -> Language:
    """The language in the type that the clinic chose for it, where letters are drawn."""
    is_drawn = format_.kind in (Kind.PDF, Kind.WEB)
    if language.tag == "ur" and clinic.urdu_type == "nastaliq" and is_drawn:
        return replace(language, script="nastaliq")
    return language


@lru_cache(maxsize=8)
def _environment(root: Root) -> SandboxedEnvironment:
    return localised(root.each("templates"))


T = TypeVar("T")


def _fill(project: Project, fill: Callable[[SandboxedEnvironment], T]) -> T:
    try:
        return fill(_environment(project.root))
    except TemplateSyntaxError as error:
        span = Span(_shown(project, error.name or ""), error.lineno)
        raise Problem(finding("H001", span, problem=error.message)) from error
    except (TemplateError, TypeError, AttributeError, KeyError, ValueError) as error:
        raise Problem(_fault(error, project)) from error


def _fault(error: Exception, project: Project) -> Finding:
    """A template that fails while it is filled: the innermost line of a template."""
    folders = tuple(map(str, project.root.each("templates")))
    frames = [
        frame for frame in extract_tb(error.__traceback__) if frame.filename.startswith(folders)
    ]
    if not frames:
        raise error
    name = project.root.shown(Path(frames[-1].filename))
    span = Span(name, frames[-1].lineno or 0)
    return finding("H002", span, problem=str(error) or type(error).__name__)


def _shown(project: Project, template: str) -> str:
    return project.root.shown(project.root.file(f"templates/{template}"))


def _styles(project: Project, format_: Format) -> tuple[Style, ...]:
    files = [project.root.file(f"templates/styles/{name}") for name in format_.styles]
    return tuple(Style(project.root.name(path), path.read_text(encoding="utf-8")) for path in files)


def _fonts(project: Project, faces: tuple[fonts.Face, ...]) -> dict[str, Path]:
    return {face.url: project.root.font_home / fonts.FOLDER / face.file for face in faces}


def _pictures(project: Project, leaflet: Leaflet) -> dict[str, Path]:
    blocks = (block for section in leaflet.sections for block in section.blocks)
    files = (file for block in blocks for file in _files(block))
    return {f"figures/{file}": project.root.file(f"leaflets/figures/{file}") for file in files}


def _pictograms(project: Project, html: str) -> dict[str, Path]:
    """The pictograms that the page shows: its template chooses some of them."""
    files = dict.fromkeys(_PICTOGRAM.findall(html))
    return {f"{FOLDER}/{file}": project.root.file(f"{PLACE}/{file}") for file in files}


def _logo(project: Project, clinic: Clinic) -> dict[str, Path]:
    if not clinic.logo:
        return {}
    return {f"clinic/{clinic.logo}": project.clinic_file.parent / clinic.logo}


def _files(block: Block) -> list[str]:
    if isinstance(block, FigureBlock):
        return [block.file]
    return [block.figure.file] if isinstance(block, ExerciseBlock) else []
