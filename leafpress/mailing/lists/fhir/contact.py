"""How a patient is reached: the address for e-mails, and UK Core's contact preference.

Of addresses the valid ones count; of these the best `rank`, then `use`: home before others, work
last (https://hl7.org/fhir/R4/datatypes.html#ContactPoint). What then is still open is unclear.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from leafpress.mailing.lists.fhir.declared import WHOLE_EXTENSIONS
from leafpress.mailing.lists.fhir.values import (
    Ledger,
    Resource,
    UnclearRecord,
    extension_name,
    extensions,
    has_end,
    is_valid,
    objects,
    text,
)
from leafpress.mailing.lists.fhir.words import concept, needs_of, spellings
from leafpress.mailing.lists.mapping import Mapping
from leafpress.mailing.lists.normalise import normalise

_METHODS = "PreferredContactMethod"
_FORMATS = "PreferredWrittenCommunicationFormat"
_TIMES = "PreferredContactTimes"

_DELIVERIES = {"1": "print", "letter": "print", "4": "email", "e mail": "email", "email": "email"}
"""Contact methods that say how a letter goes out: codes and displays of UK Core's system."""

_SIGNED = frozenset({"7", "sign language"})

_NO_LETTER = {
    "2": "visit", "visit": "visit", "3": "telephone", "telephone": "telephone",
    "5": "textphone", "minicom textphone": "textphone",
    "6": "telephone by proxy", "telephone contact via proxy": "telephone by proxy",
    "8": "no telephone", "no telephone contact": "no telephone", "9": "SMS", "sms": "SMS",
}  # fmt: skip
"""Contact methods that say nothing of a letter: they are told, and change nothing."""

_WORST_RANK = 2**31
"""Ranks are positive integers of 31 bits; an address without one comes after all."""


@dataclass(frozen=True, slots=True)
class ContactPreference:
    """What a patient prefers.

    Args:
        needs: words for the written format, as a list's cell would have them.
        delivery: `print` or `email`; empty where nothing of that is recorded.
    """

    needs: tuple[str, ...] = ()
    delivery: str = ""


def contact_preference(patient: Resource, mapping: Mapping, ledger: Ledger) -> ContactPreference:
    """What UK Core's contact preference says.

    Raises:
        UnclearRecord: it says something that is not known, or two things.
    """
    needs: list[str] = []
    methods: set[str] = set()
    own = {key: value for key, value in patient.items() if key != "contact"}
    for extension in extensions(own, WHOLE_EXTENSIONS):
        if extension_name(extension) == "ContactPreference":
            for part in objects(extension, "extension"):
                _read_part(part, needs, methods, mapping)
    if _SIGNED & methods:
        needs.append("sign language")
    deliveries = {_DELIVERIES[method] for method in methods & set(_DELIVERIES)}
    if len(deliveries) > 1:
        raise UnclearRecord("two ways of contact are preferred")
    for method in {_NO_LETTER[method] for method in methods & set(_NO_LETTER)}:
        ledger.unread[f"preferred way of contact: {method}"] += 1
    return ContactPreference(tuple(dict.fromkeys(needs)), "".join(deliveries))


def _read_part(part: Resource, needs: list[str], methods: set[str], mapping: Mapping) -> None:
    name = text(part, "url")
    if name == _FORMATS:
        needs += needs_of(concept(part), mapping, bare_codes=True)
    elif name == _METHODS:
        methods |= _methods_of(concept(part))
    elif name != _TIMES:
        raise UnclearRecord("its contact preference says something that nothing reads")


def _methods_of(own: Resource) -> set[str]:
    """The contact methods that a concept names, by code and by word.

    Raises:
        UnclearRecord: none of its words is known.
    """
    words = set(map(normalise, spellings(own)))
    if any(
        text(coding, "system") and _METHODS not in text(coding, "system")
        for coding in objects(own, "coding")
    ):
        words = {word for word in words if not word.isdigit()}
    known = words & {*_DELIVERIES, *_SIGNED, *_NO_LETTER}
    if not known:
        raise UnclearRecord("the preferred way of contact is not understood")
    return known


def email_address(patient: Resource, today: datetime.date | None, ledger: Ledger) -> str:
    """The address for e-mails; empty where none is valid.

    Raises:
        UnclearRecord: several are valid, and nothing says which.
    """
    addresses = [own for own in objects(patient, "telecom") if _is_email(own)]
    recorded = [own for own in addresses if text(own, "value")]
    valid = [own for own in recorded if text(own, "use") != "old" and is_valid(own, today)]
    if len(valid) < len(recorded):
        ledger.aside["e-mail addresses"] += len(recorded) - len(valid)
    best = _preferred(valid)
    values = {text(own, "value").casefold(): text(own, "value") for own in best}
    if len(values) > 1:
        raise UnclearRecord(
            "several e-mail addresses are valid, and neither rank nor use says which"
        )
    if any(text(own, "use") == "temp" and not has_end(own) for own in best):
        raise UnclearRecord("its e-mail address is temporary, and nothing says until when")
    return next(iter(values.values()), "")


def _is_email(contact: Resource) -> bool:
    system = text(contact, "system").casefold()
    return system == "email" or (not system and "@" in text(contact, "value"))


def _preferred(addresses: list[Resource]) -> list[Resource]:
    """Those of the best rank, and of these those at home, or else those that are not at work."""
    if not addresses:
        return []
    first = min(map(_rank, addresses))
    best = [own for own in addresses if _rank(own) == first]
    at_home = [own for own in best if text(own, "use") in ("home", "temp")]
    private = [own for own in best if text(own, "use") != "work"]
    return at_home or private or best


def _rank(address: Resource) -> int:
    rank = text(address, "rank")
    if not rank:
        return _WORST_RANK
    if not rank.isdigit() or rank == "0":
        raise UnclearRecord("the rank of an e-mail address is not a number")
    return int(rank)
