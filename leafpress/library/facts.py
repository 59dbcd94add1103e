"""What the library's pages say, as plain values."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from leafpress.library.changed import UNKNOWN, ChangeNote, Place
from leafpress.library.shelf import Shelves

if TYPE_CHECKING:
    from leafpress.content.clinic import Clinic
    from leafpress.content.root import Root
    from leafpress.press.issued import IssuedCopy

Words = Mapping[Place, tuple[str, ...]]
"""Other words by which a leaflet is found, by its id and a language's tag."""


@dataclass(frozen=True)
class Library:
    """Everything that the pages say.

    Args:
        today: the day of which the pages are.
        clinic: whose leaflets they are; None where its file has errors.
        words: what people call the subjects besides their titles.
        pictures: of first pages.
        proven: whether there is a page about the proofs.
        counted: whether there is a page about copies that went with letters.
        changes: since somebody signed.
        copies: what was built before what stands there now.
    """

    shelf: Shelves
    root: Root
    today: datetime.date
    clinic: Clinic | None = None
    words: Words = field(default_factory=dict)
    pictures: Mapping[Place, str] = field(default_factory=dict)
    proven: bool = False
    counted: bool = False
    changes: Mapping[Place, ChangeNote] = field(default_factory=dict)
    copies: Mapping[Place, IssuedCopy] = field(default_factory=dict)

    def address(self, leaflet: str, language: str) -> str | None:
        """Where a leaflet stands on the clinic's web site."""
        return self.clinic.address_of(leaflet, language) if self.clinic else None

    def also(self, leaflet: str, language: str) -> tuple[str, ...]:
        """Other words for a leaflet in a language."""
        return self.words.get((leaflet, language), ())

    def picture(self, leaflet: str, language: str) -> str | None:
        """The picture of a first page."""
        return self.pictures.get((leaflet, language))

    def changed(self, leaflet: str, language: str) -> ChangeNote:
        """What has changed since somebody signed it."""
        return self.changes.get((leaflet, language), UNKNOWN)

    def copy_before(self, leaflet: str, language: str) -> IssuedCopy | None:
        """The newest copy of other words."""
        return self.copies.get((leaflet, language))
