"""Where every leaflet stands: a row a leaflet, language and part."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from leafpress.approval import notes
from leafpress.approval.approvals import Approvals
from leafpress.approval.entry import BrailleCode
from leafpress.approval.hand_out import Decision
from leafpress.approval.messages import SHARED, SignedPart
from leafpress.approval.states import State
from leafpress.content.model import Leaflet
from leafpress.findings import Finding, Problem
from leafpress.translation.language import LANGUAGES, SOURCE, built
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


GivenCodes = Mapping[str, tuple[BrailleCode, ...]]
"""What makes the braille that a clinic gives out, by language."""


def of(approvals: Approvals, given: GivenCodes) -> Overview:
    """Everything, in the order of leaflets and languages.

    Args:
        given: the braille that the clinic gives out; other braille has a row where it was signed.

    Raises:
        Problem: a leaflet, clinic.yaml or the contacts have errors.
    """
    subjects = [SHARED, *approvals.project.leaflet_ids()]
    faults = [found for subject in subjects for found in approvals.records(subject).findings]
    if faults:
        return Overview((), tuple(_leaflets(approvals)), (), tuple(faults))
    rows = tuple(row for subject in subjects for row in _parts(approvals, subject, given))
    return Overview(rows, tuple(_leaflets(approvals)), tuple(_not_ready(approvals, given)))


def _languages(approvals: Approvals) -> tuple[str, ...]:
    """The tags of what the clinic has built."""
    return built(approvals.clinic.languages or ())


def _parts(approvals: Approvals, subject: str, given: GivenCodes) -> Iterator[PartRow]:
    for language in _languages(approvals):
        for part in (SignedPart.WORDS,) if subject == SHARED else _OF_LEAFLETS:
            if part is SignedPart.FIGURES and language != SOURCE:
                continue
            yield from _row(approvals, subject, part, language)
        for code in _codes(approvals, subject, language, given):
            yield from _row(approvals, subject, SignedPart.BRAILLE, language, code)


_OF_LEAFLETS = (SignedPart.WORDS, SignedPart.EASY_READ, SignedPart.FIGURES)


def _codes(
    approvals: Approvals, subject: str, language: str, given: GivenCodes
) -> Iterator[BrailleCode]:
    """The braille of a leaflet that somebody has to read, or has read."""
    if subject == SHARED:
        return
    entries = approvals.records(subject).entries
    read = [entry.braille for entry in entries if entry.braille and entry.language == language]
    yield from dict.fromkeys((*given.get(language, ()), *read))


def _row(
    approvals: Approvals,
    subject: str,
    part: SignedPart,
    language: str,
    code: BrailleCode | None = None,
) -> Iterator[PartRow]:
    name = f"{part} {code.grade}" if code else part.value
    try:
        if not approvals.messages(subject, part, language):
            return
        decision = approvals.part(subject, part, language, code)
    except NotTranslated:
        yield PartRow(subject, language, name, State.DRAFT, ("not translated",))
        return
    except Problem as problem:
        yield PartRow(subject, language, name, State.DRAFT, (str(problem.findings[0]),))
        return
    state = State.EXPIRED if _is_expired(approvals, subject) else decision.state
    yield PartRow(subject, language, name, state, decision.reasons, _signers(decision))


def _is_expired(approvals: Approvals, subject: str) -> bool:
    return subject != SHARED and approvals.english(subject).review < approvals.today


def _signers(decision: Decision) -> tuple[str, ...]:
    read = decision.proofreading
    readers = read.by if read else ()
    people = (*decision.checked_by, *decision.translated_by, *decision.revised_by, *readers)
    return tuple(f"{person.name}, {person.role}" for person in people)


def _leaflets(approvals: Approvals) -> Iterator[LeafletRow]:
    for id_ in approvals.project.leaflet_ids():
        leaflet = approvals.english(id_)
        every = (notes.of_part(approvals.project, id_, part) for part in _OF_LEAFLETS)
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


def _not_ready(approvals: Approvals, given: GivenCodes) -> Iterator[tuple[str, str]]:
    """Of what the clinic gives out: leaflets behind its letters, or all, in every language."""
    enclosures = approvals.clinic.enclosures
    named = {id_ for ids in enclosures.codes.values() for id_ in ids} if enclosures else set()
    for leaflet in sorted(named) or approvals.project.leaflet_ids():
        for language in _languages(approvals):
            codes = (None, *given.get(language, ()))
            try:
                ready = [_is_ready(approvals, leaflet, language, code) for code in codes]
            except Problem:
                continue
            if not all(ready):
                yield leaflet, LANGUAGES[language].tag


def _is_ready(approvals: Approvals, leaflet: str, language: str, code: BrailleCode | None) -> bool:
    decision = approvals.decision(leaflet, language, easy_read=False, braille=code)
    return decision.is_allowed
