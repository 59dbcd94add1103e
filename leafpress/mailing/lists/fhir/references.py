"""Which resource a reference means. One that does not resolve is unknown, never nothing.

References are relative (to the server of the entry that they stand in), absolute, `urn:`, to a
version, to a contained resource, or only an identifier
(https://hl7.org/fhir/R4/references.html, https://hl7.org/fhir/R4/bundle.html#references).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from leafpress.mailing.lists.fhir.values import Resource, UnclearRecord, objects, one, text

_VERSION = re.compile(r"/_history(?:/[^/]*)?$")

_LONGEST = 2000
"""Characters of a reference. Browsers and servers take no longer addresses."""

_NATIONAL = re.compile(r"/personal-demographics/(?:.*/)?Patient/(\d{10})$")
"""A patient of the NHS's Personal Demographics Service, whose ids are NHS numbers."""

_NHS_NUMBERS = "https://fhir.nhs.uk/Id/nhs-number"

_TYPED = re.compile(r"(?:^|/)([A-Z][A-Za-z]+)/[^/]+$")


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """A resource and where it stands. Each is itself and equal to no other.

    Args:
        address: its entry's `fullUrl`, without a version.
        number: of its entry, from 1.
        container: the record that it is contained in.
    """

    resource: Resource
    address: str = ""
    number: int = 0
    container: Record | None = None

    @property
    def kind(self) -> str:
        """The type of the resource."""
        return str(self.resource.get("resourceType"))

    @property
    def tail(self) -> str:
        """How others of the same server refer to it; empty where it has no id."""
        identity = self.resource.get("id")
        return f"{self.kind}/{identity}" if isinstance(identity, str) and identity else ""

    @property
    def server(self) -> str:
        """The address of its server; empty where its own address does not say."""
        suffix = f"/{self.tail}"
        if not self.tail or not self.address.startswith("http"):
            return ""
        return self.address.removesuffix(suffix) if self.address.endswith(suffix) else ""


def plain_address(address: str) -> str:
    """An address without a version; `urn:uuid:` in small letters, as RFC 4122 compares them."""
    address = _VERSION.sub("", address.strip())
    return address.casefold() if address[:9].casefold() == "urn:uuid:" else address


@dataclass(frozen=True, slots=True)
class RecordIndex:
    """Every record by the ways in which others refer to it."""

    by_address: dict[str, Record] = field(default_factory=dict)
    by_tail: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))
    by_identifier: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))
    contained: dict[Record, list[Record]] = field(default_factory=lambda: defaultdict(list))

    def add(self, record: Record) -> None:
        """Take a record of an entry, and those contained in it."""
        if record.address:
            self.by_address.setdefault(record.address, record)
        if record.tail:
            self.by_tail[record.tail].append(record)
        for value in identifier_keys(record.resource):
            self.by_identifier[value].append(record)

    def resolve(self, reference: object, source: Record, kind: str) -> Record | None:
        """The record that a reference means; None where that is unknown or not certain.

        Args:
            kind: the type that is looked for by an identifier, where the reference names none.
        """
        if not isinstance(reference, dict):
            return None
        try:
            if len(text(reference, "reference")) > _LONGEST:
                return None
            named = last_type(text(reference, "type"))
            meant = self._by_address(text(reference, "reference"), source)
            identified = self._by_identifier(one(reference, "identifier"), named or kind)
        except UnclearRecord:
            return None
        if meant and identified and meant is not identified:
            return None
        meant = meant or identified
        return meant if meant and named in ("", meant.kind) else None

    def _by_address(self, written: str, source: Record) -> Record | None:
        if written.startswith("#"):
            return self._contained(written[1:], source)
        address = plain_address(written)
        server = (source.container or source).server
        if address in self.by_address:
            return self.by_address[address]
        if server and f"{server}/{address}" in self.by_address:
            return self.by_address[f"{server}/{address}"]
        national = _NATIONAL.search(address)
        if national:
            number = {"system": _NHS_NUMBERS, "value": national[1]}
            return self._by_identifier(number, "Patient")
        return self._by_tail(address, server)

    def _by_tail(self, address: str, server: str) -> Record | None:
        """The one record by type and id, unless it is known to be another server's."""
        tail = "/".join(address.split("/")[-2:])
        if address != tail:
            server = address.removesuffix(f"/{tail}")
        candidates = self.by_tail.get(tail, [])
        if server:
            candidates = [own for own in candidates if own.server in ("", server)]
        return candidates[0] if len(candidates) == 1 else None

    def _contained(self, identity: str, source: Record) -> Record | None:
        holder = source.container or source
        if not identity:
            return holder
        same = [own for own in self.contained.get(holder, []) if own.resource.get("id") == identity]
        return same[0] if len(same) == 1 else None

    def _by_identifier(self, identifier: Resource, kind: str) -> Record | None:
        keys = _keys(identifier)
        records = self.by_identifier.get(keys[0], []) if keys else []
        records = [own for own in records if own.kind == kind]
        return records[0] if len(records) == 1 else None


def identifier_keys(resource: Resource) -> list[str]:
    """By what a resource is found, of its identifiers: each by system and value, then without."""
    try:
        keys = [key for own in objects(resource, "identifier") for key in _keys(own)]
    except UnclearRecord:
        return []  # whoever reads this record tells it
    return sorted(set(keys), key=lambda key: key.startswith("|"))


def _keys(identifier: Resource) -> list[str]:
    """How an identifier is looked up: by system and value; by value alone where no system is."""
    value = "".join(text(identifier, "value").split())
    if not value:
        return []
    return [f"{text(identifier, 'system')}|{value}", f"|{value}"]


def last_type(written: str) -> str:
    """The type that `Reference.type` names: a bare name, or an address that ends in it."""
    return written.rstrip("/").split("/")[-1]


def named_type(reference: object) -> str:
    """The type of the resource that a reference means, as it says itself; empty if it does not."""
    if not isinstance(reference, dict):
        return ""
    named, written = reference.get("type"), reference.get("reference")
    if isinstance(named, str) and named:
        return last_type(named)
    typed = _TYPED.search(plain_address(written)) if isinstance(written, str) else None
    return typed[1] if typed else ""


def may_be(reference: object, kind: str) -> bool:
    """Whether a reference that does not resolve may mean a resource of this type."""
    return reference is not None and named_type(reference) in ("", kind)
