"""Whether an edition may be given out, and what its pages say of who checked it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from leafpress.approval.changes import quoted
from leafpress.approval.entry import Person, SignOff, Step
from leafpress.approval.messages import SHARED, SignedMessage
from leafpress.approval.proofreading import Proofreading, read_so_far
from leafpress.approval.requirements import NeededStep
from leafpress.approval.states import Coverage, State, StepOf, in_review, withdrawal
from leafpress.content.clinic import HandOut, Trial
from leafpress.translation.language import LANGUAGES

SMALL = 10
"""One message in so many may have changed, and people still answer for the whole: our own choice.
Without a bound a machine could write all anew that is not about safety, under old names."""


@dataclass(frozen=True, slots=True)
class Done:
    """One requirement, and how far it is done."""

    needed: NeededStep
    coverage: Coverage
    same_person: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether it is done for everything that is printed now."""
        return self.coverage.is_complete and not self.same_person

    @property
    def is_required(self) -> bool:
        """Whether nothing goes out without it: what is optional may still be not agreed to."""
        return not self.needed.optional or bool(self.coverage.not_agreed)

    @property
    def is_small_change(self) -> bool:
        """Whether it was done, and only words that are not about safety have changed since."""
        coverage = self.coverage
        others = coverage.strict_changes or coverage.not_agreed or self.same_person
        few = max(len(coverage.open), len(coverage.removed)) <= self._most_small
        return coverage.was_complete and few and not others and not coverage.is_complete

    @property
    def _most_small(self) -> int:
        """Of so many messages a change is small; three in a short part."""
        return max(3, len(self.coverage.messages) // SMALL)

    @property
    def missing(self) -> str:
        """What is still to be done, in words; empty when nothing is."""
        if self.is_complete:
            return ""
        return f"{_subject(self.needed)}: {_what_is_missing(self)}"


_STEPS = {
    Step.CHECKED: "checked by a clinician",
    Step.TRANSLATED: "signed by a translator",
    Step.REVISED: "revised by a second person",
    Step.PROOFREAD: "proofread by a braille reader",
    Step.APPROVED: "approved for the clinic",
}


def _subject(needed: NeededStep) -> str:
    what = "the words of all leaflets" if needed.subject == SHARED else f"the {needed.part}"
    made = f" ({needed.braille})" if needed.braille else ""
    return f"{what} in {LANGUAGES[needed.language].english}{made}"


def _what_is_missing(done: Done) -> str:
    coverage, step = done.coverage, _STEPS[done.needed.step]
    if done.same_person:
        return "translated and revised by the same person"
    if coverage.not_agreed:
        return f"not agreed: {quoted([message.english for message in coverage.not_agreed])}"
    if coverage.was_complete:
        removed = [words.english for words in coverage.removed]
        every = [message.english for message in coverage.open] or removed
        changed = list(coverage.strict_changes) or every
        about = " (about safety)" if coverage.strict_changes else ""
        return (
            f"changed since {step.replace('signed', 'it was signed', 1)}{about}: {quoted(changed)}"
        )
    people = len(coverage.signers)
    if people and people < done.needed.people:
        return f"{step}, and {done.needed.people - people} more have to"
    return f"not {step}"


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether an edition may be given out, why not, and who stands behind it.

    Args:
        state: where the edition stands as a whole.
        reasons: what is missing, for staff; empty when nothing is.
        changed: steps since which words that are not about safety have changed, where the clinic
            gives such a leaflet out marked.
        checked_by: the clinicians; `translated_by` and `revised_by` likewise.
        checked_on: the day of the last check of the words; `translated_on` likewise.
        trial: who lets drafts be given out, where that is why it may be.
        proofreading: of an edition in braille, who has read it.
    """

    state: State
    reasons: tuple[str, ...] = ()
    changed: tuple[Step, ...] = ()
    withdrawn: SignOff | None = None
    checked_by: tuple[Person, ...] = ()
    checked_on: datetime.date | None = None
    translated_by: tuple[Person, ...] = ()
    revised_by: tuple[Person, ...] = ()
    translated_on: datetime.date | None = None
    trial: Trial | None = None
    proofreading: Proofreading | None = None

    @property
    def words_changed(self) -> bool:
        """Whether the English has changed since a clinician checked it."""
        return Step.CHECKED in self.changed

    @property
    def translation_changed(self) -> bool:
        """Whether the translation has changed since people checked it."""
        return Step.TRANSLATED in self.changed or Step.REVISED in self.changed

    @property
    def trial_facts(self) -> tuple[str, ...]:
        """Name, role and last day of who lets a draft out; empty when nobody had to."""
        trial = self.trial
        return (trial.name, trial.role, trial.until.isoformat()) if trial else ()

    @property
    def proofread_facts(self) -> str:
        """Who has read the braille as it is now, in words for staff; empty where nobody has."""
        return self.proofreading.said if self.proofreading else ""

    @property
    def withdrawal_facts(self) -> tuple[str, ...]:
        """Day, name and remarks of who withdrew it; empty when nobody did."""
        entry = self.withdrawn
        return (entry.date.isoformat(), entry.by.name, entry.remarks) if entry else ()

    @property
    def is_allowed(self) -> bool:
        """Whether it may be given out today."""
        return self.withdrawn is None and (not self.reasons or self.trial is not None)


UNSIGNED = Decision(State.DRAFT)
"""Of words that nobody has signed, as far as anybody knows."""

MessagesOf = Callable[[NeededStep], tuple[SignedMessage, ...]]
"""The messages that a requirement is about."""


@dataclass(frozen=True, slots=True)
class SignedLedger:
    """What is known when an edition is decided on.

    Args:
        entries: the sign-offs by subject.
    """

    entries: Mapping[str, tuple[SignOff, ...]]
    region: str
    rule: HandOut
    trial: Trial | None
    today: datetime.date

    def done(self, needed: NeededStep, messages: tuple[SignedMessage, ...]) -> Done:
        """How far a requirement is done."""
        coverage = Coverage(messages, self._of(needed, needed.step), needed.people)
        if needed.others is None:
            return Done(needed, coverage)
        before = Coverage(messages, self._of(needed, needed.others))
        alone = bool(coverage.signers) and not set(coverage.signers) - set(before.signers)
        return Done(needed, coverage, same_person=alone)

    def _of(self, needed: NeededStep, step: Step) -> tuple[SignOff, ...]:
        entries = self.entries.get(needed.subject, ())
        wanted = StepOf(step, needed.part, needed.language, self.region, needed.braille)
        return wanted.of(entries)

    def trial_for(self, reasons: tuple[str, ...]) -> Trial | None:
        """Who lets an edition out although something is missing."""
        running = self.trial is not None and self.trial.is_running(self.today)
        return self.trial if running and reasons else None


def decide(needed: tuple[NeededStep, ...], messages: MessagesOf, ledger: SignedLedger) -> Decision:
    """Whether an edition may be given out.

    Args:
        needed: what it needs, by the clinic's rule; the first is of the leaflet's own words, and
            the last in the edition's language.
    """
    every = [ledger.done(each, messages(each)) for each in needed]
    required = [each for each in every if each.is_required]
    marking = ledger.rule.small_changes == "mark"
    marked = [each for each in required if each.is_small_change and marking]
    missing = [each for each in required if not each.is_complete and each not in marked]
    whole = [each for each in every if each.is_complete]
    reasons = tuple(dict.fromkeys(each.missing for each in missing))
    entries = ledger.entries.get(needed[0].subject, ())
    withdrawn = withdrawal(entries, needed[-1].language)
    translated, revised = _signed(every, Step.TRANSLATED), _signed(every, Step.REVISED)
    checked = _signed(every, Step.CHECKED)
    return Decision(
        state=_state(_Standing(required or whole, missing, withdrawn, _begun(every, ledger))),
        reasons=reasons,
        changed=tuple(dict.fromkeys(each.needed.step for each in marked)),
        withdrawn=withdrawn,
        checked_by=_people(checked),
        checked_on=_last_day(checked),
        translated_by=_people(translated),
        revised_by=_people(revised),
        translated_on=_last_day([*translated, *revised]),
        trial=ledger.trial_for(reasons),
        proofreading=next(
            (read_so_far(each.coverage) for each in every if each.needed.braille), None
        ),
    )


def _signed(done: list[Done], step: Step) -> list[Done]:
    """What is done of a step: nothing, unless all that is needed of it was done once."""
    own = [each for each in done if each.needed.step is step]
    held = all(each.is_complete or each.is_small_change for each in own)
    return [each for each in own if each.needed.subject != SHARED] if held else []


def _people(done: list[Done]) -> tuple[Person, ...]:
    people: dict[str, Person] = {}
    for each in done:
        people |= each.coverage.signers
    return tuple(people.values())


def _last_day(done: list[Done]) -> datetime.date | None:
    return max((entry.date for each in done for entry in each.coverage.entries), default=None)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What is required, what of it is missing, and what stands against it."""

    required: list[Done]
    missing: list[Done]
    withdrawn: SignOff | None
    begun: bool


def _begun(every: list[Done], ledger: SignedLedger) -> bool:
    """Whether anybody has signed anything of it, or said that they are at it."""
    return any(
        each.coverage.entries
        or in_review(
            ledger.entries.get(each.needed.subject, ()), each.needed.part, each.needed.language
        )
        for each in every
    )


def _state(standing: _Standing) -> State:
    """Where it stands: how far everything that is needed has come."""
    required, missing = standing.required, standing.missing
    if standing.withdrawn:
        return State.WITHDRAWN
    if any(each.coverage.not_agreed for each in missing):
        return State.NOT_AGREED
    if any(each.coverage.was_complete for each in missing):
        return State.CHANGED
    still = {each.needed.step for each in missing}
    if still == {Step.PROOFREAD} and len(required) > 1:
        return State.UNREAD
    whole = [each.needed.step for each in required if each.needed.step not in still]
    words = [step for step in whole if step is not Step.PROOFREAD]
    if words or (whole and not missing):
        return _STATES[(words or whole)[-1]]
    return State.IN_REVIEW if standing.begun else State.DRAFT


_STATES = {
    Step.CHECKED: State.CHECKED,
    Step.TRANSLATED: State.TRANSLATED,
    Step.REVISED: State.REVISED,
    Step.PROOFREAD: State.PROOFREAD,
    Step.APPROVED: State.APPROVED,
}
