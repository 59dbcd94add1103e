"""The contents page of a pack: what lies behind it, for staff, in English and in its language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from leafpress.content.root import Root
from leafpress.findings import Span
from leafpress.pages import fonts, type_style
from leafpress.pages.formats import FORMATS
from leafpress.pages.render import Markup
from leafpress.pages.type_style import Style
from leafpress.pdf.layout import lay_out, write_pdf
from leafpress.pdf.metadata import PROFILES
from leafpress.templating import pages_for_staff
from leafpress.translation.language import LANGUAGES, SOURCE, Language

_TEMPLATE = Path(__file__).with_name("pack.html")
_STYLES = ("base.css", "a4.css")


@dataclass(frozen=True, slots=True)
class PackRow:
    """One leaflet of a pack.

    Args:
        title: in the pack's language.
        english: its title in English.
        review: the day after which it is not handed out, as 2026-11-22.
        state: where it stands between draft and approved.
    """

    title: str
    english: str
    version: str
    pages: int
    review: str
    state: str


@dataclass(frozen=True, slots=True)
class PackFacts:
    """What a contents page says.

    Args:
        made: the day, as 2026-11-22.
        until: the last day on which all of them may be handed out.
    """

    clinic: str
    language: Language
    format: str
    made: str
    until: str
    rows: tuple[PackRow, ...]


def contents(facts: PackFacts, root: Root, profile: str) -> bytes:
    """The contents page as a tagged PDF, which claims what the leaflets claim.

    Raises:
        Problem: it cannot be laid out, as where a font lacks a letter of a title.
    """
    markup = _markup(facts, root)
    return write_pdf(lay_out(markup, PROFILES[profile], Span("the contents page")))


def _markup(facts: PackFacts, root: Root) -> Markup:
    source, format_ = LANGUAGES[SOURCE], FORMATS["a4"]
    quoted = fonts.faces_of_quotes([facts.language], source.script)
    faces = (*fonts.faces(source.script), *quoted)
    title = f"Leaflets in {facts.language.english}"
    text = _TEMPLATE.read_text(encoding="utf-8")
    html = pages_for_staff().from_string(text).render(pack=facts, title=title)
    files = [root.file(f"templates/styles/{name}") for name in _STYLES]
    sheets = [Style(root.name(file), file.read_text(encoding="utf-8")) for file in files]
    styles = (type_style.of(source, format_, faces), *sheets)
    resources = {face.url: root.font_home / fonts.FOLDER / face.file for face in faces}
    return Markup(html, styles, resources, source, format_, title)
