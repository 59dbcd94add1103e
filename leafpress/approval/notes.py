"""What an author left for a clinician to look at: `review:` in leaflets and contacts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leafpress.approval.messages import SHARED, SignedPart
from leafpress.content.contacts import Contacts
from leafpress.content.load import Loaded, Model
from leafpress.content.model import Leaflet
from leafpress.content.project import Project
from leafpress.findings import Problem


@dataclass(frozen=True, slots=True)
class OpenNote:
    """One note: where it stands, and what it says."""

    place: str
    text: str


def of_part(project: Project, subject: str, part: SignedPart) -> tuple[OpenNote, ...]:
    """The notes that belong to a part, in order.

    Raises:
        Problem: the file that holds them has errors.
    """
    if subject == SHARED:
        return tuple(_of_contacts(_sound(project.contacts)))
    leaflet = _sound(project.leaflet(subject))
    if part is SignedPart.WORDS:
        return tuple(_of_sections(leaflet))
    return tuple(_of_easy_read(leaflet)) if part is SignedPart.EASY_READ else ()


def _sound(loaded: Loaded[Model]) -> Model:
    if loaded.model is None:
        raise Problem(*loaded.findings)
    return loaded.model


def _of_contacts(contacts: Contacts) -> Iterator[OpenNote]:
    for contact in contacts.contacts:
        if contact.review:
            yield OpenNote(f"contacts.yaml, {contact.id}", contact.review)


def _of_sections(leaflet: Leaflet) -> Iterator[OpenNote]:
    for note in leaflet.notes_for_reviewers:
        yield OpenNote("the whole leaflet", note)
    for section in leaflet.sections:
        for block in section.blocks:
            if block.review:
                yield OpenNote(f"“{section.title}”, {block.kind}", block.review)


def _of_easy_read(leaflet: Leaflet) -> Iterator[OpenNote]:
    for section in leaflet.easy_read.sections if leaflet.easy_read else ():
        if section.review:
            yield OpenNote(f"easy read, “{section.title}”", section.review)
