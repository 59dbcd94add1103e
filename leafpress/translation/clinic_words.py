"""The clinic's own words (`out_of_hours`), where the leaflets' languages need them."""

from __future__ import annotations

from collections.abc import Iterator

from leafpress.content.clinic import Clinic
from leafpress.content.load import Loaded
from leafpress.findings import Finding, Span, did_you_mean
from leafpress.rules import finding
from leafpress.translation.language import LANGUAGES, SOURCE, Language

_KEY = "out_of_hours"


def languages(clinic: Loaded[Clinic]) -> Iterator[Finding]:
    """English is there, and every key is a language: what is behind others is printed nowhere.

    So is every one of `languages`.
    """
    words = _words(clinic)
    if not clinic.tree or not clinic.model:
        return
    if words and SOURCE not in words:
        yield finding("L011", clinic.tree.key_span((_KEY,)), key=SOURCE)
    for tag in words:
        yield from _unknown(tag, clinic.tree.key_span((_KEY, tag)))
    for number, tag in enumerate(clinic.model.languages or ()):
        yield from _unknown(tag, clinic.tree.span(("languages", number)))


def _unknown(tag: str, span: Span) -> Iterator[Finding]:
    known = [each for each, language in LANGUAGES.items() if not language.pseudo]
    if tag not in known:
        yield finding("L015", span, value=tag, advice=did_you_mean(tag, known))


def lacking(clinic: Loaded[Clinic], language: Language) -> Iterator[Finding]:
    """Whether the readers of `language` get the opening hours in English."""
    words = _words(clinic)
    if words and language.is_translated and language.tag not in words:
        span = clinic.tree.key_span((_KEY,)) if clinic.tree else Span(clinic.name)
        yield finding("L104", span, language=language.english, tag=language.tag)


def _words(clinic: Loaded[Clinic]) -> dict[str, str]:
    """The words by language; none where there is one text for all."""
    words = clinic.model.out_of_hours if clinic.model else None
    return words if isinstance(words, dict) else {}
