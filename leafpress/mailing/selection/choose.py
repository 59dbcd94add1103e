"""What a row gets: editions by language and need, or every reason why it gets nothing.

It fails closed. What cannot be met is refused; something else is given only where the row or the
command names it, and then the receipt says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from leafpress.findings import Finding, Problem, Span
from leafpress.installed import PROGRAM
from leafpress.mailing.lists.appointments import Appointment
from leafpress.mailing.lists.languages import find_language, why_not
from leafpress.mailing.lists.mapping import find_delivery
from leafpress.mailing.lists.needs import Requirements, find_need, read_needs
from leafpress.mailing.lists.normalise import normalise, split_cell
from leafpress.mailing.selection.criteria import Criteria
from leafpress.mailing.selection.editions import ChosenEdition
from leafpress.pages.formats import FORMATS
from leafpress.rules import finding


@dataclass(frozen=True, slots=True)
class LeafletRequest:
    """What a row asks for, as far as that is understood.

    Args:
        language: None if it is not known.
        leaflets: by name, whether there is such a leaflet.
        delivery: "" where nobody said; None if it is not understood.
        fallbacks: what may be given instead, as it is written: the row's own first.
    """

    language: str | None
    requirements: Requirements
    leaflets: dict[str, bool]
    delivery: str | None
    fallbacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a row gets.

    Args:
        language, format: what is given; `asked_language` and `needs` are what is recorded.
        fallback: what was allowed in place of what is recorded, in words; empty when it was met.
        notes: what the receipt has to say besides.
    """

    editions: tuple[ChosenEdition, ...] = ()
    language: str = ""
    format: str = ""
    delivery: str = ""
    asked_language: str = ""
    needs: tuple[str, ...] = ()
    fallback: str = ""
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Fallback:
    """What may be given instead. What it does not name is "": then it stays as it was asked."""

    language: str
    format: str


def choose(appointment: Appointment, criteria: Criteria, span: Span) -> Choice:
    """The editions for one row. With `findings` nothing may be given."""
    request = _request(appointment, criteria)
    choice = Choice(
        asked_language=request.language or appointment.language,
        needs=tuple(need.id for need in request.requirements.needs),
        notes=request.requirements.notes,
    )
    faults = (*_not_understood(appointment, request, span), *_not_there(request, span))
    if faults or request.language is None or request.delivery is None:
        return replace(choice, findings=faults)
    choice = replace(choice, language=request.language, delivery=request.delivery)
    return _meet(choice, request, criteria, span)


def _request(appointment: Appointment, criteria: Criteria) -> LeafletRequest:
    requirements = read_needs(appointment.need, criteria.mapping.needs)
    return LeafletRequest(
        _language(appointment, criteria),
        requirements,
        _leaflets(appointment, criteria),
        _delivery(appointment, criteria, requirements),
        (*split_cell(appointment.fallback), *criteria.fallbacks),
    )


def _language(appointment: Appointment, criteria: Criteria) -> str | None:
    own = {normalise(word): tag for word, tag in criteria.mapping.languages.items()}
    text = appointment.language or criteria.mapping.default_language
    return find_language(own.get(normalise(text), text))


def _leaflets(appointment: Appointment, criteria: Criteria) -> dict[str, bool]:
    """What the row names, and whether each is known: leaflets, and codes for several."""
    known = criteria.editions.leaflets
    leaflets: dict[str, bool] = {}
    for word in (*split_cell(appointment.leaflets), *_clinic_codes(appointment, criteria)):
        for leaflet in _meant_by(word, criteria):
            leaflets[leaflet] = leaflet in known
    return leaflets


def _meant_by(word: str, criteria: Criteria) -> tuple[str, ...]:
    return criteria.codes.get(word) or criteria.codes.get(normalise(word), (word,))


def _clinic_codes(appointment: Appointment, criteria: Criteria) -> list[str]:
    """The codes in a cell, which may itself be one code, whatever stands in it."""
    cell = appointment.clinic
    if cell in criteria.codes or normalise(cell) in criteria.codes:
        return [cell]
    return split_cell(cell)


def _delivery(
    appointment: Appointment, criteria: Criteria, requirements: Requirements
) -> str | None:
    """How it goes out; empty when nobody said. A recorded need goes before the row's own word."""
    own = {normalise(word): way for word, way in criteria.mapping.deliveries.items()}
    text = requirements.delivery or appointment.delivery
    return find_delivery(own.get(normalise(text), text)) if text else ""


def _not_understood(
    appointment: Appointment, request: LeafletRequest, span: Span
) -> Iterator[Finding]:
    unknown = request.requirements.unknown
    if request.language is None:
        yield finding("E050", span, problem=why_not(appointment.language))
    if unknown:
        yield finding("E051", span, count=len(unknown))


def _not_there(request: LeafletRequest, span: Span) -> Iterator[Finding]:
    if not request.leaflets:
        yield finding("E058", span, problem="it names no leaflet and no clinic")
    elif not all(request.leaflets.values()):
        yield finding("E058", span, problem="it names a leaflet or clinic that there is not")
    if request.delivery is None:
        yield finding("E059", span, problem="print, email and portal are known")
    for text in request.fallbacks:
        if read_fallback(text) is None:
            yield finding("E059", span, problem="its fallback names no language or format")


def _meet(choice: Choice, request: LeafletRequest, criteria: Criteria, span: Span) -> Choice:
    """The editions that meet what is asked, or else the first that is allowed in their place."""
    requirements, leaflets = request.requirements, tuple(request.leaflets)
    choice = replace(choice, format=requirements.format or criteria.standard)
    if requirements.problem:
        faults: tuple[Finding, ...] = (finding("E052", span, problem=requirements.problem),)
    else:
        editions, faults = _find(leaflets, choice, criteria, span)
        if not faults:
            return _give(choice, editions)
    for text in request.fallbacks:
        allowed = _in_place_of(choice, text, requirements)
        if allowed:
            editions, _ = _find(leaflets, allowed, criteria, span)
            if editions:
                return _give(allowed, editions)
    return replace(choice, language="", format="", findings=faults)


def _give(choice: Choice, editions: tuple[ChosenEdition, ...]) -> Choice:
    """The choice with its editions, and with what the receipt has to say of them."""
    notes = dict.fromkeys(edition.note for edition in editions if edition.note)
    return replace(choice, editions=editions, notes=(*choice.notes, *notes))


def _in_place_of(choice: Choice, text: str, requirements: Requirements) -> Choice | None:
    """What a fallback allows; None where it is no help."""
    fallback = read_fallback(text)
    if fallback is None:
        return None
    if requirements.problem and not fallback.format:
        return None  # another language does not meet a need for audio
    language = fallback.language or choice.language
    format_id = fallback.format or choice.format
    words = f"{language}, {format_id} given in place of what is recorded (`{text}` allows it)"
    return replace(choice, language=language, format=format_id, fallback=words)


def _find(
    leaflets: tuple[str, ...], choice: Choice, criteria: Criteria, span: Span
) -> tuple[tuple[ChosenEdition, ...], tuple[Finding, ...]]:
    """All leaflets in one language and format; none of them when one is missing."""
    editions: list[ChosenEdition] = []
    faults: list[Finding] = []
    for leaflet in leaflets:
        answer = criteria.editions.find(leaflet, choice.language, choice.format, span)
        if isinstance(answer, Finding):
            faults.append(answer)
        else:
            editions.append(answer)
    return ((), tuple(faults)) if faults else (tuple(editions), ())


def read_fallback(text: str) -> Fallback | None:
    """What a fallback names, as `en-GB`, `a4` or `en-GB/a4`; None if it is not understood."""
    language, format_id = "", ""
    for part in filter(None, (part.strip() for part in text.split("/"))):
        need = find_need(part)
        if part in FORMATS or part.startswith(("large-print-", "braille-")):
            format_id = part
        elif need and need.format:
            format_id = need.format
        elif find_language(part):
            language = find_language(part) or ""
        else:
            return None
    return Fallback(language, format_id) if language or format_id else None


def require_fallbacks(fallbacks: tuple[str, ...]) -> None:
    """Check the command's fallbacks before anything is done.

    Raises:
        Problem: one names no language and no format (E059).
    """
    for text in fallbacks:
        if read_fallback(text) is None:
            problem = f"`--fallback {text}` names no language or format"
            raise Problem(finding("E059", Span(PROGRAM), problem=problem))
