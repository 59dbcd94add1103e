"""What an edition needs before it is given out, by the rule of the clinic: a table of steps."""

from __future__ import annotations

from dataclasses import dataclass

from leafpress.approval.entry import BrailleCode, Step
from leafpress.approval.messages import SHARED, SignedPart
from leafpress.content.clinic import HandOut
from leafpress.translation.language import SOURCE


@dataclass(frozen=True, slots=True)
class NeededStep:
    """One step that has to be done.

    Args:
        subject: a leaflet, or the words that all of them share.
        others: people of that step must not have done this one: revising is a second person's.
        optional: it is not asked for, but pages say so where it is done.
        braille: of braille that is proofread, what makes it.
    """

    subject: str
    part: SignedPart
    language: str
    step: Step
    people: int = 1
    others: Step | None = None
    optional: bool = False
    braille: BrailleCode | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """An edition, as far as signing it goes.

    Args:
        figures: whether the leaflet has any.
        braille: what makes it, of an edition in braille.
    """

    leaflet: str
    language: str
    easy_read: bool
    figures: bool
    braille: BrailleCode | None = None


def of_edition(wanted: Wanted, rule: HandOut) -> tuple[NeededStep, ...]:
    """Every step that an edition needs, in the order in which they are done."""
    own = SignedPart.EASY_READ if wanted.easy_read else SignedPart.WORDS
    printed = [(wanted.leaflet, own), (SHARED, SignedPart.WORDS)]
    drawn = (
        [(wanted.leaflet, SignedPart.FIGURES)] if wanted.figures and not wanted.easy_read else []
    )
    steps = [
        NeededStep(subject, part, SOURCE, Step.CHECKED, rule.words)
        for subject, part in (*printed, *drawn)
    ]
    if wanted.language != SOURCE:
        for subject, part in printed:
            steps += _translation(subject, part, wanted.language, rule)
    if wanted.braille:
        steps.append(proofreading(wanted.leaflet, wanted.language, wanted.braille, rule))
    if _is_approved(wanted.language, rule):
        steps.append(NeededStep(wanted.leaflet, own, wanted.language, Step.APPROVED))
    return tuple(steps)


def proofreading(leaflet: str, language: str, braille: BrailleCode, rule: HandOut) -> NeededStep:
    """What only a braille reader can say, of one grade in one language."""
    return NeededStep(
        leaflet,
        SignedPart.BRAILLE,
        language,
        Step.PROOFREAD,
        optional=rule.braille == "machine",
        braille=braille,
    )


def of_part_in(
    subject: str, part: SignedPart, language: str, rule: HandOut
) -> tuple[NeededStep, ...]:
    """Every step that one part needs in one language; the last one is of that part."""
    if language == SOURCE:
        steps = [NeededStep(subject, part, SOURCE, Step.CHECKED, rule.words)]
    else:
        steps = _translation(subject, part, language, rule)
    asked = _is_approved(language, rule)
    if asked and subject != SHARED and part is not SignedPart.FIGURES:
        steps.append(NeededStep(subject, part, language, Step.APPROVED))
    return tuple(steps)


def _translation(subject: str, part: SignedPart, language: str, rule: HandOut) -> list[NeededStep]:
    """A translator, and a second person who revises (ISO 17100, 5.3.1 and 5.3.3)."""
    facts = (subject, part, language)
    alone = rule.translation != "two"
    return [
        NeededStep(*facts, Step.TRANSLATED, optional=rule.translation == "machine"),
        NeededStep(*facts, Step.REVISED, others=Step.TRANSLATED, optional=alone),
    ]


def _is_approved(language: str, rule: HandOut) -> bool:
    """Whether somebody has to approve: always where no translator answers for the words."""
    return rule.approval or (rule.translation == "machine" and language != SOURCE)
