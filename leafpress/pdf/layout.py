"""From markup to pages to a PDF's bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from leafpress.findings import Problem, Span, sort
from leafpress.pages.render import BASE_URL, Markup
from leafpress.pages.type_style import Style
from leafpress.pdf.engine import font_configuration, weasyprint
from leafpress.pdf.fetcher import make_fetcher
from leafpress.pdf.metadata import Profile, claim
from leafpress.pdf.private import Replacements, lines_mended, replaced
from leafpress.pdf.tags.tagging import Tagging
from leafpress.pdf.text.text_layer import TextLayer
from leafpress.pdf.warnings import collected
from leafpress.rules import finding
from leafpress.system.laps import Done, Stage, unheard


@dataclass(frozen=True)
class Rendering:
    """An edition laid out.

    Args:
        document: WeasyPrint's document; `pdf/boxes.py` and `pdf/tags/reading.py` read it.
        root: the `html` element.
        place: how findings name the edition.
    """

    document: Any
    root: Any
    markup: Markup
    profile: Profile
    place: Span
    fetcher: Any = None

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self.document.pages)


def lay_out(markup: Markup, profile: Profile, place: Span) -> Rendering:
    """The pages of an edition.

    Raises:
        Problem: WeasyPrint warned (H003, P002), asked for a file that it may not have (P001),
            or failed (P006).
    """
    fetcher = make_fetcher(BASE_URL, markup.resources, place, markup.format.scale)
    with _guarded(fetcher, place), lines_mended():
        styles = [_parsed(style, fetcher) for style in markup.styles]
        with collected(place, markup.language.english) as found:
            html, document = _document(markup, profile, styles, fetcher)
    if found:
        raise Problem(*sort(found))
    return Rendering(document, html.etree_element, markup, profile, place, fetcher)


@contextmanager
def _guarded(fetcher: Any, place: Span) -> Iterator[None]:
    """Turn what WeasyPrint raises into findings."""
    from weasyprint.urls import FatalURLFetchingError

    try:
        yield
    except FatalURLFetchingError as error:
        raise Problem(*fetcher.refused) from error
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
    ) as error:
        # What WeasyPrint 70 raises for constructs that it does not support.
        problem = f"{type(error).__name__}: {error}"
        raise Problem(finding("P006", place, problem=problem)) from error


def _document(markup: Markup, profile: Profile, styles: list[Any], fetcher: Any) -> tuple[Any, Any]:
    html = weasyprint().HTML(string=markup.html, base_url=BASE_URL, url_fetcher=fetcher)
    document = html.render(
        font_config=font_configuration(), stylesheets=styles, pdf_variant=profile.variant
    )
    return html, document


_STYLES: dict[Style, Any] = {}
"""Style sheets that this process has parsed: parsing is 7 % of a leaflet's time."""


def _parsed(style: Style, fetcher: Any) -> Any:
    if style not in _STYLES:
        with collected(Span(style.name)) as found:
            _STYLES[style] = weasyprint().CSS(
                string=style.text,
                base_url=BASE_URL,
                url_fetcher=fetcher,
                font_config=font_configuration(),
            )
        if found:
            del _STYLES[style]
            raise Problem(*sort(found))
    return _STYLES[style]


def write_pdf(rendering: Rendering, done: Done = unheard) -> bytes:
    """The PDF's bytes: the same on every run, since nothing of the machine or clock is in it.

    Args:
        done: told of each stage.

    Raises:
        Problem: WeasyPrint warned while it painted, as of a character that no font has (P003),
            or asked for a file to attach (P001).
    """
    document, language = rendering.document, rendering.markup.language
    claim(document, rendering.profile, language.tag)
    words = rendering.markup.link_words
    tagging = Tagging(rendering.root, document, words, pdf2=rendering.profile.pdf2)
    done(Stage.TAGS)

    def add_tags(*arguments: Any, **named: Any) -> None:
        done(Stage.WRITE)
        tagging.add_tags(*arguments, **named)
        done(Stage.TAGS)

    layer = TextLayer(tagging.reading.blanks, right_to_left=language.direction == "rtl")
    with (
        _guarded(rendering.fetcher, rendering.place),
        collected(rendering.place, language.english) as found,
        replaced(Replacements(add_tags, layer.draw, tagging.artifact)),
    ):
        data = document.write_pdf(
            pdf_variant=rendering.profile.variant,
            pdf_tags=True,
            finisher=lambda _document, pdf: layer.write(pdf),
        )
    if found:
        raise Problem(*sort(found))
    done(Stage.WRITE)
    return bytes(data)
