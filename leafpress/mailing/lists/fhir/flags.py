"""Flags: alerts about patients, as systems keep them and as the NHS's Patient Flags API gives them.

Of a reasonable adjustment that API has a Flag that only says "there are some", and one for each of
them whose category is the kind and whose code is the adjustment. Its other programmes (child
protection, female genital mutilation) have Flags in the same form; they say nothing of leaflets,
and are not spoken of. https://digital.nhs.uk/developer/api-catalogue/patient-flags
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from leafpress.mailing.lists.fhir.accounts import Accounts, subset_problem
from leafpress.mailing.lists.fhir.declared import DETAIL
from leafpress.mailing.lists.fhir.references import Record, RecordIndex
from leafpress.mailing.lists.fhir.values import (
    ENTERED_IN_ERROR,
    Resource,
    UnclearRecord,
    extension_name,
    is_valid,
    objects,
    text,
)
from leafpress.mailing.lists.fhir.words import as_concept, needs_of, spellings
from leafpress.mailing.lists.mapping import Mapping
from leafpress.mailing.lists.normalise import normalise

_ENDED = frozenset({"inactive", ENTERED_IN_ERROR})
"""States of a Flag that no longer counts. Without a state it counts."""

_THERE_ARE_SOME = frozenset(
    {
        "nraf",
        "national reasonable adjustment flag",
        "national reasonable adjustments flag",
        "1108111000000107",
    }
)
"""Codes and words of the Flag that only says that there are adjustments."""

_OTHER_PROGRAMMES = frozenset(
    {
        "child protection information sharing", "child protection information sharing flag",
        "cp is", "fgm", "female genital mutilation", "female genital mutilation flag",
    }
)  # fmt: skip

UNTOLD = "reasonable adjustments of which the Bundle does not say more"
"""In place of a need that is not known: it refuses the row."""


@dataclass(frozen=True, slots=True)
class FlagNeeds:
    """What a patient's Flags say, in a list's words.

    Args:
        problems: Flags that are not understood, in words.
        unread: what in them speaks of communication, and no rule reads.
    """

    needs: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def counts(record: Record, today: datetime.date | None, accounts: Accounts) -> bool:
    """Whether a Flag has to be looked at: it is active, valid, and of no other programme.

    Raises:
        UnclearRecord: that cannot be told.
    """
    flag = record.resource
    if text(flag, "status").casefold() in _ENDED or not is_valid(flag, today):
        accounts.ledger.aside["flags"] += 1
        return False
    concepts = objects(flag, "category") + objects(flag, "code")
    words = {normalise(word) for own in concepts for word in spellings(own)}
    return not words & _OTHER_PROGRAMMES


def read_flags(
    records: list[Record],
    index: RecordIndex,
    mapping: Mapping,
    today: datetime.date | None,
    accounts: Accounts,
) -> FlagNeeds:
    """What the Flags of one patient say, of which each counts, or leaves that open."""
    needs: list[str] = []
    problems: list[str] = []
    unread: list[str] = []
    headers = 0
    for record in records:
        try:
            counts(record, today, accounts)
            unread += accounts.unread(record)
            problems += _details_lacking(record, index)
            if _only_says_that_there_are_some(record.resource):
                headers += 1
            else:
                needs += _needs(record.resource, mapping)
        except UnclearRecord as unclear:
            problems.append(f"one of its flags is not clear: {unclear.problem}")
    if headers and not needs:
        needs.append(UNTOLD)
    return FlagNeeds(*(tuple(dict.fromkeys(lines)) for lines in (needs, problems, unread)))


def _needs(flag: Resource, mapping: Mapping) -> list[str]:
    if subset_problem(flag):
        raise UnclearRecord(subset_problem(flag))
    if flag.get("code") is None:
        raise UnclearRecord("it has no code")
    return needs_of(as_concept(flag, "code"), mapping)


def _only_says_that_there_are_some(flag: Resource) -> bool:
    if flag.get("code") is None:
        return False
    words = set(map(normalise, spellings(as_concept(flag, "code"))))
    return bool(words & _THERE_ARE_SOME)


def _details_lacking(record: Record, index: RecordIndex) -> Iterator[str]:
    """Details that a Flag names and the Bundle does not hold: they may be needs."""
    for extension in objects(record.resource, "extension"):
        detail = extension.get("valueReference")
        lacking = index.resolve(detail, record, "Flag") is None
        if lacking and extension_name(extension) == DETAIL:
            yield "one of its flags names details that are not in the Bundle"
