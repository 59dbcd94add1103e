"""What of a leaflet is printed in a region, and which services stand behind its contacts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leafpress.content import inline
from leafpress.content.base import Region
from leafpress.content.blocks import Block, BlockBase, EmergencyBlock
from leafpress.content.clinic import Clinic
from leafpress.content.contacts import Contact, Contacts
from leafpress.content.easy_read import EasyRead, EasySection, Sentence
from leafpress.content.entries import entries_in
from leafpress.content.load import Loaded
from leafpress.content.model import Leaflet
from leafpress.content.texts import texts
from leafpress.content.yaml_tree import Path
from leafpress.findings import Finding
from leafpress.rules import finding

GP_OUT_OF_HOURS = "gp-out-of-hours"
"""The contact whose number only the clinic knows: one a provider (fact sheet G35, G38)."""


@dataclass(frozen=True, slots=True)
class Directory:
    """Contacts as a clinic's patients know them."""

    clinic: Clinic
    contacts: Contacts

    def get(self, id_: str) -> Contact | None:
        """The service behind `id_` where the clinic is; None if there is none."""
        if id_ == "clinic":
            return self.clinic.as_contact()
        found = self.contacts.get(id_, self.clinic.region)
        if found and found.id == GP_OUT_OF_HOURS:
            return found.model_copy(update={"telephone": self.clinic.gp_out_of_hours})
        return found

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
    """The leaflet without what is for other regions: blocks, entries of lists, rows, sentences."""
    sections = []
    for section in leaflet.sections:
        printed = [each for each in section.blocks if not each.regions or region in each.regions]
        if printed:
            blocks = tuple(_block_in(block, region) for block in printed)
            sections.append(section.model_copy(update={"blocks": blocks}))
    easy_read = leaflet.easy_read and _easy_read_in(leaflet.easy_read, region)
    return leaflet.model_copy(update={"sections": tuple(sections), "easy_read": easy_read})


def _block_in(block: Block, region: Region) -> Block:
    fields = {name: getattr(block, name) for name in type(block).model_fields}
    lists = {name: value for name, value in fields.items() if isinstance(value, tuple)}
    here = {name: entries_in(entries, region) for name, entries in lists.items()}
    return block.model_copy(update=here)


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
    for path, part in _parts(loaded.model, region):
        if not isinstance(part, EasySection) and part.regions and region not in part.regions:
            continue
        for id_ in dict.fromkeys(_needed(part)):
            if directory.get(id_) is None:
                yield finding("L062", loaded.tree.span(path), id=id_, region=region)


_Part = BlockBase | Sentence | EasySection


def _parts(leaflet: Leaflet, region: Region) -> Iterator[tuple[Path, _Part]]:
    """What may be limited to regions, with the way to it; of a block, what is printed there."""
    for index, section in enumerate(leaflet.sections):
        for number, block in enumerate(section.blocks):
            yield ("sections", index, "blocks", number), _block_in(block, region)
    for index, easy in enumerate(leaflet.easy_read.sections if leaflet.easy_read else ()):
        yield ("easy_read", "sections", index), easy.model_copy(update={"sentences": ()})
        for number, sentence in enumerate(easy.sentences):
            yield ("easy_read", "sections", index, "sentences", number), sentence


def _needed(block: _Part) -> Iterator[str]:
    """Contacts without which the block says nothing. A list of contacts may be shorter."""
    if isinstance(block, EmergencyBlock):
        yield from block.call
    elif isinstance(block, EasySection):
        yield from block.calls
    for _, text in texts(block):
        yield from inline.parse(text).placeholders
