"""What of a leaflet is printed in a region, and which services stand behind its contacts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leafpress.content import inline
from leafpress.content.blocks import BlockBase, EmergencyBlock, Region
from leafpress.content.clinic import Clinic
from leafpress.content.contacts import Contact, Contacts
from leafpress.content.load import Loaded
from leafpress.content.model import Leaflet
from leafpress.content.texts import texts
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
    return leaflet.model_copy(update={"sections": tuple(sections)})


def missing(loaded: Loaded[Leaflet], directory: Directory) -> Iterator[Finding]:
    """Contacts that a printed block needs, and that have no service in the clinic's region."""
    region = directory.clinic.region
    if loaded.model is None or loaded.tree is None:
        return
    for index, section in enumerate(loaded.model.sections):
        for number, block in enumerate(section.blocks):
            if block.regions and region not in block.regions:
                continue
            for id_ in dict.fromkeys(_needed(block)):
                if directory.get(id_) is None:
                    span = loaded.tree.span(("sections", index, "blocks", number))
                    yield finding("L062", span, id=id_, region=region)


def _needed(block: BlockBase) -> Iterator[str]:
    """Contacts without which the block says nothing. A list of contacts may be shorter."""
    if isinstance(block, EmergencyBlock):
        yield from block.call
    for _, text in texts(block):
        yield from inline.parse(text).placeholders
