"""From a leaflet in English to the same leaflet in a language: every string final."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from gettext import NullTranslations
from typing import TypeVar

from pydantic import BaseModel

from leafpress.content.contacts import Contacts
from leafpress.content.load import Loaded
from leafpress.content.model import Leaflet
from leafpress.content.pictograms import Pictograms
from leafpress.content.root import Root
from leafpress.content.text import Text
from leafpress.content.texts import replace_texts, texts
from leafpress.findings import Finding, Problem, Span, errors, sort
from leafpress.rules import finding
from leafpress.translation import pseudo
from leafpress.translation.catalogue import Catalogue, lacking, read_catalogue
from leafpress.translation.extract import TEMPLATES
from leafpress.translation.language import Language

_Model = TypeVar("_Model", bound=BaseModel)

_NO_PICTOGRAMS = Pictograms(pictograms=())


@dataclass(frozen=True)
class Translation:
    """A leaflet whose words are all in one language.

    Args:
        words: gettext for the templates' own words.
        places: each of the leaflet's texts, as it is now, and where it stands.
        findings: warnings and reviews; errors would have stopped the translation.
        pictograms: with alternative texts in the language.
    """

    leaflet: Leaflet
    contacts: Contacts
    language: Language
    words: NullTranslations
    places: Mapping[str, Span] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    pictograms: Pictograms = _NO_PICTOGRAMS

    def lost(self) -> tuple[Finding, ...]:
        """Template messages that were asked for and that the catalogue lacks (T004)."""
        return self.words.lost() if isinstance(self.words, _Strict) else ()


class _Pseudo(NullTranslations):
    """Gettext for a pseudo-language."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def gettext(self, message: str) -> str:
        return pseudo.translate(message, self._language)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return pseudo.translate(singular if n == 1 else plural, self._language)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)


class NotTranslated(Problem):
    """The leaflet is not translated into the language: nothing is wrong with what there is."""


class _Strict(NullTranslations):
    """Gettext that remembers each message it did not find, so that none is silently English."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self._catalogue = catalogue
        self._missing: dict[str, None] = {}

    def gettext(self, message: str) -> str:
        return str(self._found(None, message).gettext(message))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return str(self._found(None, singular).ngettext(singular, plural, n))

    def pgettext(self, context: str, message: str) -> str:
        return str(self._found(context, message).pgettext(context, message))

    def _found(self, context: str | None, message: str) -> NullTranslations:
        if (context, message) not in self._catalogue.messages:
            self._missing[message] = None
        return self._catalogue.words or NullTranslations()

    def lost(self) -> tuple[Finding, ...]:
        span = Span(self._catalogue.name)
        return tuple(
            finding("T004", span, message=message, place="templates/") for message in self._missing
        )


def translate(
    leaflet: Loaded[Leaflet],
    contacts: Loaded[Contacts],
    language: Language,
    root: Root,
    pictograms: Loaded[Pictograms] = Loaded("", _NO_PICTOGRAMS, ()),  # noqa: B008  # frozen
) -> Translation:
    """`leaflet` in `language`.

    Args:
        pictograms: those whose alternative texts the edition needs.

    Raises:
        Problem: a catalogue has errors.
        NotTranslated: there is no catalogue, or nobody has begun to translate it (T001).
    """
    if leaflet.model is None or contacts.model is None or pictograms.model is None:
        raise Problem(*leaflet.findings, *contacts.findings, *pictograms.findings)
    english = Translation(
        leaflet.model, contacts.model, language, NullTranslations(), pictograms=pictograms.model
    )
    if language.is_source:
        return replace(english, places={str(text): span for span, text in _placed(leaflet)})
    if language.pseudo:
        return _said(english, _Pseudo(language), _Pseudo(language))
    own = read_catalogue(root, leaflet.model.id, language)
    shared = read_catalogue(root, TEMPLATES, language)
    found = _check(own, leaflet) + _check(shared, contacts) + _check(shared, pictograms)
    if errors(found):
        raise Problem(*found)
    if not (own.exists and shared.exists):
        raise NotTranslated(*found)
    places = {text: Span(own.name, own.lines[key]) for key, text in own.messages.items()}
    said = _said(english, _Strict(own), _Strict(shared))
    return replace(said, places=places, findings=found)


def _said(english: Translation, own: NullTranslations, shared: NullTranslations) -> Translation:
    """`english` with the leaflet's words by `own`, and all others by `shared`."""
    return replace(
        english,
        leaflet=_spoken(english.leaflet, own),
        contacts=_spoken(english.contacts, shared),
        pictograms=_spoken(english.pictograms, shared),
        words=shared,
    )


def _spoken(model: _Model, words: NullTranslations) -> _Model:
    def spoken(text: Text) -> str:
        context, english = text.key
        return words.gettext(english) if context is None else words.pgettext(context, english)

    return replace_texts(model, spoken)


def _check(catalogue: Catalogue, loaded: Loaded[_Model]) -> tuple[Finding, ...]:
    if not catalogue.lines:
        return catalogue.findings
    return sort([*catalogue.findings, *lacking(catalogue, _placed(loaded))])


def _placed(loaded: Loaded[_Model]) -> Iterator[tuple[Span, Text]]:
    for path, text in texts(loaded.model):
        yield (loaded.tree.span(path) if loaded.tree else Span(loaded.name)), text
