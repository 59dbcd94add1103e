"""From what somebody wants to sign to an entry that can be written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leafpress.approval import changes, notes
from leafpress.approval.approvals import Approvals
from leafpress.approval.entry import (
    Agreement,
    BrailleCode,
    NoteAnswer,
    Person,
    SignedWords,
    SignOff,
    Step,
)
from leafpress.approval.messages import SHARED, SignedMessage, SignedPart
from leafpress.approval.notes import OpenNote
from leafpress.findings import Problem, Span
from leafpress.rules import finding
from leafpress.translation.language import SOURCE

OF_ENGLISH = (Step.CHECKED,)
OF_TRANSLATIONS = (Step.TRANSLATED, Step.REVISED)


@dataclass(frozen=True)
class SigningSheet:
    """What somebody is about to sign.

    Args:
        subject: a leaflet, or "shared".
        messages: every message of it.
        changed: what is not as it was when this step was signed last; everything, the first time.
        notes: what the author asks a clinician, to be answered one by one.
        last: the newest entry of this step, whoever signed it.
        braille: of braille, what makes it.
    """

    subject: str
    part: SignedPart
    language: str
    step: Step
    version: str
    messages: tuple[SignedMessage, ...]
    changed: tuple[changes.Change, ...]
    notes: tuple[OpenNote, ...] = ()
    last: SignOff | None = None
    braille: BrailleCode | None = None

    @property
    def is_first(self) -> bool:
        """Whether nobody has signed this step before."""
        return all(change.old is None for change in self.changed) and len(self.changed) == len(
            self.messages
        )


def sheet(  # noqa: PLR0913  # what one row of the records says
    approvals: Approvals,
    subject: str,
    part: SignedPart,
    language: str,
    step: Step,
    *,
    braille: BrailleCode | None = None,
) -> SigningSheet:
    """What there is to sign.

    Args:
        braille: of braille, what makes it.

    Raises:
        Problem: the step is not one of that language (S010) or part (S057), the part has nothing
            in it (S011), or its files have errors.
    """
    _require_fitting(step, language, subject)
    _require_reader(step, part, subject, braille)
    messages = approvals.messages(subject, part, language)
    if not messages:
        raise Problem(finding("S011", Span(subject), part=part, language=language))
    asked = step is Step.CHECKED
    last = _last_signed(approvals, subject, (step, part, language, braille))
    return SigningSheet(
        subject,
        part,
        language,
        step,
        approvals.version(subject),
        messages,
        changes.between(last.messages if last else (), messages),
        notes.of_part(approvals.project, subject, part) if asked else (),
        last,
        braille,
    )


def _require_fitting(step: Step, language: str, subject: str) -> None:
    """A clinician checks the English; a translator signs and revises what is not."""
    wrong = OF_TRANSLATIONS if language == SOURCE else OF_ENGLISH
    if step in wrong:
        raise Problem(finding("S010", Span(subject), step=step, language=language))


_OF_BRAILLE = (Step.PROOFREAD, Step.IN_REVIEW)


def _require_reader(
    step: Step, part: SignedPart, subject: str, braille: BrailleCode | None
) -> None:
    """A braille reader signs braille, of one grade, leaflet by leaflet; nobody else does."""
    of_braille = part is SignedPart.BRAILLE
    if of_braille and subject == SHARED:
        problem = "the words of all leaflets are proofread with each leaflet"
    elif of_braille != (step is Step.PROOFREAD) and not (of_braille and step in _OF_BRAILLE):
        problem = f"“{step}” is no step of the part {part}"
    elif of_braille and braille is None:
        problem = "it does not say which grade was read, or there is no braille of that grade"
    else:
        return
    raise Problem(finding("S057", Span(subject), problem=problem))


_Signed = tuple[Step, SignedPart, str, BrailleCode | None]
"""Step, part, language, and what makes it where that is braille."""


def _last_signed(approvals: Approvals, subject: str, signed: _Signed) -> SignOff | None:
    same = [
        entry
        for entry in approvals.records(subject).entries
        if (entry.step, entry.part, entry.language, entry.braille) == signed
        and entry.outcome is Agreement.AGREED
    ]
    return same[-1] if same else None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, and what they say.

    Args:
        answers: to the notes of the sheet, in their order.
    """

    by: Person
    agreed: bool = True
    remarks: str = ""
    answers: Sequence[str] = ()


def signed(approvals: Approvals, what: SigningSheet, signature: Signature) -> SignOff:
    """The entry that says that a sheet was signed today.

    Raises:
        Problem: a note is not answered (S012), a clinician names no register (S013), or who
            revises is who translated (S014).
    """
    by = signature.by
    said = [answer.strip() for answer in signature.answers]
    unanswered = len(what.notes) - sum(map(bool, said[: len(what.notes)]))
    place = Span(what.subject)
    if unanswered > 0:
        raise Problem(finding("S012", place, open=unanswered, of=len(what.notes)))
    if what.step is Step.CHECKED and not (by.registered_with and by.registration):
        raise Problem(finding("S013", place))
    if what.step is Step.REVISED and _has_translated(approvals, what, by):
        raise Problem(finding("S014", place, name=by.name))
    asked = zip(what.notes, said, strict=False)
    return SignOff(
        entry=1,
        leaflet=what.subject,
        part=what.part,
        language=what.language,
        step=what.step,
        version=what.version,
        region=approvals.clinic.region,
        date=approvals.today,
        by=by,
        outcome=Agreement.AGREED if signature.agreed else Agreement.NOT_AGREED,
        remarks=signature.remarks,
        answers=tuple(NoteAnswer(note=note.text, answer=answer) for note, answer in asked),
        messages=tuple(map(SignedWords.of, what.messages)),
        braille=what.braille,
    )


def _has_translated(approvals: Approvals, what: SigningSheet, by: Person) -> bool:
    """Whether somebody answers for the translation already: a second person has to revise."""
    return any(
        entry.step is Step.TRANSLATED
        and (entry.part, entry.language, entry.by.key) == (what.part, what.language, by.key)
        for entry in approvals.records(what.subject).entries
    )


def withdrawn(
    approvals: Approvals, subject: str, language: str, by: Person, remarks: str
) -> SignOff:
    """The entry that withdraws a leaflet: in English, every language of it.

    Raises:
        Problem: it does not say why (S015).
    """
    if not remarks.strip():
        raise Problem(finding("S015", Span(subject)))
    return SignOff(
        entry=1,
        leaflet=subject,
        part=None,
        language=language,
        step=Step.WITHDRAWN,
        version=approvals.version(subject),
        region=approvals.clinic.region,
        date=approvals.today,
        by=by,
        remarks=remarks,
    )


def parts_of(
    approvals: Approvals, subject: str, language: str, step: Step
) -> tuple[SignedPart, ...]:
    """The parts of a leaflet that a step can be signed for."""
    if step is Step.PROOFREAD:
        return (SignedPart.BRAILLE,)
    if subject == SHARED:
        return (SignedPart.WORDS,)
    drawn = (SignedPart.FIGURES,) if step in (Step.CHECKED, Step.IN_REVIEW) else ()
    every = (SignedPart.WORDS, SignedPart.EASY_READ, *(drawn if language == SOURCE else ()))
    return tuple(part for part in every if approvals.messages(subject, part, language))
