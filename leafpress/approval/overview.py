"""Where every leaflet stands: a row a leaflet, language and part."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from leafpress.approval import notes
from leafpress.approval.approvals import Approvals
from leafpress.approval.hand_out import Decision
from leafpress.approval.messages import SHARED, SignedPart
from leafpress.approval.states import State
from leafpress.content.model import Leaflet
from leafpress.findings import Finding, Problem
from leafpress.translation.language import BUILT, LANGUAGES, SOURCE
from leafpress.translation.translate import NotTranslated

SOON = datetime.timedelta(days=90)
"""How long before its review a leaflet is told of."""


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part in one language.

    Args:
        missing: what it needs and does not have.
        signed_by: everybody who signed it, as they wrote themselves.
    """

    leaflet: str
    language: str
    part: str
    state: State
    missing: tuple[str, ...] = ()
    signed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeafletRow:
    """What stands to be done about a leaflet as a whole.

    Args:
        review: after this day it is refused.
        unverified: ids of sources of which only a copy was seen, or that nobody has dated.
        open_notes: how many notes its author left for a clinician.
    """

    leaflet: str
    review: datetime.date
    is_due: bool
    unverified: tuple[str, ...]
    open_notes: int


@dataclass(frozen=True)
class Overview:
    """Where a project stands on a day."""

    parts: tuple[PartRow, ...]
    leaflets: tuple[LeafletRow, ...]
    given_out: tuple[tuple[str, str], ...]
    """Leaflet and language of what the clinic gives out, and is not ready."""
    findings: tuple[Finding, ...] = ()


def of(approvals: Approvals) -> Overview:
    """Everything, in the order of leaflets and languages.

    Raises:
        Problem: a leaflet, clinic.yaml or the contacts have errors.
    """
    subjects = [SHARED, *approvals.project.leaflet_ids()]
    faults = [found for subject in subjects for found in approvals.records(subject).findings]
    if faults:
        return Overview((), tuple(_leaflets(approvals)), (), tuple(faults))
    rows = tuple(row for subject in subjects for row in _parts(approvals, subject))
    return Overview(rows, tuple(_leaflets(approvals)), tuple(_not_ready(approvals)))


def _parts(approvals: Approvals, subject: str) -> Iterator[PartRow]:
    for language in BUILT:
        parts = (SignedPart.WORDS,) if subject == SHARED else tuple(SignedPart)
        for part in parts:
            if part is SignedPart.FIGURES and language != SOURCE:
                continue
            yield from _row(approvals, subject, part, language)


def _row(approvals: Approvals, subject: str, part: SignedPart, language: str) -> Iterator[PartRow]:
    try:
        if not approvals.messages(subject, part, language):
            return
        decision = approvals.part(subject, part, language)
    except NotTranslated:
        yield PartRow(subject, language, part, State.DRAFT, ("not translated",))
        return
    except Problem as problem:
        yield PartRow(subject, language, part, State.DRAFT, (str(problem.findings[0]),))
        return
    state = State.EXPIRED if _is_expired(approvals, subject) else decision.state
    yield PartRow(subject, language, part, state, decision.reasons, _signers(decision))


def _is_expired(approvals: Approvals, subject: str) -> bool:
    return subject != SHARED and approvals.english(subject).review < approvals.today


def _signers(decision: Decision) -> tuple[str, ...]:
    people = (*decision.checked_by, *decision.translated_by, *decision.revised_by)
    return tuple(f"{person.name}, {person.role}" for person in people)


def _leaflets(approvals: Approvals) -> Iterator[LeafletRow]:
    for id_ in approvals.project.leaflet_ids():
        leaflet = approvals.english(id_)
        every = (notes.of_part(approvals.project, id_, part) for part in SignedPart)
        yield LeafletRow(
            id_,
            leaflet.review,
            leaflet.review - approvals.today <= SOON,
            tuple(_unverified(leaflet)),
            sum(map(len, every)),
        )


def _unverified(leaflet: Leaflet) -> Iterator[str]:
    for source in leaflet.sources:
        if source.copy_only or source.seen is None:
            yield source.id


def _not_ready(approvals: Approvals) -> Iterator[tuple[str, str]]:
    """Of what the clinic gives out: leaflets behind its letters, or all, in every language."""
    enclosures = approvals.clinic.enclosures
    named = {id_ for ids in enclosures.codes.values() for id_ in ids} if enclosures else set()
    for leaflet in sorted(named) or approvals.project.leaflet_ids():
        for language in BUILT:
            try:
                decision = approvals.decision(leaflet, language, easy_read=False)
            except Problem:
                continue
            if not decision.is_allowed:
                yield leaflet, LANGUAGES[language].tag
