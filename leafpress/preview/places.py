"""Which pages there are, and what each leads to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from leafpress.content.root import Root
from leafpress.content.shelf import leaflet_ids
from leafpress.pages.formats import FORMATS
from leafpress.press.edition import Edition
from leafpress.press.freshness import unmet_needs
from leafpress.translation.language import LANGUAGES, SOURCE, Language, is_offered

ENGLISH, LISTEN = "english", "listen"

BESIDE = {ENGLISH: "English beside it", LISTEN: "what a listener hears"}
"""What can be shown beside a page, and how it is called."""


@dataclass(frozen=True, slots=True)
class Way:
    """A link: where it leads, what it says, and whether that is what is shown now."""

    address: str
    words: str
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """A page of the preview: an edition, and what stands beside it."""

    edition: Edition
    beside: frozenset[str] = frozenset()

    @property
    def address(self) -> str:
        """Where it is."""
        edition = self.edition
        path = f"/leaflet/{edition.leaflet}/{edition.language}/{edition.format}"
        asked = "&".join(f"beside={name}" for name in BESIDE if name in self.beside)
        return f"{path}?{asked}" if asked else path

    @property
    def language(self) -> Language:
        """That of the edition."""
        return LANGUAGES[self.edition.language]

    @property
    def panels(self) -> tuple[str, ...]:
        """The parts of the page that are fetched again after a change, in this order."""
        beside = (name for name in BESIDE if name in self.beside and self._is_of_use(name))
        return ("page", *beside)

    def panel(self, name: str) -> str:
        """Where a part of the page is."""
        edition = self.edition
        return f"/panel/{name}/{edition.leaflet}/{edition.language}/{edition.format}"

    def languages(self, root: Root) -> list[Way]:
        """The same in each language that can be built, as far as the format has it."""
        ways = (
            Way(self._in(language).address, language.english, language == self.language)
            for language in LANGUAGES.values()
            if is_offered(language, root)
        )
        return list(ways)

    def _in(self, language: Language) -> PreviewPage:
        """The same in another language; as A4 where the format is for translations only."""
        edition = replace(self.edition, language=language.tag)
        if language.tag == SOURCE and FORMATS[edition.format].pairs:
            edition = replace(edition, format="a4")
        return replace(self, edition=edition)

    def formats(self, root: Root) -> list[Way]:
        """The same in each format that the leaflet and language can have."""
        editions = (replace(self.edition, format=name) for name in FORMATS)
        offered = [edition for edition in editions if not unmet_needs(edition, root)]
        return [
            Way(
                replace(self, edition=edition).address,
                FORMATS[edition.format].title,
                edition == self.edition,
            )
            for edition in offered
        ]

    def besides(self) -> list[Way]:
        """Showing more beside the page, or less."""
        return [
            Way(
                replace(self, beside=self.beside ^ {name}).address,
                words,
                name in self.beside,
            )
            for name, words in BESIDE.items()
            if self._is_of_use(name)
        ]

    def _is_of_use(self, name: str) -> bool:
        """English beside English, or a picture beside itself, is none."""
        return name != ENGLISH or not self.language.is_source


def edition_at(root: Root, leaflet: str, language: str, format_: str) -> Edition | None:
    """The edition that an address names; None if there cannot be one."""
    if leaflet not in leaflet_ids(root) or language not in LANGUAGES or format_ not in FORMATS:
        return None
    edition = Edition(leaflet, language, format_)
    return None if unmet_needs(edition, root) else edition


def edition_of_file(root: Root, language: str, file: str) -> Edition | None:
    """The edition whose file is called so, as web editions call each other."""
    stem, _, ending = file.rpartition(".")
    names = (name for name, row in FORMATS.items() if str(row.kind) == ending)
    return _first(
        edition_at(root, stem.removesuffix(f"-{name}"), language, name)
        for name in names
        if stem.endswith(f"-{name}")
    )


def _first(editions: Iterable[Edition | None]) -> Edition | None:
    return next((edition for edition in editions if edition), None)


def in_english(edition: Edition) -> Edition:
    """The same in the language that it was written in."""
    format_ = "a4" if FORMATS[edition.format].pairs else edition.format
    return Edition(edition.leaflet, SOURCE, format_)
