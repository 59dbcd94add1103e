"""Which row of an English pack each note for the clinician stands at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from leafpress.approval import notes
from leafpress.approval.approvals import Approvals
from leafpress.approval.messages import SHARED, SignedPart
from leafpress.content.model import Leaflet
from leafpress.content.texts import texts


def notes_at(approvals: Approvals, subject: str) -> tuple[dict[str, list[str]], tuple[str, ...]]:
    """The notes by the English of the row where they stand, and those that stand at none.

    Raises:
        Problem: the file that holds them has errors.
    """
    placed: dict[str, list[str]] = defaultdict(list)
    for english, note in _placed(approvals, subject):
        placed[english].append(note)
    parts = (SignedPart.WORDS,) if subject == SHARED else (SignedPart.WORDS, SignedPart.EASY_READ)
    every = [note for part in parts for note in notes.of_part(approvals.project, subject, part)]
    known = {note for at_row in placed.values() for note in at_row}
    rest = [f"{note.place}: {note.text}" for note in every if note.text not in known]
    return dict(placed), tuple(rest)


def _placed(approvals: Approvals, subject: str) -> Iterator[tuple[str, str]]:
    if subject != SHARED:
        yield from _of_leaflet(approvals.english(subject))
        return
    contacts = approvals.project.contacts.model
    for contact in contacts.contacts if contacts else ():
        if contact.review:
            yield _first_text(contact, contact.id), contact.review


def _of_leaflet(leaflet: Leaflet) -> Iterator[tuple[str, str]]:
    for section in leaflet.sections:
        for block in section.blocks:
            if block.review:
                yield _first_text(block, section.title), block.review
    for part in leaflet.easy_read.sections if leaflet.easy_read else ():
        if part.review:
            yield _first_text(part, part.title), part.review


def _first_text(model: object, otherwise: str) -> str:
    """The first words of a block; those of its section where it has none of its own."""
    return next((str(text) for _, text in texts(model)), str(otherwise))
