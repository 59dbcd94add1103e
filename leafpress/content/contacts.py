"""Services and their numbers: data in one place, so that no translation can alter them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from leafpress.content.base import TELEPHONE, Address, Frozen, Id, Region
from leafpress.content.text import Role, Text

Telephone = Annotated[str, StringConstraints(pattern=TELEPHONE)]
"""Digits in groups, as printed: `0800 731 6789`."""

Name = Annotated[Text, Role("name of a service", 60, markup=False, placeholders=False)]
INSIDE = Role(
    "name of a service inside a sentence",
    60,
    markup=False,
    placeholders=False,
    context="inside a sentence",
)
"""Most services have one English name in both places. Inside a sentence a language may need a
small letter, another case, or a mutation."""

Short = Annotated[Text, INSIDE]
Purpose = Annotated[
    Text, Role("what a service is for, or when it is open", 160, markup=False, placeholders=False)
]


class Contact(Frozen):
    """A service that readers may call, write to or visit."""

    id: Id
    name: Name
    short: Short = Field(description="What `{id}` in a text prints.")
    telephone: Telephone | None = None
    sms: Telephone | None = Field(None, description="A number for text messages.")
    email: str | None = None
    web: Address | None = None
    purpose: Purpose
    visit: bool = Field(False, description="Readers go there: in a box, “or go to …”.")
    source: str | None = Field(
        None, description="Where the number was seen, and when. Not printed."
    )
    review: str | None = Field(None, description="What has to be checked before printing.")
    regions: tuple[Region, ...] = Field((), description="Left out: everywhere.")
    instead: dict[Region, Id] = Field(
        default_factory=dict, description="Which contact stands in for this one, by region."
    )


class Contacts(Frozen):
    """`leaflets/contacts.yaml`."""

    contacts: tuple[Contact, ...]

    def get(self, id_: str, region: Region) -> Contact | None:
        """The contact `id_`, or the one that stands in for it in `region`; None if neither is."""
        found = next((contact for contact in self.contacts if contact.id == id_), None)
        if found and region in found.instead:
            return self.get(found.instead[region], region)
        return found if found and (not found.regions or region in found.regions) else None
