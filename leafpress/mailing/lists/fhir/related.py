"""Records about a patient that no rule reads, and whether they speak of communication."""

from __future__ import annotations

import datetime

from leafpress.mailing.lists.fhir import spoken
from leafpress.mailing.lists.fhir.accounts import Accounts, speaks
from leafpress.mailing.lists.fhir.references import Record
from leafpress.mailing.lists.fhir.values import (
    ENTERED_IN_ERROR,
    Resource,
    UnclearRecord,
    is_valid,
    objects,
)
from leafpress.mailing.lists.fhir.words import spellings, tag_of
from leafpress.mailing.lists.mapping import Mapping

_UNTRUE = frozenset({ENTERED_IN_ERROR, "refuted"})


def speaks_for_patient(record: Record, today: datetime.date | None, accounts: Accounts) -> bool:
    """Whether a record that no rule reads may say what its patient needs.

    Raises:
        UnclearRecord: its state cannot be told.
    """
    if _is_over(record.resource, today):
        accounts.ledger.aside["other records"] += 1
        return False
    return accounts.speaks_of_patient(record)


def _is_over(resource: Resource, today: datetime.date | None) -> bool:
    verified = resource.get("verificationStatus")
    states = [word for own in objects(resource, "verificationStatus") for word in spellings(own)]
    if verified is None:
        states = [str(resource.get("status"))]
    if _UNTRUE & set(states):
        return True
    if resource["resourceType"] != "RelatedPerson":
        return False
    return resource.get("active") is False or not is_valid(resource, today)


def says_the_same(record: Record, language: str, mapping: Mapping) -> bool:
    """Whether somebody else's record says no more than that they speak the patient's language."""
    rest = {key: value for key, value in record.resource.items() if key != "communication"}
    if record.kind != "RelatedPerson" or speaks(rest):
        return False
    try:
        word = spoken.language({"communication": record.resource.get("communication")}, mapping)
    except UnclearRecord:
        return False
    return tag_of(word, mapping) == tag_of(language or mapping.default_language, mapping) != ""
