"""What of a leaflet is printed in a region, and which services stand behind its contacts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leafpress.content import inline
from leafpress.content.blocks import BlockBase, EmergencyBlock, Region
from leafpress.content.clinic import Clinic
from leafpress.content.contacts import Contact, Contacts
from leafpress.content.easy_read import EasyRead, Sentence
from leafpress.content.load import Loaded
from leafpress.content.model import Leaflet
from leafpress.content.texts import texts
from leafpress.content.yaml_tree import Path
from leafpress.findings import Finding
from leafpress.rules import finding


@dataclass(frozen=True, slots=True)
class Directory:
    """Contacts as a clinic's patients know them."""

    clinic: Clinic
    contacts: Contacts

    def get(self, id_: str) -> Contact | None:
        """The service behind `id_` where the clinic is; None if there is none."""
        if id_ == "clinic":
            return self.clinic.as_contact()
        return self.contacts.get(id_, self.clinic.region)

    def __getitem__(self, id_: str) -> Contact:
        """The service behind `id_`, which `missing` has shown to exist."""
        contact = self.get(id_)
        if contact is None:
            raise KeyError(id_)
        return contact

    def listed(self, ids: tuple[str, ...]) -> list[Contact]:
        """The services behind `ids`, each once."""
        found = {contact.id: contact for contact in map(self.get, ids) if contact}
        return list(found.values())


def in_region(leaflet: Leaflet, region: Region) -> Leaflet:
    """The leaflet without the blocks that are for other regions."""
    sections = []
    for section in leaflet.sections:
        kept = tuple(b for b in section.blocks if not b.regions or region in b.regions)
        if kept:
            sections.append(section.model_copy(update={"blocks": kept}))
    easy_read = leaflet.easy_read and _easy_read_in(leaflet.easy_read, region)
    return leaflet.model_copy(update={"sections": tuple(sections), "easy_read": easy_read})


def _easy_read_in(easy_read: EasyRead, region: Region) -> EasyRead:
    sections = []
    for section in easy_read.sections:
        kept = tuple(s for s in section.sentences if not s.regions or region in s.regions)
        if kept:
            sections.append(section.model_copy(update={"sentences": kept}))
    return easy_read.model_copy(update={"sections": tuple(sections)})


def missing(loaded: Loaded[Leaflet], directory: Directory) -> Iterator[Finding]:
    """Contacts that a printed block needs, and that have no service in the clinic's region."""
    region = directory.clinic.region
    if loaded.model is None or loaded.tree is None:
        return
    for path, part in _parts(loaded.model):
        if part.regions and region not in part.regions:
            continue
        for id_ in dict.fromkeys(_needed(part)):
            if directory.get(id_) is None:
                yield finding("L062", loaded.tree.span(path), id=id_, region=region)


def _parts(leaflet: Leaflet) -> Iterator[tuple[Path, BlockBase | Sentence]]:
    """What may be limited to regions, with the way to it."""
    for index, section in enumerate(leaflet.sections):
        for number, block in enumerate(section.blocks):
            yield ("sections", index, "blocks", number), block
    for index, easy in enumerate(leaflet.easy_read.sections if leaflet.easy_read else ()):
        for number, sentence in enumerate(easy.sentences):
            yield ("easy_read", "sections", index, "sentences", number), sentence


def _needed(block: BlockBase | Sentence) -> Iterator[str]:
    """Contacts without which the block says nothing. A list of contacts may be shorter."""
    if isinstance(block, EmergencyBlock):
        yield from block.call
    for _, text in texts(block):
        yield from inline.parse(text).placeholders
